"""config/: one sound installation, and each way to get a file wrong with the exact words that are said of it."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot.configuration import load_configuration
from bot.domain.duty import DutyPerson
from bot.domain.finding import ContentError
from bot.domain.waiting import Alerts, WaitingLimits, in_minutes
from bot.settings import ROOT

EKBY = """\
id: ekby
name: Ekby
code: "9999"
telegram: true
facts:
  sv: {kontaktcenter: Ekby kontaktcenter, bibliotek: Ekby bibliotek}
  en: {kontaktcenter: the contact centre, bibliotek: the library}
units:
  - id: bibliotek
    name: Ekby bibliotek
    team:
      id: ekby
      name: Disken
      shifts:
        - {days: mon-fri, from: "09:00", until: "16:00"}
        - {days: sat, from: "10:00", until: "14:00", holidays: true}
      duty_list:
        - {role: Jour, phone: "+46701740605"}
"""
ORGANISATION = """\
name: Ekbygruppen
numbers:
  - number: "+46 70-174 06 91"
  - {number: "+46701740692", municipality: ekby, unit: bibliotek}
default_team:
  id: alla
  name: Alla
  shifts:
    - {days: mon-fri, from: "08:00", until: "17:00"}
  duty_list:
    - {role: Jour, phone: "+46701740606"}
"""
PLACE = """\
municipality: Ekby
places:
  - id: ekby-bibliotek
    name: Ekby bibliotek
    kind: library
    unit: bibliotek
    town: Ekby
    lat: 57.0
    lon: 15.0
    helps_with: [digital]
    directions: {sv: Fråga i disken., en: Ask at the desk.}
    hours: {staffed: {monday-friday: 10-18}}
    verified_at: 2026-11-02
    verified_by: Ekby bibliotek
