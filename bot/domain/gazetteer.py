"""Where a postcode, a town or a point on the map lies: municipality and distance, to about 2 km.

Responsibility follows the municipality of residence, not the postcode: where a postort lies in two municipalities the
municipality is "" and the resident is asked.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.place_names import closest, fold, sound, without_cue

__all__ = [
    "Gazetteer",
    "Location",
    "MunicipalityRow",
    "PlaceRow",
    "PostcodeRow",
    "distance_km",
    "fold",
    "postcode_digits",
]

EARTH_RADIUS_KM = 6371.0
# Two points of the same name within this distance are one place (GeoNames gives villages to a minute of arc).
SAME_PLACE_KM = 15.0
# More towns than this of nearly the right name is no help to choose from.
MOST_CHOICES = 3
# A shorter word that is no place is a word, not a misspelled place.
SHORTEST_MISSPELLED = 5

_POSTCODE = re.compile(r"(?:SE?[ -]*)?([1-9]\d{2})[ -]?(\d{2})", re.IGNORECASE)


@dataclass(frozen=True)
class PostcodeRow:
    """A postcode (five digits), its postort, its municipality code ("" when unsure) and the postort's point."""

    postcode: str
    place: str
    municipality_code: str
    lat: float
    lon: float


@dataclass(frozen=True)
class PlaceRow:
    """A town or village; ``alternates`` are other spellings of its name."""

    name: str
    municipality_code: str
    lat: float
    lon: float
    population: int = 0
    alternates: tuple[str, ...] = ()


@dataclass(frozen=True)
class MunicipalityRow:
    """A municipality: SCB's four-digit code, short name ("Kalmar") and county."""

    code: str
    name: str
    county: str


@dataclass(frozen=True)
class Location:
    """Where somebody is: a place's name and point (degrees, WGS 84), its municipality without "kommun".

    ``municipality`` and ``municipality_code`` are "" when unsure. ``guessed`` is true when the postcode is not
    known and a neighbouring one was taken: whoever tells the resident must say that it is a guess.
    """

    name: str
    municipality: str
    municipality_code: str
    lat: float
    lon: float
    guessed: bool = False


def postcode_digits(text: str) -> str | None:
    """The five digits of a Swedish postcode written alone in any usual way, or None: "SE-392 31" gives "39231"."""
    found = _POSTCODE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return found.group(1) + found.group(2) if found else None


def distance_km(a: Location, b: Location) -> float:
    """Kilometres as the crow flies (haversine formula on a sphere of radius 6,371 km)."""
    return _haversine(a.lat, a.lon, b.lat, b.lon)


