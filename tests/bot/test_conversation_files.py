"""The format of conversation tests: what is read, and what is told when a line is wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation_files import Check, Said, read_all, read_text

WHOLE = """# A remark
== Rakt igenom
> hej

< två ord | ett annat
! aldrig
step: first
case: none | asked
@ telegram
~ 3 dagar
~ 2 timmar
> klart
<
"""


def test_a_whole_conversation_is_read() -> None:
    (test,), found = read_text("swish.txt", WHOLE)
    assert found == []
    assert (test.file, test.line, test.title) == ("swish.txt", 2, "Rakt igenom")
    hello, done = test.said
    assert hello == Said(
        3, "hej", "sms", timedelta(0),
        [
            Check(5, "holds", ("två ord", "ett annat")), Check(6, "lacks", ("aldrig",)), Check(7, "step", ("first",)),
            Check(8, "case", ("none", "asked")),
        ],
    )  # fmt: skip
    assert (done.channel, done.passed, done.checks) == (
        "telegram",
        timedelta(days=3, hours=2),
        [Check(13, "silent", ())],
    )


def test_every_conversation_begins_on_sms_with_no_time_passed() -> None:
    (_, second), _ = read_text("a.txt", "== ett\n@ telegram\n~ 3 dagar\n> hej\n< hej\n== två\n> hej\n< hej\n")
    assert (second.said[0].channel, second.said[0].passed) == ("sms", timedelta(0))


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("> hej\n", 1, "before the first conversation"),
        ("== a\n< hej\n> hej\n< hej\n", 2, "nothing has been said yet"),
        ("== a\n> hej\n< hej\n@ mejl\n", 4, "'mejl' is no channel"),
        ("== a\n~ en stund\n> hej\n< hej\n", 2, "'en stund' is no time"),
        ("== a\n> hej\n< hej\n? vad\n", 4, "a line cannot begin with '?'"),
        ("== a\n> hej\n< hej\n!\n", 4, "nothing stands after '!'"),
        ("== a\n> hej\n< hej\ncase: lost\n", 4, "no case has the reason 'lost'"),
        ("== a\n> hej\n", 1, "checks nothing"),
    ],
)
def test_a_wrong_line_is_told(text: str, line: int, message: str) -> None:
    _, found = read_text("a.txt", text)
    assert [(finding.file, finding.line) for finding in found] == [("a.txt", line)]
    assert message in found[0].message
    assert found[0].hint


def test_all_files_of_a_folder_are_read(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.txt").write_text("== En\n> hej\n< hej\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("not a conversation", encoding="utf-8")
    tests, found = read_all(tmp_path)
    assert ([test.file for test in tests], found) == (["a.txt", "b.txt"], [])
