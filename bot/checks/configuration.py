"""Municipalities, teams, numbers and places: what is missing, doubled, or a sample that is not marked as one.

bot/configuration.py names faults of form with their line; here is what only shows when everything is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bot.checks.sent import LANGUAGES
from bot.domain.duty import Municipality, Organisation, Team
from bot.domain.finding import Finding
from bot.domain.place import Place
from bot.domain.sms_text import unusual

FACTS = ("kontaktcenter", "bibliotek")
"""Local facts that guides fill in."""

_E164 = re.compile(r"\+[1-9]\d{6,14}")
_INVENTED = re.compile(r"\+46701740(?:60[5-9]|6[1-9]\d)")
"""Numbers that PTS has set aside for books and films: 070-174 06 05 to 070-174 06 99."""


def check(organisation: Organisation, places: Sequence[Place], today: date, folder: str = "config") -> list[Finding]:
    """Every fault of the parsed configuration, told at the first line of the file below `folder` that it belongs to."""
    of_all = f"{folder}/organisation.yml"
    findings = [*_team(organisation.default_team, "the default team", of_all)]
    for municipality in organisation.municipalities:
        file = f"{folder}/municipalities/{municipality.id}.yml"
        findings.extend(_municipality(municipality, places, today, file))
    findings.extend(_numbers(organisation, of_all))
    for place in places:
        home = organisation.municipality(place.municipality)
        if place.sample and home and not home.sample:
            message = f"the place {place.id!r} is a sample, and {home.name} is not marked as one"
            hint = "write sample: true for the municipality, or verify the place"
            findings.append(Finding(f"{folder}/municipalities/{home.id}.yml", 1, "sample-not-marked", message, hint))
    return findings


def check_reach(organisation: Organisation, writes_email: bool, folder: str = "config") -> Iterator[Finding]:
    """Teams whose duty list can be reached by e-mail alone, though there is no mail server: an urgent case would reach nobody."""
    units = [
        (unit.team, f"{folder}/municipalities/{m.id}.yml") for m in organisation.municipalities for unit in m.units
    ]
    for team, file in [(organisation.default_team, f"{folder}/organisation.yml"), *units]:
        if team.duty_list and not writes_email and not any(person.phone for person in team.duty_list):
            message = f"everyone on the duty list of {team.name} has an e-mail address alone, and no mail server is set"
            yield Finding(
                file, 1, "email-without-smtp", message, "set LOTSEN_SMTP_URL and LOTSEN_SMTP_FROM, or write phone:"
            )


def _municipality(municipality: Municipality, places: Sequence[Place], today: date, file: str) -> Iterator[Finding]:
    name = municipality.name
    if not municipality.units:
        hint = "name the unit that takes its cases, and the unit's team"
        yield Finding(file, 1, "no-unit", f"{name} has no unit", hint)
    for unit in municipality.units:
        yield from _team(unit.team, f"the team of {unit.name} in {name}", file)
    for language in LANGUAGES:
        for fact in FACTS:
            value = municipality.facts.get(language, {}).get(fact, "").strip()
            if not value:
                message = f"{name} lacks the local fact {fact!r} in {language}"
                yield Finding(file, 1, "missing-fact", message, "write it: guides name it")
            for character in unusual(value):
                what = f"the local fact {fact!r} of {name} in {language}"
                message = f"{what} holds {character!r} (U+{ord(character):04X})"
                yield Finding(file, 1, "fact-not-gsm7", message, "it is not in the SMS alphabet: use a plain character")
    if not any(place.municipality == name and place.is_current(today) for place in places):
        message = f"{name} has no place that can be shown today"
        yield Finding(file, 1, "no-place", message, "add one, or verify those that are there (verified_at)")


def _team(team: Team, what: str, file: str) -> Iterator[Finding]:
    if not any(shift.weekdays for shift in team.shifts):
        message = f"{what} is never on duty"
        yield Finding(file, 1, "no-duty-hours", message, "write when somebody answers, so that residents can be told")
    if not team.duty_list:
        message = f"{what} has nobody on its duty list"
        yield Finding(file, 1, "no-duty-list", message, "name who is told of an urgent case, and the number")
    for person in team.duty_list:
        if not person.phone and not person.email:
            message = f"{person.role!r} on the duty list of {what} has neither phone nor e-mail"
            yield Finding(file, 1, "not-reached", message, "write phone: or email:, or both")
        elif person.phone and not _E164.fullmatch(person.phone):
            message = f"the number of {person.role!r} on the duty list of {what} is not written internationally"
            yield Finding(file, 1, "not-e164", message, "write it as +46701740605")


def _numbers(organisation: Organisation, file: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for sending in organisation.numbers:
        if not _E164.fullmatch(sending.number):
            message = f"the sending number {sending.number!r} is not written internationally"
            yield Finding(file, 1, "not-e164", message, "write it as +46701740605")
        if sending.number in seen:
            message = f"the sending number {sending.number} stands twice"
            yield Finding(file, 1, "same-number", message, "a number belongs to one municipality and unit")
        seen.add(sending.number)
        municipality = organisation.municipality(sending.municipality) if sending.municipality else None
        if municipality is None:
            continue
        if sending.unit and sending.unit not in {unit.id for unit in municipality.units}:
            message = f"the number {sending.number} is for {sending.unit!r}, which is no unit of {municipality.name}"
            yield Finding(file, 1, "unknown-unit", message, "mend the name, or add the unit")
        if _INVENTED.fullmatch(sending.number) and not municipality.sample:
            message = (
                f"{municipality.name} sends from the invented number {sending.number} and is not marked as a sample"
            )
            yield Finding(file, 1, "sample-not-marked", message, "write sample: true, or its real number")
