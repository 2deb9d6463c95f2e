"""The night is quiet, by Swedish clocks, in summer and in winter."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from bot.domain.follow_up import ask_at, ask_later
from bot.domain.opening_hours import STOCKHOLM
from bot.domain.quiet_hours import after_quiet, is_quiet


def _at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=STOCKHOLM).astimezone(UTC)


@pytest.mark.parametrize(("hour", "minute", "quiet"), [(7, 59, True), (8, 0, False), (19, 59, False), (20, 0, True), (0, 0, True)])
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
