"""Reads the help places of ``config/places/*.yml``, one file for each municipality.

    municipality: Kalmar
    places:
      - id: kalmar-stadsbibliotek
        name: Kalmar stadsbibliotek
        kind: library
        unit: bibliotek
        town: Kalmar
        lat: 56.6616
        lon: 16.3616
        helps_with: [digital]
        directions: {sv: Fråga i informationsdisken., en: Ask at the information desk.}
        hours: {staffed: {monday-friday: 10-18}}
        verified_at: 2026-11-02
        verified_by: Kalmar stadsbibliotek

Optional: address, providers, languages, access, valid_from, valid_to. A place invented for trying things out says
``sample: true`` and ``verified_at: sample``. How hours are written: place_hours.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from bot.domain.opening_hours import OpeningHours
from bot.domain.place import DIGITAL, Place, PlaceKind
from bot.marked_yaml import FileFault, Marked, YamlFault
from bot.place_hours import known_keys, read_date, read_hours, read_truth
from bot.plan_files import read_both, read_entries, read_texts

# Sweden's outermost points, rounded outwards: a coordinate outside is a slip of the pen.
LATITUDES = (55.0, 69.5)
LONGITUDES = (10.5, 24.5)

_NEEDED = ("id", "name", "kind", "unit", "town", "lat", "lon", "helps_with", "directions", "hours", "verified_at")
_OPTIONAL = ("address", "providers", "languages", "access", "valid_from", "valid_to", "verified_by", "sample")
_KNOWN = {*_NEEDED, *_OPTIONAL}


class PlaceFilesError(Exception):
    """The place files have faults; the message lists them all, one a line."""

    def __init__(self, faults: tuple[FileFault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def load_places(folder: Path) -> list[Place]:
    """The places of every .yml file in the folder, by file name and order. Raises PlaceFilesError with every fault."""
    places, faults = read_places(folder)
    if faults:
        raise PlaceFilesError(tuple(faults))
    return places


@dataclass(frozen=True)
class PlaceFiles:
    """All that a folder of place files holds. `where` tells file and line of each place, by its id."""

    places: tuple[Place, ...]
    faults: tuple[FileFault, ...]
    where: Mapping[str, tuple[Path, int]]


def read_places(folder: Path) -> tuple[list[Place], list[FileFault]]:
    """The places that can be read, and everything that is wrong with the others; for ``lotsen check``."""
    found = read_place_files(folder)
    return list(found.places), list(found.faults)


def read_place_files(folder: Path) -> PlaceFiles:
    """The places that can be read, where they stand, and everything that is wrong with the others."""
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        return PlaceFiles(
            (), (FileFault(folder, 1, "there are no place files: add one, as docs and config/places show"),), {}
        )
    places: list[Place] = []
    faults: list[FileFault] = []
    where: dict[str, tuple[Path, int]] = {}
    for path in paths:
        try:
            municipality, entries = read_entries(path, "places")
        except YamlFault as fault:
            faults.append(fault.in_file(path))
            continue
        for entry in entries:
            try:
                place = read_place(entry, municipality)
                if place.id in where:
                    other = ":".join(map(str, where[place.id]))
                    raise PlaceUnreadable([YamlFault(entry.line, f"{place.id!r} is the id of {other} too: change one")])
            except PlaceUnreadable as unreadable:
                faults.extend(fault.in_file(path) for fault in unreadable.faults)
                continue
            where[place.id] = (path, entry.line)
            places.append(place)
    return PlaceFiles(tuple(places), tuple(faults), where)


class PlaceUnreadable(Exception):
    """A place that cannot be read; `faults` is everything that is wrong with it, each with its line."""

    def __init__(self, faults: Sequence[YamlFault]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = tuple(faults)


_Read = TypeVar("_Read")


class _Entry:
    """One place being read: what is wrong is gathered, and something takes its place until all has been looked at."""

    def __init__(self, entry: Marked) -> None:
        self.line = entry.line
        self.faults: list[YamlFault] = []
        try:
            self.given = entry.mapping("a place")
        except YamlFault as fault:
            raise PlaceUnreadable([fault]) from None
        for key, value in self.given.items():
            self.check(lambda key=key, value=value: known_keys(Marked(value.line, {key: value}), "a place", _KNOWN))  # type: ignore[misc]
        for key in _NEEDED:
            if key not in self.given:
                self.fault(self.line, f"the place has no {key!r}: {_ADVICE.get(key, 'add it')}")

    def fault(self, line: int, message: str) -> None:
        self.faults.append(YamlFault(line, message))

    def check(self, read: Callable[[], object]) -> None:
        try:
            read()
        except YamlFault as fault:
            self.faults.append(fault)

    def get(self, key: str, read: Callable[[Marked], _Read], otherwise: _Read) -> _Read:
        """What the key holds; `otherwise` when it is not there, or cannot be read, which is a fault."""
        try:
            return read(self.given[key]) if key in self.given else otherwise
        except YamlFault as fault:
            self.faults.append(fault)
            return otherwise

    def text(self, key: str) -> str:
        return self.get(key, lambda marked: marked.text(key), "")

    def texts(self, key: str, otherwise: tuple[str, ...] = ()) -> tuple[str, ...]:
        return self.get(key, lambda marked: read_texts(marked, key), otherwise)

    def day(self, key: str) -> date | None:
        return self.get(key, lambda marked: read_date(marked, key), None)

    def line_of(self, key: str) -> int:
        return self.given[key].line if key in self.given else self.line


def read_place(marked: Marked, municipality: str) -> Place:
    """One place, from a file's entry or from a document (place_documents.py). Raises PlaceUnreadable with every fault."""
    entry = _Entry(marked)
    sample = entry.get("sample", lambda marked: read_truth(marked, "sample"), False)
    kind = entry.get("kind", _kind, None)
    helps_with = entry.texts("helps_with", (DIGITAL,))
    place = Place(
        id=entry.text("id"),
        name=entry.text("name"),
        kind=kind or PlaceKind.LIBRARY,
        municipality=municipality,
        unit=entry.text("unit"),
        town=entry.text("town"),
        lat=entry.get("lat", lambda marked: _degrees(marked, "lat", LATITUDES), 0.0),
        lon=entry.get("lon", lambda marked: _degrees(marked, "lon", LONGITUDES), 0.0),
        helps_with=frozenset(helps_with),
        hours=entry.get("hours", read_hours, OpeningHours({})),
        directions=entry.get("directions", lambda marked: read_both(marked, "directions", "are"), {}),
        address=entry.text("address") or None,
        providers=entry.texts("providers"),
        languages=entry.texts("languages", ("sv",)),
        access=entry.texts("access"),
        valid_from=entry.day("valid_from"),
        valid_to=entry.day("valid_to"),
        verified_at=entry.get("verified_at", lambda marked: _verified_at(marked, sample), None),
        verified_by=entry.text("verified_by") or None,
        sample=sample,
    )
    if not place.helps_with:
        entry.fault(entry.line_of("helps_with"), f"helps_with is empty: write topics, or [{DIGITAL}] for all of them")
    if kind is PlaceKind.STATE_SERVICE and DIGITAL in helps_with and "helps_with" in entry.given:
        entry.fault(entry.line_of("helps_with"), "a state desk does not help with everything: list its topics")
    if place.valid_from and place.valid_to and place.valid_to < place.valid_from:
        entry.fault(entry.line_of("valid_to"), "valid_to is before valid_from: mend one of them")
    if not sample and "verified_by" not in entry.given:
        entry.fault(entry.line, "the place has no 'verified_by': name who made sure of it, as a role or a unit")
    if entry.faults:
        raise PlaceUnreadable(entry.faults)
    return place


