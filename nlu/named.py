"""Relations, devices, banks and authorities by name: inflected, misspelled, and with a word split in two."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nlu.names import Name, Names, shipped_names
from nlu.normalise import Word, words
from nlu.slips import common_words
from nlu.understanding import Entity

LONGEST_NAME = 3
SHORTEST_SPLIT = 6
SHORTEST_SPLIT_MISSPELLED = 10
SHORTEST_PART = 3
# In these a letter wrong is a slip of one of our names; in others it may be a word.
MISSPELLED_IN = ("sv", "en", "und")
MOST_WORDS = 400


def find_named(text: str, language: str = "sv") -> list[Entity]:
    """`relation`, `device`, `bank` and `authority` entities, in order, each value once."""
    seen: set[Name] = set()
    found: list[Entity] = []
    for name, start, end in _all_named(text, language, shipped_names()):
        if name not in seen:
            seen.add(name)
            found.append(Entity(name.entity, name.value, start, end))
    return found


def _all_named(text: str, language: str, names: Names) -> Iterator[tuple[Name, int, int]]:
    found = words(text, MOST_WORDS)
    at = 0
    while at < len(found):
        length, name = _name_at(text, found, at, language, names)
        if name:
            yield name, found[at].start, found[at + length - 1].end
        at += length


def _name_at(text: str, found: Sequence[Word], at: int, language: str, names: Names) -> tuple[int, Name | None]:
    """How many words from `at` to go on by, and the name that they make."""
    for length in range(min(LONGEST_NAME, len(found) - at), 1, -1):
        if name := _several(text, found[at : at + length], language, names):
            return length, name
    word = found[at]
    if word.folded in names.careful:
        before = found[at - 1].folded if at else ""
        after = found[at + 1].folded if at + 1 < len(found) else ""
        return 1, _careful(word, before, after, language == "en", names)
    return 1, _single(word, language, names)


def _several(text: str, found: Sequence[Word], language: str, names: Names) -> Name | None:
    """The name of words that belong together, or of one word that was split."""
    spaced = " ".join(word.folded for word in found)
    for form in _forms(spaced):
        if form in names.sure:
            return names.sure[form]
    joined = "".join(word.folded for word in found)
    if len(joined) < SHORTEST_SPLIT or spaced in names.never or not _written_together(text, found):
        return None
    for form in _forms(joined):
        if form in names.sure:
            return names.sure[form]
    # Two words that people use are two words.
    if len(joined) < SHORTEST_SPLIT_MISSPELLED or all(word.folded in common_words() for word in found):
        return None
    if any(form in names.sure or form in names.careful for word in found for form in _forms(word.folded)):
        return None
    return _misspelled(joined, language, names)


def _written_together(text: str, found: Sequence[Word]) -> bool:
    """Whether nothing but a space or a hyphen parts the words, and each is long enough to be part of one."""
    gaps = {text[one.end : other.start] for one, other in pairwise(found)}
    return gaps <= {" ", "-"} and all(len(word.folded) >= SHORTEST_PART for word in found)


def _careful(word: Word, before: str, after: str, english: bool, names: Names) -> Name | None:
    if not _spelled_so(word, word.folded, names):
        return None
    return next((rule.name for rule in names.careful[word.folded] if rule.counts(before, after, english)), None)


def _single(word: Word, language: str, names: Names) -> Name | None:
    for form in _forms(word.folded):
        if form in names.sure and _spelled_so(word, form, names):
            return names.sure[form]
    return _misspelled(word.folded, language, names)


def _misspelled(folded: str, language: str, names: Names) -> Name | None:
    if language not in MISSPELLED_IN:
        return None
    for form in _forms(folded):
        meant = {names.sure[near] for near in names.slips.nearest(form)}
        if len(meant) == 1:
            return meant.pop()
    return None


def _forms(folded: str) -> tuple[str, ...]:
    """The word itself, and without what may be a genitive s."""
    return (folded, folded[:-1]) if folded.endswith("s") and len(folded) > 3 else (folded,)


def _spelled_so(word: Word, form: str, names: Names) -> bool:
    """Whether the dots that are written are the name's: "får" is not "far". Without any dots all is open."""
    if word.raw.isascii():
        return True
    written = unicodedata.normalize("NFC", word.raw).casefold()
    return written[: len(form)] in names.spelled[form]
