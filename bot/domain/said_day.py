"""Which day somebody speaks of: "på tisdag", "i morgon", "3/12", "den 3 december"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.place_names import fold

_WEEKDAYS = (
    ("mandag", "monday"),
    ("tisdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lordag", "saturday"),
    ("sondag", "sunday"),
)
_MONTHS = ("jan", "feb", "mar", "apr", "maj|may", "jun", "jul", "aug", "sep", "okt|oct", "nov", "dec")
_NAMED = re.compile(rf"\b(\d{{1,2}})\s?(?::?e|:?a|st|nd|rd|th)?\s?(?:of\s)?({'|'.join(_MONTHS)})[a-z]*\b")
_NUMBERS = re.compile(r"\b(\d{1,2})/(\d{1,2})\b")
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
    if found := _NAMED.search(plain):
        month = next(number for number, names in enumerate(_MONTHS, 1) if found.group(2) in names.split("|"))
        return SaidDay(_coming(int(found.group(1)), month, today))
    if found := _NUMBERS.search(plain):
        return SaidDay(_coming(int(found.group(1)), int(found.group(2)), today))
    if re.search(r"\b(?:i ?over ?mor[gr]?on|overmorgon|day after tomorrow)\b", plain):
        return SaidDay(today + timedelta(days=2))
    if re.search(r"\b(?:i ?mor(?:gon|ron|n)|tomorrow)\b", plain):
        return SaidDay(today + timedelta(days=1))
    if re.search(r"\b(?:i ?dag|idag|i ?kvall|today|tonight)\b", plain):
        return SaidDay(today)
    for number, names in enumerate(_WEEKDAYS):
        if re.search(rf"\b(?:{'|'.join(names)})(?:en|ar|arna|s)?\b", plain):
            return SaidDay(weekday=number)
    return None


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
