"""When somebody is there to help, and when only the door is open.

All times are Swedish wall-clock times. Staffed and unstaffed (meröppet) hours are kept apart, because a beginner is
never sent to an unstaffed door: ``open_state`` knows staffed hours only. What counts on a day, strongest first: an
exception for that date, a holiday or eve the place is closed on, a season, the ordinary week. Words for them are short
and within GSM-7, for an SMS.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.domain.swedish_days import CLOSED_BY_DEFAULT, Eve, eve, is_public_holiday

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# Nobody plans a visit further ahead than this.
HORIZON_DAYS = 14

_WEEKDAYS = {
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
_MONTHS = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "en": "January February March April May June July August September October November December",
}


@dataclass(frozen=True, order=True)
class Interval:
    """From ``start`` until just before ``end`` on one day. Raises ValueError when it does not last."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start.tzinfo is not None or self.end.tzinfo is not None:
            raise ValueError(f"{self}: opening times are wall-clock times, without a zone")
        if self.start >= self.end:
            raise ValueError(f"{self}: must close after it opens, on the same day; use 23:59 for midnight")

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


@dataclass(frozen=True)
class DayHours:
    """The hours of one day; empty is closed. Raises ValueError when intervals of one sort overlap."""

    staffed: tuple[Interval, ...] = ()
    unstaffed: tuple[Interval, ...] = ()

    def __post_init__(self) -> None:
        for name in ("staffed", "unstaffed"):
            ordered = tuple(sorted(getattr(self, name)))
            for earlier, later in pairwise(ordered):
                if later.start < earlier.end:
                    raise ValueError(f"{name} hours {earlier} and {later} overlap: make them one, or mend a time")
            object.__setattr__(self, name, ordered)


CLOSED = DayHours()
Week = Mapping[int, DayHours]
"""Hours by weekday, Monday is 0; a weekday that is missing is closed."""


@dataclass(frozen=True)
class Season:
    """Other weekly hours every year from one (month, day) to another, both included; may span the new year."""

    first: tuple[int, int]
    last: tuple[int, int]
    week: Week

    def covers(self, day: date) -> bool:
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


@dataclass(frozen=True)
class OpenNow:
    """Staffed now, until this moment (Swedish time)."""

    until: datetime


@dataclass(frozen=True)
class OpensAt:
    """Not staffed now; next staffed at this moment (Swedish time)."""

    at: datetime


OpenState = OpenNow | OpensAt


@dataclass(frozen=True)
class OpeningHours:
    """The rules for a place's hours. A mobile unit has an empty ``week`` and its stops' dates as ``exceptions``."""

    week: Week
    exceptions: Mapping[date, DayHours] = field(default_factory=dict)
    seasons: tuple[Season, ...] = ()
    closed_on_holidays: bool = True
    closed_eves: frozenset[Eve] = CLOSED_BY_DEFAULT

    def day(self, day: date) -> DayHours:
        """The hours that count on this date."""
        exception = self.exceptions.get(day)
        if exception is not None:
            return exception
        if self.closed_on_holidays and is_public_holiday(day):
            return CLOSED
        if eve(day) in self.closed_eves:
            return CLOSED
        for season in self.seasons:
            if season.covers(day):
                return season.week.get(day.weekday(), CLOSED)
        return self.week.get(day.weekday(), CLOSED)

    def staffed(self, day: date) -> tuple[Interval, ...]:
        """When somebody is there to help, in order."""
        return self.day(day).staffed

    def unstaffed(self, day: date) -> tuple[Interval, ...]:
        """When the door is open to registered users and nobody is there to help, in order."""
        return self.day(day).unstaffed

    def open_state(
        self,
        now: datetime,
        horizon_days: int = HORIZON_DAYS,
        valid_from: date | None = None,
        valid_to: date | None = None,
    ) -> OpenState | None:
        """Staffed now, or when next within ``horizon_days``; None when never.

        Days before ``valid_from`` and after ``valid_to`` count as closed. Raises ValueError without a time zone.
        """
        if now.tzinfo is None:
            raise ValueError(f"{now} has no time zone: pass an aware datetime")
        today = now.astimezone(STOCKHOLM).date()
        days = [today + timedelta(days=ahead) for ahead in range(horizon_days + 1)]
        valid = [day for day in days if (valid_from or day) <= day <= (valid_to or day)]
        for start, end in self._periods(valid):
            if end <= now:
                continue
            if start <= now:
                return OpenNow(until=end.astimezone(STOCKHOLM))
            return OpensAt(at=start.astimezone(STOCKHOLM))
        return None

    def _periods(self, days: Iterable[date]) -> Iterator[tuple[datetime, datetime]]:
        """Staffed periods in UTC, so that they compare rightly across a clock change; adjoining ones are one."""
        waiting: tuple[datetime, datetime] | None = None
        for day in days:
            for interval in self.staffed(day):
                start, end = _instant(day, interval.start), _instant(day, interval.end)
                if end <= start:  # wholly inside the hour that is skipped in spring
                    continue
                if waiting is not None and start <= waiting[1]:
                    waiting = (waiting[0], end)
                    continue
                if waiting is not None:
                    yield waiting
                waiting = (start, end)
        if waiting is not None:
            yield waiting


