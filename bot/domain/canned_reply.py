"""A reply that handledare need often, written once in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.conversation import Language

PLACEHOLDERS = ("kontaktcenter", "bibliotek", "namn")
"""The facts of the municipality, and how residents see the handledare."""
_BLANK = re.compile(r"\([A-ZÅÄÖ][A-ZÅÄÖ ]+\)")
"""What the handledare fills in stands in capitals within brackets."""


@dataclass(frozen=True, slots=True)
class CannedReply:
    """`title` is what handledare choose by, `text` what residents read; both by language."""

    id: str
    title: Mapping[Language, str]
    text: Mapping[Language, str]


def blank_in(text: str, replies: Iterable[CannedReply]) -> str | None:
    """The first blank of a canned reply that still stands in the text as it was; None when all are filled in. Other capitals are the writer's own."""
    blanks = {blank for reply in replies for own in reply.text.values() for blank in _BLANK.findall(own)}
    return next((found for found in _BLANK.findall(text) if found in blanks), None)
