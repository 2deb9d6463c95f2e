"""Reads what is lent in ``config/loans/*.yml``, one file for each municipality.

    municipality: Kungsbacka
    loans:
      - id: kungsbacka-surfplatta
        unit: bibliotek              # who lends; nobody else sees who borrows
        title: {sv: Surfplatta, en: Tablet}
        days: 28
        wiping: [Logga ut alla konton, Återställ plattan, Ladda plattan]
        units:
          - {label: Platta 1, home: kungsbacka-fyren}   # home is the id of a place

``wiping`` is ticked off, in Swedish, before the next one gets it. Optional: contents of a kit (``{sv: [...], en: [...]}``), tags (words that lead here;
``platt*`` takes any ending), sample.
"""

from __future__ import annotations

from pathlib import Path

from bot.domain.loan import MOST_DAYS
from bot.domain.loan_plan import LoanPlan, PlannedUnit
from bot.marked_yaml import Marked, YamlFault, read_marked
from bot.place_files import LANGUAGES, PlaceFault
from bot.place_hours import known_keys, read_truth

_NEEDED = ("id", "unit", "title", "days", "wiping", "units")
_OPTIONAL = ("contents", "tags", "sample")
_LONGEST_LABEL = 60


def read_loans(folder: Path) -> tuple[list[LoanPlan], list[PlaceFault]]:
    """The plans that can be read, `municipality` as the file writes it, and everything that is wrong with the others. No folder is no loans."""
    plans: list[LoanPlan] = []
    faults: list[PlaceFault] = []
    seen: set[str] = set()
    for path in sorted(folder.glob("*.yml")):
        try:
            given = known_keys(read_marked(path), "the file", {"municipality", "loans"})
            for key in ("municipality", "loans"):
                if key not in given:
                    raise YamlFault(1, f"{key!r} is missing: add it at the top level")
            municipality = given["municipality"].text("municipality")
            entries = given["loans"].items("loans")
        except YamlFault as fault:
            faults.append(PlaceFault(path, fault.line, fault.message))
            continue
        for entry in entries:
            try:
                plan = _plan(entry, municipality)
                if plan.id in seen:
                    raise YamlFault(entry.line, f"{plan.id!r} is the id of two loans: change one")
            except YamlFault as fault:
                faults.append(PlaceFault(path, fault.line, fault.message))
                continue
            seen.add(plan.id)
            plans.append(plan)
    return plans, faults


def _plan(entry: Marked, municipality: str) -> LoanPlan:
    given = known_keys(entry, "a loan", {*_NEEDED, *_OPTIONAL})
    for key in _NEEDED:
        if key not in given:
            raise YamlFault(entry.line, f"the loan has no {key!r}: add it")
    wiping = _texts(given["wiping"], "wiping")
    if not wiping:
        raise YamlFault(given["wiping"].line, "wiping is empty: write at least one thing that is done before the next one gets it")
    return LoanPlan(
        id=given["id"].text("id"),
        municipality=municipality,
        unit=given["unit"].text("unit"),
        title=_both(given["title"], "title"),
        days=_days(given["days"]),
        units=_units(given["units"]),
        wiping=wiping,
        contents=_contents(given["contents"]) if "contents" in given else {},
        tags=_texts(given["tags"], "tags") if "tags" in given else (),
        sample="sample" in given and read_truth(given["sample"], "sample"),
    )


def _days(marked: Marked) -> int:
    text = marked.text("days")
    if not text.isdecimal() or not 1 <= int(text) <= MOST_DAYS:
        raise YamlFault(marked.line, f"days is {text!r}: write a number from 1 to {MOST_DAYS}")
    return int(text)


def _units(marked: Marked) -> tuple[PlannedUnit, ...]:
    units: list[PlannedUnit] = []
    for entry in marked.items("units"):
        given = known_keys(entry, "a unit", {"label", "home"})
        for key in ("label", "home"):
            if key not in given:
                raise YamlFault(entry.line, f"the unit has no {key!r}: write it as {{label: Platta 1, home: kungsbacka-fyren}}")
        label = given["label"].text("label")
        if len(label) > _LONGEST_LABEL:
            raise YamlFault(entry.line, f"the label {label[:20]!r}... is too long: write at most {_LONGEST_LABEL} characters")
        if any(label == unit.label for unit in units):
            raise YamlFault(entry.line, f"{label!r} is the label of two units: change one")
        units.append(PlannedUnit(label, given["home"].text("home")))
    if not units:
        raise YamlFault(marked.line, "units is empty: write at least one")
    return tuple(units)


def _contents(marked: Marked) -> dict[str, tuple[str, ...]]:
    given = known_keys(marked, "contents", set(LANGUAGES))
    for language in LANGUAGES:
        if language not in given:
            raise YamlFault(marked.line, f"contents is missing in {language!r}: residents read both languages")
    return {language: _texts(given[language], f"contents in {language}") for language in LANGUAGES}


def _texts(marked: Marked, what: str) -> tuple[str, ...]:
    return tuple(entry.text(what) for entry in marked.items(what))


def _both(marked: Marked, what: str) -> dict[str, str]:
    given = known_keys(marked, what, set(LANGUAGES))
    for language in LANGUAGES:
        if language not in given:
            raise YamlFault(marked.line, f"{what} is missing in {language!r}: residents read both languages")
    return {language: given[language].text(f"{what} in {language}") for language in LANGUAGES}
