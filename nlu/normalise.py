"""Folding: the one form in which words are compared, whatever the keyboard and the alphabet's accents.

å ä á -> a, ö ø -> o, é -> e, ł -> l; lower case; words apart by one space; punctuation and emoji gone.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_UNDECOMPOSED = str.maketrans({"ø": "o", "æ": "a", "ł": "l", "ð": "d", "đ": "d", "ı": "i"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\ufeff]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with where it stands in the original text (`end` exclusive) and its folded form."""

    folded: str
    raw: str
    start: int
    end: int


def word_set(listed: str) -> frozenset[str]:
    """The words of a list written in one string."""
    return frozenset(listed.split())


def clean(text: str) -> str:
    """`text` in NFC with control characters, lone surrogates and invisible marks turned into spaces."""
    return unicodedata.normalize("NFC", _CONTROL.sub(" ", text))


def fold_word(word: str) -> str:
    """One word in folded form."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char)).translate(_UNDECOMPOSED)


def words(text: str, limit: int = 5000) -> list[Word]:
    """The first `limit` words of `text`, in order, with their offsets in it."""
    return list(islice(_words(text), limit))


def _words(text: str) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        yield Word(fold_word(match.group()), match.group(), match.start(), match.end())


def fold(text: str) -> str:
    """The folded words of `text`, a space between them."""
    return " ".join(word.folded for word in words(text))
