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
from bot.marked_yaml import FileFault, Marked, YamlFault
from bot.place_hours import read_truth
from bot.plan_files import by_language, read_both, read_keys, read_plans, read_texts

_NEEDED = ("id", "unit", "title", "days", "wiping", "units")
_OPTIONAL = ("contents", "tags", "sample")
_LONGEST_LABEL = 60


def read_loans(folder: Path) -> tuple[list[LoanPlan], list[FileFault]]:
    """The plans that can be read, `municipality` as the file writes it, and everything that is wrong with the others. No folder is no loans."""
    return read_plans(folder, "loans", _plan)


def _plan(entry: Marked, municipality: str) -> LoanPlan:
    given = read_keys(entry, "loan", _NEEDED, _OPTIONAL)
    wiping = read_texts(given["wiping"], "wiping")
    if not wiping:
        raise YamlFault(
            given["wiping"].line, "wiping is empty: write at least one thing that is done before the next one gets it"
        )
    return LoanPlan(
        id=given["id"].text("id"),
        municipality=municipality,
        unit=given["unit"].text("unit"),
        title=read_both(given["title"], "title"),
        days=_days(given["days"]),
        units=_units(given["units"]),
        wiping=wiping,
        contents=_contents(given["contents"]) if "contents" in given else {},
        tags=read_texts(given["tags"], "tags") if "tags" in given else (),
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
        given = read_keys(
            entry, "unit", ("label", "home"), advice="write it as {label: Platta 1, home: kungsbacka-fyren}"
        )
        label = given["label"].text("label")
        if len(label) > _LONGEST_LABEL:
            raise YamlFault(
                entry.line, f"the label {label[:20]!r}... is too long: write at most {_LONGEST_LABEL} characters"
            )
        if any(label == unit.label for unit in units):
            raise YamlFault(entry.line, f"{label!r} is the label of two units: change one")
        units.append(PlannedUnit(label, given["home"].text("home")))
    if not units:
        raise YamlFault(marked.line, "units is empty: write at least one")
    return tuple(units)


def _contents(marked: Marked) -> dict[str, tuple[str, ...]]:
    return {
        language: read_texts(things, f"contents in {language}")
        for language, things in by_language(marked, "contents").items()
    }