_ADVICE = {
    "unit": "name the unit of the municipality that owns it, as bibliotek (secrecy runs between units)",
    "verified_at": "ask the place whether all this is right, and write the day as 2026-11-02",
    "helps_with": f"write topics, or [{DIGITAL}] for all of them",
    "directions": "say in sv and en how to find the help once there",
    "hours": "write when somebody is there, as place_hours.py shows",
}


def _verified_at(marked: Marked, sample: bool) -> date | None:
    """None for a sample, which counts as verified whenever it is loaded."""
    if marked.text("verified_at") != "sample":
        return read_date(marked, "verified_at")
    if not sample:
        raise YamlFault(marked.line, "verified_at: sample is for places with sample: true only: write the day")
    return None


def _kind(marked: Marked) -> PlaceKind:
    text = marked.text("kind")
    try:
        return PlaceKind(text)
    except ValueError:
        raise YamlFault(marked.line, f"{text!r} is no kind of place: use one of {', '.join(PlaceKind)}") from None


def _degrees(marked: Marked, what: str, limits: tuple[float, float]) -> float:
    text = marked.text(what)
    try:
        value = float(text)
    except ValueError:
        raise YamlFault(marked.line, f"{what} {text!r} is no number of degrees: write it as 56.6616") from None
    if not limits[0] <= value <= limits[1]:
        raise YamlFault(marked.line, f"{what} {text} is outside Sweden: look whether lat and lon changed places")
    return value
