"""What the files of ``config/courses``, ``config/loans`` and ``config/places`` share: one for each municipality, with a list of entries.

municipality: Vara
courses:                                       # or loans, or places
  - id: vara-mobilen
    title: {sv: Mobilen, en: Your phone}       # what residents read is written in both languages
    tags: [mobil, telefon]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol, TypeVar

from bot.marked_yaml import FileFault, Marked, YamlFault, read_marked
from bot.place_hours import known_keys

LANGUAGES = ("sv", "en")


class _Plan(Protocol):
    @property
    def id(self) -> str: ...


_AnyPlan = TypeVar("_AnyPlan", bound=_Plan)


def read_plans(
    folder: Path, key: str, read: Callable[[Marked, str], _AnyPlan]
) -> tuple[list[_AnyPlan], list[FileFault]]:
    """The plans that can be read, by file name and order, and what is wrong with the others. No folder is no plans.

    `read` makes a plan of an entry below `key` ("courses") and the municipality as the file writes it, or raises YamlFault.
    """
    plans: list[_AnyPlan] = []
    faults: list[FileFault] = []
    seen: set[str] = set()
    for path in sorted(folder.glob("*.yml")):
        try:
            municipality, entries = read_entries(path, key)
        except YamlFault as fault:
            faults.append(fault.in_file(path))
            continue
        for entry in entries:
            try:
                plan = read(entry, municipality)
                if plan.id in seen:
                    raise YamlFault(entry.line, f"{plan.id!r} is the id of two {key}: change one")
            except YamlFault as fault:
                faults.append(fault.in_file(path))
                continue
            seen.add(plan.id)
            plans.append(plan)
    return plans, faults


def read_entries(path: Path, key: str) -> tuple[str, list[Marked]]:
    """The municipality as the file writes it, and the entries below `key`. Raises YamlFault when there is no such thing."""
    given = known_keys(read_marked(path), "the file", {"municipality", key})
    for needed in ("municipality", key):
        if needed not in given:
            raise YamlFault(1, f"{needed!r} is missing: add it at the top level")
    return given["municipality"].text("municipality"), given[key].items(key)


def read_keys(
    entry: Marked, kind: str, needed: Iterable[str], optional: Iterable[str] = (), advice: str = "add it"
) -> dict[str, Marked]:
    """What a `kind` ("course") holds, by key. Raises YamlFault at the first key that is unknown, and else for one that is missing, with advice."""
    needed = tuple(needed)
    given = known_keys(entry, f"a {kind}", {*needed, *optional})
    for key in needed:
        if key not in given:
            raise YamlFault(entry.line, f"the {kind} has no {key!r}: {advice}")
    return given


def read_texts(marked: Marked, what: str) -> tuple[str, ...]:
    """A list of texts. Raises YamlFault."""
    return tuple(entry.text(what) for entry in marked.items(what))


def by_language(marked: Marked, what: str, verb: str = "is") -> dict[str, Marked]:
    """What is written for each language. Raises YamlFault when one is missing, or there are others."""
    given = known_keys(marked, what, set(LANGUAGES))
    for language in LANGUAGES:
        if language not in given:
            raise YamlFault(marked.line, f"{what} {verb} missing in {language!r}: residents read both languages")
    return {language: given[language] for language in LANGUAGES}


def read_both(marked: Marked, what: str, verb: str = "is") -> dict[str, str]:
    """A text in both languages. Raises YamlFault."""
    return {language: text.text(f"{what} in {language}") for language, text in by_language(marked, what, verb).items()}
