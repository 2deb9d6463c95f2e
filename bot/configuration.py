"""Reads config/: the organisation, its municipalities, their places, courses and loans. Every fault is told with file and line."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path
from typing import Any

from bot.course_files import read_courses
from bot.domain.address import Address, AddressError
from bot.domain.course_plan import CoursePlan
from bot.domain.duty import DutyPerson, Municipality, Organisation, SendingNumber, Shift, Team, Unit
from bot.domain.finding import ContentError, Finding
from bot.domain.loan_plan import LoanPlan
from bot.domain.place import Place
from bot.loan_files import read_loans
from bot.marked_yaml import MarkedDict, MarkedList, read
from bot.place_files import read_places

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What config/ holds."""

    organisation: Organisation
    places: tuple[Place, ...]
    courses: tuple[CoursePlan, ...] = ()
    loans: tuple[LoanPlan, ...] = ()

    @property
    def uses_samples(self) -> bool:
        """Whether anything in it is a sample, which must never meet real residents."""
        sampled = (*(place.sample for place in self.places), *(plan.sample for plan in self.courses), *(plan.sample for plan in self.loans))
        return self.organisation.uses_samples or any(sampled)


class _File:
    """One file being read, and its faults."""

    def __init__(self, path: Path, root: Path) -> None:
        self.name = _named(path, root)
        self.data = read(path, root.parent)
        self.findings: list[Finding] = []

    def fault(self, line: int, fault_id: str, message: str, hint: str = "") -> None:
        self.findings.append(Finding(self.name, line, fault_id, message, hint))

    def known(self, data: MarkedDict, *keys: str) -> None:
        for key in data:
            if key not in keys:
                self.fault(data.lines[key], "unknown-key", f"there is no key {key!r} here", "one of: " + ", ".join(keys))

    def text(self, data: MarkedDict, key: str, default: str | None = None) -> str:
        value = data.get(key, default)
        if not isinstance(value, str) or not value.strip():
            self.fault(data.lines.get(key, data.line), "missing-key", f"{key}: must hold a text", f"write {key}: ...")
            return ""
        return value.strip()

    def rows(self, data: MarkedDict, key: str, required: bool = False) -> list[MarkedDict]:
        value = data.get(key)
        if value is None and not required:
            return []
        if not isinstance(value, MarkedList) or (required and not value):
            self.fault(data.lines.get(key, data.line), "missing-key", f"{key}: must be a list with at least one item")
            return []
        for item, line in zip(value, value.lines, strict=True):
            if not isinstance(item, MarkedDict):
                self.fault(line, "not-a-mapping", f"each item of {key}: must have keys of its own, not {item!r}")
        return [item for item in value if isinstance(item, MarkedDict)]

    def flag(self, data: MarkedDict, key: str) -> bool:
        value = data.get(key, "false")
        if value not in ("true", "false"):
            self.fault(data.lines[key], "bad-flag", f"{key}: is {value!r}", "write true or false")
        return bool(value == "true")

    def phone(self, data: MarkedDict, key: str) -> str:
        written = self.text(data, key)
        try:
            if written.startswith("+"):
                return Address.parse(written).text
        except AddressError:
            pass
        if written:
            self.fault(data.lines[key], "bad-number", f"{written!r} is no phone number", "write it as +46701740605")
        return written

    def team(self, data: Any, line: int) -> Team:
        if not isinstance(data, MarkedDict):
            self.fault(line, "missing-key", "there is no team here", "a team has id, name, shifts and duty_list")
            return Team("", "", ())
        self.known(data, "id", "name", "shifts", "duty_list")
        shifts = tuple(s for row in self.rows(data, "shifts", required=True) if (s := self.shift(row)))
        return Team(self.text(data, "id"), self.text(data, "name"), shifts, tuple(map(self.duty_person, self.rows(data, "duty_list", required=True))))

    def duty_person(self, data: MarkedDict) -> DutyPerson:
        self.known(data, "role", "phone")
        return DutyPerson(self.text(data, "role"), self.phone(data, "phone"))

    def shift(self, data: MarkedDict) -> Shift | None:
        self.known(data, "days", "from", "until", "holidays")
        first, _, last = self.text(data, "days").partition("-")
        if first not in _DAYS or (last or first) not in _DAYS[_DAYS.index(first) :]:
            self.fault(data.line, "bad-days", f"days: {data.get('days')!r} is not understood", "write mon-fri or sat")
            return None
        start, end = _clock(data.get("from")), _clock(data.get("until"))
        if start is None or end is None or start >= end:
            self.fault(data.line, "bad-hours", "from: and until: must be times, the first earlier", 'write from: "09:00", until: "16:00"')
            return None
        days = range(_DAYS.index(first), _DAYS.index(last or first) + 1)
        return Shift(frozenset(days), start, end, self.flag(data, "holidays"))


