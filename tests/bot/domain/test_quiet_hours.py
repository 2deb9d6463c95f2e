"""The night is quiet, by Swedish clocks, in summer and in winter."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from bot.domain.follow_up import ask_at, ask_later
from bot.domain.opening_hours import STOCKHOLM
from bot.domain.quiet_hours import after_quiet, is_quiet, may_warn


def _at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=STOCKHOLM).astimezone(UTC)


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"), [(7, 59, True), (8, 0, False), (19, 59, False), (20, 0, True), (0, 0, True)]
)
@pytest.mark.parametrize("month", [1, 7])
def test_quiet_from_eight_to_eight(hour: int, minute: int, quiet: bool, month: int) -> None:
    assert is_quiet(_at(20, hour, minute, month)) is quiet


def test_what_falls_in_the_night_waits_for_the_morning() -> None:
    assert after_quiet(_at(23, 12)) == _at(23, 12)
    assert after_quiet(_at(23, 21)) == _at(24, 8)
    assert after_quiet(_at(23, 3)) == _at(23, 8)
    assert after_quiet(_at(23, 3), time(10)) == _at(23, 10)


def test_over_the_change_to_winter_time() -> None:
    assert after_quiet(datetime(2026, 10, 24, 20, 30, tzinfo=UTC)) == datetime(2026, 10, 25, 7, 0, tzinfo=UTC)


def test_who_finished_a_guide_is_asked_two_weeks_later_by_day() -> None:
    assert ask_at(_at(1, 14)) == _at(15, 14)
    assert ask_at(_at(1, 23)) == _at(16, 10)
    assert ask_later(_at(1, 14)) == _at(2, 14)


@pytest.mark.parametrize(
    ("at", "may"),
    [
        (_at(23, 19, 59), True),
        (_at(23, 20), True),
        (_at(23, 21, 59), True),
        (_at(23, 22), False),
        (_at(24, 0), False),
        (_at(24, 6, 59), False),
        (_at(24, 7), True),
        (_at(24, 7, 59), True),
    ],
)
def test_who_would_travel_in_vain_is_told_in_the_evening_or_at_seven(at: datetime, may: bool) -> None:
    for starts_at in (_at(24, 8), _at(24, 10)):
        assert may_warn(at, starts_at) is may


def test_what_starts_later_waits_until_the_quiet_hours_are_over() -> None:
    later = _at(24, 10, 1)
    assert [may_warn(at, later) for at in (_at(23, 19), _at(23, 21), _at(24, 7, 30), _at(24, 8))] == [
        True,
        False,
        False,
        True,
    ]
    assert not may_warn(_at(23, 21), _at(25, 9)), "in the evening two days before"


def test_what_starts_the_same_evening_is_told_at_once() -> None:
    assert may_warn(_at(23, 20, 15), _at(23, 21))


def test_a_warning_over_the_change_to_winter_time() -> None:
    assert may_warn(datetime(2026, 10, 24, 18, 30, tzinfo=UTC), datetime(2026, 10, 25, 9, 0, tzinfo=UTC))
    assert not may_warn(datetime(2026, 10, 24, 18, 30, tzinfo=UTC), datetime(2026, 10, 25, 9, 1, tzinfo=UTC))
