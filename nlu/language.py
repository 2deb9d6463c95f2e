"""Tells which language a short text is written in: Swedish and English firmly, others well enough to choose what to do.

Alphabets of their own decide by themselves. For Latin letters, each language has the folded frequent words of wordfreq
(package wordfreq) and, for other words, their letter triples. Danish and Norwegian count as Swedish:
so short a text from a resident in Sweden is nearly always Swedish that is misspelled.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wordfreq import top_n_list, word_frequency

from nlu.normalise import fold_word, word_set, words
from nlu.scripts import UNDETERMINED, language_of_script

WORDS_KEPT = {"sv": 20_000, "en": 12_000}
WORDS_KEPT_OTHERS = 4_000
OTHERS = ("fi", "pl", "de", "es", "fr", "tr", "sh")
READ_AS = {"sh": "bs"}

# wordfreq knows no Somali; these are its commonest words and those of asking for help. The examples tell the rest.
SOMALI = word_set(
    "waa iyo in ka ku u waxa waxaan ma maya haa ii si oo la aan aad uu ay laakiin waxaad inaan fadlan caawi caawimo"
    " caawin baahan baahanahay sidee maxaa maxay waan iga ila kan tan halkan meel lacag telefoon telefoonka cusub ilmo"
    " ilmaha xanuun bukaan dhakhtar caymiska shaqo shaqada guri hooyo hooyaday aabo wiil gabadh nabad mahadsanid salaan"
    " asalaamu calaykum ayaa waxay haddii markaan kartaa karaa karin rabaa raba doonayaa furi fursan qof ee yahay tahay"
    " ahay noqon hadal hadli af soomaali soomaaliga bangiga bangi"
)

# Names and words that say nothing of the language around them.
NEUTRAL = word_set(
    "bankid bank id swish kivra klarna freja app appen sms pin kod qr wifi ipad iphone android samsung csn 1177 vab fk"
    " stop start info ok hm mail internet google facebook skype teams zoom"
)

# In natural logarithms: how sure one is of Swedish before reading, how much the conversation's language counts, and what
# a language that is seldom written here has to overcome.
SWEDISH_LEAN = 2.0
CONVERSATION_LEAN = 2.0
SELDOM = -3.0
KNOWN_WORD = 0.8
LEAST_TRIPLE = 1e-5
# Mean likelihood a letter. The strangest misspelled single word of the examples in scope stands at -3.9.
MASH_BELOW = -4.5
# Fewer letters than this may be one word with a slip ("bnkid").
SHORTEST_MASH = 7

_STRANGE_TRIPLE = math.log(LEAST_TRIPLE)
_STRANGE_WORD = math.log(1 - KNOWN_WORD)
_KEYBOARD_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz")


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language's words and letter triples, with the logarithm of their shares."""

    words: Mapping[str, float]
    triples: Mapping[str, float]

    def score(self, word: str) -> float:
        known = self.words.get(word)
        by_letters = self.letter_score(word)
        return by_letters if known is None else max(known + math.log(KNOWN_WORD), by_letters)

    def letter_score(self, word: str) -> float:
        """Likelihood of the word's spelling alone."""
        known = self.triples
        return _STRANGE_WORD + sum(known.get(triple, _STRANGE_TRIPLE) for triple in _triples(word))


