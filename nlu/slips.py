"""Which listed word a misspelled one can mean, by the rule that every list of names shares.

A word that people use is never a slip: wordfreq's most frequent Swedish and English words are left alone.
"""

from collections.abc import Iterable, Set
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA
from wordfreq import top_n_list

from nlu.normalise import fold_word

SHORTEST_MISSPELLED = 5
TWO_SLIPS_FROM = 10
THREE_SLIPS_FROM = 15
COMMON = {"sv": 30_000, "en": 12_000}
# Letters that begin a word alike to the ear.
_ALIKE = str.maketrans("cqwz", "kkvs")


@cache
def common_words() -> Set[str]:
    """The folded words that people use, in Swedish and English."""
    return frozenset(
        fold_word(word) for language, count in COMMON.items() for word in top_n_list(language, count, "small")
    )


class Slips:
    """Folded words, found again when they are misspelled."""

    def __init__(self, listed: Iterable[str], never: Iterable[str] = ()) -> None:
        self._never = frozenset(never)
        self._by_initial: dict[str, list[str]] = {}
        for word in dict.fromkeys(listed):
            if len(word) >= SHORTEST_MISSPELLED and word.isalpha():
                self._by_initial.setdefault(_initial(word), []).append(word)

    def nearest(self, folded: str) -> tuple[str, ...]:
        """The listed words that are nearest to `folded`; none when it is too short, too far off, or a word of its own."""
        if len(folded) < SHORTEST_MISSPELLED or folded in self._never or not folded.isalpha():
            return ()
        listed = self._by_initial.get(_initial(folded))
        if listed is None or folded in common_words() or any(_is_compound(folded, word) for word in listed):
            return ()
        slips = 1 + (len(folded) >= TWO_SLIPS_FROM) + (len(folded) >= THREE_SLIPS_FROM)
        near = process.extract(folded, listed, scorer=OSA.distance, score_cutoff=slips, limit=None)
        best = min((distance for _, distance, _ in near), default=0)
        return tuple(word for word, distance, _ in near if distance == best)


def _is_compound(folded: str, listed: str) -> bool:
    """Whether it is the listed word with another, short one after it: "telefonkö", "mobilnr"."""
    return len(listed) + 1 < len(folded) < len(listed) + SHORTEST_MISSPELLED and folded.startswith(listed)


def _initial(word: str) -> str:
    return word[0].translate(_ALIKE)
