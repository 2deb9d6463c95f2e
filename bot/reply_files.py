"""Reads the replies that handledare choose from, in ``config/replies.yml``:

    replies:
      - id: ringde
        title: {sv: Vi har ringt dig, en: We have called you}
        text: {sv: "Hej! Vi ringde dig nyss ...", en: "Hello! We called you just now ..."}

A text may name {kontaktcenter} and {bibliotek}, facts of the resident's municipality, and {namn}, how residents see the handledare.
"""

from __future__ import annotations

from pathlib import Path

from bot.domain.canned_reply import CannedReply
from bot.domain.conversation import Language
from bot.marked_yaml import FileFault, Marked, YamlFault, read_marked
from bot.place_hours import known_keys
from bot.plan_files import by_language, read_keys


def read_replies(path: Path) -> tuple[list[CannedReply], list[FileFault]]:
    """The replies in the order of the file, and what is wrong with the others. No file is no replies."""
    replies: list[CannedReply] = []
    faults: list[FileFault] = []
    try:
        entries = _entries(path)
    except YamlFault as fault:
        return [], [fault.in_file(path)]
    for entry in entries:
        try:
            reply = _reply(entry)
            if any(other.id == reply.id for other in replies):
                raise YamlFault(entry.line, f"{reply.id!r} is the id of two replies: change one")
        except YamlFault as fault:
            faults.append(fault.in_file(path))
            continue
        replies.append(reply)
    return replies, faults


def reply_lines(path: Path) -> dict[str, int]:
    """The line of each reply that says its id, whatever else is wrong with it."""
    found: dict[str, int] = {}
    try:
        for entry in _entries(path):
            found.setdefault(entry.mapping("a reply")["id"].text("id"), entry.line)
    except (YamlFault, KeyError):
        pass
    return found


def _entries(path: Path) -> list[Marked]:
    if not path.exists():
        return []
    given = known_keys(read_marked(path), "the file", {"replies"})
    if "replies" not in given:
        raise YamlFault(1, "'replies' is missing: add it at the top level")
    return given["replies"].items("replies")


def _reply(entry: Marked) -> CannedReply:
    given = read_keys(entry, "reply", ("id", "title", "text"))
    return CannedReply(given["id"].text("id"), _both(given["title"], "title"), _both(given["text"], "text"))


def _both(marked: Marked, what: str) -> dict[Language, str]:
    written = {language: text.text(f"{what} in {language}") for language, text in by_language(marked, what).items()}
    return {"sv": written["sv"], "en": written["en"]}
