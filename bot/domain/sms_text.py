"""What an SMS may hold and what it costs.

GSM 7-bit alphabet (3GPP TS 23.038): 160 septets in one part, 153 in each of several; characters of the extension table
take two septets and an escape pair never straddles two parts. A single character outside it turns the whole message into UCS-2: 70 and 67
UTF-16 units. å ä ö é are inside; long dashes, curly quotes and decomposed letters are not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("^{}\\[~]|€\f")

_REPLACED = {
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u00b4": "'", "`": "'", "\u2032": "'", "\u2033": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-", "\u00ad": "",
    "\u2026": "...", "\u2022": "-", "\u00b7": "-", "\u25cf": "-", "\u2039": "'", "\u203a": "'", "\u00d7": "x", "\u00bd": "1/2", "\u00bc": "1/4",
    "\u2192": "->", "\u2190": "<-", "\u2713": "(ja)", "\u2714": "(ja)", "\u2717": "(nej)",
    "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2009": " ", "\u2003": " ", "\u2002": " ", "\t": " ",
    "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "", "\u2060": "", "\ufe0f": "",
}  # fmt: skip
_TABLE = str.maketrans(_REPLACED)
_DEGREES = re.compile("[ \u00a0\u202f]?\u00b0[ \u00a0\u202f]?C?(?![a-z])")
_MIXED_FRACTION = re.compile("(?<=\\d)(?=[\u00bc\u00bd])")

LONGEST = 1600
"""Characters that Twilio takes in one message."""


@dataclass(frozen=True, slots=True)
class SmsText:
    """A text ready to be sent. `unusual` are the characters that made it UCS-2; empty for GSM-7."""

    text: str
    segments: int
    unusual: tuple[str, ...]


def prepare(text: str) -> SmsText:
    """The one way every outgoing SMS goes: NFC, typographic characters replaced, then counted.

    A name that needs other letters keeps them; the message then costs more, and `unusual` says why.
    """
    whole = _MIXED_FRACTION.sub(" ", _DEGREES.sub(" grader", unicodedata.normalize("NFC", text)))
    plain = whole.translate(_TABLE).strip()
    return SmsText(plain, segments(plain), unusual(plain))


def unusual(text: str) -> tuple[str, ...]:
    """The characters outside GSM-7, each once, in order."""
    return tuple(dict.fromkeys(c for c in text if c not in _BASIC and c not in _EXTENSION))


def segments(text: str) -> int:
    """How many SMS segments `text` costs; an empty one costs one."""
    if unusual(text):
        units = len(text.encode("utf-16-be", "surrogatepass")) // 2
        return 1 if units <= 70 else _ucs2_parts(text)
    return 1 if septets(text) <= 160 else _gsm_parts(text)


def septets(text: str) -> int:
    """Septets of a GSM-7 text; characters outside the alphabet count as one."""
    return sum(2 if c in _EXTENSION else 1 for c in text)


def split(text: str, longest: int = LONGEST) -> tuple[str, ...]:
    """Parts of at most `longest` (one or more) characters, broken between sentences, else between words, else anywhere."""
    parts, rest = [], text.strip()
    while len(rest) > longest:
        window = rest[:longest]
        ends = [m.end() for m in re.finditer(r"[.!?\n]+\s", window)] or [m.end() for m in re.finditer(r"\s", window)]
        cut = ends[-1] if ends else longest
        parts.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return (*parts, rest) if rest or not parts else tuple(parts)


def _gsm_parts(text: str) -> int:
    parts, room = 1, 153
    for c in text:
        need = 2 if c in _EXTENSION else 1
        if need > room:
            parts, room = parts + 1, 153
        room -= need
    return parts


def _ucs2_parts(text: str) -> int:
    parts, room = 1, 67
    for c in text:
        need = 2 if ord(c) > 0xFFFF else 1
        if need > room:
            parts, room = parts + 1, 67
        room -= need
    return parts
