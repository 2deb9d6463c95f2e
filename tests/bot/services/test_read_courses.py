"""Groups as staff see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from bot.domain.course import BookingStatus, CourseKind
from bot.services.read_courses import CourseList, Group, Period, Wanted, course_list, group_page, note_view, now
from bot.services.run_courses import CourseNotFound
from bot.services.viewer import Viewer
from bot.store import users
from bot.store.clock import move
from bot.store.database import Database
from bot.store.tables import AddressRow, AuditRow, BookingRow, CourseLeaderRow, CourseRow
from tests.groups import LINDSDAL, NUMBERS, THURSDAY, VARA_LIBRARY, add_booking, add_course, fill
from tests.stand_ins import MONDAY, SVEA, SettableClock

EVERYBODY = Viewer(0)
KALMAR, VARA = Viewer(1, ("kalmar", "Kalmar")), Viewer(2, ("vara", "Vara"))


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


def _away(database: Database, course_id: int, name: str) -> None:
    with database.writing() as session:
        chosen = select(CourseLeaderRow).where(CourseLeaderRow.course_id == course_id, CourseLeaderRow.name == name)
        session.scalars(chosen).one().away = True


def _ids(found: CourseList) -> list[tuple[int, int]]:
    return [(line.group.id, line.meeting.number) for line in found.lines]


def _group(database: Database, clock: SettableClock, course_id: int) -> Group:
    return group_page(database, clock, EVERYBODY, course_id).group


def test_each_meeting_to_come_soonest_first(database: Database, clock: SettableClock) -> None:
    later = add_course(database, starts_at=THURSDAY + timedelta(days=1))
    often = add_course(database, meetings=2)
    found = course_list(database, clock, EVERYBODY, Wanted())
    assert _ids(found) == [(often, 1), (later, 1), (often, 2)]
    assert (found.cut, found.now) == (False, MONDAY)


def test_what_is_going_on_is_still_to_come_and_then_has_been(database: Database, clock: SettableClock) -> None:
    first, second = add_course(database), add_course(database, starts_at=THURSDAY + timedelta(hours=3))
    clock.at = THURSDAY + timedelta(hours=1)
    assert _ids(course_list(database, clock, EVERYBODY, Wanted())) == [(first, 1), (second, 1)]
    clock.at = THURSDAY + timedelta(hours=5)
    assert _ids(course_list(database, clock, EVERYBODY, Wanted())) == []
    assert _ids(course_list(database, clock, EVERYBODY, Wanted(Period.PAST))) == [(second, 1), (first, 1)]
    clock.at = THURSDAY + timedelta(days=70)
    assert _ids(course_list(database, clock, EVERYBODY, Wanted(Period.PAST))) == []


def test_the_time_is_business_time(database: Database, clock: SettableClock) -> None:
    add_course(database)
    with database.writing() as session:
        move(session, timedelta(days=7))
    assert _ids(course_list(database, clock, EVERYBODY, Wanted())) == []
    assert now(database, clock) == MONDAY + timedelta(days=7)


def test_filters_and_whose_municipality_it_is(database: Database, clock: SettableClock) -> None:
    plain = add_course(database)
    lindsdal = add_course(database, place=LINDSDAL.id, kind=CourseKind.WORKSHOP)
    vara = add_course(database, municipality="vara", place=VARA_LIBRARY.id)
    wanted = Wanted()
    for who, chosen, ids in (
        (EVERYBODY, wanted, [plain, lindsdal, vara]),
        (EVERYBODY, replace(wanted, municipality="vara"), [vara]),
        (EVERYBODY, replace(wanted, place=LINDSDAL.id), [lindsdal]),
        (EVERYBODY, replace(wanted, kind="course"), [plain, vara]),
        (KALMAR, wanted, [plain, lindsdal]),
        (VARA, wanted, [vara]),
        (VARA, replace(wanted, municipality="kalmar"), []),
    ):
        assert [group for group, _ in _ids(course_list(database, clock, who, chosen))] == ids
    assert group_page(database, clock, VARA, vara).group.id == vara
    for who, course in ((VARA, plain), (EVERYBODY, 4711)):
        with pytest.raises(CourseNotFound):
            group_page(database, clock, who, course)


def test_more_groups_are_no_more_questions_to_the_database(database: Database, clock: SettableClock) -> None:
    def asked() -> int:
        statements: list[str] = []

        def note(*args: object) -> None:
            statements.append(str(args[2]))

        event.listen(database.engine, "before_cursor_execute", note)
        course_list(database, clock, EVERYBODY, Wanted())
        event.remove(database.engine, "before_cursor_execute", note)
        return len(statements)

    fill(database, add_course(database), 2)
    few = asked()
    for _ in range(5):
        fill(database, add_course(database, meetings=3), 2)
    assert asked() == few


@pytest.mark.parametrize(
    ("kind", "booked", "away", "too_few", "over"),
    [
        (CourseKind.COURSE, 5, (), True, 0),
        (CourseKind.COURSE, 6, (), False, 0),
        (CourseKind.WORKSHOP, 5, (), True, 0),
        (CourseKind.COURSE, 10, ("Bo",), False, 2),
        (CourseKind.COURSE, 10, ("Bo", "Karin"), False, 10),
        (CourseKind.COURSE, 8, ("Bo",), False, 0),
        (CourseKind.COACHING, 2, ("Bo",), False, 1),
        (CourseKind.COACHING, 0, (), False, 0),
        (CourseKind.DROP_IN, 0, ("Bo",), False, 0),
    ],
)
def test_too_few_and_too_many(
    database: Database,
    clock: SettableClock,
    kind: CourseKind,
    booked: int,
    away: tuple[str, ...],
    too_few: bool,
    over: int,
) -> None:
    course = add_course(database, kind=kind, handledare=("Karin", "Bo"))
    fill(database, course, booked)
    for name in away:
        _away(database, course, name)
    group = _group(database, clock, course)
    assert (group.too_few, group.over, group.away, group.there) == (too_few, over, len(away), 2 - len(away))


def test_young_helpers_are_never_alone_unseen(database: Database, clock: SettableClock) -> None:
    course = add_course(database, helpers=("Elsa",))
    assert not _group(database, clock, course).helpers_alone
    _away(database, course, "Elsa")
    assert (_group(database, clock, course).away, _group(database, clock, course).helpers_alone) == (0, False)
    other = add_course(database, helpers=("Elsa",))
    _away(database, other, "Karin")
    assert _group(database, clock, other).helpers_alone


def test_a_group_that_is_called_off_has_no_faults_any_more(database: Database, clock: SettableClock) -> None:
    course = add_course(database, helpers=("Elsa",))
    fill(database, course, 3)
    _away(database, course, "Karin")
    with database.writing() as session:
        session.get_one(CourseRow, course).cancelled_at = MONDAY
    group = _group(database, clock, course)
    assert (group.called_off, group.too_few, group.over, group.helpers_alone) == (True, False, 0, False)


def test_who_has_a_chair_and_who_waits_in_their_order(database: Database, clock: SettableClock) -> None:
    course = add_course(database)
    with database.writing() as session:
        karin = users.add(session, "k@kalmar.example", "Karin", "handledare", "hash", MONDAY)
    fill(database, course, 2, waiting=2)
    by_karin = add_booking(database, course, SVEA, for_whom="Gunnar")
    offered = add_booking(
        database,
        course,
        "tg:4711",
        BookingStatus.WAITLISTED,
        at=MONDAY - timedelta(1),
        offered_until=MONDAY + timedelta(1),
    )
    with database.writing() as session:
        session.get_one(BookingRow, by_karin).booked_by = karin.id
        session.scalars(select(AddressRow).where(AddressRow.text == SVEA)).one().opted_out_at = MONDAY
    add_booking(database, course, NUMBERS[30], BookingStatus.CANCELLED)
    page = group_page(database, clock, EVERYBODY, course)
    assert [(one.number, one.address) for one in page.booked] == [(1, NUMBERS[0]), (2, NUMBERS[1]), (3, SVEA)]
    assert [(one.number, one.address) for one in page.queue] == [(1, "tg:4711"), (2, NUMBERS[2]), (3, NUMBERS[3])]
    svea = page.booked[2]
    assert (svea.for_whom, svea.booked_by, svea.opted_out, svea.channel) == ("Gunnar", "Karin", True, "sms")
    assert (page.queue[0].booking_id, page.queue[0].offered_until) == (offered, MONDAY + timedelta(1))
    assert (page.group.chairs.booked, page.group.chairs.held, page.group.chairs.waiting) == (3, 1, 2)
    assert page.staff == ("Karin",)


def test_a_reader_gets_no_names_and_no_numbers(database: Database, clock: SettableClock) -> None:
    course = add_course(database, helpers=("Elsa",))
    add_booking(database, course, SVEA, for_whom="Gunnar")
    page = group_page(database, clock, EVERYBODY, course, with_names=False)
    listed = course_list(database, clock, EVERYBODY, Wanted(), with_names=False)
    for text in (SVEA, "Gunnar", "Karin", "Elsa"):
        assert text not in repr(page)
        assert text not in repr(listed)
    assert len(page.booked) == 1
    assert [leader.helper for leader in page.group.leaders] == [False, True]


def test_begun_and_what_is_to_come(database: Database, clock: SettableClock) -> None:
    course = add_course(database, meetings=2)
    page = group_page(database, clock, EVERYBODY, course)
    assert (page.begun, [meeting.number for meeting in page.coming]) == (False, [1, 2])
    clock.at = THURSDAY
    page = group_page(database, clock, EVERYBODY, course)
    assert (page.begun, [meeting.number for meeting in page.coming]) == (True, [2])


def test_whoever_looks_at_a_group_is_kept_in_the_audit_log(database: Database, clock: SettableClock) -> None:
    course = add_course(database)
    with database.writing() as session:
        karin = users.add(session, "k@kalmar.example", "Karin", "handledare", "hash", MONDAY)
    note_view(database, clock, Viewer(karin.id), course)
    with database.reading() as session:
        row = session.scalars(select(AuditRow)).one()
    assert (row.user_id, row.act, row.detail, row.at) == (karin.id, "course_view", f"course:{course}", MONDAY)
