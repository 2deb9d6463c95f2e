"""What the log keeps beside an act is told in words."""

from __future__ import annotations

import pytest

from bot.console.audit_details import detail_of
from bot.console.teller import Teller
from bot.services.read_audit import Entry
from tests.bot.two_units import with_units
from tests.stand_ins import MONDAY, WORLD


def entry(act: str, detail: str, about: str | None = None) -> Entry:
    return Entry(1, MONDAY, "Anna", act, 7, detail, about)


@pytest.mark.parametrize(
    ("act", "detail", "swedish", "english"),
    [
        ("open", "phone", "under ett samtal", "during a phone call"),
        ("open", "desk", "vid disken", "at the desk"),
        ("call", "no_answer", "Svarade inte", "Did not answer"),
        ("resolve", "solved", "Löst, invånaren kom vidare", "Solved"),
        ("course_book", "course:12", "grupp 12", "group 12"),
        ("loan_hand_out", "loan 4, unit 2", "lån 4, lånesak 2", "loan 4, thing to lend 2"),
        ("loan_receive", "unit 2", "lånesak 2", "thing to lend 2"),
        ("export", "audit: 50", "50 rader ur loggen", "50 rows of the log"),
        ("search", "50+ found", "50+ träffar", "50+ found"),
        ("transfer", "user:3", "", ""),
        ("place_change", "kalmar-bibliotek: hours", "kalmar-bibliotek: hours", "kalmar-bibliotek: hours"),
    ],
)
def test_a_detail_is_told_in_words(act: str, detail: str, swedish: str, english: str) -> None:
    assert detail_of(Teller("sv", WORLD, MONDAY), entry(act, detail)) == swedish
    assert detail_of(Teller("en", WORLD, MONDAY), entry(act, detail)).startswith(english)


def test_a_unit_is_told_by_its_name_and_whether_the_person_said_yes() -> None:
    teller = Teller("sv", with_units(WORLD), MONDAY)
    name = teller.unit("kalmar", "centre")
    assert name not in ("", "centre")
    assert detail_of(teller, entry("transfer", "unit:kalmar/centre")) == name
    said_yes = "unit:kalmar/centre with the person's consent"
    assert detail_of(teller, entry("transfer", said_yes)) == f"{name}, personen har sagt ja"


def test_whom_it_is_about_comes_first() -> None:
    assert detail_of(Teller("sv", WORLD, MONDAY), entry("invite", "invitation:3 reader", "Bo")) == "Bo, läsare"
