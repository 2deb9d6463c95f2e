"""How names of places are compared: folded as people type without å, ä and ö, and a few slips forgiven.

A name is never shown folded; folding is for matching only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA

# Words people put before or after the name when they answer "which town?".
_BEFORE = re.compile(
    r"^(?:(?:jag|vi|bor|är|i|på|vid|nära|från|till|utanför|trakten av|live|in|near|at|from)\s+)+", re.IGNORECASE
)
_AFTER = re.compile(r"(?:\s+(?:kommun|stad|municipality|tack|please|då))+$", re.IGNORECASE)

# A slip in a short word makes another word ("Vara", "vård"); from this many letters on the name still shows through.
ONE_SLIP_FROM = 6
TWO_SLIPS_FROM = 9

# Letters that sound the same in a name: Qvänum, Wara, Skenninge.
_SAME_SOUND = (("w", "v"), ("q", "k"), ("x", "ks"), ("ck", "k"), ("ch", "k"), ("c", "k"), ("z", "s"), ("ph", "f"))
_DOUBLED = re.compile(r"(.)\1")


def fold(text: str) -> str:
    """Casefolded, accents and rings dropped (å ä -> a, ö -> o, é -> e), one space or hyphen as a space."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("ø", "o").replace("æ", "a"))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare))


def sound(text: str) -> str:
    """How a name sounds to someone who writes by ear: ä as e, doubled consonants as one, w as v, q and c as k."""
    heard = fold(unicodedata.normalize("NFC", text).casefold().replace("ä", "e").replace("æ", "e"))
    for written, meant in _SAME_SOUND:
        heard = heard.replace(written, meant)
    return _DOUBLED.sub(r"\1", heard)


def without_cue(text: str) -> str:
    """The name alone: "i Kalmar kommun?" gives "Kalmar"."""
    bare = " ".join(re.sub(r"[^\w\s'-]", " ", unicodedata.normalize("NFC", text)).split())
    return _AFTER.sub("", _BEFORE.sub("", bare)).strip(" '-")


def closest(folded: str, names: Collection[str]) -> tuple[str, ...]:
    """The folded names with the fewest slips from what was written, ties together; none if all have too many.

    A slip is a letter too many, too few, wrong, or two that changed places. The first sound must be right:
    people who misspell a place know how it begins.
    """
    initial = sound(folded)[:1]
    near = [
        (int(slips), name)
        for name, slips, _ in process.extract(
            folded, names, scorer=OSA.distance, score_cutoff=_slips_allowed(len(folded) + 1), limit=None
        )
        if slips <= _slips_allowed(max(len(folded), len(name))) and sound(name)[:1] == initial
    ]
    fewest = min((slips for slips, _ in near), default=0)
    return tuple(sorted(name for slips, name in near if slips == fewest))


def _slips_allowed(length: int) -> int:
    return 2 if length >= TWO_SLIPS_FROM else 1 if length >= ONE_SLIP_FROM else 0
