"""The day before at ten, and at eight the same morning, by Swedish clocks; each only for those who had booked before it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.opening_hours import STOCKHOLM
from bot.domain.quiet_hours import is_quiet
from bot.domain.reminders import Reminder, due_at, due_reminder, waits_until


def _at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=STOCKHOLM).astimezone(UTC)


STARTS = _at(12, 1, 10)
LONG_AGO = _at(11, 1, 12)


def test_when_each_goes_out() -> None:
    assert due_at(Reminder.DAY_BEFORE, STARTS) == _at(11, 30, 10)
    assert due_at(Reminder.SAME_DAY, STARTS) == _at(12, 1, 8)


def test_it_keeps_to_the_zone_it_was_asked_in() -> None:
    assert due_at(Reminder.DAY_BEFORE, STARTS).tzinfo == UTC


@pytest.mark.parametrize(
    ("starts", "day_before", "same_day"),
    [
        # The clock goes forward in the night to 28 March 2027, and back in the night to 25 October 2026.
        (_at(3, 28, 10, year=2027), "2027-03-27 09:00", "2027-03-28 06:00"),
        (_at(3, 29, 10, year=2027), "2027-03-28 08:00", "2027-03-29 06:00"),
        (_at(10, 25, 10), "2026-10-24 08:00", "2026-10-25 07:00"),
        (_at(10, 26, 10), "2026-10-25 09:00", "2026-10-26 07:00"),
    ],
)
def test_over_the_nights_when_the_clock_is_changed(starts: datetime, day_before: str, same_day: str) -> None:
    assert due_at(Reminder.DAY_BEFORE, starts) == datetime.fromisoformat(f"{day_before}+00:00")
    assert due_at(Reminder.SAME_DAY, starts) == datetime.fromisoformat(f"{same_day}+00:00")


@pytest.mark.parametrize(
    ("now", "reminder"),
    [
        (_at(11, 29, 12), None),
        (_at(11, 30, 9, 59), None),
        (_at(11, 30, 10), Reminder.DAY_BEFORE),
        (_at(11, 30, 19, 59), Reminder.DAY_BEFORE),
        (_at(12, 1, 7, 59), Reminder.DAY_BEFORE),
        (_at(12, 1, 8), Reminder.SAME_DAY),
        (_at(12, 1, 9, 59), Reminder.SAME_DAY),
        (_at(12, 1, 10), None),
        (_at(12, 1, 11), None),
    ],
)
def test_which_is_due(now: datetime, reminder: Reminder | None) -> None:
    assert due_reminder(STARTS, LONG_AGO, now) == reminder


def test_who_books_after_it_was_due_gets_the_next_one_only() -> None:
    booked = _at(11, 30, 15)
    assert due_reminder(STARTS, booked, _at(11, 30, 15, 1)) is None
    assert due_reminder(STARTS, booked, _at(12, 1, 8)) == Reminder.SAME_DAY


def test_who_books_the_same_morning_gets_none() -> None:
    for booked in (_at(12, 1, 8), _at(12, 1, 8, 30)):
        assert due_reminder(STARTS, booked, _at(12, 1, 9)) is None


@pytest.mark.parametrize("hour", [0, 5, 7, 8])
def test_before_the_quiet_hours_are_over_only_the_day_before_is_left(hour: int) -> None:
    starts = _at(12, 1, hour)
    assert due_reminder(starts, LONG_AGO, _at(11, 30, 12)) == Reminder.DAY_BEFORE
    assert due_reminder(starts, LONG_AGO, starts) is None


def test_on_new_years_day_of_the_day_before() -> None:
    assert due_reminder(_at(1, 2, 9, year=2027), LONG_AGO, _at(1, 1, 12, year=2027)) == Reminder.DAY_BEFORE
    assert due_at(Reminder.DAY_BEFORE, _at(1, 1, 9, year=2027)) == _at(12, 31, 10)


def test_who_waits_knows_two_hours_before_or_at_the_start_when_they_came_later() -> None:
    assert waits_until(LONG_AGO, STARTS) == _at(12, 1, 8)
    assert waits_until(_at(12, 1, 7, 59), STARTS) == _at(12, 1, 8)
    assert waits_until(_at(12, 1, 8), STARTS) == STARTS
    assert waits_until(_at(12, 1, 9, 30), STARTS) == STARTS


@given(
    starts=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),
    booked=st.timedeltas(timedelta(0), timedelta(days=5)),
    looked=st.timedeltas(timedelta(0), timedelta(days=5)),
)
def test_a_reminder_is_always_of_something_booked_before_it_and_still_to_come(
    starts: datetime, booked: timedelta, looked: timedelta
) -> None:
    reminder = due_reminder(starts, starts - booked, starts - looked)
    for which in Reminder:
        assert not is_quiet(due_at(which, starts))
    if reminder:
        due = due_at(reminder, starts)
        assert starts - booked < due <= starts - looked < starts
