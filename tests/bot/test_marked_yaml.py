"""Both ways to read: values with their lines (read_marked), and plain values in marked mappings and lists (read)."""

from pathlib import Path

import pytest

from bot.domain.finding import ContentError, Finding
from bot.marked_yaml import MarkedDict, MarkedList, YamlFault, mark_plain, read, read_marked


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "flows" / "swish.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_values_stay_text_and_know_their_line(tmp_path: Path) -> None:
    given = read_marked(written(tmp_path, "a: 10:30\nb:\n  - on\n  - 2026-02-31\n")).mapping("the file")
    assert given["a"].text("a") == "10:30"
    assert [(entry.text("b"), entry.line) for entry in given["b"].items("b")] == [("on", 3), ("2026-02-31", 4)]
    assert given["b"].line == 2


def test_a_wrong_shape_is_said(tmp_path: Path) -> None:
    given = read_marked(written(tmp_path, "a: text\nb: [1]\nc:\n")).mapping("the file")
    with pytest.raises(YamlFault, match="a must be a list"):
        given["a"].items("a")
    with pytest.raises(YamlFault, match="b must have keys"):
        given["b"].mapping("b")
    with pytest.raises(YamlFault, match="c must be a text") as raised:
        given["c"].text("c")
    assert raised.value.line == 3


FAULTS: list[tuple[str | bytes, int, str]] = [
    ("", 1, "empty"),
    ("# only a remark\n", 1, "empty"),
    ("a: 1\nb: [1, 2\n", 3, "not YAML"),
    ("a: 1\n b: 2\n", 2, "mapping values are not allowed here"),
    ("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", 5, "'c' is there twice"),
    ("a: &x [1]\nb: *x\n", 1, "alias"),
    ("a: &x\n  b: *x\n", 1, "alias"),
    ("a: 1\nb: *nowhere\n", 2, "undefined alias"),
    ("a: 1\n---\nb: 2\n", 2, "another document"),
    ("a: \x00\n", 1, "not YAML"),
    ("sv: Mjölby\n".encode("latin-1"), 1, "UTF-8"),
]


@pytest.mark.parametrize(("text", "line", "message"), FAULTS)
def test_faults_say_their_line_both_ways(tmp_path: Path, text: str | bytes, line: int, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(YamlFault, match=message) as marked:
        read_marked(path)
    assert marked.value.line == line
    with pytest.raises(ContentError, match=message) as plain:
        read(path, tmp_path)
    (found,) = plain.value.findings
    assert (found.file, found.line, found.id) == ("flows/swish.yml", line, "not-yaml")


def test_plain_mappings_and_lists_know_their_lines(tmp_path: Path) -> None:
    text = "# first\nflow: swish\nsteps:\n  - id: a\n    say: {sv: Hej, en: 'NO'}\n\n  - id: b\nwords: [ett,\n  två]\nnone:\n"
    data = read(written(tmp_path, text))
    assert (data.line, data.lines) == (2, {"flow": 2, "steps": 3, "words": 8, "none": 10})
    assert isinstance(data["steps"], MarkedList)
    assert data["steps"].lines == [4, 7]
    first = data["steps"][0]
    assert isinstance(first, MarkedDict)
    assert first.lines == {"id": 4, "say": 5}
    assert first["say"] == {"sv": "Hej", "en": "NO"}
    assert first["say"].lines == {"sv": 5, "en": 5}
    assert data["words"] == ["ett", "två"]
    assert data["words"].lines == [8, 9]
    assert data["none"] is None


def test_plain_values_are_what_the_editor_wrote(tmp_path: Path) -> None:
    data = read(written(tmp_path, "a: 2026-02-31\nb: no\nc: 010\nd: 10:30\ne: åäö é\nf: >\n  en rad\n  till\n"))
    assert data == {"a": "2026-02-31", "b": "no", "c": "010", "d": "10:30", "e": "åäö é", "f": "en rad till\n"}


@pytest.mark.parametrize("text", ["- a\n- b\n", "text\n"])
def test_the_file_must_be_a_mapping(tmp_path: Path, text: str) -> None:
    with pytest.raises(ContentError) as raised:
        read(written(tmp_path, text), tmp_path)
    (found,) = raised.value.findings
    assert (found.file, found.line, found.id) == ("flows/swish.yml", 1, "not-a-mapping")
    assert found.hint


def test_a_file_that_is_not_there_is_a_finding_too(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as raised:
        read(tmp_path / "none.yml")
    found: Finding = raised.value.findings[0]
    assert (found.file, found.id) == (str(tmp_path / "none.yml"), "unreadable")


def test_plain_values_have_lines_of_their_own_with_names() -> None:
    marked, names = mark_plain({"a": {"b": "x", "c": [1.5, True]}, "d": None})
    inner = marked.mapping("it")["a"].mapping("a")
    assert names[marked.line] == "" and names[inner["b"].line] == "a.b"
    first, second = inner["c"].items("c")
    assert (names[first.line], first.value, names[second.line], second.value) == ("a.c.1", "1.5", "a.c.2", "true")
    assert marked.mapping("it")["d"].value == ""
    assert len(set(names)) == len(names) == 7
