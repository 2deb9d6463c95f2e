"""What the pages of places say."""

from __future__ import annotations

from datetime import date

import pytest

from bot.console.place_teller import PlaceTeller
from bot.console.teller import Teller
from bot.console.words import Language
from tests.sample_places import place
from tests.stand_ins import MONDAY, WORLD


def told(language: Language = "sv") -> PlaceTeller:
    return PlaceTeller(Teller(language, WORLD, MONDAY))


def test_days_and_hours() -> None:
    p, in_english = told(), told("en")
    hours = place().hours.staffed(date(2026, 11, 24))
    assert (p.spans(hours), in_english.spans(hours)) == ("10–12 och 13–18.30", "10:00–12:00 and 13:00–18:30")
    assert p.spans(()) == ""
    assert (p.day(date(2026, 11, 23)), in_english.day(date(2026, 11, 24))) == (
        "I dag, måndag 23 nov",
        "Tomorrow, Tuesday 24 Nov",
    )
    assert (p.date_of(date(2027, 1, 2)), p.weekday(6)) == ("2 jan 2027", "Söndag")


def test_when_somebody_is_there_and_whose_it_is() -> None:
    assert told().opens(place()) == "Öppet nu till 18"
    assert told().opens(place(valid_to="2026-11-01")) == ""
    assert told().unit(place()) == "Kalmar: The library"
    assert told().unit(place("Nybro", unit="x")) == "Nybro: x"
    assert (told().spoken("sv"), told().spoken("xx"), told().access("lift"), told().access("boat")) == (
        "svenska",
        "xx",
        "Hiss",
        "boat",
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("name", "Namn"),
        ("unstaffed_6", "Söndag, öppet utan personal"),
        ("season_0_staffed", "Period 1, bemannat"),
        ("season_1_to", "Period 2, sista dagen"),
        ("day_2_from", "Dag eller dagar, rad 3, första dagen"),
        ("language", "Språk"),
        ("valid_to", "Till och med"),
    ],
)
def test_fields_have_names(name: str, said: str) -> None:
    assert told().field(name) == said
