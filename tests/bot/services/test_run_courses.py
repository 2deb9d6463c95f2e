"""What staff do with groups."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.course import BookingStatus, CourseKind
from bot.domain.course_draft import CourseDraft, CourseFaults, Wording, weekly
from bot.services.plan_courses import plan_courses
from bot.services.run_courses import CourseDesk, CourseNotFound
from bot.services.tend_bookings import tend_bookings
from bot.services.tending import Tending
from bot.store import courses, outbox, users
from bot.store.clock import move
from bot.store.database import Database
from bot.store.tables import AuditRow, BookingRow, CourseLeaderRow, CourseRow, MeetingRow, UserRow
from tests.groups import (
    COURSE_WORLD,
    KALMAR_LIBRARY,
    LINDSDAL,
    NUMBERS,
    THURSDAY,
    VARA_LIBRARY,
    add_booking,
    add_course,
    fill,
)
from tests.stand_ins import MONDAY, CountedWakeup, SettableClock

WORDING = Wording({"sv": "Mobilen från början", "en": "Your phone"}, "kalmar", KALMAR_LIBRARY.id)
DRAFT = CourseDraft(
    CourseKind.COURSE,
    WORDING,
    ((THURSDAY, THURSDAY + timedelta(hours=2)),),
    ("Karin", "Bo"),
    ("Elsa",),
    "console:a-form",
)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def desk(database: Database, clock: SettableClock) -> CourseDesk:
    return CourseDesk(database, lambda: COURSE_WORLD, clock)


def _user(database: Database, name: str = "Sam", municipality: str | None = None) -> UserRow:
    with database.writing() as session:
        return users.add(session, f"{name}@kalmar.example", name, "samordnare", "hash", MONDAY, municipality)


@pytest.fixture
def sam(database: Database) -> UserRow:
    return _user(database)


def _row(database: Database, course_id: int) -> CourseRow:
    with database.reading() as session:
        return session.get_one(CourseRow, course_id)


def _meetings(database: Database, course_id: int) -> list[MeetingRow]:
    with database.reading() as session:
        return courses.meetings_of(session, course_id)


def _leaders(database: Database, course_id: int) -> list[CourseLeaderRow]:
    with database.reading() as session:
        return courses.leaders_of(session, course_id)


def _seats(database: Database, course_id: int) -> int:
    with database.reading() as session:
        return courses.chairs(session, [session.get_one(CourseRow, course_id)])[course_id].seats


def _acts(database: Database) -> list[tuple[int | None, str, str]]:
    with database.reading() as session:
        return [(row.user_id, row.act, row.detail) for row in session.scalars(select(AuditRow).order_by(AuditRow.id))]


def _whys(faults: CourseFaults) -> list[tuple[str, str]]:
    return [(fault.field, fault.why) for fault in faults.faults]


def _tend(database: Database, clock: SettableClock) -> list[str]:
    """What goes out to those who have booked, by address and text."""
    tend_bookings(Tending(database, lambda: COURSE_WORLD, clock, CountedWakeup()))
    with database.reading() as session:
        return [f"{row.address[-2:]} {row.text}" for row in outbox.listed(session, None)]


def test_a_new_group_has_its_meetings_leaders_and_seats(database: Database, desk: CourseDesk, sam: UserRow) -> None:
    times = weekly(THURSDAY.date(), THURSDAY.time(), (THURSDAY + 2 * HOUR).time(), 3)
    made = desk.add(sam, replace(DRAFT, times=times))
    row = _row(database, made)
    assert (row.title, row.municipality, row.place) == (
        {"sv": "Mobilen från början", "en": "Your phone"},
        "kalmar",
        KALMAR_LIBRARY.id,
    )
    assert (row.starts_at, row.ends_at, row.created_by) == (THURSDAY, THURSDAY + timedelta(weeks=2, hours=2), sam.id)
    assert [meeting.starts_at for meeting in _meetings(database, made)] == [start for start, _ in times]
    assert [(leader.name, leader.helper) for leader in _leaders(database, made)] == [
        ("Karin", False),
        ("Bo", False),
        ("Elsa", True),
    ]
    assert _seats(database, made) == 16
    assert _acts(database) == [(sam.id, "course_add", f"course:{made}")]


def test_a_form_sent_twice_makes_one_group(database: Database, desk: CourseDesk, sam: UserRow) -> None:
    assert desk.add(sam, DRAFT) == desk.add(sam, DRAFT)
    assert desk.add(sam, replace(DRAFT, key="console:another")) != desk.add(sam, DRAFT)


def test_the_plans_leave_alone_what_was_made_here(
    database: Database, desk: CourseDesk, sam: UserRow, clock: SettableClock
) -> None:
    made = desk.add(sam, DRAFT)
    plan_courses(database, (), clock)
    assert _row(database, made).cancelled_at is None


def test_a_leader_is_tied_to_the_account_of_that_name(database: Database, desk: CourseDesk, sam: UserRow) -> None:
    karin, _ = _user(database, "Karin", "kalmar"), _user(database, "Bo", "vara")
    made = desk.add(sam, DRAFT)
    assert [leader.user_id for leader in _leaders(database, made)] == [karin.id, None, None]


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"wording": replace(WORDING, title={"sv": "  "})}, [("title", "no_title")]),
        ({"wording": replace(WORDING, title={"sv": "x" * 81})}, [("title", "too_long")]),
        ({"wording": replace(WORDING, place="", municipality="")}, [("place", "no_place")]),
        ({"wording": replace(WORDING, place="nowhere")}, [("place", "unknown_place")]),
        ({"wording": replace(WORDING, municipality="vara")}, [("place", "unknown_place")]),
        ({"handledare": ()}, [("handledare", "no_handledare")]),
        ({"helpers": ("karin",)}, [("helpers", "both")]),
        ({"handledare": ("K" * 61,)}, [("handledare", "long_name")]),
        ({"times": ()}, [("day", "no_day")]),
        ({"times": ((THURSDAY, THURSDAY),)}, [("end", "end_before_start")]),
        ({"times": ((THURSDAY, THURSDAY + 11 * HOUR),)}, [("end", "long_meeting")]),
        ({"times": ((MONDAY, MONDAY + HOUR),)}, [("day", "in_the_past")]),
        ({"times": ((THURSDAY.replace(year=2028), THURSDAY.replace(year=2028) + HOUR),)}, [("day", "too_far")]),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(
    database: Database, desk: CourseDesk, sam: UserRow, change: dict[str, object], faults: list[tuple[str, str]]
) -> None:
    with pytest.raises(CourseFaults) as refused:
        desk.add(sam, replace(DRAFT, **change))  # type: ignore[arg-type]
    assert _whys(refused.value) == faults
    with database.reading() as session:
        assert session.scalars(select(CourseRow)).all() == []


def test_the_past_is_that_of_business_time(database: Database, desk: CourseDesk, sam: UserRow) -> None:
    with database.writing() as session:
        move(session, timedelta(days=7))
    with pytest.raises(CourseFaults, match="in_the_past"):
        desk.add(sam, DRAFT)


def test_secrets_in_what_is_said_are_masked(database: Database, desk: CourseDesk, sam: UserRow) -> None:
    made = desk.add(sam, replace(DRAFT, wording=replace(WORDING, about={"sv": "Fråga 19121212-1212"})))
    assert _row(database, made).about == {"sv": "Fråga [personnummer]"}


def test_somebody_of_another_municipality_finds_no_group_and_no_place(database: Database, desk: CourseDesk) -> None:
    vera = _user(database, "Vera", "vara")
    with pytest.raises(CourseFaults, match="unknown_place"):
        desk.add(vera, DRAFT)
    made = add_course(database)
    meeting, leader = _meetings(database, made)[0], _leaders(database, made)[0]
    later = THURSDAY + timedelta(days=1)
    for act in (
        lambda: desk.change(vera, made, WORDING),
        lambda: desk.move(vera, made, meeting.id, later, later + HOUR),
        lambda: desk.add_meeting(vera, made, later, later + HOUR),
        lambda: desk.call_off(vera, made),
        lambda: desk.add_leader(vera, made, "Vera", False),
        lambda: desk.remove_leader(vera, made, leader.id),
        lambda: desk.set_away(vera, made, leader.id, True),
        lambda: desk.note_attendance(vera, made, {}),
        lambda: desk.change(vera, 4711, WORDING),
    ):
        with pytest.raises(CourseNotFound):
            act()
    row = _row(database, made)
    assert (row.version, row.cancelled_at, _leaders(database, made)[0].away) == (0, None, False)
    assert _acts(database) == []


def test_what_is_said_is_changed_without_a_word_to_anybody(
    database: Database, desk: CourseDesk, sam: UserRow, clock: SettableClock
) -> None:
    made = add_course(database)
    fill(database, made, 2)
    desk.change(sam, made, replace(WORDING, title={"sv": "Surfplattan"}, level="some", tags=("ipad*",)))
    row = _row(database, made)
    assert (row.title, row.bring, row.level, row.tags, row.version) == ({"sv": "Surfplattan"}, {}, "some", ["ipad*"], 1)
    assert _tend(database, clock) == []


def test_another_place_is_told_once_though_the_group_meets_often(
    database: Database, desk: CourseDesk, sam: UserRow, clock: SettableClock
) -> None:
    made = add_course(database, meetings=3)
    fill(database, made, 1)
    clock.pass_(minutes=1)
    desk.change(sam, made, replace(WORDING, place=LINDSDAL.id))
    assert _tend(database, clock) == ["10 course_moved"]
    clock.pass_(minutes=1)
    assert _tend(database, clock) == ["10 course_moved"]
    desk.change(sam, made, WORDING)
    assert len(_tend(database, clock)) == 2


def test_a_change_to_another_municipality_needs_its_place(database: Database, desk: CourseDesk, sam: UserRow) -> None:
    made = add_course(database)
    with pytest.raises(CourseFaults, match="unknown_place"):
        desk.change(sam, made, replace(WORDING, place=VARA_LIBRARY.id))
    desk.change(sam, made, replace(WORDING, place=VARA_LIBRARY.id, municipality="vara"))
    assert _row(database, made).municipality == "vara"


def test_everyone_who_has_booked_or_waits_is_told_of_each_move(
    database: Database, desk: CourseDesk, sam: UserRow, clock: SettableClock
) -> None:
    made = add_course(database)
    fill(database, made, 8, waiting=1)
    meeting = _meetings(database, made)[0].id
    for at, told in ((1, 9), (0, 18), (1, 27)):  # away, back and away again: each is news
        clock.pass_(minutes=1)
        start = THURSDAY + at * HOUR
        desk.move(sam, made, meeting, start, start + HOUR)
        assert len(_tend(database, clock)) == told
        assert (_row(database, made).starts_at, _row(database, made).ends_at) == (start, start + HOUR)
    add_booking(database, made, NUMBERS[20], at=clock())
    assert len(_tend(database, clock)) == 27


def test_a_new_end_or_nothing_new_is_no_news(database: Database, desk: CourseDesk, sam: UserRow) -> None:
    made = add_course(database)
    meeting = _meetings(database, made)[0]
    desk.move(sam, made, meeting.id, meeting.starts_at, meeting.ends_at)
    assert _row(database, made).version == 0
    desk.move(sam, made, meeting.id, meeting.starts_at, meeting.ends_at + HOUR)
    assert _meetings(database, made)[0].moved_at is None
    assert _row(database, made).ends_at == meeting.ends_at + HOUR


@pytest.mark.parametrize(
    ("start", "end", "fault"),
    [
        (MONDAY - HOUR, MONDAY + HOUR, ("day", "in_the_past")),
        (THURSDAY + HOUR, THURSDAY, ("end", "end_before_start")),
        (THURSDAY + timedelta(days=7, hours=1), THURSDAY + timedelta(days=7, hours=3), ("day", "meets_then")),
    ],
)
def test_a_meeting_is_not_moved_there(
    database: Database, desk: CourseDesk, sam: UserRow, start: datetime, end: datetime, fault: tuple[str, str]
) -> None:
    made = add_course(database, meetings=2)
    with pytest.raises(CourseFaults) as refused:
        desk.move(sam, made, _meetings(database, made)[0].id, start, end)
    assert _whys(refused.value) == [fault]
    assert _meetings(database, made)[0].starts_at == THURSDAY


def test_what_has_been_or_is_called_off_is_not_moved(
    database: Database, desk: CourseDesk, sam: UserRow, clock: SettableClock
) -> None:
    made = add_course(database, meetings=2)
    first, other = _meetings(database, made)[0], _meetings(database, add_course(database))[0]
    later = THURSDAY + timedelta(days=2)
    with pytest.raises(CourseNotFound):
        desk.move(sam, made, other.id, later, later + HOUR)
    clock.at = THURSDAY + HOUR
    with pytest.raises(CourseFaults, match="has_been"):
        desk.move(sam, made, first.id, later, later + HOUR)
    desk.call_off(sam, made)
    for act in (
        lambda: desk.move(sam, made, first.id, later, later + HOUR),
        lambda: desk.add_meeting(sam, made, later, later + HOUR),
    ):
        with pytest.raises(CourseFaults, match="called_off"):
            act()


def test_one_more_meeting(database: Database, desk: CourseDesk, sam: UserRow) -> None:
    made = add_course(database)
    later = THURSDAY + timedelta(days=2)
    for _ in range(2):
        desk.add_meeting(sam, made, later, later + HOUR)
    assert [meeting.starts_at for meeting in _meetings(database, made)] == [THURSDAY, later]
    assert _row(database, made).ends_at == later + HOUR
    with pytest.raises(CourseFaults, match="meets_then"):
        desk.add_meeting(sam, made, THURSDAY + HOUR, THURSDAY + 3 * HOUR)


def test_calling_off_tells_everyone_once(
    database: Database, desk: CourseDesk, sam: UserRow, clock: SettableClock
) -> None:
    made = add_course(database)
    fill(database, made, 8, waiting=2)
    desk.call_off(sam, made)
    desk.call_off(sam, made)
    assert sorted(_tend(database, clock)) == [f"{n} course_called_off" for n in range(10, 20)]
    assert len(_tend(database, clock)) == 10
    with database.reading() as session:
        assert {row.status for row in session.scalars(select(BookingRow))} == {BookingStatus.CANCELLED}
    assert [act for _, act, _ in _acts(database)] == ["course_call_off"]


def test_what_has_been_is_not_called_off(
    database: Database, desk: CourseDesk, sam: UserRow, clock: SettableClock
) -> None:
    made = add_course(database)
    clock.at = THURSDAY + HOUR
    with pytest.raises(CourseFaults, match="has_been"):
        desk.call_off(sam, made)


def test_a_handledare_who_falls_ill_takes_the_seats_along_and_brings_them_back(
    database: Database, desk: CourseDesk, sam: UserRow
) -> None:
    made = add_course(database, handledare=("Karin", "Bo"))
    fill(database, made, 12)
    bo = _leaders(database, made)[1].id
    for _ in range(2):
        desk.set_away(sam, made, bo, True)
    assert _seats(database, made) == 8
    with database.reading() as session:
        assert len(courses.booked_on(session, made)) == 12
    desk.set_away(sam, made, bo, False)
    assert _seats(database, made) == 16
    assert [act for _, act, _ in _acts(database)] == ["course_away", "course_back"]
    with pytest.raises(CourseNotFound):
        desk.set_away(sam, made, 4711, True)


def test_leaders_come_and_go_but_the_last_stays(database: Database, desk: CourseDesk, sam: UserRow) -> None:
    made = add_course(database, helpers=("Elsa",))
    karin = _leaders(database, made)[0].id
    with pytest.raises(CourseFaults, match="last_handledare"):
        desk.remove_leader(sam, made, karin)
    for _ in range(2):
        desk.add_leader(sam, made, "  Bo   Ek ", False)
    desk.add_leader(sam, made, "Otto", True)
    assert [(one.name, one.helper) for one in _leaders(database, made)] == [
        ("Karin", False),
        ("Bo Ek", False),
        ("Elsa", True),
        ("Otto", True),
    ]
    for _ in range(2):
        desk.remove_leader(sam, made, karin)
    assert _seats(database, made) == 8
    for name, helper, why in (("", False, "no_name"), ("elsa", False, "both"), ("x" * 61, False, "long_name")):
        with pytest.raises(CourseFaults) as refused:
            desk.add_leader(sam, made, name, helper)
        assert _whys(refused.value) == [("name", why)]


def test_who_came(database: Database, desk: CourseDesk, sam: UserRow, clock: SettableClock) -> None:
    made, other = add_course(database), add_course(database)
    came, not_came, unknown, waits = fill(database, made, 3, waiting=1)
    elsewhere = add_booking(database, other, NUMBERS[30])
    answers = {came: True, not_came: False, unknown: None, waits: True, elsewhere: True, 4711: True}
    with pytest.raises(CourseFaults, match="not_yet"):
        desk.note_attendance(sam, made, answers)
    clock.at = THURSDAY
    desk.note_attendance(sam, made, answers)
    with database.reading() as session:
        noted = {row.id: row.attended for row in session.scalars(select(BookingRow))}
    assert noted == {came: True, not_came: False, unknown: None, waits: None, elsewhere: None}
    desk.note_attendance(sam, made, {came: None})
    with database.reading() as session:
        assert session.get_one(BookingRow, came).attended is None
