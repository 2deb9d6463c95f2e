"""Groups to come, their chairs, and who has them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from bot.domain.course import BookingStatus, CourseKind
from bot.store import courses
from bot.store.database import Database
from bot.store.tables import CourseRow
from tests.course_stand import Group, programme, residents
from tests.groups import THURSDAY, add_resident, fill
from tests.stand_ins import KURT, MONDAY, SVEA

WEEK = timedelta(weeks=1)


def test_an_empty_database_offers_nothing(database: Database) -> None:
    assert programme(database).courses == programme(database, 1).bookings == ()


def test_a_course_as_residents_are_told_of_it(database: Database) -> None:
    group = Group(database, handledare=("A", "B"), helpers=("Ung",), meetings=2)
    (course,) = programme(database).courses
    assert (course.id, course.kind, course.title["sv"], course.bring) == (
        group.id,
        CourseKind.COURSE,
        "Mobilen från början",
        {"sv": "Ta med din mobil."},
    )
    assert (course.municipality, course.place) == ("kalmar", "kalmar-stadsbibliotek")
    assert (course.starts_at, course.ends_at, course.meetings) == (THURSDAY, THURSDAY + timedelta(hours=2), 2)
    assert (course.seats, course.taken, course.open_seats) == (16, 0, 16)


def test_soonest_first(database: Database) -> None:
    late, soon, same = (Group(database, starts_at=THURSDAY + days * timedelta(days=1)).id for days in (5, 1, 5))
    assert [course.id for course in programme(database).courses] == [soon, late, same]


def test_what_is_over_called_off_or_far_ahead_is_not_told(database: Database) -> None:
    Group(database, starts_at=MONDAY - timedelta(hours=3))
    Group(database).call_off()
    Group(database, starts_at=MONDAY + courses.AHEAD)
    last = Group(database, starts_at=MONDAY + courses.AHEAD - timedelta(minutes=1))
    assert [course.id for course in programme(database).courses] == [last.id]


def test_what_has_begun_is_not_told_unless_it_meets_again(database: Database) -> None:
    Group(database)
    twice = Group(database, meetings=2)
    (course,) = programme(database, at=THURSDAY).courses
    assert (course.id, course.starts_at, course.meetings) == (twice.id, THURSDAY + WEEK, 2)
    assert programme(database, at=THURSDAY + WEEK).courses == ()


def test_a_moment_before_it_begins_it_is_still_told(database: Database) -> None:
    Group(database)
    assert len(programme(database, at=THURSDAY - timedelta(seconds=1)).courses) == 1


def test_ones_own_bookings_soonest_first(database: Database) -> None:
    late, soon = Group(database, starts_at=THURSDAY + WEEK), Group(database)
    svea, kurt = add_resident(database, SVEA), add_resident(database, KURT)
    booked, asked = late.book(svea), soon.book(svea, for_whom="Astrid")
    soon.book(kurt)
    found = programme(database, svea)
    assert [(one.id, one.course.id, one.status, one.for_whom) for one in found.bookings] == [
        (asked, soon.id, BookingStatus.BOOKED, "Astrid"),
        (booked, late.id, BookingStatus.BOOKED, ""),
    ]
    assert found.bookings[0].course == found.course(soon.id)
    assert programme(database).bookings == ()


def test_what_was_cancelled_called_off_or_is_over_is_no_booking(database: Database) -> None:
    svea = add_resident(database, SVEA)
    given_back, called_off, over = (Group(database, starts_at=THURSDAY + timedelta(hours=hour)) for hour in (0, 0, -48))
    given_back.cancel(given_back.book(svea), svea)
    called_off.book(svea)
    called_off.call_off()
    over.book(svea)
    assert programme(database, svea, THURSDAY - timedelta(days=1)).bookings == ()


def test_an_offer_is_seen_with_its_end(database: Database) -> None:
    group = Group(database)
    group.fill()
    svea = add_resident(database, SVEA)
    group.wait(svea)
    with database.writing() as session:
        courses.booked_on(session, group.id)[-1].offered_until = THURSDAY
    (booking,) = programme(database, svea).bookings
    assert (booking.status, booking.offered_until) == (BookingStatus.WAITLISTED, THURSDAY)


def test_chairs_that_are_held_are_taken_and_who_waits_goes_before_newcomers(database: Database) -> None:
    group = Group(database)
    fill(database, group.id, 6, waiting=1)
    assert group.chairs() == courses.Chairs(seats=8, booked=6, held=0, waiting=1)
    assert (group.chairs().taken, group.chairs().free, group.chairs().open) == (6, 2, 1)
    with database.writing() as session:
        courses.booked_on(session, group.id)[-1].offered_until = THURSDAY
    assert group.chairs() == courses.Chairs(seats=8, booked=6, held=1, waiting=0)
    assert (group.chairs().taken, group.chairs().free, group.chairs().open) == (7, 1, 1)


def test_nobody_has_less_than_no_chair() -> None:
    over = courses.Chairs(seats=8, booked=9, held=1, waiting=3)
    assert (over.taken, over.free, over.open) == (10, 0, 0)
    assert courses.Chairs(seats=8, booked=7, held=0, waiting=3).open == 0


def test_cancelled_bookings_have_no_chair(database: Database) -> None:
    group = Group(database)
    first, *_ = group.fill(3)
    group.give_back(first)
    assert group.chairs().booked == 2


def test_young_helpers_and_who_is_away_give_no_seats(database: Database) -> None:
    group = Group(database, handledare=("A", "B"), helpers=("Ung",))
    assert group.chairs().seats == 16
    group.falls_ill(2)
    assert group.chairs().seats == 16, "the third is the helper"
    group.falls_ill(0)
    assert group.chairs().seats == 8
    group.falls_ill(0, away=False)
    assert group.chairs().seats == 16
    assert Group(database, handledare=(), helpers=("Ung",)).chairs().seats == 0


def test_a_coaching_time_has_one_seat(database: Database) -> None:
    assert Group(database, kind=CourseKind.COACHING).chairs().seats == 1


def test_the_group_of_a_handledare_who_falls_ill_is_over(database: Database) -> None:
    both, other = Group(database, handledare=("A", "B")), Group(database, handledare=("A", "B"))
    both.fill(11)
    other.fill(7)
    for group in (both, other):
        group.falls_ill()
    seen = {course.id: course for course in programme(database).courses}
    assert (seen[both.id].over, seen[both.id].seats, seen[both.id].open_seats) == (3, 8, 0)
    assert seen[both.id].is_full
    assert (seen[other.id].over, seen[other.id].open_seats) == (0, 1)


def test_chairs_of_several_groups_are_kept_apart(database: Database) -> None:
    one, two = Group(database), Group(database, handledare=("A", "B"))
    one.fill(3)
    with database.reading() as session:
        found = courses.chairs(session, session.scalars(select(CourseRow)).all())
        assert courses.chairs(session, []) == {}
    assert {number: (stand.seats, stand.taken) for number, stand in found.items()} == {one.id: (8, 3), two.id: (16, 0)}


def test_who_is_booked_on_a_group_and_who_waits_in_order(database: Database) -> None:
    group = Group(database)
    booked = group.fill(8)
    late, early = group.queue(SVEA, KURT, at=(MONDAY + timedelta(hours=2), MONDAY + timedelta(hours=1)))
    group.give_back(booked.pop())
    with database.reading() as session:
        assert [row.id for row in courses.booked_on(session, group.id)] == [*booked, early, late]


def test_of_two_who_came_at_the_same_moment_the_first_to_be_kept_is_first(database: Database) -> None:
    group = Group(database)
    group.fill(8)
    first, second = group.queue(SVEA, KURT)
    with database.reading() as session:
        assert [row.id for row in courses.booked_on(session, group.id)][-2:] == [first, second]


def test_meetings_in_order_and_leaders_with_helpers_last(database: Database) -> None:
    group = Group(database, handledare=("B", "A"), helpers=("Ung",), meetings=3)
    with database.reading() as session:
        assert [meeting.starts_at for meeting in courses.meetings_of(session, group.id)] == [
            THURSDAY,
            THURSDAY + WEEK,
            THURSDAY + 2 * WEEK,
        ]
        assert [leader.name for leader in courses.leaders_of(session, group.id)] == ["B", "A", "Ung"]


def test_lock_reads_anew_and_refuses_what_is_not_there(database: Database) -> None:
    group = Group(database)
    with database.writing() as session:
        session.get_one(CourseRow, group.id)
        if not database.is_sqlite:  # there the writer stands alone anyhow
            group.call_off()
            assert courses.lock(session, group.id).cancelled_at == MONDAY
        with pytest.raises(NoResultFound):
            courses.lock(session, group.id + 1)


def test_a_full_group_is_full_to_newcomers(database: Database) -> None:
    group = Group(database)
    group.fill(8)
    assert [course.is_full for course in programme(database, residents(database, 9)[8]).courses] == [True]