"""
_LAST = '    - {role: Jour, phone: "+46701740606"}\n'
EKBY_FILE, ORGANISATION_FILE = "municipalities/ekby.yml", "organisation.yml"


def folder_with(tmp_path: Path, ekby: str = EKBY, organisation: str = ORGANISATION) -> Path:
    folder = tmp_path / "config"
    (folder / "municipalities").mkdir(parents=True)
    (folder / "places").mkdir()
    (folder / "places" / "ekby.yml").write_text(PLACE, encoding="utf-8")
    (folder / EKBY_FILE).write_text(ekby, encoding="utf-8")
    (folder / ORGANISATION_FILE).write_text(organisation, encoding="utf-8")
    return folder


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_configuration(folder)
    return str(caught.value).splitlines()


def test_a_sound_configuration_is_read_whole(tmp_path: Path) -> None:
    organisation = load_configuration(folder_with(tmp_path)).organisation
    (ekby,) = organisation.municipalities
    assert (ekby.id, ekby.code, ekby.telegram, ekby.sample, ekby.facts["en"]["bibliotek"]) == (
        "ekby",
        "9999",
        True,
        False,
        "the library",
    )
    weekdays, saturday = ekby.units[0].team.shifts
    assert (weekdays.weekdays, weekdays.on_holidays, saturday.weekdays, saturday.on_holidays) == (
        frozenset(range(5)),
        False,
        frozenset({5}),
        True,
    )
    assert [(n.number, n.municipality, n.unit) for n in organisation.numbers] == [
        ("+46701740691", None, None),
        ("+46701740692", "ekby", "bibliotek"),
    ]
    assert organisation.default_number == "+46701740691"


def test_what_is_said_of_waiting_and_alerts_is_read_and_what_is_not_is_as_usual(tmp_path: Path) -> None:
    usual = load_configuration(folder_with(tmp_path / "usual")).organisation
    assert (usual.waiting, usual.alerts) == (WaitingLimits(), Alerts())
    more = "waiting:\n  high: {team: 1, samordnare: 2, everyone: 3}\nalerts: {every_minutes: 5}\n"
    reached = EKBY.replace('phone: "+46701740605"', "email: jour@ekby.example, after_minutes: 15")
    said = load_configuration(folder_with(tmp_path / "said", reached, ORGANISATION + more)).organisation
    assert said.waiting == WaitingLimits(high=in_minutes(1, 2, 3))
    assert said.alerts == Alerts(timedelta(minutes=5), Alerts().at_most)
    assert said.municipalities[0].units[0].team.duty_list == (
        DutyPerson("Jour", "", "jour@ekby.example", timedelta(minutes=15)),
    )


def test_twilios_number_comes_first_unless_it_is_listed(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    assert load_configuration(folder, "+46701740690").organisation.default_number == "+46701740690"
    assert len(load_configuration(folder, "+46701740692").organisation.numbers) == 2


def test_the_shipped_configuration_is_sound_and_all_sample() -> None:
    shipped = load_configuration(ROOT / "config")
    assert len(shipped.organisation.municipalities) == 4 and len(shipped.places) >= 4
    assert (
        shipped.uses_samples
        and all(m.sample for m in shipped.organisation.municipalities)
        and all(p.sample for p in shipped.places)
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("name: Ekby\n", "name:\n", "2: name: must hold a text (write name: ...) [missing-key]"),
        ("name: Ekby\n", "", "1: name: must hold a text (write name: ...) [missing-key]"),
        ("name: Ekby\n", "name: [Ekby]\n", "2: name: must hold a text (write name: ...) [missing-key]"),
        ("telegram: true", "telegramm: true", "4: there is no key 'telegramm' here (one of: id, name, code, sample, telegram, facts, units) [unknown-key]"),
        ("telegram: true", "telegram: yes", "4: telegram: is 'yes' (write true or false) [bad-flag]"),
        ("telegram: true", "sample: True", "4: sample: is 'True' (write true or false) [bad-flag]"),
        ("id: ekby\nname", "id: viby\nname", "1: id: is 'viby' but the file is 'ekby' (write id: ekby) [wrong-name]"),
        ("days: mon-fri", "days: fri-mon", "15: days: 'fri-mon' is not understood (write mon-fri or sat) [bad-days]"),
        ("days: mon-fri", "days: vardagar", "15: days: 'vardagar' is not understood (write mon-fri or sat) [bad-days]"),
        ('from: "09:00"', 'from: "9:00"', "15: from: and until: must be times, the first earlier (write from: \"09:00\", until: \"16:00\") [bad-hours]"),
        ('until: "16:00"', 'until: "08:00"', "15: from: and until: must be times, the first earlier (write from: \"09:00\", until: \"16:00\") [bad-hours]"),
        ("holidays: true", "holidays: ja", "16: holidays: is 'ja' (write true or false) [bad-flag]"),
        ("+46701740605", "070-174 06 05", "18: '070-174 06 05' is no phone number (write it as +46701740605) [bad-number]"),
        ("+46701740605", "+46", "18: '+46' is no phone number (write it as +46701740605) [bad-number]"),
        ("+46701740605", "tg:4711", "18: 'tg:4711' is no phone number (write it as +46701740605) [bad-number]"),
        (', phone: "+46701740605"', "", "18: nobody can be reached here (write phone: \"+46701740605\", or email:, or both) [not-reached]"),
        ('phone: "+46701740605"', "email: jour", "18: 'jour' is no e-mail address (write it as jour@kommunen.example) [bad-email]"),
        ('phone: "+46701740605"', 'email: "a@b.example, c@d.example"', "18: 'a@b.example, c@d.example' is no e-mail address (write it as jour@kommunen.example) [bad-email]"),
        ('phone: "+46701740605"', "phone: \"+46701740605\", after_minutes: -1", "18: after_minutes: is '-1' (write a whole number from 0 to 10080) [bad-number]"),
        ('      shifts:\n        - {days: mon-fri, from: "09:00", until: "16:00"}\n        - {days: sat, from: "10:00", until: "14:00", holidays: true}\n', "", "11: shifts: must be a list with at least one item [missing-key]"),
        ("role: Jour", "rol: Jour", "18: there is no key 'rol' here (one of: role, phone, email, after_minutes) [unknown-key]"),
        ("  en: {kontaktcenter: the contact centre, bibliotek: the library}\n", "", "5: facts: lacks en: (each guide may name kontaktcenter and bibliotek) [missing-facts]"),
        (", bibliotek: the library", "", "7: bibliotek: must hold a text (write bibliotek: ...) [missing-key]"),
        ("  - id: bibliotek", "  - bibliotek\n  - id: bibliotek", "9: each item of units: must have keys of its own, not 'bibliotek' [not-a-mapping]"),
    ],
)  # fmt: skip
def test_a_fault_in_a_municipality_is_told_with_its_line(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert EKBY.count(old) == 1, "the fault must be made in one place"
    assert f"config/{EKBY_FILE}:{fault}" in faults_of(folder_with(tmp_path, EKBY.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("name: Ekbygruppen", "title: x", "1: there is no key 'title' here (one of: name, numbers, default_team, waiting, alerts) [unknown-key]"),
        ("municipality: ekby", "municipality: viby", "4: there is no municipality 'viby' (the name of a file in municipalities/) [unknown-municipality]"),
        ("municipality: ekby", "municipality: [ekby]", "4: municipality: must hold a text (write municipality: ...) [missing-key]"),
        ('"+46701740692"', '"+46701740691"', "4: +46701740691 stands twice (remove one of them) [same-number]"),
        ('  - number: "+46 70-174 06 91"', '  - "+46701740691"', "3: each item of numbers: must have keys of its own, not '+46701740691' [not-a-mapping]"),
        (_LAST, _LAST + "waiting: 5\n", "12: waiting: must have keys of its own (critical, high and normal; for each write {team: 10, samordnare: 30, everyone: 60}, in minutes) [bad-limits]"),
        (_LAST, _LAST + "waiting:\n  high: 10\n", "13: high: must have keys of its own (write {team: 10, samordnare: 30, everyone: 60}, in minutes) [bad-limits]"),
        (_LAST, _LAST + "waiting:\n  high: {team: 1, everyone: 3}\n", "13: high: lacks samordnare (write {team: 10, samordnare: 30, everyone: 60}, in minutes) [missing-key]"),
        (_LAST, _LAST + "waiting:\n  low: {team: 1}\n", "13: there is no key 'low' here (one of: critical, high, normal) [unknown-key]"),
        (_LAST, _LAST + "waiting:\n  high: {team: 10, samordnare: 10, everyone: 60}\n", "13: high: each limit must be later than the one before, and the first at least 1 (the team is told first, then the samordnare, then everyone) [limits-do-not-rise]"),
        (_LAST, _LAST + "waiting:\n  high: {team: 0, samordnare: 10, everyone: 60}\n", "13: high: each limit must be later than the one before, and the first at least 1 (the team is told first, then the samordnare, then everyone) [limits-do-not-rise]"),
        (_LAST, _LAST + "waiting:\n  high: {team: x, samordnare: 10, everyone: 60}\n", "13: team: is 'x' (write a whole number from 0 to 10080) [bad-number]"),
        (_LAST, _LAST + "alerts: often\n", "12: alerts: must have keys of its own (write {every_minutes: 10, at_most: 12}) [bad-alerts]"),
        (_LAST, _LAST + "alerts: {every_minutes: 0}\n", "12: every_minutes: is '0' (write a whole number from 1 to 10080) [bad-number]"),
        (_LAST, _LAST + "alerts: {at_most: 0}\n", "12: at_most: is '0' (write a whole number from 1 to 100) [bad-number]"),
        ("  id: alla\n", "", "5: id: must hold a text (write id: ...) [missing-key]"),
        ("    - {role: Jour, phone: \"+46701740606\"}\n", "    []\n", "10: duty_list: must be a list with at least one item [missing-key]"),
    ],
)  # fmt: skip
def test_a_fault_in_the_organisation_is_told_with_its_line(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert ORGANISATION.count(old) == 1, "the fault must be made in one place"
    faults = faults_of(folder_with(tmp_path, organisation=ORGANISATION.replace(old, new)))
    assert f"config/{ORGANISATION_FILE}:{fault}" in faults


def test_a_default_team_must_be_there(tmp_path: Path) -> None:
    faults = faults_of(folder_with(tmp_path, organisation="name: Ekbygruppen\n"))
    assert faults == [
        f"config/{ORGANISATION_FILE}:1: there is no team here (a team has id, name, shifts and duty_list) [missing-key]"
    ]


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    faults = faults_of(
        folder_with(tmp_path, EKBY.replace("id: ekby\nname: Ekby", "id: ekby\nname: Viby\nmore: 1"), "name: [\n")
    )
    assert len(faults) == 3
    assert {fault.partition(":")[0] for fault in faults} == {
        f"config/{EKBY_FILE}",
        f"config/{ORGANISATION_FILE}",
        "config/places",
    }


@pytest.mark.parametrize("text", ["", "- a\n", "id: &x ekby\nname: *x\n", "id: a\nid: b\n", "a: [\n", "\tid: ekby\n"])
def test_a_file_of_another_shape_is_told(tmp_path: Path, text: str) -> None:
    assert any(fault.startswith(f"config/{EKBY_FILE}:") for fault in faults_of(folder_with(tmp_path, text)))


def test_missing_files_are_told(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    (folder / ORGANISATION_FILE).unlink()
    assert faults_of(folder) == [
        f"config/{ORGANISATION_FILE}:1: cannot be read: No such file or directory (look at the path and its rights) [unreadable]"
    ]
    shutil.rmtree(folder / "municipalities")
    assert any("there is no municipality" in fault for fault in faults_of(folder))


def test_a_place_of_nobody_is_told(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    shutil.copy(ROOT / "config" / "places" / "vara.yml", folder / "places" / "vara.yml")
    faults = faults_of(folder)
    assert faults and all("[unknown-unit]" in fault and "'Vara'" in fault for fault in faults)


def test_a_place_of_a_unit_that_is_not_there_is_told(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    (folder / "places" / "ekby.yml").write_text(PLACE.replace("unit: bibliotek", "unit: disken"), encoding="utf-8")
    assert faults_of(folder) == [
        "config/places:1: place 'ekby-bibliotek' belongs to 'Ekby', 'disken', which is not configured (add the unit to the municipality's file) [unknown-unit]"
    ]


LOANS = """\
municipality: Ekby
loans:
  - id: ekby-platta
    unit: bibliotek
    title: {sv: Surfplatta, en: Tablet}
    days: 28
    wiping: [Logga ut]
    units: [{label: Platta 1, home: ekby-bibliotek}]
