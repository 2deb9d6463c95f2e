from pathlib import Path

import pytest

from bot.marked_yaml import YamlFault, read_marked


def read(tmp_path: Path, text: str) -> object:
    path = tmp_path / "file.yml"
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return read_marked(path)


def test_values_stay_text_and_know_their_line(tmp_path: Path) -> None:
    path = tmp_path / "file.yml"
    path.write_text("a: 10:30\nb:\n  - on\n  - 2026-02-31\n", encoding="utf-8")
    given = read_marked(path).mapping("the file")
    assert given["a"].text("a") == "10:30"
    assert [(entry.text("b"), entry.line) for entry in given["b"].items("b")] == [("on", 3), ("2026-02-31", 4)]
    assert given["b"].line == 2


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "empty"),
        ("a: 1\nb: [1\n", 3, "not YAML"),
        ("a: 1\nb: 2\na: 3\n", 3, "'a' is there twice"),
        ("a: &x [1]\nb: *x\n", 1, "alias"),
        ("a: &x\n  b: *x\n", 1, "alias"),
        ("a: \x00\n", 1, "not YAML"),
    ],
)
def test_faults_say_the_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(YamlFault, match=message) as raised:
        read(tmp_path, text)
    assert raised.value.line == line


def test_another_encoding_is_said(tmp_path: Path) -> None:
    path = tmp_path / "file.yml"
    path.write_bytes("a: Mjölby\n".encode("latin-1"))
    with pytest.raises(YamlFault, match="UTF-8"):
        read_marked(path)


def test_a_wrong_shape_is_said(tmp_path: Path) -> None:
    path = tmp_path / "file.yml"
    path.write_text("a: text\nb: [1]\nc:\n", encoding="utf-8")
    given = read_marked(path).mapping("the file")
    with pytest.raises(YamlFault, match="a must be a list"):
        given["a"].items("a")
    with pytest.raises(YamlFault, match="b must have keys"):
        given["b"].mapping("b")
    with pytest.raises(YamlFault, match="c must be a text"):
        given["c"].text("c")