def _instant(day: date, at: time) -> datetime:
    """The moment in UTC when Swedish clocks show ``at``: the first of two in autumn, the end of the gap in spring."""
    local = datetime.combine(day, at, STOCKHOLM)
    moment = local.astimezone(UTC)
    while moment.astimezone(STOCKHOLM).replace(tzinfo=None) != local.replace(tzinfo=None):
        local += timedelta(minutes=1)
        moment = local.astimezone(UTC)
    return moment


def describe(state: OpenState | None, now: datetime, language: str) -> str:
    """ "öppet nu till 18", "öppnar i morgon kl 10", "öppnar måndag 23 november kl 10"; English for any but "sv"."""
    today = now.astimezone(STOCKHOLM).date()
    swedish = language == "sv"
    if state is None:
        return "ingen känd öppettid" if swedish else "no known opening hours"
    if isinstance(state, OpenNow):
        until = _clock(state.until.timetz().replace(tzinfo=None), language)
        if state.until.date() != today:
            until = f"{_day(state.until.date(), today, language)} {until}"
        return f"öppet nu till {until}" if swedish else f"open now until {until}"
    at = describe_moment(state.at, now, language)
    return f"öppnar {at}" if swedish else f"opens {at}"


def describe_moment(at: datetime, now: datetime, language: str) -> str:
    """ "i morgon kl 10", "tisdag 1 december kl 13.30"; in English "on Tuesday 1 December at 13:30"."""
    local = at.astimezone(STOCKHOLM)
    day = _day(local.date(), now.astimezone(STOCKHOLM).date(), language)
    clock = _clock(local.time(), language)
    return f"{day} kl {clock}" if language == "sv" else f"{day} at {clock}"


def describe_date(day: date, now: datetime, language: str) -> str:
    """ "i dag", "i morgon", "tisdag 1 december"; in English "tomorrow", "on Tuesday 1 December"."""
    return _day(day, now.astimezone(STOCKHOLM).date(), language)


def describe_year_day(day: date, language: str) -> str:
    """A day of any year: "23 november 2027"; in English "23 November 2027"."""
    month = _MONTHS["sv" if language == "sv" else "en"].split()[day.month - 1]
    return f"{day.day} {month} {day.year}"


def describe_day(hours: OpeningHours, day: date, language: str) -> str:
    """The day's staffed hours: "10-18", "10-12 och 13-18.30", "stängt"; in English "10:00-18:00", "closed"."""
    intervals = [f"{_clock(span.start, language)}-{_clock(span.end, language)}" for span in hours.staffed(day)]
    if not intervals:
        return "stängt" if language == "sv" else "closed"
    return (" och " if language == "sv" else " and ").join(intervals)


def describe_clock(at: time, language: str) -> str:
    """ "10", "13.30"; in English "10:00"."""
    return _clock(at, language)


def _day(day: date, today: date, language: str) -> str:
    swedish = language == "sv"
    ahead = (day - today).days
    if ahead == 0:
        return "i dag" if swedish else "today"
    if ahead == 1:
        return "i morgon" if swedish else "tomorrow"
    table = "sv" if swedish else "en"
    weekday, month = _WEEKDAYS[table].split()[day.weekday()], _MONTHS[table].split()[day.month - 1]
    return f"{weekday} {day.day} {month}" if swedish else f"on {weekday} {day.day} {month}"


def _clock(at: time, language: str) -> str:
    if language != "sv":
        return f"{at:%H:%M}"
    return f"{at.hour}.{at.minute:02}" if at.minute else str(at.hour)
