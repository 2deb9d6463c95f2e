"""How long somebody may wait before more people are told, and how often those on the duty list are written to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from typing import TypeVar

from bot.domain.case import Urgency


class Alarm(IntEnum):
    """Who has been told that a case waits for too long; each also those before."""

    NOBODY = 0
    TEAM = 1
    SAMORDNARE = 2
    EVERYONE = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a case of one urgency waits until the team, then the samordnare, then everyone is told."""

    team: timedelta
    samordnare: timedelta
    everyone: timedelta

    def reached(self, waited: timedelta) -> Alarm:
        """Who is to be told after so long."""
        if waited >= self.everyone:
            return Alarm.EVERYONE
        if waited >= self.samordnare:
            return Alarm.SAMORDNARE
        return Alarm.TEAM if waited >= self.team else Alarm.NOBODY

    @property
    def rise(self) -> bool:
        """Whether each is later than the one before."""
        return timedelta(0) < self.team < self.samordnare < self.everyone


def in_minutes(team: int, samordnare: int, everyone: int) -> Limits:
    """The three in minutes."""
    return Limits(timedelta(minutes=team), timedelta(minutes=samordnare), timedelta(minutes=everyone))


CRITICAL, HIGH, NORMAL = in_minutes(2, 5, 10), in_minutes(10, 30, 60), in_minutes(60, 180, 480)
"""What holds where an installation says nothing of its own."""


@dataclass(frozen=True, slots=True)
class WaitingLimits:
    """The limits by urgency. Those of normal cases are counted while somebody is on duty, the others day and night."""

    critical: Limits = CRITICAL
    high: Limits = HIGH
    normal: Limits = NORMAL

    def of(self, urgency: Urgency) -> Limits:
        return {Urgency.CRITICAL: self.critical, Urgency.HIGH: self.high, Urgency.NORMAL: self.normal}[urgency]


def in_duty_hours(urgency: Urgency) -> bool:
    """Whether a case of this urgency waits only while somebody is on duty: a night is not what a normal one waits for."""
    return urgency is Urgency.NORMAL


@dataclass(frozen=True, slots=True)
class Alerts:
    """How often each on the duty list is written to while nobody takes an urgent case."""

    every: timedelta = timedelta(minutes=10)
    at_most: int = 12


T = TypeVar("T")


def plan(after: Sequence[tuple[timedelta, T]], alerts: Alerts) -> tuple[tuple[timedelta, T], ...]:
    """When each is written to, counted from the first alert: after their own time, and then again and again; in order of time, then of the list."""
    times = [(late + alerts.every * i, n, who) for n, (late, who) in enumerate(after) for i in range(alerts.at_most)]
    return tuple((at, who) for at, n, who in sorted(times, key=lambda time: time[:2]))
