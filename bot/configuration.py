"""Reads config/: the organisation, its municipalities, their places, courses and loans. Every fault is told with file and line."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.config_file import ConfigFile, named
from bot.course_files import read_courses
from bot.domain.canned_reply import CannedReply
from bot.domain.course_plan import CoursePlan
from bot.domain.duty import Municipality, Organisation, SendingNumber, Team, Unit
from bot.domain.finding import ContentError, Finding
from bot.domain.loan_plan import LoanPlan
from bot.domain.place import Place
from bot.duty_files import read_alerts, read_team, read_waiting
from bot.loan_files import read_loans
from bot.marked_yaml import MarkedDict
from bot.place_files import read_places
from bot.reply_files import read_replies


@dataclass(frozen=True, slots=True)
class Configuration:
    """What config/ holds."""

    organisation: Organisation
    places: tuple[Place, ...]
    courses: tuple[CoursePlan, ...] = ()
    loans: tuple[LoanPlan, ...] = ()
    replies: tuple[CannedReply, ...] = ()

    @property
    def uses_samples(self) -> bool:
        """Whether anything in it is a sample, which must never meet real residents."""
        sampled = (
            *(place.sample for place in self.places),
            *(plan.sample for plan in self.courses),
            *(plan.sample for plan in self.loans),
        )
        return self.organisation.uses_samples or any(sampled)


def load_configuration(folder: Path, twilio_number: str | None = None) -> Configuration:
    """Everything in `folder`. Raises ContentError with every fault."""
    findings: list[Finding] = []
    municipalities: list[Municipality] = []
    for path in sorted((folder / "municipalities").glob("*.yml")):
        try:
            file = ConfigFile(path, folder)
            municipalities.append(_municipality(file, path.stem))
            findings.extend(file.findings)
        except ContentError as error:
            findings.extend(error.findings)
    if not municipalities and not findings:
        findings.append(
            Finding(
                str(folder / "municipalities"),
                1,
                "no-municipality",
                "there is no municipality",
                "add one as docs/operating.md shows",
            )
        )
    organisation: Organisation | None = None
    try:
        file = ConfigFile(folder / "organisation.yml", folder)
        organisation = _organisation(file, tuple(municipalities), twilio_number)
        findings.extend(file.findings)
    except ContentError as error:
        findings.extend(error.findings)
    places, faults = read_places(folder / "places")
    findings.extend(Finding(named(fault.path, folder), fault.line, "bad-place", fault.message) for fault in faults)
    by_name = {municipality.name: municipality for municipality in municipalities}
    for place in places:
        home = by_name.get(place.municipality)
        if home is None or place.unit not in {unit.id for unit in home.units}:
            findings.append(
                Finding(
                    f"{folder.name}/places",
                    1,
                    "unknown-unit",
                    f"place {place.id!r} belongs to {place.municipality!r}, {place.unit!r}, which is not configured",
                    "add the unit to the municipality's file",
                )
            )
    plans, faults = read_courses(folder / "courses")
    findings.extend(Finding(named(fault.path, folder), fault.line, "bad-course", fault.message) for fault in faults)
    known = {place.id for place in places}
    lost = [plan for plan in plans if plan.municipality not in by_name or plan.place not in known]
    findings.extend(
        Finding(
            f"{folder.name}/courses",
            1,
            "unknown-place",
            f"course {plan.id!r} is at {plan.place!r} in {plan.municipality!r}, which is not configured",
            "write the id of a place and the name of a municipality",
        )
        for plan in lost
    )
    lent, faults = read_loans(folder / "loans")
    findings.extend(Finding(named(fault.path, folder), fault.line, "bad-loan", fault.message) for fault in faults)
    findings.extend(_lost_loans(lent, by_name, known, f"{folder.name}/loans"))
    replies, faults = read_replies(folder / "replies.yml")
    findings.extend(Finding(named(fault.path, folder), fault.line, "bad-reply", fault.message) for fault in faults)
    if findings or organisation is None:
        raise ContentError(findings)
    courses = tuple(replace(plan, municipality=by_name[plan.municipality].id) for plan in plans)
    loans = tuple(replace(plan, municipality=by_name[plan.municipality].id) for plan in lent)
    return Configuration(organisation, tuple(places), courses, loans, tuple(replies))


def _lost_loans(
    lent: Iterable[LoanPlan], by_name: Mapping[str, Municipality], places: Container[str], file: str
) -> Iterator[Finding]:
    for plan in lent:
        home = by_name.get(plan.municipality)
        if home is None or plan.unit not in {unit.id for unit in home.units}:
            message = f"loan {plan.id!r} belongs to {plan.municipality!r}, {plan.unit!r}, which is not configured"
            yield Finding(
                file, 1, "unknown-unit", message, "write the name of a municipality and the id of a unit of it"
            )
        for unit in plan.units:
            if unit.home not in places:
                message = f"{unit.label!r} of loan {plan.id!r} belongs to {unit.home!r}, which is not configured"
                yield Finding(file, 1, "unknown-place", message, "write the id of a place")


def _municipality(file: ConfigFile, stem: str) -> Municipality:
    data = file.data
    file.known(data, "id", "name", "code", "sample", "telegram", "facts", "units")
    if data.get("id") != stem:
        file.fault(
            data.lines.get("id", 1),
            "wrong-name",
            f"id: is {data.get('id')!r} but the file is {stem!r}",
            f"write id: {stem}",
        )
    units = []
    for row in file.rows(data, "units", required=True):
        file.known(row, "id", "name", "team")
        units.append(Unit(file.text(row, "id"), file.text(row, "name"), read_team(file, row.get("team"), row.line)))
    facts = data.get("facts")
    by_language: dict[str, dict[str, str]] = {}
    for language in ("sv", "en"):
        given = facts.get(language) if isinstance(facts, MarkedDict) else None
        if not isinstance(given, MarkedDict):
            file.fault(
                data.lines.get("facts", 1),
                "missing-facts",
                f"facts: lacks {language}:",
                "each guide may name kontaktcenter and bibliotek",
            )
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


def _organisation(
    file: ConfigFile, municipalities: tuple[Municipality, ...], twilio_number: str | None
) -> Organisation:
    data = file.data
    file.known(data, "name", "numbers", "default_team", "waiting", "alerts")
    numbers: list[SendingNumber] = []
    for row in file.rows(data, "numbers"):
        file.known(row, "number", "municipality", "unit")
        home, unit = (file.text(row, key) if key in row else None for key in ("municipality", "unit"))
        number = SendingNumber(file.phone(row, "number"), home, unit)
        if number.municipality is not None and number.municipality not in {m.id for m in municipalities}:
            file.fault(
                row.line,
                "unknown-municipality",
                f"there is no municipality {number.municipality!r}",
                "the name of a file in municipalities/",
            )
        if any(number.number == other.number for other in numbers):
            file.fault(row.line, "same-number", f"{number.number} stands twice", "remove one of them")
        numbers.append(number)
    team = read_team(file, data.get("default_team"), data.lines.get("default_team", 1))
    made = Organisation(
        file.text(data, "name"), municipalities, team, tuple(numbers), read_waiting(file, data), read_alerts(file, data)
    )
    if twilio_number and all(number.number != twilio_number for number in numbers):
        made = replace(made, numbers=(SendingNumber(twilio_number), *numbers))
    return made
