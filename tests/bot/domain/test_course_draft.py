"""Meetings a week apart, and the local hour that they keep."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from bot.domain.course_draft import meeting, weekly
from bot.domain.opening_hours import STOCKHOLM


def test_the_hour_on_the_wall_stays_when_the_clocks_change() -> None:
    times = weekly(date(2027, 3, 23), time(10), time(12), 2)
    assert [start.astimezone(STOCKHOLM).hour for start, _ in times] == [10, 10]
    assert [start.astimezone(UTC).hour for start, _ in times] == [9, 8]


def test_holidays_are_passed_over_but_not_the_first_day() -> None:
    days = [start.astimezone(STOCKHOLM).date() for start, _ in weekly(date(2026, 12, 17), time(10), time(12), 3)]
    assert days == [date(2026, 12, 17), date(2027, 1, 7), date(2027, 1, 14)]  # not Christmas Eve, not New Year's Eve
    assert weekly(date(2026, 12, 24), time(10), time(12), 1)[0][0] == datetime(2026, 12, 24, 9, tzinfo=UTC)


def test_a_meeting_in_summer() -> None:
    assert meeting(date(2026, 7, 1), time(10), time(12, 30)) == (
        datetime(2026, 7, 1, 8, tzinfo=UTC),
        datetime(2026, 7, 1, 10, 30, tzinfo=UTC),
    )
