"""What the audit log keeps beside an act, in words. The log itself keeps ids, and so does its file."""

from __future__ import annotations

import re

from bot.console.teller import Teller
from bot.console.words import has
from bot.domain.account import ROLES
from bot.services.read_audit import Entry
from bot.services.run_accounts import COMMAND

_UNIT = re.compile(r"unit:([^/\s]+)/(\S+)( with the person's consent)?")
_NUMBERED = re.compile(r"(course|loan|unit|audit)(?:: ?| )(\d+)")
_WORDS_OF = {"open": "came", "call": "call"}
"""Acts whose detail is one of a few words, and what those words begin with."""


def detail_of(teller: Teller, entry: Entry) -> str:
    """What stands beside the act, with what is known by name in words."""
    return ", ".join(filter(None, (entry.about, _said(teller, entry))))


def _said(teller: Teller, entry: Entry) -> str:
    detail = entry.detail
    word = f"{_WORDS_OF.get(entry.act, '')}.{detail}"
    if detail == COMMAND:
        return teller.w("audit.command")
    if detail.startswith(("user:", "message:")):
        return ""
    if detail.startswith("link:"):
        return teller.w("link.number", n=detail.partition(":")[2])
    if entry.act == "search" and detail.endswith(" found"):
        return teller.w("audit.found", n=detail.removesuffix(" found"))
    if detail.startswith("invitation:"):
        role = detail.partition(" ")[2]
        return teller.w(f"role.{role}") if role in ROLES else ""
    if has(word):
        return teller.w(word)
    if unit := _UNIT.fullmatch(detail):
        name = teller.unit(unit[1], unit[2]) or f"{unit[1]}/{unit[2]}"
        return teller.w("audit.unit_with_yes", unit=name) if unit[3] else name
    if numbered := _NUMBERED.findall(detail):
        return ", ".join(teller.w(f"audit_numbered.{kind}", n=number) for kind, number in numbered)
    return teller.outcome(detail)