"""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "unit: bibliotek",
            "unit: disken",
            "config/loans:1: loan 'ekby-platta' belongs to 'Ekby', 'disken', which is not configured (write the name of a municipality and the id of a unit of it) [unknown-unit]",
        ),
        (
            "municipality: Ekby",
            "municipality: Vara",
            "config/loans:1: loan 'ekby-platta' belongs to 'Vara', 'bibliotek', which is not configured (write the name of a municipality and the id of a unit of it) [unknown-unit]",
        ),
        (
            "home: ekby-bibliotek",
            "home: vara",
            "config/loans:1: 'Platta 1' of loan 'ekby-platta' belongs to 'vara', which is not configured (write the id of a place) [unknown-place]",
        ),
        ("days: 28", "days: 0", "config/loans/ekby.yml:6: days is '0': write a number from 1 to 365 [bad-loan]"),
    ],
)
def test_a_loan_of_nobody_is_told(tmp_path: Path, old: str, new: str, fault: str) -> None:
    folder = folder_with(tmp_path)
    (folder / "loans").mkdir()
    (folder / "loans" / "ekby.yml").write_text(LOANS, encoding="utf-8")
    assert [(plan.municipality, len(plan.units)) for plan in load_configuration(folder).loans] == [("ekby", 1)]
    (folder / "loans" / "ekby.yml").write_text(LOANS.replace(old, new), encoding="utf-8")
    assert faults_of(folder) == [fault]


def test_a_sample_loan_counts_as_sample(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    (folder / "loans").mkdir()
    (folder / "loans" / "ekby.yml").write_text(LOANS, encoding="utf-8")
    assert not load_configuration(folder).uses_samples
    (folder / "loans" / "ekby.yml").write_text(f"{LOANS}    sample: true\n", encoding="utf-8")
    assert load_configuration(folder).uses_samples
