"""Plans that groups come from: every week, or on dates that are written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.domain.course import CourseKind
from bot.domain.opening_hours import STOCKHOLM
from bot.domain.swedish_days import CLOSED_BY_DEFAULT, eve, is_public_holiday

WEEKS_AHEAD = 4
"""A weekly plan begets groups for so many weeks."""

Times = tuple[tuple[datetime, datetime], ...]
"""Start and end of each meeting, in order."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """The same weekday (Monday is 0) every week. A group of several meetings has them in weeks that follow each other, and the next one begins after it."""

    weekday: int
    start: time
    end: time
    meetings: int = 1


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """What stays the same from group to group. `municipality` is an id, `place` a place's id; `handledare` and `helpers` are names or roles."""

    id: str
    kind: CourseKind
    title: Mapping[str, str]
    municipality: str
    place: str
    handledare: tuple[str, ...]
    weekly: Weekly | None = None
    dates: Times = ()
    helpers: tuple[str, ...] = ()
    language: str = "sv"
    level: str = "beginner"
    about: Mapping[str, str] = field(default_factory=dict)
    bring: Mapping[str, str] = field(default_factory=dict)
    cost: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    sample: bool = False


def groups(plan: CoursePlan, now: datetime) -> Iterator[tuple[str, Times]]:
    """The groups of a plan that begin after `now`, each with a key that stays its own: the plan's id, with the first day when it is weekly."""
    if plan.dates and plan.dates[0][0] > now:
        yield plan.id, plan.dates
    if plan.weekly is None:
        return
    today = now.astimezone(STOCKHOLM).date()
    late = (plan.weekly.meetings - 1) * 7  # so long after its first day a group may begin, when that day is a holiday
    for ahead in range(-late, WEEKS_AHEAD * 7 + 1):
        day = today + timedelta(days=ahead)
        if day.weekday() == plan.weekly.weekday and _week(day) % plan.weekly.meetings == 0:
            times = tuple(_meetings(plan.weekly, day))
            if times and times[0][0] > now:
                yield f"{plan.id}:{day.isoformat()}", times


def _meetings(weekly: Weekly, first: date) -> Iterator[tuple[datetime, datetime]]:
    """The meetings from `first` on; a week in which the day is a holiday is left out."""
    for week in range(weekly.meetings):
        day = first + timedelta(weeks=week)
        if not is_public_holiday(day) and eve(day) not in CLOSED_BY_DEFAULT:
            yield datetime.combine(day, weekly.start, STOCKHOLM), datetime.combine(day, weekly.end, STOCKHOLM)


def _week(day: date) -> int:
    """Weeks since a Monday long ago, so that groups of several weeks follow each other across the new year."""
    return day.toordinal() // 7
