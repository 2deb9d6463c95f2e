"""How words are looked for in what was said, and where in a text they are: what the databases' indexes do (bot/store/tables/word_indexes.py), in Python.

A word is a run of letters and digits. It is found in any case, with or without dots and accents, and by its beginning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

FOLD = ("ÅÄÀÁÂÃÖÒÓÔÕÉÈÊËÜÙÚÛÍÌÎÏÑÇåäàáâãöòóôõéèêëüùúûíìîïñç", "AAAAAAOOOOOEEEEUUUUIIIINCaaaaaaoooooeeeeuuuuiiiinc")
"""Letters, and what they are found as."""
MOST_WORDS = 8
WHOLE_BELOW = 3
"""A shorter word is found whole only: too much begins with two letters."""

_WORD = re.compile(r"[^\W_]+")
_FOLDED = str.maketrans(*FOLD)
_APOSTROPHES = re.compile("['’´`]")

Piece = tuple[str, bool]
"""Some text, and whether it is what was looked for."""


def folded(text: str) -> str:
    """The text as words are compared; as long as `text` is."""
    plain = text.translate(_FOLDED)
    lower = plain.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in plain)


def bare(text: str) -> str:
    """The text folded and without apostrophes, however they are typed: "don't" and "don’t" are "dont"."""
    return _APOSTROPHES.sub("", folded(text))


def words_in(query: str) -> tuple[str, ...]:
    """The words to look for, folded, each once; single letters only where there is nothing else."""
    found = list(dict.fromkeys(_WORD.findall(folded(unicodedata.normalize("NFC", query)))))
    return tuple(([word for word in found if len(word) > 1] or found)[:MOST_WORDS])


def is_in(text: str, words: Sequence[str]) -> bool:
    """Whether any of the words is in the text."""
    return bool(_places(text, words))


def pieces(text: str, words: Sequence[str]) -> list[Piece]:
    """The whole text, cut where a word begins or ends that is looked for."""
    made: list[Piece] = []
    upto = 0
    for start, end in _places(text, words):
        if start > upto:
            made.append((text[upto:start], False))
        made.append((text[start:end], True))
        upto = end
    if upto < len(text):
        made.append((text[upto:], False))
    return made


def excerpt(text: str, words: Sequence[str], most: int = 160) -> list[Piece]:
    """About `most` characters around the first word that is found, cut between words; the beginning when none is."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return pieces(plain, words)
    first = next(iter(_places(plain, words)), (0, 0))[0]
    start = max(0, min(first - most // 3, len(plain) - most))
    start = plain.rfind(" ", 0, start) + 1 if start else 0
    end = start + most
    cut = plain[start:end] if end >= len(plain) else plain[start:end].rpartition(" ")[0] or plain[start:end]
    before = [("… ", False)] if start else []
    after = [(" …", False)] if start + len(cut) < len(plain) else []
    return [*before, *pieces(cut, words), *after]


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    begins = tuple(word for word in words if len(word) >= WHOLE_BELOW)
    found = ((each.group(), each.span()) for each in _WORD.finditer(folded(text)))
    return [span for word, span in found if word in words or (begins and word.startswith(begins))]
