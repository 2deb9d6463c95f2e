"""The week on the door, and the days that differ from it."""

from __future__ import annotations

from datetime import date, time

from bot.domain.door_hours import SOON_DAYS, door_hours
from bot.domain.opening_hours import CLOSED, DayHours, Interval, OpeningHours, Season

LONG, SHORT, EVENING = Interval(time(9), time(19)), Interval(time(10), time(15)), Interval(time(19), time(22))
MONDAY = date(2026, 11, 23)
OPEN, FRIDAY = DayHours((LONG,), (EVENING,)), DayHours((SHORT,), (EVENING,))
WEEK = {0: OPEN, 1: OPEN, 2: OPEN, 3: OPEN, 4: FRIDAY}


def test_days_in_a_row_that_are_alike_stand_together_for_each_sort_of_hours() -> None:
    door = door_hours(OpeningHours(WEEK), MONDAY)
    assert door.staffed == ((0, 3, (LONG,)), (4, 4, (SHORT,)))
    assert door.unstaffed == ((0, 4, (EVENING,)),)
    assert door.different == ()


def test_days_with_a_closed_one_between_stand_apart() -> None:
    assert door_hours(OpeningHours({0: OPEN, 2: OPEN, 6: OPEN}), MONDAY).staffed == (
        (0, 0, (LONG,)),
        (2, 2, (LONG,)),
        (6, 6, (LONG,)),
    )


def test_exceptions_and_eves_soon_are_named_and_later_ones_are_not() -> None:
    hours = OpeningHours(
        WEEK, exceptions={date(2026, 12, 18): CLOSED, date(2026, 12, 19): FRIDAY, date(2027, 2, 1): CLOSED}
    )
    assert door_hours(hours, date(2026, 12, 14)).different == (
        (date(2026, 12, 18), CLOSED),
        (date(2026, 12, 19), FRIDAY),
        (date(2026, 12, 24), CLOSED),
        (date(2026, 12, 25), CLOSED),
    )


def test_the_season_counts_and_its_end_is_told() -> None:
    summer = Season((6, 22), (8, 9), {0: FRIDAY})
    door = door_hours(OpeningHours({0: OPEN}, seasons=(summer,)), date(2027, 8, 2))
    assert door.staffed == ((0, 0, (SHORT,)),)
    assert door.different == (), "9 August is the season's last day, and the next Monday is more than two weeks off"
    assert door_hours(OpeningHours({0: OPEN}, seasons=(summer,)), date(2027, 8, 8)).different == (
        (date(2027, 8, 16), OPEN),
    )


def test_a_mobile_unit_has_its_stops_only() -> None:
    door = door_hours(OpeningHours({}, exceptions={date(2026, 11, 25): FRIDAY}), MONDAY)
    assert (door.staffed, door.unstaffed) == ((), ())
    assert door.different == ((date(2026, 11, 25), FRIDAY),)


def test_after_its_last_day_it_is_closed() -> None:
    door = door_hours(OpeningHours(WEEK), MONDAY, valid_to=date(2026, 12, 2))
    assert door.different == ((date(2026, 12, 3), CLOSED), (date(2026, 12, 4), CLOSED))
    assert SOON_DAYS == 14