def load_configuration(folder: Path, twilio_number: str | None = None) -> Configuration:
    """Everything in `folder`. Raises ContentError with every fault."""
    findings: list[Finding] = []
    municipalities: list[Municipality] = []
    for path in sorted((folder / "municipalities").glob("*.yml")):
        try:
            file = _File(path, folder)
            municipalities.append(_municipality(file, path.stem))
            findings.extend(file.findings)
        except ContentError as error:
            findings.extend(error.findings)
    if not municipalities and not findings:
        findings.append(Finding(str(folder / "municipalities"), 1, "no-municipality", "there is no municipality", "add one as docs/operating.md shows"))
    organisation: Organisation | None = None
    try:
        file = _File(folder / "organisation.yml", folder)
        organisation = _organisation(file, tuple(municipalities), twilio_number)
        findings.extend(file.findings)
    except ContentError as error:
        findings.extend(error.findings)
    places, faults = read_places(folder / "places")
    findings.extend(Finding(_named(fault.path, folder), fault.line, "bad-place", fault.message) for fault in faults)
    by_name = {municipality.name: municipality for municipality in municipalities}
    for place in places:
        home = by_name.get(place.municipality)
        if home is None or place.unit not in {unit.id for unit in home.units}:
            findings.append(Finding(f"{folder.name}/places", 1, "unknown-unit", f"place {place.id!r} belongs to {place.municipality!r}, {place.unit!r}, which is not configured", "add the unit to the municipality's file"))
    plans, faults = read_courses(folder / "courses")
    findings.extend(Finding(_named(fault.path, folder), fault.line, "bad-course", fault.message) for fault in faults)
    known = {place.id for place in places}
    lost = [plan for plan in plans if plan.municipality not in by_name or plan.place not in known]
    findings.extend(Finding(f"{folder.name}/courses", 1, "unknown-place", f"course {plan.id!r} is at {plan.place!r} in {plan.municipality!r}, which is not configured", "write the id of a place and the name of a municipality") for plan in lost)
    lent, faults = read_loans(folder / "loans")
    findings.extend(Finding(_named(fault.path, folder), fault.line, "bad-loan", fault.message) for fault in faults)
    findings.extend(_lost_loans(lent, by_name, known, f"{folder.name}/loans"))
    if findings or organisation is None:
        raise ContentError(findings)
    courses = tuple(replace(plan, municipality=by_name[plan.municipality].id) for plan in plans)
    loans = tuple(replace(plan, municipality=by_name[plan.municipality].id) for plan in lent)
    return Configuration(organisation, tuple(places), courses, loans)


def _lost_loans(lent: Iterable[LoanPlan], by_name: Mapping[str, Municipality], places: Container[str], file: str) -> Iterator[Finding]:
    for plan in lent:
        home = by_name.get(plan.municipality)
        if home is None or plan.unit not in {unit.id for unit in home.units}:
            message = f"loan {plan.id!r} belongs to {plan.municipality!r}, {plan.unit!r}, which is not configured"
            yield Finding(file, 1, "unknown-unit", message, "write the name of a municipality and the id of a unit of it")
        for unit in plan.units:
            if unit.home not in places:
                message = f"{unit.label!r} of loan {plan.id!r} belongs to {unit.home!r}, which is not configured"
                yield Finding(file, 1, "unknown-place", message, "write the id of a place")


def _municipality(file: _File, stem: str) -> Municipality:
    data = file.data
    file.known(data, "id", "name", "code", "sample", "telegram", "facts", "units")
    if data.get("id") != stem:
        file.fault(data.lines.get("id", 1), "wrong-name", f"id: is {data.get('id')!r} but the file is {stem!r}", f"write id: {stem}")
    units = []
    for row in file.rows(data, "units", required=True):
        file.known(row, "id", "name", "team")
        units.append(Unit(file.text(row, "id"), file.text(row, "name"), file.team(row.get("team"), row.line)))
    facts = data.get("facts")
    by_language: dict[str, dict[str, str]] = {}
    for language in ("sv", "en"):
        given = facts.get(language) if isinstance(facts, MarkedDict) else None
        if not isinstance(given, MarkedDict):
            file.fault(data.lines.get("facts", 1), "missing-facts", f"facts: lacks {language}:", "each guide may name kontaktcenter and bibliotek")
            continue
        file.known(given, "kontaktcenter", "bibliotek")
        by_language[language] = {key: file.text(given, key) for key in ("kontaktcenter", "bibliotek")}
    return Municipality(
        id=stem,
        name=file.text(data, "name"),
        code=file.text(data, "code"),
        units=tuple(units) or (Unit("", "", Team("", "", ())),),
        facts=by_language,
        telegram=file.flag(data, "telegram"),
        sample=file.flag(data, "sample"),
    )


def _organisation(file: _File, municipalities: tuple[Municipality, ...], twilio_number: str | None) -> Organisation:
    data = file.data
    file.known(data, "name", "numbers", "default_team")
    numbers: list[SendingNumber] = []
    for row in file.rows(data, "numbers"):
        file.known(row, "number", "municipality", "unit")
        home, unit = (file.text(row, key) if key in row else None for key in ("municipality", "unit"))
        number = SendingNumber(file.phone(row, "number"), home, unit)
        if number.municipality is not None and number.municipality not in {m.id for m in municipalities}:
            file.fault(row.line, "unknown-municipality", f"there is no municipality {number.municipality!r}", "the name of a file in municipalities/")
        if any(number.number == other.number for other in numbers):
            file.fault(row.line, "same-number", f"{number.number} stands twice", "remove one of them")
        numbers.append(number)
    team = file.team(data.get("default_team"), data.lines.get("default_team", 1))
    made = Organisation(file.text(data, "name"), municipalities, team, tuple(numbers))
    if twilio_number and all(number.number != twilio_number for number in numbers):
        made = replace(made, numbers=(SendingNumber(twilio_number), *numbers))
    return made


def _clock(written: Any) -> time | None:
    found = _CLOCK.fullmatch(written) if isinstance(written, str) else None
    return time(int(found.group(1)), int(found.group(2))) if found else None


def _named(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder.parent)) if path.is_relative_to(folder.parent) else str(path)
