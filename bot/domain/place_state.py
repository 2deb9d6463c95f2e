"""How a place stands: what somebody must see to, and its hours on the coming days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.opening_hours import HORIZON_DAYS, STOCKHOLM, Interval
from bot.domain.place import MAX_AGE_DAYS, Place

OLD_AFTER_DAYS = 152
"""Five months: a month before the place is no longer shown, so that there is time to ask."""


class Concern(StrEnum):
    """Something about a place that whoever keeps it must know; those of HIDING keep it from residents."""

    EXPIRED = "expired"
    NOT_YET = "not_yet"
    UNVERIFIED = "unverified"
    NEVER_OPEN = "never_open"
    GROWING_OLD = "growing_old"
    SAMPLE = "sample"


HIDING = frozenset({Concern.EXPIRED, Concern.NOT_YET, Concern.UNVERIFIED, Concern.NEVER_OPEN})


def concerns(place: Place, now: datetime, horizon_days: int = HORIZON_DAYS) -> tuple[Concern, ...]:
    """What there is to see to, the worst first. A place that nobody is at within `horizon_days` counts as never open."""
    today = now.astimezone(STOCKHOLM).date()
    found: list[Concern] = []
    if place.valid_to is not None and place.valid_to < today:
        found.append(Concern.EXPIRED)
    elif place.valid_from is not None and place.valid_from > today:
        found.append(Concern.NOT_YET)
    if not place.sample and (place.verified_at is None or today - place.verified_at > timedelta(days=MAX_AGE_DAYS)):
        found.append(Concern.UNVERIFIED)
    if not found and place.hours.open_state(now, horizon_days, place.valid_from, place.valid_to) is None:
        found.append(Concern.NEVER_OPEN)
    if (
        place.verified_at is not None
        and OLD_AFTER_DAYS < (today - place.verified_at).days <= MAX_AGE_DAYS
        and not place.sample
    ):
        found.append(Concern.GROWING_OLD)
    if place.sample:
        found.append(Concern.SAMPLE)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class DayAhead:
    """One day's hours. `there` is false outside the place's own dates; `exception` when the day has hours of its own."""

    day: date
    staffed: tuple[Interval, ...]
    unstaffed: tuple[Interval, ...]
    there: bool
    exception: bool


def days_ahead(place: Place, today: date, days: int = HORIZON_DAYS) -> tuple[DayAhead, ...]:
    """Today and the days after it."""
    found = []
    for day in (today + timedelta(days=ahead) for ahead in range(days)):
        there = place.is_valid(day)
        hours = place.hours.day(day)
        found.append(
            DayAhead(
                day,
                hours.staffed if there else (),
                hours.unstaffed if there else (),
                there,
                day in place.hours.exceptions,
            )
        )
    return tuple(found)


def is_open(place: Place, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether the door is open all through a time on one day, staffed or not: a course brings its own handledare."""
    start, end = starts_at.astimezone(STOCKHOLM), ends_at.astimezone(STOCKHOLM)
    if start.date() != end.date() or not place.is_valid(start.date()):
        return False
    hours = place.hours.day(start.date())
    reached = start.time()
    for interval in sorted((*hours.staffed, *hours.unstaffed)):
        if interval.start <= reached < interval.end:
            reached = interval.end
    return reached >= end.time()
