"""Times and waiting times in words. Times come in UTC and are shown as Swedish local time."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.console.words import Language
from bot.domain.opening_hours import STOCKHOLM

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


def machine(at: datetime) -> str:
    """For the datetime attribute of <time>."""
    return at.astimezone(STOCKHOLM).isoformat(timespec="seconds")
