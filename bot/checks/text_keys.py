"""texts.yml against the code: texts that the code asks for and nobody wrote, and texts that nothing asks for."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.checks.sent import line_of
from bot.domain.finding import Finding
from bot.domain.link import Deed, Scope
from bot.domain.message import Kind
from bot.domain.secrets import CARD, CODE, PASSWORD, PERSONNUMMER
from bot.flows import TEXTS_FILE, Content

SOURCE = Path(__file__).parent.parent
"""Where code asks for texts."""

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "secret_": (PERSONNUMMER, CARD, CODE, PASSWORD),
    "got_": (Kind.CONTACT, Kind.OWN_CONTACT, Kind.OTHER),
    "weekday_": ("0", "1", "2", "3", "4", "5", "6"),
    "link_by_staff_may_": tuple(Scope),
    "deed_": (Deed.BOOKED, Deed.WAITLISTED, Deed.CANCELLED),
}
"""Keys that the code puts together from a beginning and one of these endings."""

_LINKED = frozenset({"name", "called", "may"})
BY_VARIABLE: Mapping[str, frozenset[str]] = {
    "when_today": frozenset({"clock", "day"}),
    "when_tomorrow": frozenset({"clock", "day"}),
    "when_weekday": frozenset({"clock", "day"}),
    "sorry_for_your_loss": frozenset(),
    "you_are_lonely": frozenset(),
    "care_advice": frozenset(),
    "not_ours": frozenset(),
    "not_understood": frozenset(),
    "what_does_not_work": frozenset(),
    "thanks": frozenset(),
    "goodbye": frozenset(),
    "kontaktcenter": frozenset(),
    "bibliotek": frozenset(),
    "follow_up": frozenset({"title"}),
    "remind_booking": frozenset({"when", "place"}),
    "seat_free": frozenset({"when", "place", "until"}),
    "offer_over": frozenset({"when", "place"}),
    "no_seat": frozenset({"when", "place"}),
    "course_called_off": frozenset({"when", "place"}),
    "course_moved": frozenset({"when", "place"}),
    "loan_ready": frozenset({"day", "place"}),
    "loan_not_fetched": frozenset({"place"}),
    "loan_due": frozenset({"place"}),
    "loan_late": frozenset({"place"}),
    "booked_for_you": frozenset({"when", "place"}),
    "waits_for_you": frozenset({"when", "place"}),
    "booking_taken_back": frozenset({"when", "place"}),
    "elder_unanswered": frozenset({"whom"}),
    "elder_time_is_out": frozenset({"who"}),
    "elder_leave_over": frozenset({"whom"}),
    "elder_asked_again": frozenset({"who"}),
    "elder_news_waiting": frozenset({"whom", "when"}),
    "elder_news_claimed": frozenset({"whom"}),
    "elder_news_answered": frozenset({"whom"}),
    "elder_news_closed": frozenset({"whom"}),
    "elder_remind": frozenset({"whom", "when", "place"}),
    "deed_told": frozenset({"deeds"}),
    "deed_told_after": frozenset({"deeds"}),
    "deed_booked": frozenset({"when", "place"}),
    "deed_waitlisted": frozenset({"when", "place"}),
    "deed_cancelled": frozenset({"when", "place"}),
    "link_yes_told": frozenset({"called"}),
    "link_no_told": frozenset({"called"}),
    "link_over_told": frozenset({"called"}),
    "link_told_follow": frozenset({"called"}),
    "link_told_reminders": frozenset({"called"}),
    "link_told_book": frozenset({"called"}),
    "link_by_staff_started_elder": _LINKED,
    "link_by_staff_started_relative": _LINKED,
    "link_by_staff_scope_elder": _LINKED,
    "link_by_staff_scope_relative": _LINKED,
    "link_by_staff_ended_elder": _LINKED,
    "link_by_staff_ended_relative": _LINKED,
    "link_by_staff_declined_elder": _LINKED,
    "link_by_staff_declined_relative": _LINKED,
}
"""Keys that reach the asking call through a variable, with the placeholders that are filled in there."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One place in the code that asks for a text. `key` ends in * when only its beginning is written there."""

    file: str
    line: int
    key: str | None
    placeholders: frozenset[str]


def askings(source: Path = SOURCE) -> list[Asking]:
    """Every call of `say(...)` and `texts.get(...)` in the Python files below `source`; a key of None is a variable.

    The checks themselves are left out: they read texts, and say none.
    """
    found: list[Asking] = []
    for path in sorted(source.rglob("*.py")):
        if path.parent == Path(__file__).parent:
            continue
        text = path.read_text(encoding="utf-8")
        if ".say(" in text or "texts.get(" in text:
            found.extend(_askings(ast.parse(text), str(path.relative_to(source))))
    return found


def asked_for(found: list[Asking]) -> dict[str, frozenset[str]]:
    """Every key that the code asks for, with the placeholders that it fills in."""
    keys: dict[str, frozenset[str]] = dict(BY_VARIABLE)
    for asking in found:
        if asking.key is None:
            continue
        for key in _family(asking.key):
            keys[key] = keys.get(key, frozenset()) | asking.placeholders
    return keys


def check(content: Content, asked: Mapping[str, frozenset[str]]) -> list[Finding]:
    """Missing and unused keys. `asked` is what asked_for gave."""
    findings: list[Finding] = []
    written = content.texts.by_key
    for key in asked.keys() - written.keys():
        hint = "write it in both languages"
        findings.append(Finding(TEXTS_FILE, 1, "missing-text", f"lacks the text {key!r}, which Lotsen says", hint))
    for key in written.keys() - asked.keys():
        line = line_of(content, "texts", key)
        hint = "remove it, or mend its name"
        findings.append(Finding(TEXTS_FILE, line, "unused-text", f"nothing ever says the text {key!r}", hint))
    return findings


def _askings(tree: ast.AST, file: str) -> Iterator[Asking]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _asks(node.func):
            filled = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
            for key in _keys(node.args[0]):
                yield Asking(file, node.lineno, key, filled)


def _asks(function: ast.expr) -> bool:
    if not isinstance(function, ast.Attribute):
        return False
    owner = function.value
    owner_name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    return (function.attr == "say" and owner_name == "walk") or (function.attr == "get" and owner_name == "texts")


def _keys(argument: ast.expr) -> Iterator[str | None]:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.IfExp):
        yield from _keys(argument.body)
        yield from _keys(argument.orelse)
    elif isinstance(argument, ast.JoinedStr) and isinstance(argument.values[0], ast.Constant):
        yield f"{argument.values[0].value!s}*"
    else:
        yield None


def _family(key: str) -> tuple[str, ...]:
    if not key.endswith("*"):
        return (key,)
    return tuple(f"{key[:-1]}{ending}" for ending in FAMILIES.get(key[:-1], ()))
