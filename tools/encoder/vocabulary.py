"""Which of the 250,002 pieces of words are kept: those of the languages that Lotsen meets.

Kept are the pieces that the frequent words of those languages are cut into (package wordfreq), as written, capitalised
and without å ä ö; those of our own examples; short pieces of Latin letters, so that any misspelling can be
spelt; and single characters of the alphabets seen.
"""

import re
from collections.abc import Iterable, Iterator

import sentencepiece
from wordfreq import top_n_list

from nlu.normalise import fold_word

SPECIAL = 4
# How many of the most frequent words of a language are cut. Somali is not in wordfreq; its pieces come from the examples
# and the short Latin ones.
FREQUENT_WORDS = {"sv": 50_000, "en": 20_000, "fi": 15_000, "ar": 12_000, "fa": 12_000, "uk": 12_000, "pl": 12_000,
                  "ru": 5_000, "de": 5_000, "nb": 8_000, "da": 8_000, "es": 3_000, "fr": 3_000, "tr": 3_000,
                  "sh": 3_000, "ro": 2_000}  # fmt: skip
_SHORT = re.compile(r"▁?[a-zåäöéA-ZÅÄÖ]{1,4}|▁?[0-9]{1,3}|▁?[ -~]")


def kept_pieces(pieces: list[str], cutter: sentencepiece.SentencePieceProcessor, texts: Iterable[str]) -> list[int]:
    """The numbers of the pieces to keep, rising; the special ones first. `cutter` knows all pieces."""
    kept = set(range(SPECIAL))
    seen: set[str] = set()
    for word in [*_frequent(), *texts]:
        kept.update(cutter.encode(word))
        seen.update(word)
    for number, piece in enumerate(pieces):
        single = len(piece) == 1 and (piece in seen or ord(piece) < 0x250)
        if single or piece == "▁" or _SHORT.fullmatch(piece):
            kept.add(number)
    return sorted(kept)


def _frequent() -> Iterator[str]:
    for language, count in FREQUENT_WORDS.items():
        for word in top_n_list(language, count):
            yield word
            yield word.capitalize()
            if language == "sv":
                yield fold_word(word)
                yield word.upper()
