"""Finds an editor's words in what a resident wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.domain.place_names import fold


@lru_cache(maxsize=2048)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = []
    for phrase in words:
        pieces = [re.escape(fold(word)) + (r"\w*" if word.endswith("*") else "") for word in phrase.split()]
        parts.append(r"[\s\W]+".join(piece.replace(r"\ ", r"\s") for piece in pieces))
    return re.compile(r"\b(?:" + "|".join(parts) + r")(?!\w)")


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether `text` holds one of `words`; a word ending in * matches any ending, several words follow each other. Signs alone are in no text."""
    listed = tuple(word for word in words if fold(word))
    return bool(listed) and _pattern(listed).search(fold(text)) is not None