class Gazetteer:
    """All the names and postcodes, indexed once; answers are never invented: unknown is None or empty."""

    def __init__(
        self,
        postcodes: Iterable[PostcodeRow],
        places: Iterable[PlaceRow],
        municipalities: Iterable[MunicipalityRow],
    ) -> None:
        self._municipalities = {row.code: row.name for row in municipalities}
        self._postcodes = {row.postcode: row for row in postcodes}
        self._by_prefix: dict[str, list[int]] = defaultdict(list)
        for code in self._postcodes:
            self._by_prefix[code[:3]].append(int(code))

        known = sorted(places, key=lambda row: (-row.population, row.name, row.municipality_code))
        self._locations: list[Location] = []
        self._by_name: dict[str, list[Location]] = defaultdict(list)
        self._spellings: dict[str, set[str]] = {}
        for row in known:
            self._add(self._location(row.name, row.municipality_code, row.lat, row.lon))
            self._spellings.setdefault(row.name, set()).update(row.alternates)
        for location in _postorter(self._postcodes.values()):
            self._add(self._location(*location))
        self._add_municipalities(known)
        for name, spellings in self._spellings.items():
            for spelling in spellings:
                if fold(spelling) not in self._by_name:
                    self._by_name[fold(spelling)] = self._by_name[fold(name)]
        self._by_sound: dict[str, set[str]] = defaultdict(set)
        for name in self._spellings:
            self._by_sound[sound(name)].add(fold(name))

    def by_postcode(self, text: str) -> Location | None:
        """Where the postcode is. An unknown one: the nearest number with the same first three digits, ``guessed``."""
        code = postcode_digits(text)
        if code is None:
            return None
        row = self._postcodes.get(code)
        if row is not None:
            return self._location(row.place, row.municipality_code, row.lat, row.lon)
        near = self._by_prefix.get(code[:3])
        if not near:
            return None
        row = self._postcodes[str(min(near, key=lambda other: (abs(other - int(code)), other)))]
        return replace(self._location(row.place, row.municipality_code, row.lat, row.lon), guessed=True)

    def by_name(self, text: str, prefer_municipality: str | None = None) -> tuple[Location, ...]:
        """The places that the text names, largest first; misspelled ones too, when nothing is spelled so.

        Several when the name is used in several municipalities (ask which), unless one lies in
        ``prefer_municipality`` (its name or code). A town that gave its municipality its name is meant alone.
        """
        name = without_cue(text)
        found = self._spelled(name)
        if not found and name.casefold().endswith("s"):
            found = self._spelled(name[:-1])
        if not found:
            found = self._misspelled(name)
        if prefer_municipality is not None:
            wanted = fold(without_cue(prefer_municipality))
            preferred = [at for at in found if wanted in (fold(at.municipality), at.municipality_code)]
            found = preferred or found
        return tuple(found)

    def nearest_name(self, lat: float, lon: float) -> Location:
        """The named place nearest to a point in degrees, however far: check the distance if it may be abroad.

        Its own coordinates are returned, not the ones asked about, which need not be kept. Raises ValueError when
        the gazetteer has no place at all.
        """
        if not self._locations:
            raise ValueError("the gazetteer is empty: load data/gazetteer/places.csv into it")
        return min(self._locations, key=lambda at: (_haversine(lat, lon, at.lat, at.lon), at.name))

    def names(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Each name once, with the folded spellings that mean it (its own first)."""
        for name in dict.fromkeys(location.name for location in self._locations):
            own = fold(name)
            yield name, (own, *sorted({fold(spelling) for spelling in self._spellings[name]} - {own}))

    def _spelled(self, name: str) -> list[Location]:
        """Places of this name. Whoever writes å, ä or ö means it ("Håbo"); whoever does not may mean either."""
        found = self._by_name.get(fold(name), [])
        written = unicodedata.normalize("NFC", name).casefold()
        if not written.isascii():
            found = [at for at in found if at.name.casefold() == written] or found
        namesakes = [at for at in found if fold(at.name) == fold(at.municipality)]
        return namesakes or list(found)

    def _misspelled(self, name: str) -> list[Location]:
        folded = fold(name)
        if len(folded) < SHORTEST_MISSPELLED:
            return []
        best = sorted(self._by_sound.get(sound(name), ())) or closest(folded, self._by_name.keys())
        found = list(dict.fromkeys(at for key in best for at in self._spelled(key)))
        return found if len(found) <= MOST_CHOICES else []

    def _location(self, name: str, code: str, lat: float, lon: float) -> Location:
        return Location(name, self._municipalities.get(code, ""), code, lat, lon)

    def _add(self, location: Location) -> None:
        """Takes a place in unless its name is there already, in the same municipality or too near to be another."""
        same_name = self._by_name[fold(location.name)]
        for other in same_name:
            near = distance_km(location, other) <= SAME_PLACE_KM
            if near or (location.municipality_code and location.municipality_code == other.municipality_code):
                return
        same_name.append(location)
        self._locations.append(location)
        self._spellings.setdefault(location.name, set())

    def _add_municipalities(self, largest_first: Sequence[PlaceRow]) -> None:
        """A municipality without a town of its name ("Härryda kommun") is found too, at its largest place."""
        for code, name in self._municipalities.items():
            if any(at.municipality_code == code for at in self._by_name.get(fold(name), ())):
                continue
            largest = next((row for row in largest_first if row.municipality_code == code), None)
            if largest is not None:
                self._by_name[fold(name)].append(Location(name, name, code, largest.lat, largest.lon))
                self._spellings.setdefault(name, set())


def _postorter(rows: Iterable[PostcodeRow]) -> list[tuple[str, str, float, float]]:
    """Each postort and municipality once, at the point that most of its postcodes have; known municipalities first."""
    points: dict[tuple[str, str], dict[tuple[float, float], int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        points[(row.place, row.municipality_code)][(row.lat, row.lon)] += 1
    found = []
    for (name, code), counts in points.items():
        lat, lon = max(counts, key=lambda point: (counts[point], point))
        found.append((name, code, lat, lon))
    return sorted(found, key=lambda postort: (not postort[1], postort))


def _haversine(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    north = math.radians(other_lat - lat)
    east = math.radians(other_lon - lon)
    half = (
        math.sin(north / 2) ** 2
        + math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * math.sin(east / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))
