"""iCalendar as RFC 5545 has it: read back, across the change of clocks, and without a name in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Component

from bot.public.calendar_feed import own_feed, public_feed
from bot.public.contact import Contact
from bot.services.read_program import PublicCourse, read_calendar, read_own_calendar
from bot.services.share_calendar import renew
from tests.bot.public.stand import LIBRARY, PUBLIC_URL, SECRETS, TEN, Shelf
from tests.stand_ins import OUR_NUMBER

URL = f"{PUBLIC_URL}/program/kalmar"
CONTACT = Contact(OUR_NUMBER)


def courses(shelf: Shelf) -> tuple[PublicCourse, ...]:
    return read_calendar(shelf.database, shelf.clock, shelf.world, place=LIBRARY)


def feed(shelf: Shelf, language: str = "sv") -> bytes:
    return public_feed("Kurser i Kalmar", courses(shelf), CONTACT, language, URL)  # type: ignore[arg-type]


def events(body: bytes) -> list[Component]:
    return list(Calendar.from_ical(body).walk("VEVENT"))


def test_each_meeting_is_an_event_with_time_place_and_what_to_do(shelf: Shelf) -> None:
    shelf.course("Surfplattan", TEN, TEN + timedelta(weeks=1), about={"sv": "Vi börjar från noll."})
    shelf.book(1, 3)
    body = feed(shelf)
    first, second = events(body)
    assert first.decoded("dtstart") == TEN and first.decoded("dtend") == TEN + timedelta(hours=2)
    assert second.decoded("dtstart") == TEN + timedelta(weeks=1)
    assert first["uid"] != second["uid"] and str(first["uid"]).endswith("@lotsen.example.se")
    assert (str(first["summary"]), str(first["location"]), str(first["status"])) == (
        "Surfplattan",
        "Biblioteket, Kalmar",
        "CONFIRMED",
    )
    assert str(first["description"]).split("\n") == [
        "Vi börjar från noll.",
        "För nybörjare.",
        "Ta med din mobil.",
        "Det är gratis.",
        "Boka: sms:a 070-174 06 90",
    ]
    assert [secret for secret in SECRETS if secret in body.decode()] == []


def test_a_drop_in_is_not_booked(shelf: Shelf) -> None:
    shelf.course("Digitalt fika", kind="drop_in")
    (event,) = events(feed(shelf))
    assert str(event["description"]).startswith("Kom när du vill. Du behöver inte boka.\n")
    assert "sms" not in str(event["description"])


@pytest.mark.parametrize(
    ("starts_at", "written", "utc"),
    [
        (datetime(2027, 3, 27, 9, tzinfo=UTC), "20270327T100000", "09"),
        (datetime(2027, 3, 28, 8, tzinfo=UTC), "20270328T100000", "08"),
        (datetime(2027, 10, 30, 8, tzinfo=UTC), "20271030T100000", "08"),
        (datetime(2027, 10, 31, 9, tzinfo=UTC), "20271031T100000", "09"),
    ],
)
def test_ten_o_clock_is_ten_before_and_after_the_clocks_change(
    shelf: Shelf, starts_at: datetime, written: str, utc: str
) -> None:
    shelf.clock.at = starts_at - timedelta(days=3)
    shelf.course("Tio", starts_at)
    body = feed(shelf)
    assert f"DTSTART;TZID=Europe/Stockholm:{written}".encode() in body
    (event,) = events(body)
    assert event.decoded("dtstart").astimezone(UTC).strftime("%H") == utc


def test_the_zone_says_when_clocks_change_as_sweden_does(shelf: Shelf) -> None:
    (zone,) = Calendar.from_ical(feed(shelf)).walk("VTIMEZONE")
    rules, stockholm = zone.to_tz(), ZoneInfo("Europe/Stockholm")
    for year in (2026, 2027, 2030):
        for day in range(0, 365, 5):
            at = datetime(year, 1, 1, 12) + timedelta(days=day)
            assert at.replace(tzinfo=rules).utcoffset() == at.replace(tzinfo=stockholm).utcoffset(), at
    spring, autumn = zone.walk("DAYLIGHT")[0], zone.walk("STANDARD")[0]
    assert spring.decoded("dtstart").hour == 2, "onset in the time that counted before (RFC 5545, 3.6.5)"
    assert autumn.decoded("dtstart").hour == 3


def test_called_off_is_struck_under_the_same_id_with_a_higher_number(shelf: Shelf) -> None:
    course = shelf.course("Mobilen")
    (before,) = events(feed(shelf))
    shelf.clock.pass_(hours=5)
    shelf.call_off(course)
    (after,) = events(feed(shelf))
    assert before["uid"] == after["uid"]
    assert (int(before["sequence"]), int(after["sequence"])) == (0, 1)
    assert (str(after["status"]), str(after["summary"])) == ("CANCELLED", "Inställt: Mobilen")
    assert after.decoded("dtstamp") - before.decoded("dtstamp") == timedelta(hours=5)


def test_nothing_changes_while_nothing_changes(shelf: Shelf) -> None:
    shelf.course()
    first = feed(shelf)
    shelf.clock.pass_(hours=1)
    assert feed(shelf) == first


def test_lines_are_short_and_end_as_they_must(shelf: Shelf) -> None:
    shelf.course("Ö" * 90 + "; , \\ \r\nBEGIN:VEVENT", about={"sv": "rad\n" * 30})
    body = feed(shelf)
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"")
    (event,) = events(body)
    assert str(event["summary"]).startswith("Ö" * 90 + "; , \\")


def test_a_calendar_has_a_name_and_says_how_often_to_look(shelf: Shelf) -> None:
    body = feed(shelf, "en")
    for line in (
        b"X-WR-CALNAME:Kurser i Kalmar",
        b"REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        b"X-PUBLISHED-TTL:PT1H",
        b"VERSION:2.0",
        b"METHOD:PUBLISH",
    ):
        assert line + b"\r\n" in body
    assert events(body) == []


def test_a_handledares_own_calendar_has_numbers_and_no_names(shelf: Shelf) -> None:
    user = shelf.handledare()
    group = shelf.course("Mobilen", handledare=0)
    coaching = shelf.course("Egen tid", TEN + timedelta(days=1), kind="coaching", handledare=0)
    for course in (group, coaching):
        shelf.teaches(course, user, helper=course == coaching)
    shelf.book(group, 2)
    shelf.book(group, 1, "waitlisted")
    groups = read_own_calendar(shelf.database, shelf.clock, shelf.world, renew(shelf.database, shelf.clock, user.id))
    assert groups is not None
    body = own_feed("Mina grupper", groups, "sv", f"{PUBLIC_URL}/program")
    first, second = events(body)
    assert str(first["description"]) == "Kurs\n2 anmälda, 8 platser, 1 i kö"
    assert (
        str(second["description"])
        == "Egen tid med en handledare\n0 anmälda, 0 platser, 0 i kö\nDu hjälper till i gruppen."
    )
    assert [secret for secret in SECRETS if secret in body.decode()] == []
    assert "TRANSP" not in body.decode(), "it is the reader's own time"
