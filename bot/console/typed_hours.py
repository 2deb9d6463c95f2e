"""Hours and days as people type them in Swedish or English, with the small differences that everybody writes."""

from __future__ import annotations

import re
from datetime import date

from bot.domain.opening_hours import DayHours, Interval
from bot.domain.place_names import fold
from bot.place_hours import read_spans

_CLOSED = frozenset({"", "-", "closed", "stangt", "stängt"})
_DAYS = {
    name: at % 7
    for at, name in enumerate(
        ("man", "tis", "ons", "tor", "fre", "lor", "son", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
    )
}
_EVERY = frozenset({"alla", "varje", "every", "all"})
_LINE = re.compile(
    r"(?P<first>[^\W\d]+)(?:\s*-\s*(?P<last>[^\W\d]+)|\s+(?:dagar|dag|day|days))?\s*:?\s+(?P<hours>\S.*)"
)
_MONTHS = {
    name: at
    for at, name in enumerate(
        ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"), start=1
    )
}
_MONTHS |= {"may": 5, "oct": 10}


class NotHours(Exception):
    """`why` is unreadable, backwards or overlap; `typed` is the part that is wrong."""

    def __init__(self, why: str, typed: str) -> None:
        super().__init__(f"{why}: {typed}")
        self.why = why
        self.typed = typed


class NotADay(Exception):
    """There is no such day, or it is not written as one."""


def hours_typed(typed: str) -> tuple[Interval, ...]:
    """ "10-12 och 13–18.30", "kl 9-17", "stängt", nothing. Raises NotHours."""
    text = re.sub(r"[–—−]", "-", typed.casefold().strip())
    text = re.sub(r"\bkl(?:\.|ockan)?\s*", "", text)
    if text.strip() in _CLOSED:
        return ()
    parts = [part.strip() for part in re.split(r"\boch\b|\band\b|[,;&]", text)]
    found = [_span(part) for part in parts if part]
    try:
        return DayHours(staffed=tuple(found)).staffed
    except ValueError:
        raise NotHours("overlap", typed.strip()) from None


def _span(part: str) -> Interval:
    until_midnight = re.sub(r"-\s*24(?:[:.]00)?$", "-23:59", part)
    try:
        (interval,) = read_spans(until_midnight)
    except ValueError as error:
        raise NotHours("backwards" if "after it opens" in str(error) else "unreadable", part) from None
    return interval


def week_typed(line: str) -> tuple[range, tuple[Interval, ...]]:
    """The days (Monday is 0) and hours of "måndag-torsdag 10-16", "lör 10-13" or "alla dagar 8-20". Raises NotHours."""
    found = _LINE.fullmatch(re.sub(r"[–—−]", "-", line.strip()))
    if found is None:
        raise NotHours("unreadable", line)
    if fold(found["first"]) in _EVERY and not found["last"]:
        return range(7), hours_typed(found["hours"])
    first, last = _weekday(found["first"]), _weekday(found["last"] or found["first"])
    if first is None or last is None or last < first:
        raise NotHours("unreadable", line)
    return range(first, last + 1), hours_typed(found["hours"])


def _weekday(word: str) -> int | None:
    """ "mån", "månd", "måndag", "måndagar", "Monday"."""
    return _DAYS.get(fold(word)[:3]) if len(word) >= 3 else None


def day_typed(typed: str) -> date:
    """ "2026-12-23", "23/12 2026" or "23 december 2026". Raises NotADay."""
    text = typed.strip()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
        if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})[ -](\d{4})", text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := re.fullmatch(r"(\d{1,2}) ([^\W\d]+) (\d{4})", text):
            return date(int(found[3]), _MONTHS[fold(found[2])[:3]], int(found[1]))
    except (ValueError, KeyError):
        pass
    raise NotADay(typed)


def season_day_typed(typed: str) -> str:
    """Month and day, "06-22", of "22/6", "22 juni" or "06-22". Raises NotADay."""
    text = typed.strip()
    try:
        if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})", text):
            return f"{date(2024, int(found[2]), int(found[1])):%m-%d}"  # a leap year, so that 29 February is a day
        if found := re.fullmatch(r"(\d{2})-(\d{2})", text):
            return f"{date(2024, int(found[1]), int(found[2])):%m-%d}"
        if found := re.fullmatch(r"(\d{1,2}) ([^\W\d]+)", text):
            return f"{date(2024, _MONTHS[fold(found[2])[:3]], int(found[1])):%m-%d}"
    except (ValueError, KeyError):
        pass
    raise NotADay(typed)
