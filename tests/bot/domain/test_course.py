"""Chairs follow who teaches, and an offer has an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.course import (
    NOTHING_OFFERED,
    Booking,
    BookingStatus,
    Course,
    CourseKind,
    Programme,
    answer_until,
    seats,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
COURSE = Course(
    id=1,
    kind=CourseKind.COURSE,
    title={"sv": "Mobilen från början", "en": "Your phone from the start"},
    municipality="vara",
    place="vara-bibliotek",
    starts_at=NOW + timedelta(days=1),
    ends_at=NOW + timedelta(days=1, hours=2),
    seats=8,
    open_seats=8,
)
OWN = Booking(1, COURSE, BookingStatus.BOOKED)
FOR_ASTRID = Booking(2, COURSE, BookingStatus.BOOKED, for_whom="Astrid")


@pytest.mark.parametrize("kind", [CourseKind.COURSE, CourseKind.WORKSHOP, CourseKind.DROP_IN])
def test_eight_seats_for_each_handledare_and_none_without(kind: CourseKind) -> None:
    assert [seats(kind, there) for there in (0, 1, 2, 3)] == [0, 8, 16, 24]


def test_a_coaching_time_is_for_one() -> None:
    assert [seats(CourseKind.COACHING, there) for there in (0, 1)] == [0, 1]


@pytest.mark.parametrize(("taken", "too_few"), [(0, True), (5, True), (6, False), (8, False)])
@pytest.mark.parametrize("kind", [CourseKind.COURSE, CourseKind.WORKSHOP])
def test_fewer_than_six_is_a_warning(kind: CourseKind, taken: int, too_few: bool) -> None:
    assert replace(COURSE, kind=kind, taken=taken).too_few is too_few


@pytest.mark.parametrize("kind", [CourseKind.DROP_IN, CourseKind.COACHING])
def test_what_is_no_group_is_never_too_small(kind: CourseKind) -> None:
    assert not replace(COURSE, kind=kind, taken=0).too_few


@pytest.mark.parametrize(("seats", "taken", "over"), [(8, 7, 0), (8, 8, 0), (8, 9, 1), (0, 12, 12), (16, 12, 0)])
def test_over_is_who_has_no_chair_since_a_handledare_fell_ill(seats: int, taken: int, over: int) -> None:
    assert replace(COURSE, seats=seats, taken=taken).over == over


def test_full_when_no_newcomer_may_have_a_chair() -> None:
    assert replace(COURSE, open_seats=0).is_full
    assert not replace(COURSE, open_seats=1).is_full


def test_a_drop_in_needs_no_booking_and_is_never_full_nor_over() -> None:
    drop_in = replace(COURSE, kind=CourseKind.DROP_IN, open_seats=0, seats=0, taken=3)
    assert not drop_in.needs_booking
    assert not drop_in.is_full
    assert drop_in.over == 0
    assert all(replace(COURSE, kind=kind).needs_booking for kind in CourseKind if kind != CourseKind.DROP_IN)


def test_the_title_in_the_other_language_when_one_is_missing() -> None:
    assert COURSE.title_in("en") == "Your phone from the start"
    assert replace(COURSE, title={"sv": "Bara på svenska", "en": ""}).title_in("en") == "Bara på svenska"


def test_a_programme_finds_courses_and_ones_own_bookings() -> None:
    programme = Programme((COURSE, replace(COURSE, id=2)), (FOR_ASTRID, OWN))
    assert programme.course(2) == replace(COURSE, id=2)
    assert programme.course(3) is None
    assert programme.booking(2) == FOR_ASTRID
    assert programme.booking(3) is None
    assert programme.booked(1) == OWN
    assert programme.booked(2) is None


def test_a_chair_for_somebody_else_is_not_ones_own() -> None:
    assert Programme((COURSE,), (FOR_ASTRID,)).booked(1) is None
    assert NOTHING_OFFERED.courses == NOTHING_OFFERED.bookings == ()


def test_a_day_to_answer_or_until_two_hours_before() -> None:
    assert answer_until(NOW, NOW + timedelta(days=3)) == NOW + timedelta(hours=24)
    assert answer_until(NOW, NOW + timedelta(hours=26)) == NOW + timedelta(hours=24)
    assert answer_until(NOW, NOW + timedelta(hours=25)) == NOW + timedelta(hours=23)
    assert answer_until(NOW, NOW + timedelta(hours=2, minutes=1)) == NOW + timedelta(minutes=1)


def test_nobody_is_asked_in_the_last_two_hours() -> None:
    assert answer_until(NOW, NOW + timedelta(hours=2)) is None
    assert answer_until(NOW, NOW) is None
    assert answer_until(NOW, NOW - timedelta(days=1)) is None


@given(ahead=st.timedeltas(timedelta(days=-2), timedelta(days=90)))
def test_an_answer_always_has_time_and_always_comes_in_time(ahead: timedelta) -> None:
    until = answer_until(NOW, NOW + ahead)
    if until is None:
        assert ahead <= timedelta(hours=2)
    else:
        assert NOW < until <= NOW + timedelta(hours=24)
        assert until <= NOW + ahead - timedelta(hours=2)
