"""A seat that became free: the queue in its order, an offer and its end, STOPP while waiting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.conversation import Question
from bot.domain.course import CourseKind
from bot.store.database import Database
from tests.course_stand import Group, opt_out, state_of, tend, told, whom
from tests.groups import THURSDAY, add_resident
from tests.stand_ins import ASTRID, KURT, MONDAY, SVEA, SettableClock

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
DAY_BEFORE = THURSDAY - DAY
"""Ten in the morning, when the first reminder goes out."""


@pytest.fixture
def group(database: Database) -> Group:
    return Group(database)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


def test_the_first_in_the_queue_is_asked(database: Database, group: Group, clock: SettableClock) -> None:
    booked, (kurt, svea) = group.full_with_queue(KURT, SVEA)
    assert tend(database, clock) == 0
    group.give_back(booked[3])
    assert tend(database, clock) == 1
    assert whom(database, "seat_free") == [KURT]
    asked, waits = group.rows()[-2:]
    assert (asked.id, asked.status, asked.offered_until) == (kurt, "waitlisted", MONDAY + DAY)
    assert (waits.id, waits.offered_until) == (svea, None)
    question = state_of(database, asked.conversation_id).question
    assert question == Question("seat", options=(str(kurt),), soft=True)


def test_asked_once(database: Database, group: Group, clock: SettableClock) -> None:
    booked, _ = group.full_with_queue(KURT, SVEA)
    group.give_back(booked[0])
    for _ in range(3):
        tend(database, clock)
        clock.pass_(minutes=30)
    assert told(database) == ["seat_free"]


def test_two_seats_are_offered_to_two_in_the_order_they_came(
    database: Database, group: Group, clock: SettableClock
) -> None:
    booked = group.fill(8)
    group.queue(SVEA, KURT, ASTRID, at=(MONDAY + 2 * HOUR, MONDAY + HOUR, MONDAY + 3 * HOUR))
    for booking in booked[:2]:
        group.give_back(booking)
    clock.pass_(hours=4)
    assert tend(database, clock) == 2
    assert whom(database, "seat_free") == [KURT, SVEA]
    assert (group.chairs().held, group.chairs().free, group.chairs().waiting) == (2, 0, 1)


def test_the_moment_somebody_came_counts_not_when_they_were_kept(
    database: Database, group: Group, clock: SettableClock
) -> None:
    booked = group.fill(8)
    group.queue(SVEA, KURT, at=(MONDAY + 2 * HOUR, MONDAY + HOUR))
    group.give_back(booked[0])
    clock.pass_(hours=3)
    tend(database, clock)
    assert whom(database, "seat_free") == [KURT]


def test_an_answer_is_waited_for_until_two_hours_before(database: Database, group: Group, clock: SettableClock) -> None:
    booked, _ = group.full_with_queue(KURT)
    clock.at = THURSDAY - timedelta(hours=15, minutes=30)  # half past six in the evening
    group.give_back(booked[0], at=clock.at)
    tend(database, clock)
    assert group.rows()[-1].offered_until == THURSDAY - 2 * HOUR


def test_in_the_last_two_hours_nobody_is_asked_any_more(database: Database, group: Group, clock: SettableClock) -> None:
    booked, _ = group.full_with_queue(KURT)
    clock.at = THURSDAY - 2 * HOUR
    group.give_back(booked[0], at=clock.at)
    tend(database, clock)
    assert whom(database, "seat_free") == []
    assert group.standing()[-1] == "cancelled"


def test_who_does_not_answer_is_told_and_the_next_is_asked(
    database: Database, group: Group, clock: SettableClock
) -> None:
    booked, _ = group.full_with_queue(KURT, SVEA)
    group.give_back(booked[0])
    tend(database, clock)
    clock.pass_(hours=23, minutes=59)
    assert tend(database, clock) == 0
    clock.pass_(minutes=1)
    assert tend(database, clock) == 2
    assert (whom(database, "offer_over"), whom(database, "seat_free")) == ([KURT], [KURT, SVEA])
    assert group.standing()[-2:] == ["cancelled", "offered"]
    assert group.rows()[-2].cancelled_at == clock.at


def test_who_took_the_seat_is_told_no_more(database: Database, group: Group, clock: SettableClock) -> None:
    booked, (kurt, _) = group.full_with_queue(KURT, SVEA)
    group.give_back(booked[0])
    tend(database, clock)
    group.accept(kurt, add_resident(database, KURT), clock.at)
    clock.pass_(days=1)
    assert tend(database, clock) == 0
    assert group.standing()[-2:] == ["booked", "waitlisted"]


def test_who_says_no_lets_the_next_be_asked(database: Database, group: Group, clock: SettableClock) -> None:
    booked, (kurt, _) = group.full_with_queue(KURT, SVEA)
    group.give_back(booked[0])
    tend(database, clock)
    group.give_back(kurt)
    assert tend(database, clock) == 1
    assert whom(database, "seat_free") == [KURT, SVEA]


def test_who_said_stopp_while_waiting_is_passed_over_and_leaves_the_queue(
    database: Database, group: Group, clock: SettableClock
) -> None:
    booked, _ = group.full_with_queue(KURT, SVEA)
    opt_out(database, add_resident(database, KURT))
    group.give_back(booked[0])
    assert tend(database, clock) == 1
    assert whom(database, "seat_free") == [SVEA]
    assert group.standing()[-2:] == ["cancelled", "offered"]
    assert told(database, KURT) == []


def test_who_says_stopp_after_the_offer_hears_nothing_and_the_seat_goes_on(
    database: Database, group: Group, clock: SettableClock
) -> None:
    booked, _ = group.full_with_queue(KURT, SVEA)
    group.give_back(booked[0])
    tend(database, clock)
    opt_out(database, add_resident(database, KURT))
    clock.pass_(days=1)
    assert tend(database, clock) == 1
    assert told(database, KURT) == ["seat_free"]
    assert group.standing()[-2:] == ["cancelled", "offered"]


def test_nobody_is_asked_in_the_night(database: Database, group: Group, clock: SettableClock) -> None:
    booked, _ = group.full_with_queue(KURT)
    clock.at = MONDAY + timedelta(hours=10)  # eight in the evening
    group.give_back(booked[0], at=clock.at)
    assert tend(database, clock) == 0
    assert group.standing()[-1] == "waitlisted"
    clock.pass_(hours=12)
    assert tend(database, clock) == 1


def test_a_seat_of_a_handledare_who_comes_back_is_offered(database: Database, clock: SettableClock) -> None:
    group = Group(database, handledare=("A", "B"))
    group.fill(8)
    group.falls_ill()
    group.queue(KURT)
    assert tend(database, clock) == 0
    group.falls_ill(away=False)
    assert tend(database, clock) == 1


def test_while_a_group_is_over_nobody_is_asked(database: Database, clock: SettableClock) -> None:
    group = Group(database, handledare=("A", "B"))
    booked = group.fill(12)
    group.falls_ill()
    group.queue(KURT)
    for booking in booked[:4]:
        group.give_back(booking)
    assert tend(database, clock) == 0
    group.give_back(booked[4])
    assert tend(database, clock) == 1


def test_when_one_who_waits_cancels_nobody_is_skipped(database: Database, group: Group, clock: SettableClock) -> None:
    booked, (kurt, _) = group.full_with_queue(KURT, SVEA)
    group.give_back(booked[0])
    group.give_back(kurt)
    tend(database, clock)
    assert told(database) == ["seat_free"]
    assert whom(database, "seat_free") == [SVEA]


def test_whoever_waits_for_a_course_that_has_begun_is_asked_for_its_next_meeting(
    database: Database, clock: SettableClock
) -> None:
    """A newcomer may join then too; the chair must not stand empty because somebody waits for it."""
    group = Group(database, meetings=2)
    booked, _ = group.full_with_queue(KURT)
    clock.at = THURSDAY + DAY
    group.give_back(booked[0], at=clock.at)
    assert tend(database, clock) == 1
    assert group.rows()[-1].offered_until == THURSDAY + 2 * DAY


def test_each_course_has_its_own_queue(database: Database, group: Group, clock: SettableClock) -> None:
    other = Group(database)
    booked, _ = group.full_with_queue(KURT)
    other.fill(8)
    other.queue(SVEA)
    group.give_back(booked[0])
    tend(database, clock)
    assert whom(database, "seat_free") == [KURT]


def test_a_queue_for_a_coaching_time(database: Database, clock: SettableClock) -> None:
    group = Group(database, kind=CourseKind.COACHING)
    (booked,) = group.fill(1)
    group.queue(KURT)
    group.give_back(booked)
    assert tend(database, clock) == 1


# Who waits in vain


def test_who_still_waits_two_hours_before_is_told_once_and_waits_no_longer(
    database: Database, group: Group, clock: SettableClock
) -> None:
    group.full_with_queue(KURT, SVEA)
    clock.at = THURSDAY - 2 * HOUR - timedelta(minutes=1)
    assert tend(database, clock) == 0
    clock.at = THURSDAY - 2 * HOUR
    tend(database, clock)
    tend(database, clock)
    assert whom(database, "no_seat") == [KURT, SVEA]
    assert group.standing()[-2:] == ["cancelled", "cancelled"]


def test_of_an_early_course_it_is_told_when_the_quiet_hours_are_over(database: Database, clock: SettableClock) -> None:
    group = Group(database, starts_at=THURSDAY - HOUR)
    group.full_with_queue(KURT)
    clock.at = THURSDAY - 3 * HOUR
    assert tend(database, clock) == 0
    clock.at = THURSDAY - 2 * HOUR
    tend(database, clock)
    assert whom(database, "no_seat") == [KURT]


def test_who_comes_to_the_queue_too_late_to_be_asked_is_told_at_the_start(
    database: Database, group: Group, clock: SettableClock
) -> None:
    group.fill()
    clock.at = THURSDAY - HOUR
    group.queue(KURT, at=[clock.at])
    tend(database, clock)
    assert whom(database, "no_seat") == []
    clock.at = THURSDAY
    tend(database, clock)
    assert whom(database, "no_seat") == [KURT]


def test_who_comes_to_the_queue_of_a_course_that_has_begun_waits_for_its_next_meeting(
    database: Database, clock: SettableClock
) -> None:
    group = Group(database, meetings=2)
    group.fill()
    clock.at = THURSDAY + DAY
    group.queue(KURT, at=[clock.at])
    tend(database, clock)
    assert group.standing()[-1] == "waitlisted"
    clock.at = THURSDAY + WEEK - 2 * HOUR
    tend(database, clock)
    assert whom(database, "no_seat") == [KURT]


def test_the_end_of_the_queue_does_not_take_the_place_of_other_news(
    database: Database, group: Group, clock: SettableClock
) -> None:
    """An offer has its own end, a course that is called off its own news, and one that is moved has its queue still."""
    booked, _ = group.full_with_queue(KURT, SVEA)
    group.give_back(booked[0], at=THURSDAY - 20 * HOUR)
    clock.at = THURSDAY - 20 * HOUR
    tend(database, clock)
    group.move(THURSDAY + HOUR, at=THURSDAY - 19 * HOUR)
    clock.at = THURSDAY - 2 * HOUR
    tend(database, clock)
    assert (whom(database, "offer_over"), whom(database, "no_seat")) == ([KURT], [])
    group.call_off(at=clock.at)
    clock.at = THURSDAY
    tend(database, clock)
    assert whom(database, "no_seat") == []
    assert SVEA in whom(database, "course_called_off")


def test_two_with_one_phone_are_told_once_that_there_was_no_seat(
    database: Database, group: Group, clock: SettableClock
) -> None:
    group.fill()
    svea = add_resident(database, SVEA)
    group.wait(svea)
    group.wait(svea, for_whom="Astrid")
    clock.at = THURSDAY - HOUR
    tend(database, clock)
    tend(database, clock)
    assert whom(database, "no_seat") == [SVEA]
    assert group.standing()[-2:] == ["cancelled", "cancelled"]


def test_after_stopp_the_queue_ends_in_silence(database: Database, group: Group, clock: SettableClock) -> None:
    group.full_with_queue(KURT)
    opt_out(database, add_resident(database, KURT))
    clock.at = THURSDAY - HOUR
    tend(database, clock)
    assert told(database, KURT) == []
    assert group.standing()[-1] == "cancelled"


def test_of_a_course_of_long_ago_nothing_is_said(database: Database, group: Group, clock: SettableClock) -> None:
    group.full_with_queue(KURT)
    clock.at = THURSDAY + DAY
    tend(database, clock)
    assert told(database, KURT) == []
