"""Which day somebody speaks of: "på tisdag", "i morgon", "3/12", "den 3 december"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.place_names import closest, fold

_WEEKDAYS = (
    ("mandag", "monday"),
    ("tisdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lordag", "saturday"),
    ("sondag", "sunday"),
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january", "februari february", "mars march", "april", "maj may", "juni june",
            "juli july", "augusti august", "september", "oktober october", "november", "december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_NAMED = re.compile(r"\b(\d{1,2})\s?(?:(?:e|a|st|nd|rd|th)\b\s?)?(?:of\s|i\s)?([a-z]{3,})\b")
_NUMBERS = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?!\d)")
_SLIPS_FROM = 6
"""Letters: "marknad" is no slip for "mars"."""
_FAR = 200
"""Days: a date that is longer ago than the other half of the year is meant for the next one."""


class NoSuchDay(ValueError):
    """A day that no calendar has, as 31 February."""


@dataclass(frozen=True, slots=True)
class SaidDay:
    """Either a date, or a weekday (Monday is 0): "tisdag" said on a Tuesday may be today or in a week, so both count."""

    day: date | None = None
    weekday: int | None = None

    def covers(self, day: date) -> bool:
        return day == self.day if self.day else day.weekday() == self.weekday


def said_day(text: str, today: date) -> SaidDay | None:
    """The day that the text speaks of, or None. Raises NoSuchDay."""
    plain = fold(text)
    for named in _NAMED.finditer(plain):
        if month := _month(named.group(2)):
            return SaidDay(_coming(int(named.group(1)), month, today))
    if numbers := _NUMBERS.search(text):
        return SaidDay(_coming(int(numbers.group(1)), int(numbers.group(2)), today))
    if re.search(r"\b(?:i ?over ?mor[gr]?on|overi ?mor[gr]on|overmorgon|day after tomorrow)\b", plain):
        return SaidDay(today + timedelta(days=2))
    if re.search(r"\b(?:i ?mor(?:gon|ron|rn|n)|tomorrow)\b", plain):
        return SaidDay(today + timedelta(days=1))
    if re.search(r"\b(?:i ?dag|idag|i ?kvall|today|tonight)\b", plain):
        return SaidDay(today)
    for number, names in enumerate(_WEEKDAYS):
        if re.search(rf"\b(?:{'|'.join(names)})(?:en|ar|arna|s)?\b", plain):
            return SaidDay(weekday=number)
    return None


def _month(word: str) -> int | None:
    """The month that a word names, cut short or misspelt ("dec", "decembr")."""
    begun = {number for name, number in _MONTHS.items() if name.startswith(word)}
    near = (
        {_MONTHS[name] for name in closest(word, tuple(_MONTHS))} if not begun and len(word) >= _SLIPS_FROM else begun
    )
    return near.pop() if len(near) == 1 else None


def _coming(day: int, month: int, today: date) -> date:
    """The date this year, or the next when it is long past."""
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            if (day, month) == (29, 2):
                continue
            raise NoSuchDay(f"{day}/{month}") from None
        if found >= today - timedelta(days=_FAR):
            return found
    raise NoSuchDay(f"{day}/{month}")
