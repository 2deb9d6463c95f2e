"""Faults of the configuration, one broken sample each, with the exact words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time

import pytest

from bot.checks.configuration import check, check_reach
from bot.domain.duty import DutyPerson, Municipality, Organisation, SendingNumber, Shift, Team, Unit
from bot.domain.opening_hours import OpeningHours
from bot.domain.place import Place, PlaceKind

TODAY = date(2026, 11, 22)
TEAM = Team(
    "desk", "Disken", (Shift(frozenset({0, 1, 2, 3, 4}), time(9), time(16)),), (DutyPerson("jour", "+46701740605"),)
)
FACTS = {
    "sv": {"kontaktcenter": "Kontaktcenter Ekby", "bibliotek": "Ekby bibliotek"},
    "en": {"kontaktcenter": "the contact centre", "bibliotek": "the library"},
}
EKBY = Municipality("ekby", "Ekby", "9999", (Unit("desk", "Disken", TEAM),), FACTS)
LIBRARY = Place(
    id="ekby-bibliotek",
    name="Ekby bibliotek",
    kind=PlaceKind.LIBRARY,
    municipality="Ekby",
    unit="desk",
    town="Ekby",
    lat=57.0,
    lon=15.0,
    helps_with=frozenset({"digital"}),
    hours=OpeningHours({}),
    verified_at=date(2026, 11, 1),
)
SOUND = Organisation("Ekby", (EKBY,), TEAM, (SendingNumber("+46108887766", "ekby", "desk"),))


def _with(**changes: object) -> Organisation:
    return replace(SOUND, municipalities=(replace(EKBY, **changes),))  # type: ignore[arg-type]


def _desk(team: Team) -> Organisation:
    return _with(units=(Unit("desk", "Disken", team),))


@dataclass(frozen=True)
class Case:
    """A broken configuration and what is said of it."""

    fault: str
    organisation: Organisation
    expected: str
    places: tuple[Place, ...] = (LIBRARY,)


_FILE = "config/municipalities/ekby.yml:1"
_ALL = "config/organisation.yml:1"
_TEAM = "the team of Disken in Ekby"

BROKEN_CONFIGURATIONS = (
    Case(
        "no-unit",
        replace(_with(units=()), numbers=()),
        f"{_FILE}: Ekby has no unit (name the unit that takes its cases, and the unit's team) [no-unit]",
    ),
    Case(
        "no-duty-hours",
        _desk(replace(TEAM, shifts=())),
        f"{_FILE}: {_TEAM} is never on duty (write when somebody answers, so that residents can be told) [no-duty-hours]",
    ),
    Case(
        "no-duty-list",
        _desk(replace(TEAM, duty_list=())),
        f"{_FILE}: {_TEAM} has nobody on its duty list (name who is told of an urgent case, and the number)"
        " [no-duty-list]",
    ),
    Case(
        "no-duty-list",
        replace(SOUND, default_team=replace(TEAM, duty_list=())),
        f"{_ALL}: the default team has nobody on its duty list (name who is told of an urgent case, and the number)"
        " [no-duty-list]",
    ),
    Case(
        "not-e164",
        _desk(replace(TEAM, duty_list=(DutyPerson("jour", "070-174 06 05"),))),
        f"{_FILE}: the number of 'jour' on the duty list of {_TEAM} is not written internationally"
        " (write it as +46701740605) [not-e164]",
    ),
    Case(
        "not-reached",
        _desk(replace(TEAM, duty_list=(DutyPerson("jour"),))),
        f"{_FILE}: 'jour' on the duty list of {_TEAM} has neither phone nor e-mail (write phone: or email:, or both) [not-reached]",
    ),
    Case(
        "not-e164",
        replace(SOUND, numbers=(SendingNumber("0701740605"),)),
        f"{_ALL}: the sending number '0701740605' is not written internationally (write it as +46701740605) [not-e164]",
    ),
    Case(
        "missing-fact",
        _with(facts={**FACTS, "en": {"kontaktcenter": "the contact centre"}}),
        f"{_FILE}: Ekby lacks the local fact 'bibliotek' in en (write it: guides name it) [missing-fact]",
    ),
    Case(
        "fact-not-gsm7",
        _with(facts={**FACTS, "en": {"kontaktcenter": "the contact centre", "bibliotek": "the library – Ekby"}}),
        f"{_FILE}: the local fact 'bibliotek' of Ekby in en holds '–' (U+2013) (it is not in the SMS alphabet:"
        " use a plain character) [fact-not-gsm7]",
    ),
    Case(
        "no-place",
        SOUND,
        f"{_FILE}: Ekby has no place that can be shown today (add one, or verify those that are there (verified_at))"
        " [no-place]",
        (replace(LIBRARY, verified_at=date(2026, 5, 1)), replace(LIBRARY, municipality="Alby")),
    ),
    Case(
        "same-number",
        replace(SOUND, numbers=(SendingNumber("+46108887766"), SendingNumber("+46108887766", "ekby"))),
        f"{_ALL}: the sending number +46108887766 stands twice (a number belongs to one municipality and unit)"
        " [same-number]",
    ),
    Case(
        "unknown-unit",
        replace(SOUND, numbers=(SendingNumber("+46108887766", "ekby", "cellar"),)),
        f"{_ALL}: the number +46108887766 is for 'cellar', which is no unit of Ekby (mend the name, or add the unit)"
        " [unknown-unit]",
    ),
    Case(
        "sample-not-marked",
        replace(SOUND, numbers=(SendingNumber("+46701740699", "ekby"),)),
        f"{_ALL}: Ekby sends from the invented number +46701740699 and is not marked as a sample"
        " (write sample: true, or its real number) [sample-not-marked]",
    ),
    Case(
        "sample-not-marked",
        SOUND,
        f"{_FILE}: the place 'ekby-bibliotek' is a sample, and Ekby is not marked as one"
        " (write sample: true for the municipality, or verify the place) [sample-not-marked]",
        (replace(LIBRARY, sample=True),),
    ),
)


def test_a_sound_configuration_has_no_fault() -> None:
    assert check(SOUND, (LIBRARY,), TODAY) == []


@pytest.mark.parametrize("case", BROKEN_CONFIGURATIONS, ids=lambda case: case.fault)
def test_a_broken_configuration_is_told_in_these_words(case: Case) -> None:
    findings = check(case.organisation, case.places, TODAY)
    assert [str(finding) for finding in findings] == [case.expected]
    assert findings[0].id == case.fault


def test_an_e_mail_address_alone_needs_a_mail_server() -> None:
    by_mail = replace(TEAM, duty_list=(DutyPerson("jour", email="jour@ekby.example"),))
    assert check(_desk(by_mail), (LIBRARY,), TODAY) == []
    assert list(check_reach(_desk(by_mail), True)) == []
    assert list(check_reach(SOUND, False)) == []
    assert list(check_reach(_desk(replace(by_mail, duty_list=(*by_mail.duty_list, *TEAM.duty_list))), False)) == []
    assert [str(finding) for finding in check_reach(_desk(by_mail), False)] == [
        f"{_FILE}: everyone on the duty list of Disken has an e-mail address alone, and no mail server is set"
        " (set LOTSEN_SMTP_URL and LOTSEN_SMTP_FROM, or write phone:) [email-without-smtp]"
    ]


def test_a_sample_municipality_may_use_invented_numbers_and_places() -> None:
    sample = replace(_with(sample=True), numbers=(SendingNumber("+46701740605", "ekby"),))
    assert check(sample, (replace(LIBRARY, sample=True),), TODAY) == []


@pytest.mark.parametrize("number", ["+46701740604", "+46701740700"])
def test_numbers_beside_the_invented_ones_are_real(number: str) -> None:
    assert check(replace(SOUND, numbers=(SendingNumber(number, "ekby"),)), (LIBRARY,), TODAY) == []


def test_every_fault_is_told_at_once() -> None:
    findings = check(replace(_with(units=(), facts={}), numbers=()), (), TODAY)
    assert [finding.id for finding in findings] == ["no-unit", *["missing-fact"] * 4, "no-place"]
