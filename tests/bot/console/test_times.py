"""Times in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.console.times import duration, machine, moment

NOW = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lasted", "sv", "en"),
    [
        (timedelta(seconds=-5), "mindre än en minut", "less than a minute"),
        (timedelta(seconds=59), "mindre än en minut", "less than a minute"),
        (timedelta(minutes=12, seconds=50), "12 min", "12 min"),
        (timedelta(minutes=60), "1 tim", "1 h"),
        (timedelta(minutes=125), "2 tim 5 min", "2 h 5 min"),
        (timedelta(hours=24), "1 dag", "1 day"),
        (timedelta(hours=50), "2 dagar 2 tim", "2 days 2 h"),
        (timedelta(days=9, hours=5), "9 dagar", "9 days"),
    ],
)
def test_how_long(lasted: timedelta, sv: str, en: str) -> None:
    assert duration(lasted, "sv") == sv
    assert duration(lasted, "en") == en


@pytest.mark.parametrize(
    ("ago", "sv", "en"),
    [
        (timedelta(), "i dag 14.05", "today 14:05"),
        (timedelta(hours=15), "i går 23.05", "yesterday 23:05"),
        (timedelta(days=4), "torsdag 19 nov 14.05", "Thursday 19 Nov 14:05"),
        (timedelta(days=365), "23 nov 2025 14.05", "23 Nov 2025 14:05"),
    ],
)
def test_when_in_swedish_local_time(ago: timedelta, sv: str, en: str) -> None:
    assert moment(NOW - ago, NOW, "sv") == sv
    assert moment(NOW - ago, NOW, "en") == en


def test_for_machines() -> None:
    assert machine(NOW) == "2026-11-23T14:05:00+01:00"
