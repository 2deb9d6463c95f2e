"""Finds an editor's words in what a resident wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.domain.place_names import fold


@lru_cache(maxsize=4096)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    parts = []
    for phrase in words:
        if not fold(phrase):
            continue
        pieces = [re.escape(fold(word)) + (r"\w*" if word.endswith("*") else "") for word in phrase.split()]
        parts.append(r"[\s\W]+".join(piece.replace(r"\ ", r"\s") for piece in pieces))
    return re.compile(r"\b(?:" + "|".join(parts) + r")(?!\w)") if parts else None


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether `text` holds one of `words`; a word ending in * matches any ending, several words follow each other. Signs alone are in no text."""
    pattern = _pattern(tuple(words))
    return pattern is not None and pattern.search(_folded(text)) is not None


@lru_cache(maxsize=64)
def _folded(text: str) -> str:
    """One message is looked through for the words of every error and option that is open."""
    return fold(text)
