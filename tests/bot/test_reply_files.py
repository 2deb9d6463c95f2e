"""config/replies.yml is read with every fault told at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.canned_reply import PLACEHOLDERS
from bot.reply_files import read_replies, reply_lines

SHIPPED = Path(__file__).parents[2] / "config" / "replies.yml"
GOOD = """replies:
  - id: hej
    title: {sv: Hej, en: Hello}
    text: {sv: Hej du, en: Hello you}
"""


def _faults(tmp_path: Path, written: str) -> list[tuple[int, str]]:
    path = tmp_path / "replies.yml"
    path.write_text(written, encoding="utf-8")
    _, faults = read_replies(path)
    return [(fault.line, fault.message) for fault in faults]


def test_a_reply_is_read_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "replies.yml"
    path.write_text(GOOD, encoding="utf-8")
    (reply,), faults = read_replies(path)
    assert faults == []
    assert (reply.id, reply.title, reply.text) == (
        "hej",
        {"sv": "Hej", "en": "Hello"},
        {"sv": "Hej du", "en": "Hello you"},
    )
    assert reply_lines(path) == {"hej": 2}


def test_no_file_is_no_replies(tmp_path: Path) -> None:
    assert read_replies(tmp_path / "replies.yml") == ([], [])
    assert reply_lines(tmp_path / "replies.yml") == {}


@pytest.mark.parametrize(
    ("written", "line", "message"),
    [
        ("answers: []\n", 1, "the file has no 'answers': remove it, or use one of replies"),
        ("replies: hej\n", 1, "replies must be a list: [one, two] or a line with - for each"),
        (GOOD.replace("  - id: hej\n    title", "  - title"), 2, "the reply has no 'id': add it"),
        (GOOD.replace(", en: Hello}", "}"), 3, "title is missing in 'en': residents read both languages"),
        (GOOD.replace("sv: Hej du, ", ""), 4, "text is missing in 'sv': residents read both languages"),
        (GOOD.replace("Hej du", '" "'), 4, "text in sv must be a text: write it after the colon"),
        (
            GOOD.replace("    text", "    kind: x\n    text"),
            4,
            "a reply has no 'kind': remove it, or use one of id, text, title",
        ),
        (GOOD + GOOD.removeprefix("replies:\n"), 5, "'hej' is the id of two replies: change one"),
        ("replies: [", 1, "this is not YAML: "),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, written: str, line: int, message: str) -> None:
    ((at, said),) = _faults(tmp_path, written)
    assert said.startswith(message)
    assert at == line or message.startswith("this is not YAML")


def test_one_broken_reply_does_not_hide_the_others(tmp_path: Path) -> None:
    path = tmp_path / "replies.yml"
    path.write_text(GOOD + "  - id: half\n", encoding="utf-8")
    replies, faults = read_replies(path)
    assert [reply.id for reply in replies] == ["hej"]
    assert [fault.line for fault in faults] == [5]
    assert reply_lines(path) == {"hej": 2, "half": 5}


def test_the_shipped_replies() -> None:
    replies, faults = read_replies(SHIPPED)
    assert faults == []
    assert len(replies) >= 10
    assert "ringde" in {reply.id for reply in replies}  # the page of a case leads to it when nobody answered the phone
    every = " ".join(text for reply in replies for text in reply.text.values())
    assert all("{" + name + "}" in every for name in PLACEHOLDERS)
