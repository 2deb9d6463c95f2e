"""Municipalities, their units and teams, who is on duty when, and the numbers messages are sent from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.case import Urgency
from bot.domain.opening_hours import STOCKHOLM, Interval
from bot.domain.swedish_days import CLOSED_BY_DEFAULT, eve, is_public_holiday
from bot.domain.waiting import Alarm, Alerts, WaitingLimits, in_duty_hours

_LONGEST_WAIT_DAYS = 28
"""How far ahead the next duty is looked for: a team with one weekday only may lose it to two holidays in a row (two Fridays at Christmas)."""


def is_holiday(day: date) -> bool:
    """Whether `day` is a Swedish public holiday or one of the eves on which offices are closed."""
    return is_public_holiday(day) or eve(day) in CLOSED_BY_DEFAULT


@dataclass(frozen=True, slots=True)
class Shift:
    """One stretch of duty: on these weekdays (0 is Monday), from and until local Swedish time."""

    weekdays: frozenset[int]
    start: time
    end: time
    on_holidays: bool = False

    def is_on(self, day: date) -> bool:
        return day.weekday() in self.weekdays and (self.on_holidays or not is_holiday(day))


@dataclass(frozen=True, slots=True)
class DutyPerson:
    """Who is told outside the console of an urgent case, `after` it has waited so long. `phone` is E.164; it or `email` may be empty."""

    role: str
    phone: str = ""
    email: str = ""
    after: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Team:
    """People who share a queue: their hours, and who is told of an urgent case."""

    id: str
    name: str
    shifts: tuple[Shift, ...]
    duty_list: tuple[DutyPerson, ...] = ()

    def on_duty(self, now: datetime) -> bool:
        """Whether somebody answers at `now` (any time zone)."""
        local = now.astimezone(STOCKHOLM)
        return any(span.start <= local.time() < span.end for span in self.hours(local.date()))

    def hours(self, day: date) -> tuple[Interval, ...]:
        """When somebody answers on that day (Swedish wall-clock times), in order; hours that overlap or adjoin are one."""
        spans: list[Interval] = []
        for start, end in sorted((shift.start, shift.end) for shift in self.shifts if shift.is_on(day)):
            if spans and start <= spans[-1].end:
                spans[-1] = Interval(spans[-1].start, max(end, spans[-1].end))
            else:
                spans.append(Interval(start, end))
        return tuple(spans)

    def duty_time(self, since: datetime, until: datetime) -> timedelta:
        """How long somebody has been on duty between two moments (any time zone); nothing when `until` is the earlier.

        Counted in time that passes: the hour that the clocks skip in spring is not waited, the one that comes twice in autumn is waited twice.
        """
        since, until = since.astimezone(UTC), until.astimezone(UTC)
        total, day = timedelta(0), since.astimezone(STOCKHOLM).date()
        while day <= until.astimezone(STOCKHOLM).date():
            for span in self.hours(day):
                start, end = (datetime.combine(day, at, STOCKHOLM).astimezone(UTC) for at in (span.start, span.end))
                total += max(timedelta(0), min(end, until) - max(start, since))
            day += timedelta(days=1)
        return total

    def next_on_duty(self, now: datetime) -> datetime | None:
        """When somebody is next on duty (local Swedish time); `now` itself while somebody is; None with no shifts."""
        if self.on_duty(now):
            return now
        local = now.astimezone(STOCKHOLM)
        for ahead in range(_LONGEST_WAIT_DAYS + 1):
            day = local.date() + timedelta(days=ahead)
            starts = [
                start
                for span in self.hours(day)
                if (start := datetime.combine(day, span.start, tzinfo=STOCKHOLM)) > local
            ]
            if starts:
                return min(starts)
        return None

    def next_day(self, after: date) -> date | None:
        """The next day, after this one, on which somebody answers; None with no shifts."""
        days = (after + timedelta(days=ahead) for ahead in range(1, _LONGEST_WAIT_DAYS + 1))
        return next((day for day in days if self.hours(day)), None)


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a municipality. Secrecy runs between units (OSL 2009:400)."""

    id: str
    name: str
    team: Team


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality. `code` is SCB's kommunkod; `facts` fill the placeholders of guides, by language."""

    id: str
    name: str
    code: str
    units: tuple[Unit, ...]
    facts: dict[str, dict[str, str]] = field(default_factory=dict)
    telegram: bool = False
    sample: bool = False

    def unit(self, unit_id: str | None) -> Unit:
        """The unit of that id; the first when it is not named or not here."""
        return next((unit for unit in self.units if unit.id == unit_id), self.units[0])


@dataclass(frozen=True, slots=True)
class SendingNumber:
    """A number that residents text. Without a municipality it serves the whole group."""

    number: str
    municipality: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """All municipalities of one installation, and the team that takes what belongs to none of them."""

    name: str
    municipalities: tuple[Municipality, ...]
    default_team: Team
    numbers: tuple[SendingNumber, ...] = ()
    waiting: WaitingLimits = field(default_factory=WaitingLimits)
    alerts: Alerts = field(default_factory=Alerts)
    console: str = ""
    """The address of the console, for links to staff."""
    writes_email: bool = False
    """Whether there is a mail server to send by."""

    @property
    def default_number(self) -> str:
        """The number that messages go from when nobody has written to another; empty when none is configured."""
        return next(
            (n.number for n in self.numbers if n.municipality is None), self.numbers[0].number if self.numbers else ""
        )

    @property
    def uses_samples(self) -> bool:
        """Whether any municipality is a sample."""
        return any(municipality.sample for municipality in self.municipalities)

    def municipality(self, municipality_id: str | None) -> Municipality | None:
        """By id or by name; None when it is not one of ours."""
        return next((m for m in self.municipalities if municipality_id in (m.id, m.name)), None)

    def answers_on_telegram(self, municipality_id: str | None) -> bool:
        """Whether that municipality has chosen to; while it is not known which it is, whether any has."""
        municipality = self.municipality(municipality_id)
        return municipality.telegram if municipality else any(one.telegram for one in self.municipalities)

    def own_number(self, municipality_id: str | None) -> str:
        """The number to text for that municipality: its own, else the one for everybody; empty when none is configured."""
        municipality = self.municipality(municipality_id)
        own = (number.number for number in self.numbers if municipality and number.municipality == municipality.id)
        return next(own, self.default_number)

    def team(self, municipality_id: str | None, unit_id: str | None = None) -> Team:
        """Whose queue a case of that municipality and unit is in."""
        municipality = self.municipality(municipality_id)
        return municipality.unit(unit_id).team if municipality else self.default_team

    def number(self, number: str) -> SendingNumber:
        """The sending number's entry; one without a municipality when it is not configured."""
        return next((n for n in self.numbers if n.number == number), SendingNumber(number))

    def waited(self, urgency: Urgency, team: Team, since: datetime, now: datetime) -> timedelta:
        """How long a case of that urgency has waited, as the limits count it."""
        return team.duty_time(since, now) if in_duty_hours(urgency) else now - since

    def alarm(self, urgency: Urgency, team: Team, since: datetime, now: datetime) -> Alarm:
        """Who is to be told by now of a case that waits since then."""
        return self.waiting.of(urgency).reached(self.waited(urgency, team, since, now))