class LanguageModel:
    """Detects languages and keyboard mash. Made by `build`; may be kept with the model."""

    def __init__(self, tongues: Mapping[str, Tongue]) -> None:
        self._tongues = dict(tongues)

    @classmethod
    def build(cls, examples: Iterable[tuple[str, str]]) -> "LanguageModel":
        """From wordfreq and `examples`, pairs of text and its language."""
        ours: dict[str, Counter[str]] = {name: Counter() for name in ("sv", "en", "so", *OTHERS)}
        for text, language in examples:
            if language in ours and language_of_script(text) is None:
                ours[language].update(word.folded for word in words(text) if word.folded not in NEUTRAL)
        tongues = {READ_AS.get(name, name): _tongue(_frequencies(name, ours[name])) for name in ("sv", "en", *OTHERS)}
        ours["so"].update(SOMALI)
        tongues["so"] = _tongue({word: float(count) for word, count in ours["so"].items() if word.isalpha()})
        return cls(tongues)

    def detect(self, text: str, language: str | None = None) -> str:
        """ISO 639-1 code of the text's language, or "und" when there are no letters.

        `language` is the language of the conversation, which decides when the text says little.
        """
        by_script = language_of_script(text)
        if by_script is not None:
            return by_script
        found = [word.folded for word in words(text) if word.folded.isalpha() and word.folded not in NEUTRAL]
        if not found:
            return UNDETERMINED if not any(char.isalpha() for char in text) else language or "sv"
        scores = {name: self._prior(name, language) for name in self._tongues}
        for word in found[:60]:
            for name, tongue in self._tongues.items():
                scores[name] += tongue.score(word)
        return max(scores, key=lambda name: scores[name])

    def is_mash(self, text: str) -> bool:
        """Whether the letters are a hand on the keyboard rather than words of any language we know."""
        if language_of_script(text) is not None:
            return False
        found = [word.folded for word in words(text) if word.folded.isalpha()]
        if found and all(_is_keyboard_run(word) for word in found):
            return True
        strangeness = self._strangeness(found) if sum(map(len, found)) >= SHORTEST_MASH else None
        return strangeness is not None and strangeness < MASH_BELOW

    def _strangeness(self, found: list[str]) -> float | None:
        """Mean likelihood a letter triple, or None when some word is known."""
        if not found or any(word in NEUTRAL or self._known(word) for word in found):
            return None
        best = max(sum(tongue.letter_score(word) for word in found) for tongue in self._tongues.values())
        return best / sum(len(word) + 1 for word in found)

    def _known(self, word: str) -> bool:
        return len(word) > 1 and any(word in tongue.words for tongue in self._tongues.values())

    @staticmethod
    def _prior(name: str, language: str | None) -> float:
        lean = {"sv": SWEDISH_LEAN, "en": 0.0}.get(name, SELDOM)
        return lean + (CONVERSATION_LEAN if name == language else 0.0)


def _frequencies(language: str, ours: Counter[str]) -> dict[str, float]:
    frequencies: dict[str, float] = {}
    for word in top_n_list(language, WORDS_KEPT.get(language, WORDS_KEPT_OTHERS)):
        if word.isalpha():
            folded = fold_word(word)
            frequencies[folded] = frequencies.get(folded, 0.0) + word_frequency(word, language)
    total = ours.total() or 1
    for word, count in ours.items():
        if word.isalpha():
            frequencies[word] = frequencies.get(word, 0.0) + count / total
    return frequencies


def _tongue(frequencies: Mapping[str, float]) -> Tongue:
    total = sum(frequencies.values())
    triples: dict[str, float] = {}
    contexts: dict[str, float] = {}
    for word, frequency in frequencies.items():
        for triple in _triples(word):
            # The square root lets the many rare words say how the language is spelled.
            weight = math.sqrt(frequency)
            triples[triple] = triples.get(triple, 0.0) + weight
            contexts[triple[:2]] = contexts.get(triple[:2], 0.0) + weight
    return Tongue(
        {word: math.log(frequency / total) for word, frequency in frequencies.items()},
        {triple: max(math.log(weight / contexts[triple[:2]]), _STRANGE_TRIPLE) for triple, weight in triples.items()},
    )


def _is_keyboard_run(word: str) -> bool:
    """Begins with four neighbours on the keyboard, or is one letter held down."""
    runs = (row[at : at + 4] for row in _KEYBOARD_ROWS for at in range(len(row) - 3))
    return len(word) >= 4 and (len(set(word)) == 1 or any(word.startswith(run) for run in runs))


def _triples(word: str) -> list[str]:
    padded = f"  {word} "
    return [padded[at : at + 3] for at in range(len(padded) - 2)]
