"""A place as plain values, shaped like an entry of ``config/places/*.yml``: how the database keeps it and the console changes it.

Reading is place_files.py's, so that a document has the same faults as a file; they are told by the field's name instead of a line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.domain.opening_hours import CLOSED, DayHours, Interval, OpeningHours, Week
from bot.domain.place import Place
from bot.domain.swedish_days import CLOSED_BY_DEFAULT
from bot.marked_yaml import mark_plain
from bot.place_files import PlaceUnreadable, read_place
from bot.place_hours import LONGEST_EXCEPTION_DAYS, WEEKDAYS

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One thing wrong in a document. `field` is "hours.staffed.monday"; empty when something is missing from the whole."""

    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


class DocumentUnreadable(Exception):
    """A document that is no place; `faults` is everything that is wrong with it."""

    def __init__(self, faults: Sequence[FieldFault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)


def place_of(document: Mapping[str, Any], municipality: str) -> Place:
    """The place that a document describes; `municipality` is the municipality's name. Raises DocumentUnreadable with every fault."""
    marked, names = mark_plain(dict(document))
    try:
        return read_place(marked, municipality)
    except PlaceUnreadable as unreadable:
        raise DocumentUnreadable(
            [FieldFault(names[fault.line], fault.message) for fault in unreadable.faults]
        ) from None


def document_of(place: Place) -> Document:
    """The document of a place; `place_of` makes the same place of it. The municipality is not part of it."""
    document: Document = {
        "id": place.id,
        "name": place.name,
        "kind": str(place.kind),
        "unit": place.unit,
        "town": place.town,
        "lat": place.lat,
        "lon": place.lon,
        "helps_with": sorted(place.helps_with),
        "directions": dict(place.directions),
        "hours": hours_document(place.hours),
        "languages": list(place.languages),
        "verified_at": "sample" if place.sample and place.verified_at is None else _day(place.verified_at),
    }
    optional = {
        "address": place.address,
        "providers": list(place.providers),
        "access": list(place.access),
        "valid_from": _day(place.valid_from),
        "valid_to": _day(place.valid_to),
        "verified_by": place.verified_by,
        "sample": place.sample,
    }
    return document | {key: value for key, value in optional.items() if value}


def hours_document(hours: OpeningHours) -> Document:
    """Opening hours as plain values."""
    document = _week(hours.week)
    if hours.seasons:
        document["seasons"] = [
            {"from": _month_day(s.first), "to": _month_day(s.last), **_week(s.week)} for s in hours.seasons
        ]
    if hours.exceptions:
        document["exceptions"] = [_exception(*period) for period in exception_periods(hours)]
    if not hours.closed_on_holidays:
        document["closed_on_holidays"] = False
    if hours.closed_eves != CLOSED_BY_DEFAULT:
        document["closed_eves"] = sorted(map(str, hours.closed_eves))
    return document


def spans_text(intervals: Sequence[Interval]) -> str:
    """ "10:00-12:00, 13:00-18:30"; empty for none."""
    return ", ".join(map(str, intervals))


def exception_periods(hours: OpeningHours) -> list[tuple[date, date, DayHours]]:
    """Days with hours of their own, those in a row with the same hours together, in order."""
    periods: list[tuple[date, date, DayHours]] = []
    for day in sorted(hours.exceptions):
        hours_then = hours.exceptions[day]
        if periods:
            first, last, same = periods[-1]
            if same == hours_then and day - last == timedelta(days=1) and (day - first).days <= LONGEST_EXCEPTION_DAYS:
                periods[-1] = (first, day, same)
                continue
        periods.append((day, day, hours_then))
    return periods


def _exception(first: date, last: date, hours: DayHours) -> Document:
    when = {"date": first.isoformat()} if first == last else {"from": first.isoformat(), "to": last.isoformat()}
    if hours == CLOSED:
        return {**when, "closed": True}
    sorts = {"staffed": hours.staffed, "unstaffed": hours.unstaffed}
    return {**when, **{sort: spans_text(intervals) for sort, intervals in sorts.items() if intervals}}


def _week(week: Week) -> Document:
    """Only days with hours, so that the same hours always make the same document."""
    sorts = {
        "staffed": {WEEKDAYS[day]: spans_text(week[day].staffed) for day in sorted(week) if week[day].staffed},
        "unstaffed": {WEEKDAYS[day]: spans_text(week[day].unstaffed) for day in sorted(week) if week[day].unstaffed},
    }
    return {sort: by_day for sort, by_day in sorts.items() if by_day}


def _month_day(day: tuple[int, int]) -> str:
    return f"{day[0]:02}-{day[1]:02}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
