"""Reads the text of a PDF that fpdf2 made: what a person can search for and a screen reader can say, by the fonts' own ToUnicode tables (PDF 32000-1, 9.10)."""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_FONT = re.compile(rb"/(F\d+) (\d+) 0 R")
_SHOWN = re.compile(rb"/(F\d+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) ?Tj|\[((?:\\.|[^\]\\])*)\] ?TJ", re.DOTALL)
_PART = re.compile(rb"\(((?:\\.|[^\\)])*)\)", re.DOTALL)
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page. What is shown one after the other is joined by a line break."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    tables = {}
    for name, reference in {found for body in objects.values() for found in _FONT.findall(body)}:
        unicode = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(reference)])
        assert unicode, "text that cannot be searched"
        tables[name] = _table(_content(objects[int(unicode[1])]))
    texts = []
    for body in objects.values():
        contents = re.search(rb"/Contents (\d+) 0 R", body) if re.search(rb"/Type /Page\b", body) else None
        if contents:
            texts.append(_text(_content(objects[int(contents[1])]), tables))
    return texts


def _content(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found
    return zlib.decompress(found[1]) if b"/FlateDecode" in body else found[1]


def _table(cmap: bytes) -> dict[int, str]:
    table = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>", block):
            table[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(rb"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>", block):
            for code in range(int(first, 16), int(last, 16) + 1):
                table[code] = chr(int(text, 16) + code - int(first, 16))
    return table


def _text(content: bytes, tables: dict[bytes, dict[int, str]]) -> str:
    font, lines = b"", []
    for name, alone, several in _SHOWN.findall(content):
        if name:
            font = name
            continue
        raw = b"".join(_PART.findall(several)) if several else alone
        codes = _ESCAPE.sub(lambda found: {b"n": b"\n", b"r": b"\r", b"t": b"\t"}.get(found[1], found[1]), raw)
        lines.append("".join(tables[font][int.from_bytes(codes[i : i + 2], "big")] for i in range(0, len(codes), 2)))
    return "\n".join(lines)
