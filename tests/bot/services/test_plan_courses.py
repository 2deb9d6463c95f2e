"""Groups come to be once, and are left as somebody made them."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.course_files import read_courses
from bot.domain.course import CourseKind
from bot.domain.course_plan import CoursePlan, Weekly
from bot.services.plan_courses import plan_courses
from bot.store import clock, courses
from bot.store.database import Database
from bot.store.tables import CourseRow, MeetingRow
from tests.course_stand import programme
from tests.groups import THURSDAY
from tests.stand_ins import MONDAY, SettableClock

CONFIG = Path(__file__).resolve().parents[3] / "config"
PLAN = CoursePlan(
    id="vara-mobilen",
    kind=CourseKind.WORKSHOP,
    title={"sv": "Mobilen", "en": "Your phone"},
    municipality="vara",
    place="vara-bibliotek",
    handledare=("Karin", "Per"),
    weekly=Weekly(1, time(10), time(12)),
    helpers=("Ung",),
    language="ar",
    level="some",
    about={"sv": "Om", "en": "About"},
    bring={"sv": "Mobil", "en": "Phone"},
    cost={"sv": "Gratis", "en": "Free"},
    tags=("mobil*",),
)
DATED = replace(
    PLAN,
    id="vara-en-gang",
    weekly=None,
    dates=(
        (THURSDAY, THURSDAY + timedelta(hours=2)),
        (THURSDAY + timedelta(days=7), THURSDAY + timedelta(days=7, hours=1)),
    ),
)


def _rows(database: Database) -> list[CourseRow]:
    with database.reading() as session:
        return list(session.scalars(select(CourseRow).order_by(CourseRow.starts_at)))


def test_everything_of_the_plan_is_in_the_group(database: Database) -> None:
    assert plan_courses(database, [DATED], SettableClock()) == 1
    (row,) = _rows(database)
    assert (row.key, row.kind, row.municipality, row.place, row.language, row.level) == (
        "vara-en-gang",
        "workshop",
        "vara",
        "vara-bibliotek",
        "ar",
        "some",
    )
    assert (row.title, row.about, row.bring, row.cost, row.tags) == (
        dict(PLAN.title),
        dict(PLAN.about),
        dict(PLAN.bring),
        dict(PLAN.cost),
        ["mobil*"],
    )
    assert (row.starts_at, row.ends_at) == (THURSDAY, THURSDAY + timedelta(days=7, hours=1))
    assert (row.created_at, row.created_by, row.cancelled_at) == (MONDAY, None, None)
    with database.reading() as session:
        assert [(m.starts_at, m.ends_at, m.moved_at) for m in courses.meetings_of(session, row.id)] == [
            (start, end, None) for start, end in DATED.dates
        ]
        assert [(one.name, one.helper, one.away) for one in courses.leaders_of(session, row.id)] == [
            ("Karin", False, False),
            ("Per", False, False),
            ("Ung", True, False),
        ]
    (course,) = programme(database).courses
    assert (course.seats, course.meetings) == (16, 2)


def test_once_however_often_it_runs(database: Database) -> None:
    settable = SettableClock()
    assert plan_courses(database, [PLAN, DATED], settable) == 5
    assert plan_courses(database, [PLAN, DATED], settable) == 0
    settable.pass_(hours=10)
    assert plan_courses(database, [PLAN, DATED], settable) == 0
    settable.pass_(days=1)
    assert plan_courses(database, [PLAN, DATED], settable) == 1
    assert len({row.key for row in _rows(database)}) == len(_rows(database)) == 6


def test_business_time_counts(database: Database) -> None:
    plan_courses(database, [PLAN], SettableClock())
    with database.writing() as session:
        clock.move(session, timedelta(weeks=4))
    assert plan_courses(database, [PLAN], SettableClock()) > 0
    assert max(row.starts_at for row in _rows(database)) > MONDAY + timedelta(weeks=6)


def test_what_somebody_changed_stays(database: Database) -> None:
    plan_courses(database, [PLAN], SettableClock())
    first, second, *_ = _rows(database)
    with database.writing() as session:
        session.get_one(CourseRow, first.id).title = {"sv": "Ändrad", "en": "Changed"}
        row = session.get_one(CourseRow, second.id)
        row.cancelled_at = MONDAY
        for meeting in session.scalars(select(MeetingRow).where(MeetingRow.course_id == first.id)):
            meeting.starts_at += timedelta(days=1)
    assert plan_courses(database, [replace(PLAN, title={"sv": "Ny", "en": "New"})], SettableClock()) == 0
    changed, called_off, *_ = _rows(database)
    assert (changed.title["sv"], called_off.cancelled_at) == ("Ändrad", MONDAY)


def test_no_plans_no_groups(database: Database) -> None:
    assert plan_courses(database, [], SettableClock()) == 0
    assert _rows(database) == []


@pytest.mark.parametrize("weeks", [0, 5])
def test_the_shipped_courses_come_to_be(database: Database, weeks: int) -> None:
    """Over the new year too, when several of their days are holidays."""
    plans, _ = read_courses(CONFIG / "courses")
    settable = SettableClock()
    settable.pass_(weeks=weeks)
    assert plan_courses(database, plans, settable) >= 2 * len(plans)
    assert {row.key.partition(":")[0] for row in _rows(database) if row.key} == {plan.id for plan in plans}
