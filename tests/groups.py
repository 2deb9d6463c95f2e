"""Places to meet at, groups that meet there, and residents who have a chair: for tests of everything around courses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.domain.address import Address
from bot.domain.course import BookingStatus, CourseKind
from bot.domain.opening_hours import DayHours, Interval, OpeningHours
from bot.domain.place import DIGITAL, Place, PlaceKind
from bot.store import conversations
from bot.store.database import Database
from bot.store.tables import BookingRow, CourseLeaderRow, CourseRow, MeetingRow
from tests.stand_ins import MONDAY, WORLD

KALMAR_LIBRARY = Place(
    id="kalmar-stadsbibliotek",
    name="Stadsbiblioteket",
    kind=PlaceKind.LIBRARY,
    municipality="Kalmar",
    unit="library",
    town="Kalmar",
    lat=56.66,
    lon=16.36,
    helps_with=frozenset({DIGITAL}),
    hours=OpeningHours({day: DayHours((Interval(time(9), time(18)),)) for day in range(6)}),
    verified_at=date(2026, 11, 2),
    verified_by="Stadsbiblioteket",
)
LINDSDAL = replace(KALMAR_LIBRARY, id="kalmar-lindsdal", name="Lindsdals bibliotek", town="Lindsdal")
VARA_LIBRARY = replace(
    KALMAR_LIBRARY, id="vara-bibliotek", name="Vara bibliotek", municipality="Vara", town="Vara", lat=58.26, lon=12.95
)
PLACES = (KALMAR_LIBRARY, LINDSDAL, VARA_LIBRARY)
COURSE_WORLD = replace(WORLD, places=PLACES)
THURSDAY = datetime.fromisoformat("2026-11-26T10:00+01:00")
NUMBERS = tuple(f"+467017406{n:02}" for n in range(10, 60))
"""Residents; each has a conversation of their own."""


def add_course(
    database: Database,
    starts_at: datetime = THURSDAY,
    kind: CourseKind = CourseKind.COURSE,
    title: str = "Mobilen från början",
    municipality: str = "kalmar",
    place: str = KALMAR_LIBRARY.id,
    handledare: tuple[str, ...] = ("Karin",),
    helpers: tuple[str, ...] = (),
    meetings: int = 1,
    lasts: timedelta = timedelta(hours=2),
    created_at: datetime = MONDAY,
) -> int:
    """A group with meetings a week apart; its id."""
    times = [(starts_at + timedelta(weeks=week), starts_at + timedelta(weeks=week) + lasts) for week in range(meetings)]
    with database.writing() as session:
        row = CourseRow(
            kind=kind,
            title={"sv": title, "en": f"{title} in English"},
            bring={"sv": "Ta med din mobil."},
            cost={},
            about={},
            tags=[],
            municipality=municipality,
            place=place,
            starts_at=times[0][0],
            ends_at=times[-1][1],
            created_at=created_at,
        )
        session.add(row)
        session.flush()
        session.add_all(MeetingRow(course_id=row.id, starts_at=start, ends_at=end) for start, end in times)
        session.flush()
        for helper, names in ((False, handledare), (True, helpers)):
            for name in names:
                session.add(CourseLeaderRow(course_id=row.id, name=name, helper=helper))
                session.flush()
        return row.id


def add_resident(database: Database, address: str, municipality: str | None = "kalmar") -> int:
    """Somebody who has written; the conversation's id. The same address is the same person."""
    with database.writing() as session:
        found = conversations.of_address(session, Address(address))
        return (found or conversations.begin(session, Address(address), municipality, None, MONDAY))[1].id


def add_booking(
    database: Database,
    course_id: int,
    address: str,
    status: BookingStatus = BookingStatus.BOOKED,
    for_whom: str = "",
    at: datetime = MONDAY,
    offered_until: datetime | None = None,
    municipality: str | None = "kalmar",
) -> int:
    """A chair, or a place in the queue, as though the resident had taken it at `at`; the booking's id."""
    conversation_id = add_resident(database, address, municipality)
    with database.writing() as session:
        row = BookingRow(
            course_id=course_id,
            conversation_id=conversation_id,
            for_whom=for_whom,
            channel=Address(address).channel,
            status=status,
            booked_at=at,
            queued_at=at,
            offered_until=offered_until,
        )
        session.add(row)
        session.flush()
        return row.id


def fill(database: Database, course_id: int, count: int, waiting: int = 0) -> list[int]:
    """So many residents with a chair, and so many in the queue after them; ids of the bookings in that order."""
    booked = [add_booking(database, course_id, NUMBERS[i]) for i in range(count)]
    queue = range(count, count + waiting)
    return booked + [
        add_booking(database, course_id, NUMBERS[i], BookingStatus.WAITLISTED, at=MONDAY + timedelta(seconds=i))
        for i in queue
    ]
