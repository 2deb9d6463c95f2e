"""Reads who is on duty when, from the files of the organisation and its municipalities: teams, their hours and duty lists, limits of waiting, alerts."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any

from bot.config_file import ConfigFile
from bot.domain.duty import DutyPerson, Shift, Team
from bot.domain.waiting import Alerts, Limits, WaitingLimits
from bot.marked_yaml import MarkedDict

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_A_WEEK = 7 * 24 * 60
"""Minutes: who is told later than that is not told."""
_MOST_ALERTS = 100
_LIMITS = ("team", "samordnare", "everyone")
_SAMPLE = "write {team: 10, samordnare: 30, everyone: 60}, in minutes"


def read_team(file: ConfigFile, data: Any, line: int) -> Team:
    """Who answers for a unit, or for what belongs to none. Faults are the file's."""
    if not isinstance(data, MarkedDict):
        file.fault(line, "missing-key", "there is no team here", "a team has id, name, shifts and duty_list")
        return Team("", "", ())
    file.known(data, "id", "name", "shifts", "duty_list")
    shifts = tuple(s for row in file.rows(data, "shifts", required=True) if (s := _shift(file, row)))
    people = tuple(_duty_person(file, row) for row in file.rows(data, "duty_list", required=True))
    return Team(file.text(data, "id"), file.text(data, "name"), shifts, people)


def read_waiting(file: ConfigFile, data: MarkedDict) -> WaitingLimits:
    """The limits of the key `waiting`; what is not there is as usual. Faults are the file's."""
    usual = WaitingLimits()
    if "waiting" not in data:
        return usual
    given = data["waiting"]
    if not isinstance(given, MarkedDict):
        file.fault(
            data.lines["waiting"],
            "bad-limits",
            "waiting: must have keys of its own",
            f"critical, high and normal; for each {_SAMPLE}",
        )
        return usual
    file.known(given, "critical", "high", "normal")
    return WaitingLimits(*(_limits(file, given, key, getattr(usual, key)) for key in ("critical", "high", "normal")))


def read_alerts(file: ConfigFile, data: MarkedDict) -> Alerts:
    """What the key `alerts` says; what is not there is as usual. Faults are the file's."""
    usual = Alerts()
    if "alerts" not in data:
        return usual
    given = data["alerts"]
    if not isinstance(given, MarkedDict):
        file.fault(
            data.lines["alerts"],
            "bad-alerts",
            "alerts: must have keys of its own",
            "write {every_minutes: 10, at_most: 12}",
        )
        return usual
    file.known(given, "every_minutes", "at_most")
    every = file.number(given, "every_minutes", int(usual.every.total_seconds()) // 60, 1, _A_WEEK)
    return Alerts(timedelta(minutes=every), file.number(given, "at_most", usual.at_most, 1, _MOST_ALERTS))


def _duty_person(file: ConfigFile, data: MarkedDict) -> DutyPerson:
    file.known(data, "role", "phone", "email", "after_minutes")
    if "phone" not in data and "email" not in data:
        file.fault(
            data.line, "not-reached", "nobody can be reached here", 'write phone: "+46701740605", or email:, or both'
        )
    phone = file.phone(data, "phone") if "phone" in data else ""
    email = file.email(data, "email") if "email" in data else ""
    after = timedelta(minutes=file.number(data, "after_minutes", 0, 0, _A_WEEK))
    return DutyPerson(file.text(data, "role"), phone, email, after)


def _shift(file: ConfigFile, data: MarkedDict) -> Shift | None:
    file.known(data, "days", "from", "until", "holidays")
    first, _, last = file.text(data, "days").partition("-")
    if first not in _DAYS or (last or first) not in _DAYS[_DAYS.index(first) :]:
        file.fault(data.line, "bad-days", f"days: {data.get('days')!r} is not understood", "write mon-fri or sat")
        return None
    start, end = _clock(data.get("from")), _clock(data.get("until"))
    if start is None or end is None or start >= end:
        file.fault(
            data.line,
            "bad-hours",
            "from: and until: must be times, the first earlier",
            'write from: "09:00", until: "16:00"',
        )
        return None
    days = range(_DAYS.index(first), _DAYS.index(last or first) + 1)
    return Shift(frozenset(days), start, end, file.flag(data, "holidays"))


def _limits(file: ConfigFile, data: MarkedDict, key: str, usual: Limits) -> Limits:
    if key not in data:
        return usual
    row, line = data[key], data.lines[key]
    if not isinstance(row, MarkedDict):
        file.fault(line, "bad-limits", f"{key}: must have keys of its own", _SAMPLE)
        return usual
    file.known(row, *_LIMITS)
    if missing := [name for name in _LIMITS if name not in row]:
        file.fault(line, "missing-key", f"{key}: lacks {', '.join(missing)}", _SAMPLE)
        return usual
    before = len(file.findings)
    limits = Limits(*(timedelta(minutes=file.number(row, name, 0, 0, _A_WEEK)) for name in _LIMITS))
    if len(file.findings) == before and not limits.rise:
        message = f"{key}: each limit must be later than the one before, and the first at least 1"
        file.fault(line, "limits-do-not-rise", message, "the team is told first, then the samordnare, then everyone")
    return limits


def _clock(written: Any) -> time | None:
    found = _CLOCK.fullmatch(written) if isinstance(written, str) else None
    return time(int(found.group(1)), int(found.group(2))) if found else None
