"""Word-sequence patterns: how the danger rules are written so that people can read and review them.

    han andas inte          these words in a row
    ramla*                  any word that begins so
    mamma|pappa|barn*       one of several
    @person                 one of the words of a named list
    min?                    the word may be missing
    ..                      up to three words of any kind between

Patterns and texts are compared in folded form, so å ä ö and capitals make no difference.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from nlu.normalise import fold_word

_GAP = ".."
_MOST_BETWEEN = 3
_ELEMENT = re.compile(r"[^\W_]+\*?")


class PatternError(ValueError):
    """A pattern cannot be read; the text says which part and what is allowed."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a pattern matched, as word numbers; `end` exclusive. `key` is the owner the pattern was filed under."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    key: str
    source: str


class PatternSet:
    """Many patterns searched at once. `lists` are the words behind each @name."""

    def __init__(self, patterns: Iterable[tuple[str, str]], lists: Mapping[str, Iterable[str]]) -> None:
        """`patterns` are pairs of key and pattern. Raises PatternError for one that cannot be read."""
        named = {name: tuple(members) for name, members in lists.items()}
        self._by_word: dict[str, list[_Pattern]] = {}
        self._by_beginning: dict[str, list[_Pattern]] = {}
        for key, text in patterns:
            elements = text.split()
            pattern = _Pattern(key, _expression(text, elements, named))
            for first in _first_words(text, elements, named):
                table = self._by_beginning if first.endswith("*") else self._by_word
                table.setdefault(first.rstrip("*"), []).append(pattern)

    def search(self, folded: str) -> Iterator[Found]:
        """Every match in `folded`, words with a space between, from left to right."""
        position = 0
        for number, word in enumerate(folded.split(" ")):
            for pattern in self._beginning_with(word):
                match = _compiled(pattern.source).match(folded, position)
                if match:
                    yield Found(pattern.key, number, number + match.group().count(" ") + 1)
            position += len(word) + 1

    def _beginning_with(self, word: str) -> Iterator[_Pattern]:
        yield from self._by_word.get(word, ())
        for length in range(1, len(word) + 1):
            yield from self._by_beginning.get(word[:length], ())


@cache
def _compiled(source: str) -> re.Pattern[str]:
    """Compiled when a text first holds its first word: compiling thousands at once would take a second."""
    return re.compile(source)


def _expression(text: str, elements: list[str], lists: Mapping[str, tuple[str, ...]]) -> str:
    if not elements or elements[0] == _GAP or elements[-1] == _GAP or elements[0].endswith("?"):
        raise PatternError(f"pattern '{text}' must begin with a word that has to be there, and end with a word")
    parts = [_element(text, elements[0], lists)]
    gap = ""
    for element in elements[1:]:
        if element == _GAP:
            gap = rf"(?: \S+){{0,{_MOST_BETWEEN}}}"
        elif element.endswith("?"):
            parts.append(f"{gap}(?: {_element(text, element[:-1], lists)})?")
            gap = ""
        else:
            parts.append(f"{gap} {_element(text, element, lists)}")
            gap = ""
    return "".join(parts) + r"(?!\S)"


def _element(text: str, element: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    choices = [re.escape(choice.rstrip("*")) + (r"\S*" if choice.endswith("*") else "")
               for choice in _choices(text, element, lists)]  # fmt: skip
    return f"(?:{'|'.join(choices)})(?!\\S)"


def _choices(text: str, element: str, lists: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The folded words of an element, with their stars."""
    choices: list[str] = []
    for part in element.split("|"):
        if part.startswith("@"):
            if part[1:] not in lists:
                raise PatternError(f"pattern '{text}' names the list '{part}', which does not exist")
            choices += [choice for word in lists[part[1:]] for choice in _choices(text, word, {})]
        elif not _ELEMENT.fullmatch(part):
            raise PatternError(f"pattern '{text}': '{part}' is not a word, word*, a|b, @list, word? or ..")
        else:
            choices.append(fold_word(part.rstrip("*")) + ("*" if part.endswith("*") else ""))
    return choices


def _first_words(text: str, elements: list[str], lists: Mapping[str, tuple[str, ...]]) -> set[str]:
    return set(_choices(text, elements[0], lists))
