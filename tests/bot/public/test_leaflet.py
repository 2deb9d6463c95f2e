"""The programme in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from bot.domain.opening_hours import CLOSED, DayHours, Interval, OpeningHours
from bot.domain.place import PlaceKind
from bot.public.contact import Contact
from bot.public.leaflet import CourseEntry, Leaflet, make_leaflet
from bot.services.read_program import read_programs
from tests.bot.public.stand import LIBRARY, TEN, Shelf
from tests.stand_ins import WITHOUT_TELEGRAM

WEEK = timedelta(weeks=1)


def leaflet(shelf: Shelf, language: str = "sv") -> Leaflet:
    (program,) = read_programs(shelf.database, shelf.clock, shelf.world, WITHOUT_TELEGRAM.municipalities[:1])
    return make_leaflet(program, Contact("+46701740690"), language, "https://lotsen.example.se")  # type: ignore[arg-type]


def only(shelf: Shelf, language: str = "sv") -> CourseEntry:
    (entry,) = leaflet(shelf, language).courses
    return entry


def test_the_same_thing_every_week_is_told_once(shelf: Shelf) -> None:
    courses = [shelf.course("Mobilen", TEN + week * WEEK) for week in range(3)]
    shelf.book(courses[1], 8)
    entry = only(shelf)
    assert entry.rhythm == "Tisdagar 10–12"
    assert [(one.text, one.seats, one.is_full) for one in entry.occasions] == [
        ("1 december", "8 platser kvar", False),
        ("8 december", "Fullt, men du kan stå i kö", True),
        ("15 december", "8 platser kvar", False),
    ]
    assert (entry.seats, entry.is_full) == ("", False)
    assert entry.occasions[0].machine == "2026-12-01T10:00+01:00"


def test_another_hour_place_level_or_title_is_another_thing(shelf: Shelf) -> None:
    shelf.course("Mobilen")
    shelf.course("Mobilen", TEN + WEEK + timedelta(minutes=30))
    shelf.course("Mobilen", TEN + WEEK, place="annan")
    shelf.course("Mobilen", TEN + WEEK, level="used")
    shelf.course("Surfplattan", TEN + WEEK)
    shelf.course("Mobilen", TEN + WEEK + timedelta(days=1))
    entries = leaflet(shelf).courses
    assert len(entries) == 6
    assert all(len(entry.occasions) == 1 for entry in entries)
    assert {entry.place for entry in entries} == {"Biblioteket, Kalmar", "Plats meddelas senare"}


def test_the_hour_is_the_one_on_the_wall_when_clocks_change(shelf: Shelf) -> None:
    shelf.clock.at = TEN.replace(year=2027, month=3, day=1)
    shelf.course("Mobilen", TEN.replace(year=2027, month=3, day=23))
    shelf.course("Mobilen", TEN.replace(year=2027, month=3, day=30, hour=8))
    assert only(shelf).rhythm == "Tisdagar 10–12"


def test_a_group_of_several_meetings_stands_alone_with_each_of_them(shelf: Shelf) -> None:
    shelf.course("Surfplattan", TEN, TEN + WEEK)
    entry = only(shelf)
    assert (entry.rhythm, entry.seats) == ("2 träffar", "8 platser kvar")
    assert [one.text for one in entry.occasions] == ["tisdag 1 december, 10–12", "tisdag 8 december, 10–12"]
    shelf.clock.at = TEN + timedelta(days=1)
    assert only(shelf).rhythm == "1 av 2 träffar kvar"
    assert only(shelf).occasions[0].text == "tisdag 8 december, 10–12"


def test_texts_that_are_missing_in_english_are_swedish(shelf: Shelf) -> None:
    shelf.course(bring={"sv": "Ta med laddare."}, cost={}, language="ar", level="used")
    assert only(shelf, "en").details == ("For those who are used to it.", "In Arabic.", "Ta med laddare.")


def test_a_place_tells_its_hours_with_and_without_staff(shelf: Shelf) -> None:
    (place,) = leaflet(shelf).places
    assert place.staffed == (("måndag–torsdag", "10–18"), ("fredag", "10–15"))
    assert place.unstaffed == (("fredag", "15–20.30"),)
    assert (place.different, place.is_mobile, place.where) == ((), False, "Kalmar")


def test_holidays_and_closures_soon_are_told_by_date(shelf: Shelf) -> None:
    evening = DayHours(unstaffed=(Interval(time(16), time(20)),))
    hours = replace(LIBRARY.hours, exceptions={date(2026, 11, 24): CLOSED, date(2026, 11, 25): evening})
    shelf.places = (
        replace(
            LIBRARY, hours=hours, access=("lift", "gräsmatta"), languages=("sv", "so", "xx"), address="Storgatan 1"
        ),
    )
    (place,) = leaflet(shelf).places
    assert place.different == (("tisdag 24 november", "stängt"), ("onsdag 25 november", "öppet utan personal 16–20"))
    assert place.details == ("Språk: svenska, somaliska, xx", "Tillgänglighet: Hiss, gräsmatta")
    assert place.where == "Storgatan 1, Kalmar"


def test_a_mobile_unit_has_stops(shelf: Shelf) -> None:
    stop = DayHours(staffed=(Interval(time(13), time(15)),))
    shelf.places = (replace(LIBRARY, kind=PlaceKind.MOBILE, hours=OpeningHours({}, {date(2026, 11, 26): stop})),)
    (place,) = leaflet(shelf).places
    assert (place.is_mobile, place.different) == (True, (("torsdag 26 november", "13–15"),))
    page = shelf.reader().get("/program/kalmar").text
    assert "Kommande stopp" in page and "Mobil enhet" in page


def test_nobody_there_for_two_weeks_is_said(shelf: Shelf) -> None:
    shelf.places = (replace(LIBRARY, hours=OpeningHours({})),)
    assert "Ingen personal de närmaste två veckorna." in shelf.reader().get("/program/kalmar").text
