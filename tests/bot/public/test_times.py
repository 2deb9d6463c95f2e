"""Days and hours in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from bot.domain.opening_hours import Interval
from bot.public import times

TODAY = date(2026, 11, 23)


def test_days() -> None:
    assert times.day_in_words(date(2026, 12, 1), TODAY, "sv") == "tisdag 1 december"
    assert times.day_in_words(date(2027, 1, 4), TODAY, "en") == "Monday 4 January 2027"
    assert times.full_date(TODAY, "sv") == "23 november 2026"
    assert (times.every(1, "sv"), times.every(6, "en")) == ("Tisdagar", "Sundays")
    assert (times.weekdays(0, 3, "sv"), times.weekdays(4, 4, "en")) == ("måndag–torsdag", "Friday")


@pytest.mark.parametrize(("hour", "shown"), [(9, "10–11.30"), (8, "9–10.30")])
def test_hours_are_swedish_time(hour: int, shown: str) -> None:
    assert (
        times.span(datetime(2026, 12, 1, hour, tzinfo=UTC), datetime(2026, 12, 1, hour + 1, 30, tzinfo=UTC), "sv")
        == shown
    )


def test_summer_time_is_an_hour_ahead() -> None:
    assert times.span(datetime(2027, 6, 1, 8, tzinfo=UTC), datetime(2027, 6, 1, 10, tzinfo=UTC), "en") == "10:00–12:00"


def test_several_times_of_a_day() -> None:
    both = (Interval(time(9), time(12)), Interval(time(13), time(18, 30)))
    assert times.intervals(both, "sv") == "9–12 och 13–18.30"
    assert times.intervals(both, "en") == "09:00–12:00 and 13:00–18:30"
    assert times.intervals((), "sv") == ""
