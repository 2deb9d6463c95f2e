"""Reads the gazetteer's three CSV files (data/gazetteer/README.md tells what is in them)."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.domain.gazetteer import Gazetteer, MunicipalityRow, PlaceRow, PostcodeRow

Row = TypeVar("Row", PostcodeRow, PlaceRow, MunicipalityRow)

_BUILD_AGAIN = "restore the file, or build it again as data/gazetteer/README.md tells"


class GazetteerFileError(Exception):
    """A gazetteer file is missing or has a row that cannot be read; the message says where and what to do."""


def load_gazetteer(folder: Path) -> Gazetteer:
    """The gazetteer in ``folder`` (postcodes.csv, places.csv, municipalities.csv). Raises GazetteerFileError."""
    return Gazetteer(
        postcodes=_rows(folder / "postcodes.csv", _postcode),
        places=_rows(folder / "places.csv", _place),
        municipalities=_rows(folder / "municipalities.csv", _municipality),
    )


def _rows(path: Path, read: Callable[[dict[str, str]], Row]) -> list[Row]:
    found: list[Row] = []
    line = 1
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            for row in reader:
                line = reader.line_num
                found.append(read(row))
    except FileNotFoundError as error:
        raise GazetteerFileError(f"{path}: there is no such file; {_BUILD_AGAIN}") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise GazetteerFileError(f"{path}:{line}: this row cannot be read ({error}); {_BUILD_AGAIN}") from error
    if not found:
        raise GazetteerFileError(f"{path}:1: the file has no rows; {_BUILD_AGAIN}")
    return found


def _postcode(row: dict[str, str]) -> PostcodeRow:
    return PostcodeRow(row["postcode"], row["place"], row["municipality_code"], float(row["lat"]), float(row["lon"]))


def _place(row: dict[str, str]) -> PlaceRow:
    return PlaceRow(
        name=row["name"],
        municipality_code=row["municipality_code"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        population=int(row["population"]),
        alternates=tuple(row["alternates"].split("|")) if row["alternates"] else (),
    )


def _municipality(row: dict[str, str]) -> MunicipalityRow:
    return MunicipalityRow(row["code"], row["name"], row["county"])
