"""Which municipality a point of the postal dump lies in: the dump itself does not say.

Strongest first: a correction; a town of the same name close by, in the county that the dump states; the municipality of
the same name in that county, or the county's only one; the nearest towns, when they or the postcodes next door agree.
A municipality is left blank rather than guessed between two: a wrong one sends a person to another municipality's help.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tools.gazetteer_corrections import municipality_of
from tools.gazetteer_sources import COUNTIES, Postcode, Town

# A town of the same name farther off than this is another one.
SAME_NAME_KM = 20.0
# With no town within this distance nothing is said (the far north has municipalities of 20,000 km2).
NEAREST_KM = 30.0
# A municipality whose nearest town is at most this many times as far as the nearest of all is still in question.
RIVAL_RATIO = 1.7
# Towns are points, municipalities are not: within this many km more, the next one is in question too.
RIVAL_KM = 3.0
# Of the postcodes next door, the share in one municipality that settles a question between two.
NEIGHBOUR_SHARE = 0.8
ENOUGH_NEIGHBOURS = 3

Group = tuple[str, str, float, float]
"""Postort, stated county, latitude, longitude: the postcodes that share them share a municipality."""


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Distance on a plane that touches the earth there: right to a per cent within a county."""
    east = math.radians(other_lon - lon) * math.cos(math.radians((lat + other_lat) / 2))
    return 6371.0 * math.hypot(east, math.radians(other_lat - lat))


def assign(postcodes: Iterable[Postcode], towns: Sequence[Town], municipalities: Mapping[str, str]) -> dict[str, str]:
    """Postcode to municipality code; a postcode that cannot be placed is missing."""
    groups: dict[Group, list[str]] = defaultdict(list)
    corrected: dict[str, str] = {}
    for row in postcodes:
        known = municipality_of(row.place, row.code)
        if known is None:
            groups[(row.place, row.county, row.lat, row.lon)].append(row.code)
        elif known:
            corrected[row.code] = known

    by_name: dict[str, list[Town]] = defaultdict(list)
    for town in towns:
        by_name[town.name].append(town)
    by_municipality_name = {(name, COUNTIES[code[:2]]): code for code, name in municipalities.items()}

    only = {COUNTIES[code[:2]]: code for code in municipalities if _alone(code, municipalities)}

    found = dict(corrected)
    settled = list(towns)
    open_groups = []
    for group, codes in groups.items():
        code = _same_name(group, by_name) or by_municipality_name.get(group[:2]) or only.get(group[1])
        if code is None:
            open_groups.append(group)
            continue
        found.update(dict.fromkeys(codes, code))
        settled.append(Town(group[0], code, group[2], group[3]))

    neighbours = _neighbours(found)
    for group in open_groups:
        codes = groups[group]
        evidence = [neighbours.get(codes[0][:3], Counter()), neighbours.get(codes[0][:2], Counter())]
        code = nearest(group[2], group[3], settled, group[1], evidence)
        if code is not None:
            found.update(dict.fromkeys(codes, code))
    return found


def _same_name(group: Group, by_name: Mapping[str, Sequence[Town]]) -> str | None:
    name, county, lat, lon = group
    near = [
        (kilometres(lat, lon, town.lat, town.lon), town.municipality_code)
        for town in by_name.get(name, ())
        if _in_county(town.municipality_code, county)
    ]
    near = [entry for entry in near if entry[0] <= SAME_NAME_KM]
    return min(near)[1] if near else None


def _neighbours(found: Mapping[str, str]) -> dict[str, Counter[str]]:
    """First two and first three digits to how many postcodes there lie in each municipality.

    Codes whose third digit is 0 are rural ones that cover half a county: they say nothing about each other.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for postcode, code in found.items():
        counts[postcode[:2]][code] += 1
        if postcode[2] != "0":
            counts[postcode[:3]][code] += 1
    return counts


def nearest(
    lat: float, lon: float, towns: Iterable[Town], county: str = "", evidence: Sequence[Counter[str]] = ()
) -> str | None:
    """The municipality of the nearest towns; ``evidence`` (postcodes next door, closest first) settles a question."""
    closest: dict[str, float] = {}
    for town in towns:
        if _in_county(town.municipality_code, county):
            distance = kilometres(lat, lon, town.lat, town.lon)
            closest[town.municipality_code] = min(distance, closest.get(town.municipality_code, math.inf))
    ranked = sorted(closest.items(), key=lambda entry: (entry[1], entry[0]))
    if not ranked or ranked[0][1] > NEAREST_KM:
        return None
    limit = max(ranked[0][1] * RIVAL_RATIO, ranked[0][1] + RIVAL_KM)
    rivals = [code for code, distance in ranked if distance <= limit]
    if len(rivals) == 1:
        return rivals[0]
    for counts in evidence:
        total = sum(counts[code] for code in rivals)
        if total >= ENOUGH_NEIGHBOURS:
            code = max(rivals, key=lambda rival: counts[rival])
            return code if counts[code] >= NEIGHBOUR_SHARE * total else None
    return None


def _alone(code: str, municipalities: Iterable[str]) -> bool:
    """Whether the municipality is a county of its own (Gotland)."""
    return sum(other[:2] == code[:2] for other in municipalities) == 1


def _in_county(municipality_code: str, county: str) -> bool:
    return not county or COUNTIES[municipality_code[:2]] == county
