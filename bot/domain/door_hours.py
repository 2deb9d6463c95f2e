"""A place's hours as they are written on its door: the ordinary week, and the days soon that differ from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.opening_hours import CLOSED, DayHours, Interval, OpeningHours

SOON_DAYS = 14
"""How far ahead a visit is planned."""


Week = tuple[tuple[int, int, tuple[Interval, ...]], ...]
"""First and last weekday (Monday is 0) of days in a row that are open alike, and when; closed days are left out."""


@dataclass(frozen=True, slots=True)
class DoorHours:
    """The ordinary week, hours with and without staff apart. `different` are single dates within two weeks, in order."""

    staffed: Week = ()
    unstaffed: Week = ()
    different: tuple[tuple[date, DayHours], ...] = ()


def door_hours(hours: OpeningHours, today: date, valid_to: date | None = None) -> DoorHours:
    """The week that counts today, without its exceptions, and the dates from today on that are otherwise. After `valid_to` it is closed."""
    season = next((season for season in hours.seasons if season.covers(today)), None)
    ordinary = season.week if season else hours.week
    different = []
    for ahead in range(SOON_DAYS):
        day = today + timedelta(days=ahead)
        here = hours.day(day) if day <= (valid_to or day) else CLOSED
        if here != ordinary.get(day.weekday(), CLOSED):
            different.append((day, here))
    week = [ordinary.get(weekday, CLOSED) for weekday in range(7)]
    return DoorHours(
        tuple(_alike([day.staffed for day in week])), tuple(_alike([day.unstaffed for day in week])), tuple(different)
    )


def _alike(days: list[tuple[Interval, ...]]) -> Iterator[tuple[int, int, tuple[Interval, ...]]]:
    first = 0
    for weekday in range(1, 8):
        if weekday < 7 and days[weekday] == days[first]:
            continue
        if days[first]:
            yield first, weekday - 1, days[first]
        first = weekday
