"""Times and waiting times in words. Times come in UTC and are shown as Swedish local time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from bot.console.words import Language
from bot.domain.opening_hours import STOCKHOLM, Interval

_WEEKDAYS = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "sv": ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sept", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_UNITS: dict[Language, tuple[str, str, str, str, str]] = {
    "sv": ("mindre än en minut", "min", "tim", "dag", "dagar"),
    "en": ("less than a minute", "min", "h", "day", "days"),
}
_TODAY: dict[Language, tuple[str, str]] = {"sv": ("i dag", "i går"), "en": ("today", "yesterday")}


def duration(lasted: timedelta, language: Language) -> str:
    """In the two largest units that matter: "12 min", "2 tim 5 min", "3 dagar". A negative one is none."""
    none, minute, hour, day, days = _UNITS[language]
    minutes = int(lasted.total_seconds() // 60)
    if minutes < 1:
        return none
    if minutes < 60:
        return f"{minutes} {minute}"
    if minutes < 24 * 60:
        rest = minutes % 60
        return f"{minutes // 60} {hour} {rest} {minute}" if rest else f"{minutes // 60} {hour}"
    whole, hours = divmod(minutes // 60, 24)
    counted = f"{whole} {day if whole == 1 else days}"
    return f"{counted} {hours} {hour}" if hours and whole < 3 else counted


def moment(at: datetime, now: datetime, language: Language) -> str:
    """When something was: "i dag 14.05", "i går 9.30", "torsdag 19 nov 14.05", with the year when it is another one."""
    local, today = at.astimezone(STOCKHOLM), now.astimezone(STOCKHOLM).date()
    clock = f"{local.hour}.{local.minute:02}" if language == "sv" else f"{local.hour}:{local.minute:02}"
    ago = (today - local.date()).days
    if ago in (0, 1):
        return f"{_TODAY[language][ago]} {clock}"
    day = f"{local.day} {_MONTHS[language][local.month - 1]}"
    if local.year != today.year:
        return f"{day} {local.year} {clock}"
    return f"{_WEEKDAYS[language][local.weekday()]} {day} {clock}"


def coming_day(when: date, now: datetime, language: Language) -> str:
    """A day: "tisdag 8 dec", with the year when it is another one; "i dag" and "i morgon" stand before it."""
    today = now.astimezone(STOCKHOLM).date()
    said = f"{_WEEKDAYS[language][when.weekday()]} {when.day} {_MONTHS[language][when.month - 1]}"
    if when.year != today.year:
        said = f"{said} {when.year}"
    near = {"sv": ("i dag", "i morgon"), "en": ("today", "tomorrow")}[language]
    ahead = (when - today).days
    return f"{near[ahead]}, {said}" if ahead in (0, 1) else said


def weekday(number: int, language: Language) -> str:
    """ "måndag" for 0."""
    return _WEEKDAYS[language][number]


def date_of(on: date, language: Language) -> str:
    """ "19 nov 2026"."""
    return f"{on.day} {_MONTHS[language][on.month - 1]} {on.year}"


def spans(intervals: Sequence[Interval], language: Language) -> str:
    """ "10–12 och 13–18.30"; in English "10:00–12:00 and 13:00–18:30"."""
    said = [f"{_clock(span.start, language)}–{_clock(span.end, language)}" for span in intervals]
    last = " och " if language == "sv" else " and "
    return last.join(filter(None, (", ".join(said[:-1]), *said[-1:])))


def _clock(at: time, language: Language) -> str:
    if language != "sv":
        return f"{at:%H:%M}"
    return f"{at.hour}.{at.minute:02}" if at.minute else str(at.hour)


def machine(at: datetime) -> str:
    """For the datetime attribute of <time>."""
    return at.astimezone(STOCKHOLM).isoformat(timespec="seconds")
