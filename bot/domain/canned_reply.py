"""A reply that handledare need often, written once in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.conversation import Language

PLACEHOLDERS = ("kontaktcenter", "bibliotek", "namn")
"""The facts of the municipality, and how residents see the handledare."""


@dataclass(frozen=True, slots=True)
class CannedReply:
    """`title` is what handledare choose by, `text` what residents read; both by language."""

    id: str
    title: Mapping[Language, str]
    text: Mapping[Language, str]
