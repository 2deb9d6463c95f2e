"""The form of a place: what stands in its fields, and the document that was meant. What is wrong is told by field, all at once.

Hours are written as people write them: "10-12, 13-18.30" for a day, "måndag-torsdag 10-16" on a line of a season.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from bot.console.typed_hours import NotADay, NotHours, day_typed, hours_typed, season_day_typed, week_typed
from bot.domain.gazetteer import Gazetteer, fold
from bot.domain.opening_hours import DayHours, Interval, Week
from bot.domain.place import DIGITAL, Place, PlaceKind
from bot.domain.sms_text import unusual
from bot.domain.swedish_days import CLOSED_BY_DEFAULT
from bot.place_documents import Document, DocumentUnreadable, exception_periods, place_of, spans_text
from bot.place_files import LATITUDES, LONGITUDES
from bot.place_hours import LONGEST_EXCEPTION_DAYS, WEEKDAYS

Fields = Mapping[str, tuple[str, ...]]
"""What was typed, by the name of the field; several values where several boxes can be ticked."""

ACCESS = ("level_entrance", "door_opener", "lift", "accessible_toilet", "hearing_loop", "parking")
LANGUAGES = ("sv", "en", "fi", "ar", "so", "fa", "ku", "ti", "uk", "ru", "pl", "es", "de", "bs", "sgn")
SPARE_SEASONS, SPARE_DAYS = 1, 3
"""Empty rows below those that are filled in; saving gives new ones."""
_SORTS = ("staffed", "unstaffed")
_LONGEST = {"name": 80, "town": 60, "address": 120, "verified_by": 120, "directions_sv": 300, "directions_en": 300}


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong in a field: the key of a word, and what the word names."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Meant:
    """What a form means. Only without faults is `document` a place of `municipality`."""

    municipality: str
    document: Document
    faults: dict[str, FieldFault]


def empty_fields() -> Fields:
    """The form of a new place."""
    eves = tuple(sorted(map(str, CLOSED_BY_DEFAULT)))
    return {"kind": ("library",), "helps": ("all",), "language": ("sv",), "holidays": ("closed",), "eve": eves}


def fields_of(place: Place) -> Fields:
    """The form of a place as it stands."""
    hours = place.hours
    found: dict[str, tuple[str, ...]] = {
        "owner": (f"{place.municipality}/{place.unit}",),
        "name": (place.name,),
        "kind": (str(place.kind),),
        "address": (place.address or "",),
        "town": (place.town,),
        "lat": (str(place.lat),),
        "lon": (str(place.lon),),
        "helps": ("all" if DIGITAL in place.helps_with else "some",),
        "topic": tuple(sorted(place.helps_with - {DIGITAL})),
        "providers": ("\n".join(place.providers),),
        "language": place.languages,
        "access": place.access,
        "directions_sv": (place.directions.get("sv", ""),),
        "directions_en": (place.directions.get("en", ""),),
        "holidays": ("closed",) if hours.closed_on_holidays else (),
        "eve": tuple(sorted(map(str, hours.closed_eves))),
        "valid_from": (_iso(place.valid_from),),
        "valid_to": (_iso(place.valid_to),),
        "verified_at": (_iso(place.verified_at),),
        "verified_by": (place.verified_by or "",),
    }
    for sort in _SORTS:
        for day in range(7):
            found[f"{sort}_{day}"] = (_shown(_of(hours.week, day, sort)),)
    for at, season in enumerate(hours.seasons):
        found[f"season_{at}_from"] = (f"{season.first[1]}/{season.first[0]}",)
        found[f"season_{at}_to"] = (f"{season.last[1]}/{season.last[0]}",)
        for sort in _SORTS:
            found[f"season_{at}_{sort}"] = ("\n".join(_week_lines(season.week, sort)),)
    for at, (first, last, day_hours) in enumerate(exception_periods(hours)):
        found[f"day_{at}_from"] = (_iso(first),)
        found[f"day_{at}_to"] = (_iso(last) if last != first else "",)
        for sort in _SORTS:
            found[f"day_{at}_{sort}"] = (_shown(getattr(day_hours, sort)),)
    return found


def rows_of(fields: Fields, kind: str, spare: int) -> range:
    """The numbers of the rows of seasons ("season") or days ("day") that a form shows."""
    filled = [int(name.split("_")[1]) for name, values in fields.items() if name.startswith(f"{kind}_") and any(values)]
    return range(max(filled, default=-1) + 1 + spare)


def read_form(fields: Fields, gazetteer: Gazetteer, before: Place | None = None) -> Meant:
    """What was typed. `before` is the place as it stood: a sample stays one until somebody has verified it."""
    return _Form(fields, gazetteer, before).read()


class _Form:
    def __init__(self, fields: Fields, gazetteer: Gazetteer, before: Place | None) -> None:
        self.fields = fields
        self.gazetteer = gazetteer
        self.before = before
        self.faults: dict[str, FieldFault] = {}

    def one(self, name: str) -> str:
        return " ".join(next(iter(self.fields.get(name, ())), "").split())

    def many(self, name: str) -> list[str]:
        return [value for value in self.fields.get(name, ()) if value]

    def lines(self, name: str) -> list[str]:
        return [line.strip() for line in next(iter(self.fields.get(name, ())), "").splitlines() if line.strip()]

    def fault(self, name: str, key: str, **values: object) -> None:
        self.faults.setdefault(name, FieldFault(f"place_fault.{key}", values))

    def read(self) -> Meant:
        municipality, _, unit = self.one("owner").partition("/")
        if not municipality or not unit:
            self.fault("owner", "owner")
        document: Document = {
            "id": self.before.id if self.before else "new",
            "name": self.text("name", in_sms=True),
            "kind": self.one("kind"),
            "unit": unit,
            "town": self.text("town", in_sms=True),
            "helps_with": self.helps_with(),
            "directions": {language: self.text(f"directions_{language}") for language in ("sv", "en")},
            "languages": self.many("language") or ["sv"],
            "hours": self.hours(),
        }
        document["lat"], document["lon"] = self.point(municipality)
        optional = {
            "address": self.text("address", needed=False),
            "providers": self.lines("providers"),
            "access": self.many("access"),
            **{name: self.day(name) for name in ("valid_from", "valid_to")},
        }
        document |= {key: value for key, value in optional.items() if value} | self.verified()
        if optional["valid_from"] and optional["valid_to"] and str(optional["valid_to"]) < str(optional["valid_from"]):
            self.fault("valid_to", "backwards")
        if not self.faults:
            self.guard(document, municipality)
        return Meant(municipality, document, self.faults)

    def text(self, name: str, needed: bool = True, in_sms: bool = False) -> str:
        text = self.one(name)
        if needed and not text:
            self.fault(name, "needed")
        elif len(text) > _LONGEST[name]:
            self.fault(name, "long", n=len(text), most=_LONGEST[name])
        elif in_sms and (odd := unusual(text)):
            self.fault(name, "not_sms", letters=" ".join(dict.fromkeys(odd)))
        return text

    def helps_with(self) -> list[str]:
        everything = self.one("helps") != "some"
        if everything and self.one("kind") == PlaceKind.STATE_SERVICE:
            self.fault("helps", "state_service")
        topics = self.many("topic")
        if not everything and not topics:
            self.fault("helps", "no_topic")
        return [DIGITAL] if everything else topics

    def point(self, municipality: str) -> tuple[object, object]:
        """The coordinates; without any, the middle of the town."""
        if not self.one("lat") and not self.one("lon"):
            found = self.gazetteer.by_name(self.one("town"), municipality) if self.one("town") else ()
            near = [at for at in found if fold(at.municipality) == fold(municipality)]
            if near:
                return near[0].lat, near[0].lon
            self.fault("lat", "no_point")
            return 0, 0
        return self.degrees("lat", LATITUDES), self.degrees("lon", LONGITUDES)

    def degrees(self, name: str, limits: tuple[float, float]) -> float:
        typed = self.one(name)
        try:
            value = float(typed.replace(",", "."))
        except ValueError:
            self.fault(name, "degrees", typed=typed)
            return 0
        if not limits[0] <= value <= limits[1]:
            self.fault(name, "outside", typed=typed)
        return value

    def day(self, name: str) -> str:
        typed = self.one(name)
        try:
            return day_typed(typed).isoformat() if typed else ""
        except NotADay:
            self.fault(name, "day", typed=typed)
            return ""

    def verified(self) -> Document:
        day, by = self.day("verified_at"), self.text("verified_by", needed=False)
        if not day and "verified_at" not in self.faults:
            if self.before is not None and self.before.sample:
                return {"verified_at": "sample", "sample": True} | ({"verified_by": by} if by else {})
            self.fault("verified_at", "needed")
        if not by:
            self.fault("verified_by", "needed")
        return {"verified_at": day, "verified_by": by}

    def hours(self) -> Document:
        week = self.weekdays("{sort}_{day}")
        seasons = [season for at in rows_of(self.fields, "season", 0) if (season := self.season(at))]
        exceptions = self.exceptions()
        staffed_some_day = "staffed" in week or any("staffed" in day for day in exceptions)
        if not staffed_some_day and not any(name.startswith(("staffed", "day_")) for name in self.faults):
            self.fault("staffed_0", "never")
        document: Document = {
            **week,
            "closed_eves": self.many("eve"),
            "closed_on_holidays": bool(self.many("holidays")),
        }
        return document | ({"seasons": seasons} if seasons else {}) | ({"exceptions": exceptions} if exceptions else {})

    def weekdays(self, name: str) -> Document:
        found = {}
        for sort in _SORTS:
            typed = ((WEEKDAYS[day], self.spans(name.format(sort=sort, day=day))) for day in range(7))
            if by_day := {day: spans for day, spans in typed if spans}:
                found[sort] = by_day
        return found

    def spans(self, name: str) -> str:
        """Hours as a document has them; empty for none."""
        return self._hours(name, self.one(name), lambda typed: spans_text(hours_typed(typed)))

    def _hours(self, name: str, typed: str, read: Callable[[str], str]) -> str:
        try:
            return read(typed)
        except NotHours as fault:
            self.fault(name, f"hours_{fault.why}", typed=fault.typed)
            return ""

    def season(self, at: int) -> Document | None:
        name = f"season_{at}"
        if not any(any(self.fields.get(f"{name}_{part}", ())) for part in ("from", "to", *_SORTS)):
            return None
        season: Document = {}
        for part in ("from", "to"):
            typed = self.one(f"{name}_{part}")
            try:
                season[part] = season_day_typed(typed)
            except NotADay:
                self.fault(f"{name}_{part}", "season_day", typed=typed)
        for sort in _SORTS:
            by_day: dict[int, tuple[Interval, ...]] = {}
            for line in self.lines(f"{name}_{sort}"):
                try:
                    days, intervals = week_typed(line)
                except NotHours as fault:
                    self.fault(
                        f"{name}_{sort}",
                        "season_line" if fault.why == "unreadable" else f"hours_{fault.why}",
                        typed=line,
                    )
                    continue
                if set(days) & set(by_day):
                    self.fault(f"{name}_{sort}", "season_twice", typed=line)
                by_day |= dict.fromkeys(days, intervals)
            if spans := {WEEKDAYS[day]: spans_text(by_day[day]) for day in sorted(by_day) if by_day[day]}:
                season[sort] = spans
        return season

    def exceptions(self) -> list[Document]:
        found: list[tuple[date, date, str]] = []
        documents: list[Document] = []
        for at in rows_of(self.fields, "day", 0):
            name = f"day_{at}"
            hours = {sort: spans for sort in _SORTS if (spans := self.spans(f"{name}_{sort}"))}
            typed = self.day(f"{name}_from"), self.day(f"{name}_to")
            if not any(typed) and not hours:
                continue
            if not typed[0]:
                self.fault(f"{name}_from", "needed")
                continue
            first, last = date.fromisoformat(typed[0]), date.fromisoformat(typed[1] or typed[0])
            if last < first:
                self.fault(f"{name}_to", "backwards")
            elif (last - first).days > LONGEST_EXCEPTION_DAYS:
                self.fault(f"{name}_to", "long_closure", most=LONGEST_EXCEPTION_DAYS)
            found.append((first, last, name))
            when = {"date": typed[0]} if first == last else {"from": typed[0], "to": last.isoformat()}
            documents.append({**when, **(hours or {"closed": True})})
        for (_, last, _), (first, _, name) in pairwise(sorted(found)):
            if first <= last:
                self.fault(f"{name}_from", "day_twice", day=first.isoformat())
        return documents

    def guard(self, document: Document, municipality: str) -> None:
        """The reader of the files has the last word."""
        try:
            place_of(document, municipality)
        except DocumentUnreadable as unreadable:
            for fault in unreadable.faults:
                self.fault(_field(fault.field), "unreadable")


def _field(name: str) -> str:
    """The field of the form that a part of the document comes from."""
    first, _, rest = name.partition(".")
    known = {"unit": "owner", "helps_with": "helps", "hours": "staffed_0", "languages": "language"}
    return f"directions_{rest or 'sv'}" if first == "directions" else known.get(first, first or "name")


def _of(week: Week, day: int, sort: str) -> tuple[Interval, ...]:
    intervals: tuple[Interval, ...] = getattr(week.get(day, DayHours()), sort)
    return intervals


def _shown(intervals: Sequence[Interval]) -> str:
    """ "10-12, 13-18.30"."""
    return ", ".join(
        f"{_clock(span.start.hour, span.start.minute)}-{_clock(span.end.hour, span.end.minute)}" for span in intervals
    )


def _clock(hour: int, minute: int) -> str:
    return f"{hour}.{minute:02}" if minute else str(hour)


_SWEDISH_DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


def _week_lines(week: Week, sort: str) -> Iterator[str]:
    """Days in a row with the same hours are one line: "måndag-torsdag 10-16"."""
    day = 0
    while day < 7:
        last = day
        while last < 6 and _of(week, last + 1, sort) == _of(week, day, sort):
            last += 1
        if intervals := _of(week, day, sort):
            days = _SWEDISH_DAYS[day] if last == day else f"{_SWEDISH_DAYS[day]}-{_SWEDISH_DAYS[last]}"
            yield f"{days} {_shown(intervals)}"
        day = last + 1


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
