"""A handledare books for somebody."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.address import Address
from bot.domain.case import Reason, Urgency
from bot.domain.course import BookingStatus, CourseKind
from bot.domain.course_draft import CourseFaults
from bot.flows import load
from bot.services.book_for import BookingDesk, Told
from bot.services.read_cases import CaseNotFound
from bot.services.run_courses import CourseDesk, CourseNotFound
from bot.store import cases, conversations, courses, outbox, users
from bot.store import clock as business
from bot.store.database import Database
from bot.store.tables import AddressRow, AuditRow, BookingRow, CaseRow, ConversationRow, UserRow
from tests.bot.engine.talk import world as shipped
from tests.course_stand import Group, tend
from tests.groups import COURSE_WORLD, NUMBERS, THURSDAY, add_booking, add_course, add_resident, fill
from tests.stand_ins import MONDAY, SVEA, CountedWakeup, SettableClock

EVENING, MORNING = MONDAY + timedelta(hours=10), MONDAY + timedelta(hours=22)
"""Eight in the evening, and eight the next morning."""


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def wakeup() -> CountedWakeup:
    return CountedWakeup()


@pytest.fixture
def desk(database: Database, clock: SettableClock, wakeup: CountedWakeup) -> BookingDesk:
    return BookingDesk(database, lambda: COURSE_WORLD, clock, wakeup)


def _user(database: Database, name: str, municipality: str | None = None) -> UserRow:
    with database.writing() as session:
        return users.add(session, f"{name}@kalmar.example", name, "handledare", "hash", MONDAY, municipality)


@pytest.fixture
def karin(database: Database) -> UserRow:
    return _user(database, "Karin", "kalmar")


def _case(database: Database, address: str = SVEA, municipality: str | None = "kalmar") -> int:
    conversation_id = add_resident(database, address, municipality)
    new = cases.NewCase(
        conversation_id,
        address,
        Address(address).channel,
        "sv",
        municipality,
        None,
        "team",
        Reason.ASKED,
        Urgency.NORMAL,
        None,
        "x",
    )
    with database.writing() as session:
        return cases.open_or_add(session, new, MONDAY)[0].id


def _bookings(database: Database) -> list[tuple[str, str, int | None]]:
    with database.reading() as session:
        return [
            (row.status, row.for_whom, row.booked_by)
            for row in session.scalars(select(BookingRow).order_by(BookingRow.id))
        ]


def _said(database: Database, address: str = SVEA) -> list[str]:
    with database.reading() as session:
        return [row.text for row in outbox.listed(session, address)]


def _whys(refused: pytest.ExceptionInfo[CourseFaults]) -> list[tuple[str, str]]:
    return [(fault.field, fault.why) for fault in refused.value.faults]


def test_a_chair_for_the_resident_of_a_case(
    database: Database, desk: BookingDesk, karin: UserRow, wakeup: CountedWakeup
) -> None:
    course, case = add_course(database), _case(database)
    booked = desk.for_case(karin, course, case)
    assert (booked.waits, booked.told) == (False, Told.NOW)
    assert _bookings(database) == [("booked", "", karin.id)]
    assert _said(database) == ["booked_for_you"]
    assert wakeup.woken_for_outbox == 1
    with database.reading() as session:
        assert session.get_one(CaseRow, case).version == 1
        acts = session.scalars(select(AuditRow)).all()
        assert [(row.user_id, row.act, row.case_id, row.detail) for row in acts] == [
            (karin.id, "course_book", case, f"course:{course}")
        ]
        question = session.scalars(select(ConversationRow)).one().state["question"]
    assert (question["kind"], question["options"]) == ("coming", [str(booked.booking_id)])


@pytest.mark.parametrize("key", ["booked_for_you", "waits_for_you", "booking_taken_back"])
def test_what_is_told_is_when_and_where_and_never_what(key: str) -> None:
    shipped = load().texts.by_key[key]
    for text in (shipped.in_("sv"), shipped.in_("en")):
        assert set(re.findall(r"{(\w+)}", text)) == {"when", "place"}


def test_pressed_twice_is_one_chair_and_one_message(
    database: Database, desk: BookingDesk, karin: UserRow, clock: SettableClock
) -> None:
    course, case = add_course(database), _case(database)
    first, second = desk.for_case(karin, course, case), desk.for_case(karin, course, case)
    assert first.booking_id == second.booking_id
    assert len(_bookings(database)) == len(_said(database)) == 1
    clock.pass_(minutes=2)
    with pytest.raises(CourseFaults) as refused:
        desk.for_case(karin, course, case)
    assert _whys(refused) == [("for_whom", "already")]


def test_a_chair_each_for_two_who_share_a_phone(database: Database, desk: BookingDesk, karin: UserRow) -> None:
    course, case = add_course(database), _case(database)
    desk.for_case(karin, course, case)
    desk.for_case(karin, course, case, "  Gunnar,   19121212-1212 ")
    assert [for_whom for _, for_whom, _ in _bookings(database)] == ["", "Gunnar, [personnummer]"]
    with pytest.raises(CourseFaults) as refused:
        desk.for_case(karin, course, case, "x" * 61)
    assert _whys(refused) == [("for_whom", "long_name")]


def test_the_resident_who_has_a_chair_already(database: Database, desk: BookingDesk, karin: UserRow) -> None:
    course, case = add_course(database), _case(database)
    add_booking(database, course, SVEA)
    with pytest.raises(CourseFaults) as refused:
        desk.for_case(karin, course, case)
    assert _whys(refused) == [("for_whom", "already")]


def test_full_is_told_and_the_queue_only_when_it_is_wanted(
    database: Database, desk: BookingDesk, karin: UserRow
) -> None:
    course, case = add_course(database), _case(database)
    fill(database, course, 8)
    with pytest.raises(CourseFaults) as refused:
        desk.for_case(karin, course, case)
    assert _whys(refused) == [("book", "full")]
    booked = desk.for_case(karin, course, case, may_wait=True)
    assert booked.waits
    assert _bookings(database)[-1] == ("waitlisted", "", karin.id)
    assert _said(database) == ["waits_for_you"]


def test_a_free_chair_that_somebody_waits_for_is_not_given_past_the_queue(
    database: Database, desk: BookingDesk, karin: UserRow
) -> None:
    course, case = add_course(database), _case(database)
    fill(database, course, 7, waiting=1)
    with pytest.raises(CourseFaults, match="full"):
        desk.for_case(karin, course, case)


def test_what_cannot_be_booked(database: Database, desk: BookingDesk, karin: UserRow, clock: SettableClock) -> None:
    case = _case(database)
    called_off, drop_in, been = (
        add_course(database),
        add_course(database, kind=CourseKind.DROP_IN),
        add_course(database),
    )
    CourseDesk(database, lambda: COURSE_WORLD, clock).call_off(karin, called_off)
    clock.at = THURSDAY - timedelta(hours=1)
    for course, why in ((called_off, "called_off"), (drop_in, "drop_in")):
        with pytest.raises(CourseFaults) as refused:
            desk.for_case(karin, course, case)
        assert _whys(refused) == [("book", why)]
    clock.at = THURSDAY
    with pytest.raises(CourseFaults) as refused:
        desk.for_case(karin, been, case)
    assert _whys(refused) == [("book", "has_been")]
    with pytest.raises(CourseNotFound):
        desk.for_case(karin, 4711, case)
    assert _bookings(database) == []


def test_a_case_or_group_of_another_municipality_is_not_found(
    database: Database, desk: BookingDesk, karin: UserRow
) -> None:
    ours, theirs = add_course(database), add_course(database, municipality="vara", place="vara-bibliotek")
    case, their_case = _case(database), _case(database, NUMBERS[40], "vara")
    with pytest.raises(CourseNotFound):
        desk.for_case(karin, theirs, case)
    with pytest.raises(CaseNotFound):
        desk.for_case(karin, ours, their_case)
    with pytest.raises(CaseNotFound):
        desk.for_case(karin, ours, 4711)
    assert _bookings(database) == []


def test_by_number_for_somebody_who_phones(database: Database, desk: BookingDesk, karin: UserRow) -> None:
    course = add_course(database)
    add_resident(database, SVEA)
    booked = desk.for_number(karin, course, "070-174 06 05")
    assert booked.told == Told.NOW
    assert _said(database) == ["booked_for_you"]


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("", "bad_number"),
        ("mormor", "bad_number"),
        ("070-174 06 88", "unknown_number"),
        ("070-174 06 50", "unknown_number"),
    ],
)
def test_a_number_that_is_none_or_not_ours(
    database: Database, desk: BookingDesk, karin: UserRow, number: str, why: str
) -> None:
    course = add_course(database)
    add_resident(database, "+46701740650", "vara")
    with pytest.raises(CourseFaults) as refused:
        desk.for_number(karin, course, number)
    assert _whys(refused) == [("number", why)]
    assert _bookings(database) == []


def _stopp(database: Database) -> None:
    with database.writing() as session:
        session.scalars(select(AddressRow)).one().opted_out_at = MONDAY


def test_nothing_is_written_after_stopp_but_the_chair_is_given(
    database: Database, desk: BookingDesk, karin: UserRow, clock: SettableClock, wakeup: CountedWakeup
) -> None:
    by_day, by_night, case = add_course(database), add_course(database), _case(database)
    _stopp(database)
    assert desk.for_case(karin, by_day, case).told == Told.NOT
    clock.at = EVENING
    assert desk.for_case(karin, by_night, case).told == Told.NOT
    clock.at = MORNING
    assert tend(database, clock) == 0
    assert [status for status, _, _ in _bookings(database)] == ["booked", "booked"]
    assert _said(database) == []
    assert wakeup.woken_for_outbox == 0


# In the quiet hours


def test_what_is_booked_in_the_night_is_told_once_in_the_morning(
    database: Database, desk: BookingDesk, karin: UserRow, clock: SettableClock
) -> None:
    course, case = add_course(database), _case(database)
    clock.at = EVENING
    booked = desk.for_case(karin, course, case)
    assert booked.told == desk.for_case(karin, course, case).told == Told.LATER, "also when it is pressed twice"
    for at in (EVENING, MORNING - timedelta(minutes=1)):
        clock.at = at
        assert tend(database, clock) == 0
    clock.at = MORNING
    assert tend(database, clock) == 1
    assert tend(database, clock) == 0
    assert _said(database) == ["booked_for_you"]
    with database.reading() as session:
        question = session.scalars(select(ConversationRow)).one().state["question"]
    assert (question["kind"], question["options"]) == ("coming", [str(booked.booking_id)])


def test_the_morning_message_says_when_it_is_seen_from_the_morning(
    database: Database, desk: BookingDesk, karin: UserRow, clock: SettableClock
) -> None:
    course, case = add_course(database, MORNING + timedelta(hours=2)), _case(database)
    clock.at = EVENING
    desk.for_case(karin, course, case)
    clock.at = MORNING
    assert tend(database, clock, replace(shipped(), places=COURSE_WORLD.places)) == 1
    assert "i dag kl 10, Stadsbiblioteket" in _said(database)[0]
    assert tend(database, clock) == 0, "no reminder besides of the same hour"


def test_a_moved_clock_lets_it_out(database: Database, desk: BookingDesk, karin: UserRow, clock: SettableClock) -> None:
    course, case = add_course(database), _case(database)
    clock.at = EVENING
    desk.for_case(karin, course, case)
    with database.writing() as session:
        business.move(session, timedelta(hours=12))
    assert tend(database, clock) == 1


def test_a_place_in_the_queue_is_told_in_the_morning_while_it_is_one(
    database: Database, desk: BookingDesk, karin: UserRow, clock: SettableClock
) -> None:
    course, case = add_course(database), _case(database)
    fill(database, course, 8)
    clock.at = EVENING
    assert desk.for_case(karin, course, case, may_wait=True).told == Told.LATER
    clock.at = MORNING
    tend(database, clock)
    assert _said(database) == ["waits_for_you"]


def test_booked_and_taken_back_in_the_same_night_nothing_is_said(
    database: Database, desk: BookingDesk, karin: UserRow, clock: SettableClock
) -> None:
    course, case = add_course(database), _case(database)
    clock.at = EVENING
    booking = desk.for_case(karin, course, case).booking_id
    assert [desk.cancel(karin, course, booking).told for _ in range(2)] == [Told.UNSAID, Told.UNSAID]
    clock.at = MORNING
    assert tend(database, clock) == 0
    assert _said(database) == []


def test_a_chair_of_the_day_that_is_taken_back_in_the_night_is_told_in_the_morning(
    database: Database, desk: BookingDesk, karin: UserRow, clock: SettableClock
) -> None:
    course = add_course(database)
    booking = add_booking(database, course, SVEA)
    clock.at = EVENING
    assert [desk.cancel(karin, course, booking).told for _ in range(2)] == [Told.LATER, Told.LATER]
    again = desk.for_number(karin, course, SVEA)
    assert again.told == Told.LATER
    clock.at = MORNING
    assert tend(database, clock) == 2
    assert _said(database) == ["booking_taken_back", "booked_for_you"], "in the order in which it was done"


@pytest.mark.parametrize("meanwhile", ["stopp", "cancelled", "called off", "moved"])
def test_what_happens_meanwhile_is_minded(
    database: Database, desk: BookingDesk, karin: UserRow, clock: SettableClock, meanwhile: str
) -> None:
    group, case = Group(database), _case(database)
    clock.at = EVENING
    booking = desk.for_case(karin, group.id, case).booking_id
    at = EVENING + timedelta(minutes=10)
    if meanwhile == "stopp":
        _stopp(database)
    elif meanwhile == "cancelled":
        group.give_back(booking, at)
    elif meanwhile == "called off":
        group.call_off(at)
    else:
        group.move(THURSDAY + timedelta(hours=1), at)
    clock.at = MORNING
    tend(database, clock)
    said = {"called off": ["course_called_off"], "moved": ["booked_for_you"]}
    assert _said(database) == said.get(meanwhile, [])
    assert tend(database, clock) == 0


def test_what_begins_before_the_morning_is_to_be_phoned_about(
    database: Database, desk: BookingDesk, karin: UserRow, clock: SettableClock
) -> None:
    early, case = add_course(database, MORNING - timedelta(minutes=30)), _case(database)
    clock.at = EVENING
    booked = desk.for_case(karin, early, case)
    assert booked.told == Told.NOT
    assert desk.cancel(karin, early, booked.booking_id).told == Told.NOT
    clock.at = MORNING
    assert tend(database, clock) == 0


# Given back


def test_a_chair_is_given_back_for_somebody_who_is_told(database: Database, desk: BookingDesk, karin: UserRow) -> None:
    course, other = add_course(database), add_course(database)
    booking = add_booking(database, course, SVEA)
    with pytest.raises(CourseNotFound):
        desk.cancel(karin, other, booking)
    with pytest.raises(CourseNotFound):
        desk.cancel(_user(database, "Vera", "vara"), course, booking)
    for _ in range(2):
        assert desk.cancel(karin, course, booking).told == Told.NOW
    assert [status for status, _, _ in _bookings(database)] == [BookingStatus.CANCELLED]
    assert _said(database) == ["booking_taken_back"]


def test_the_conversation_is_held_before_the_course(
    database: Database, desk: BookingDesk, karin: UserRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As turns hold them: the other way round two would wait for each other."""
    order: list[str] = []

    def told(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **more: object) -> object:
            order.append(name)
            return real(*args, **more)

        return call

    monkeypatch.setattr(conversations, "lock", told("conversation", conversations.lock))
    monkeypatch.setattr(courses, "lock", told("course", courses.lock))
    course, case = add_course(database), _case(database)
    booking = desk.for_case(karin, course, case).booking_id
    assert order.index("conversation") < order.index("course")
    order.clear()
    desk.cancel(karin, course, booking)
    assert order.index("conversation") < order.index("course")
