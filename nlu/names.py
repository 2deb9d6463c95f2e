"""The lists of names in data/names.yml, in the form in which they are looked up."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from nlu.normalise import fold
from nlu.slips import Slips

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "names.yml"
KINDS = ("relation", "device", "bank", "authority")
_LISTS = ("after", "before", "not_after", "not_before")


class NamesFileError(Exception):
    """The lists cannot be used; the text says file, fault and what to do."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a word means: the kind of entity and its value."""

    entity: str
    value: str


@dataclass(frozen=True, slots=True)
class CarefulName:
    """A name that is another word as well, and the folded words that it must, or must not, stand after or before."""

    name: Name
    english: bool
    after: frozenset[str]
    before: frozenset[str]
    not_after: frozenset[str]
    not_before: frozenset[str]

    def counts(self, before: str, after: str, english: bool) -> bool:
        """Whether it is the name, between the words `before` and `after` (empty at an end) of a text."""
        if english != self.english or before in self.not_after or after in self.not_before:
            return False
        return not (self.after or self.before) or before in self.after or after in self.before


@dataclass(frozen=True, slots=True)
class Names:
    """`sure` and `careful` are by folded spelling, `spelled` holds
    their spellings with dots, `never` what is none of them though it is near."""

    sure: Mapping[str, Name]
    careful: Mapping[str, tuple[CarefulName, ...]]
    spelled: Mapping[str, frozenset[str]]
    never: frozenset[str]
    slips: Slips


@cache
def shipped_names() -> Names:
    """The product's own lists, read once."""
    return load_names(SHIPPED)


def load_names(path: Path) -> Names:
    """Reads the lists. Raises NamesFileError."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows = [(Name(kind, value), spelling) for kind in KINDS for value, spellings in data[kind].items()
                for spelling in spellings]  # fmt: skip
        careful: dict[str, tuple[CarefulName, ...]] = {}
        for row in data["with_care"]:
            rule = _careful(row)
            rows += [(rule.name, spelling) for spelling in row["words"]]
            for spelling in row["words"]:
                careful[fold(spelling)] = (*careful.get(fold(spelling), ()), rule)
        return _names(rows, careful, frozenset(map(fold, data["never"])))
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise NamesFileError(f"{path}: cannot be read ({error!r}). Restore the file, or mend that row.") from error


def _names(
    rows: list[tuple[Name, str]], careful: Mapping[str, tuple[CarefulName, ...]], never: frozenset[str]
) -> Names:
    sure: dict[str, Name] = {}
    spelled: dict[str, frozenset[str]] = {}
    for name, spelling in rows:
        folded = fold(spelling)
        spelled[folded] = spelled.get(folded, frozenset()) | {spelling.casefold()}
        if folded not in careful and sure.setdefault(folded, name) != name:
            raise ValueError(f"{spelling!r} means both {sure[folded].value!r} and {name.value!r}")
    return Names(sure, careful, spelled, never, Slips(sure, never))


def _careful(row: Mapping[str, Any]) -> CarefulName:
    kind = next(kind for kind in KINDS if kind in row)
    if unknown := set(row) - {kind, "words", "language", *_LISTS}:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    lists = [frozenset(map(fold, row.get(key, ()))) for key in _LISTS]
    return CarefulName(Name(kind, str(row[kind])), row.get("language") == "en", *lists)
