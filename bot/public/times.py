"""Days and hours in words, as posters write them. Times come in UTC and are shown as Swedish local time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from bot.domain.conversation import Language
from bot.domain.opening_hours import STOCKHOLM, Interval

_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_EVERY: dict[Language, tuple[str, ...]] = {
    "sv": ("Måndagar", "Tisdagar", "Onsdagar", "Torsdagar", "Fredagar", "Lördagar", "Söndagar"),
    "en": ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"),
}
_MONTHS: dict[Language, tuple[str, ...]] = {
    "sv": (
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}


def local(at: datetime) -> datetime:
    """In Swedish time."""
    return at.astimezone(STOCKHOLM)


def date_in_words(day: date, today: date, language: Language) -> str:
    """ "24 november", with the year when it is another one than today's."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day.day} {_MONTHS[language][day.month - 1]}{year}"


def full_date(day: date, language: Language) -> str:
    """ "24 november 2026"."""
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"


def day_in_words(day: date, today: date, language: Language) -> str:
    """ "tisdag 24 november"."""
    return f"{_WEEKDAYS[language][day.weekday()]} {date_in_words(day, today, language)}"


def every(weekday: int, language: Language) -> str:
    """ "Tisdagar" (Monday is 0)."""
    return _EVERY[language][weekday]


def weekdays(first: int, last: int, language: Language) -> str:
    """ "måndag-torsdag" with a dash between; one day alone is named alone."""
    names = _WEEKDAYS[language]
    return names[first] if first == last else f"{names[first]}–{names[last]}"


def span(start: datetime, end: datetime, language: Language) -> str:
    """ "10–12", "13.30–15"; in English "10:00–12:00"."""
    return f"{clock(local(start).time(), language)}–{clock(local(end).time(), language)}"


def intervals(times: Iterable[Interval], language: Language) -> str:
    """ "9–12 och 13–18"; empty without any."""
    joined = " och " if language == "sv" else " and "
    return joined.join(f"{clock(interval.start, language)}–{clock(interval.end, language)}" for interval in times)


def clock(at: time, language: Language) -> str:
    """ "10", "13.30"; in English "10:00"."""
    if language != "sv":
        return f"{at:%H:%M}"
    return f"{at.hour}.{at.minute:02}" if at.minute else str(at.hour)
