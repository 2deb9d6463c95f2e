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

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.domain.place import DIGITAL, Place, PlaceKind
from bot.marked_yaml import Marked, YamlFault, read_marked
from bot.place_hours import known_keys, read_date, read_hours, read_truth

LANGUAGES = ("sv", "en")
# Sweden's outermost points, rounded outwards: a coordinate outside is a slip of the pen.
LATITUDES = (55.0, 69.5)
LONGITUDES = (10.5, 24.5)

_NEEDED = ("id", "name", "kind", "unit", "town", "lat", "lon", "helps_with", "directions", "hours", "verified_at")
_OPTIONAL = ("address", "providers", "languages", "access", "valid_from", "valid_to", "verified_by", "sample")


@dataclass(frozen=True)
class PlaceFault:
    """One thing wrong in a place file: where, what, and what to do about it."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class PlaceFilesError(Exception):
    """The place files have faults; the message lists them all, one a line."""

    def __init__(self, faults: tuple[PlaceFault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def load_places(folder: Path) -> list[Place]:
    """The places of every .yml file in the folder, by file name and order. Raises PlaceFilesError with every fault."""
    places, faults = read_places(folder)
    if faults:
        raise PlaceFilesError(tuple(faults))
    return places


def read_places(folder: Path) -> tuple[list[Place], list[PlaceFault]]:
    """The places that can be read, and everything that is wrong with the others; for ``lotsen check``."""
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        return [], [PlaceFault(folder, 1, "there are no place files: add one, as docs and config/places show")]
    places: list[Place] = []
    faults: list[PlaceFault] = []
    lines: dict[str, str] = {}
    for path in paths:
        try:
            given = known_keys(read_marked(path), "the file", {"municipality", "places"})
            for key in ("municipality", "places"):
                if key not in given:
                    raise YamlFault(1, f"{key!r} is missing: add it at the top level")
            municipality = given["municipality"].text("municipality")
            entries = given["places"].items("places")
        except YamlFault as fault:
            faults.append(PlaceFault(path, fault.line, fault.message))
            continue
        for entry in entries:
            try:
                place = _place(entry, municipality)
                if place.id in lines:
                    raise YamlFault(entry.line, f"{place.id!r} is the id of {lines[place.id]} too: change one")
            except YamlFault as fault:
                faults.append(PlaceFault(path, fault.line, fault.message))
                continue
            lines[place.id] = f"{path}:{entry.line}"
            places.append(place)
    return places, faults


def _place(entry: Marked, municipality: str) -> Place:
    given = known_keys(entry, "a place", {*_NEEDED, *_OPTIONAL})
    for key in _NEEDED:
        if key not in given:
            raise YamlFault(entry.line, f"the place has no {key!r}: {_ADVICE.get(key, 'add it')}")
    sample = "sample" in given and read_truth(given["sample"], "sample")
    place = Place(
        id=given["id"].text("id"),
        name=given["name"].text("name"),
        kind=_kind(given["kind"]),
        municipality=municipality,
        unit=given["unit"].text("unit"),
        town=given["town"].text("town"),
        lat=_degrees(given["lat"], "lat", LATITUDES),
        lon=_degrees(given["lon"], "lon", LONGITUDES),
        helps_with=frozenset(_texts(given["helps_with"], "helps_with")),
        hours=read_hours(given["hours"]),
        directions=_directions(given["directions"]),
        address=given["address"].text("address") if "address" in given else None,
        providers=_texts(given["providers"], "providers") if "providers" in given else (),
        languages=_texts(given["languages"], "languages") if "languages" in given else ("sv",),
        access=_texts(given["access"], "access") if "access" in given else (),
        valid_from=read_date(given["valid_from"], "valid_from") if "valid_from" in given else None,
        valid_to=read_date(given["valid_to"], "valid_to") if "valid_to" in given else None,
        verified_at=_verified_at(given["verified_at"], sample),
        verified_by=given["verified_by"].text("verified_by") if "verified_by" in given else None,
        sample=sample,
    )
    if not place.helps_with:
        raise YamlFault(given["helps_with"].line, f"helps_with is empty: write topics, or [{DIGITAL}] for all of them")
    if place.kind is PlaceKind.STATE_SERVICE and DIGITAL in place.helps_with:
        raise YamlFault(given["helps_with"].line, "a state desk does not help with everything: list its topics")
    if place.valid_from and place.valid_to and place.valid_to < place.valid_from:
        raise YamlFault(given["valid_to"].line, "valid_to is before valid_from: mend one of them")
    if not sample and place.verified_by is None:
        raise YamlFault(entry.line, "the place has no 'verified_by': name who made sure of it, as a role or a unit")
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


def _texts(marked: Marked, what: str) -> tuple[str, ...]:
    return tuple(entry.text(what) for entry in marked.items(what))


def _directions(marked: Marked) -> dict[str, str]:
    given = known_keys(marked, "directions", set(LANGUAGES))
    for language in LANGUAGES:
        if language not in given:
            raise YamlFault(marked.line, f"directions are missing in {language!r}: residents read both languages")
    return {language: given[language].text(f"directions in {language}") for language in LANGUAGES}
