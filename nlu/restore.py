"""Restores å ä ö and mends typos, word by word, before a Swedish text is read by the classifiers.

A known word written with å ä ö stays. Else the most frequent word of the same folded form. Else, from four letters, the
nearest word: one edit away, two from eight letters. The words are wordfreq's most frequent Swedish ones
(package wordfreq) and those that recur in the examples; the search is SymSpell
(https://github.com/wolfgarbe/SymSpell).
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from symspellpy import SymSpell, Verbosity
from wordfreq import top_n_list, word_frequency

from nlu.normalise import fold_word, words

GENERAL_WORDS = 30_000
SHORTEST_MENDED = 4
TWO_EDITS_FROM = 8
# An example's misspelling must not become a word: two people have to have written it, three if nobody else does.
LEAST_EXAMPLES = 3

# What people write on a phone for the commonest words.
SHORTHAND = {"o": "och", "oxå": "också", "mej": "mig", "dej": "dig", "sej": "sig", "nån": "någon", "nåt": "något",
             "nåra": "några", "ngn": "någon", "ngt": "något", "e": "är", "ä": "är"}  # fmt: skip


def word_counts(texts: Iterable[str]) -> dict[str, float]:
    """Weights of the words worth restoring to: general Swedish and what recurs in `texts`."""
    counts = {word: word_frequency(word, "sv") * 2e5 for word in top_n_list("sv", GENERAL_WORDS) if word.isalpha()}
    in_examples = Counter(word for text in texts for word in {found.raw.lower() for found in words(text)})
    for word, count in in_examples.items():
        if word.isalpha() and (word in counts or count >= LEAST_EXAMPLES):
            counts[word] = counts.get(word, 0.0) + 2.0 * count
    return counts


class Restorer:
    """Restores texts to the words of `counts` (word -> weight), which may be kept with the model."""

    def __init__(self, counts: Mapping[str, float]) -> None:
        self._known = dict(counts)
        self._best: dict[str, str] = {}
        weights: dict[str, float] = {}
        for word, weight in counts.items():
            folded = fold_word(word)
            weights[folded] = weights.get(folded, 0.0) + weight
            if folded not in self._best or weight > counts[self._best[folded]]:
                self._best[folded] = word
        self._nearest = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for folded, weight in weights.items():
            self._nearest.create_dictionary_entry(folded, max(1, int(weight * 10)))

    def knows(self, word: str) -> bool:
        """Whether `word`, folded or not, is one of the words."""
        return fold_word(word) in self._best

    def restore(self, text: str) -> str:
        """The words of `text` in lower case, restored, a space between them."""
        return " ".join(self._word(found.raw.lower(), found.folded) for found in words(text))

    def _word(self, word: str, folded: str) -> str:
        if word in SHORTHAND:
            return SHORTHAND[word]
        if word != folded and word in self._known:
            return word
        if folded in self._best:
            return self._best[folded]
        if len(folded) < SHORTEST_MENDED or not folded.isalpha() or not folded.isascii():
            return word
        edits = 1 if len(folded) < TWO_EDITS_FROM else 2
        found = self._nearest.lookup(folded, Verbosity.TOP, max_edit_distance=edits)
        return self._best[found[0].term] if found else word
