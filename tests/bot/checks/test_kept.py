"""Faults of what the console keeps in the database."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.checks.kept import check_kept
from bot.domain.opening_hours import STOCKHOLM
from bot.services.keep_places import keep_places
from bot.store import places
from bot.store.database import Database
from bot.store.tables import CourseLeaderRow, CourseRow, MeetingRow, PlaceRow
from tests.sample_places import document, place
from tests.stand_ins import MONDAY, ORGANISATION, SettableClock

NOW = datetime(2026, 11, 23, tzinfo=STOCKHOLM)


@pytest.fixture(autouse=True)
def kept(database: Database) -> None:
    keep_places(database, [place(), place(id="kalmar-fil", name="Filens", valid_to="2026-01-31")], SettableClock())


def console_place(database: Database, **changes: object) -> None:
    with database.writing() as session:
        made = document(id="kalmar-ny", **changes)
        places.add(session, "kalmar-ny", "Kalmar", made, places.CONSOLE, MONDAY)


def course(
    database: Database,
    key: str | None = None,
    place_id: str = "kalmar-bibliotek",
    at: datetime | None = None,
    **leader: bool,
) -> None:
    start = at or datetime(2026, 11, 30, 10, tzinfo=STOCKHOLM)
    end = start + timedelta(hours=2)
    with database.writing() as session:
        words = {"title": {"sv": "Mobilen", "en": "Phone"}, "bring": {}, "cost": {}, "about": {}, "tags": []}
        row = CourseRow(
            key=key,
            kind="course",
            municipality="kalmar",
            place=place_id,
            starts_at=start,
            ends_at=end,
            created_at=MONDAY,
            **words,
        )
        session.add(row)
        session.flush()
        session.add(MeetingRow(course_id=row.id, starts_at=start, ends_at=end))
        session.add(CourseLeaderRow(course_id=row.id, name="Handledare A", **leader))


def found(database: Database, *told: str) -> list[str]:
    with database.reading() as session:
        return [str(finding) for finding in check_kept(session, ORGANISATION, NOW, frozenset(told)).findings]


def test_what_the_files_brought_is_the_files_business(database: Database) -> None:
    course(database)
    assert found(database) == []


def test_a_place_of_the_console_that_is_not_good_any_more(database: Database) -> None:
    console_place(database, valid_to="2026-11-01", unit="cellar")
    assert found(database) == [
        "places of the console:1: the place 'kalmar-ny' was there until 2026-11-01 (remove it, or mend valid_to) [place-expired]",
        "places of the console:1: the place 'kalmar-ny' belongs to 'Kalmar', 'cellar', which is not configured"
        " (choose another unit on its page, or add the unit to the municipality's file) [unknown-unit]",
    ]


def test_a_removed_place_is_left_alone(database: Database) -> None:
    console_place(database, valid_to="2026-11-01")
    with database.writing() as session:
        places.remove(session.get_one(PlaceRow, "kalmar-ny"), places.CONSOLE, MONDAY)
    assert found(database) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"hours": {"staffed": {"monday": "9-12, 11-14"}}},
            "hours: staffed hours 09:00-12:00 and 11:00-14:00 overlap: make them one, or mend a time",
        ),
        (
            {"hours": {"unstaffed": {"monday": "9-12"}}},
            "hours: nobody is ever there to help: give staffed hours, or remove the place",
        ),
        ({"lat": 16.4}, "lat: lat 16.4 is outside Sweden: look whether lat and lon changed places"),
    ],
)
def test_a_document_that_is_no_place(database: Database, changes: dict[str, object], said: str) -> None:
    console_place(database, **changes)
    assert found(database) == [
        f"places of the console:1: 'kalmar-ny': {said} (mend it on the console's page of places) [place-unreadable]"
    ]


def test_a_place_that_grows_old_is_a_remark(database: Database) -> None:
    console_place(database, verified_at="2026-06-01")
    with database.reading() as session:
        kept = check_kept(session, ORGANISATION, NOW)
    assert kept.findings == ()
    assert kept.notes == ("places to verify soon, before they are half a year old: kalmar-ny (2026-06-01)",)


def test_courses_to_come_that_cannot_be_held(database: Database) -> None:
    course(database, away=True)
    course(database, helper=True)
    course(database, place_id="nowhere")
    course(database, at=datetime(2026, 12, 2, 10, tzinfo=STOCKHOLM))
    said = "courses of the console:1: "
    nobody = f"{said}nobody teaches the course 'Mobilen (2026-11-30)', so it has no seats (name a handledare who is there, or call it off) [course-no-handledare]"
    assert found(database) == [
        nobody,
        nobody,
        f"{said}the course 'Mobilen (2026-11-30)' is at 'nowhere', which is no place (write the id of a place, or bring the place back) [course-no-place]",
        f"{said}the course 'Mobilen (2026-12-02)' meets 2026-12-02 10:00-12:00, when 'kalmar-bibliotek' is closed"
        " (move the meeting, or mend the place's hours) [course-closed-place]",
    ]


def test_courses_that_are_over_called_off_or_told_of_already_are_left_alone(database: Database) -> None:
    course(database, at=datetime(2026, 11, 18, 10, tzinfo=STOCKHOLM))
    course(database, key="kalmar-mobilen:2026-12-02", at=datetime(2026, 12, 2, 10, tzinfo=STOCKHOLM))
    assert found(database, "kalmar-mobilen") == []
    assert len(found(database)) == 1
