"""What the committed gazetteer must know: the four municipalities by heart, the country in outline."""

from collections import Counter
from csv import DictReader
from pathlib import Path

import pytest

from bot.domain.gazetteer import Gazetteer, distance_km
from bot.gazetteer_files import load_gazetteer

FOLDER = Path(__file__).parents[1] / "data" / "gazetteer"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(FOLDER)


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(DictReader(file))


def test_it_is_small_and_carries_its_attribution() -> None:
    assert (FOLDER / "postcodes.csv").stat().st_size < 900_000
    line = "Postnummer och orter: GeoNames (www.geonames.org), CC BY 4.0, bearbetat. Kommunkoder: SCB, CC0."
    assert line in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert line in (FOLDER / "LICENCE.txt").read_text(encoding="utf-8")


def test_there_are_290_municipalities_with_short_names() -> None:
    names = [row["name"] for row in rows("municipalities.csv")]
    assert len(names) == len(set(names)) == 290
    assert not any("ommun" in name for name in names)
    assert {"Falun", "Sotenäs", "Falkenberg", "Ängelholm", "Upplands Väsby", "Dals-Ed", "Borås"} <= set(names)


def test_codes_are_codes_and_points_are_in_sweden() -> None:
    codes = {row["code"] for row in rows("municipalities.csv")}
    for row in [*rows("postcodes.csv"), *rows("places.csv")]:
        assert row["municipality_code"] in codes | {""}, row
        assert 55.0 <= float(row["lat"]) <= 69.5 and 10.5 <= float(row["lon"]) <= 24.5, row
    postcodes = [row["postcode"] for row in rows("postcodes.csv")]
    assert len(postcodes) == len(set(postcodes)) > 18_000
    assert all(len(code) == 5 and code.isdigit() for code in postcodes)


def test_few_postcodes_are_without_municipality_and_every_municipality_has_one() -> None:
    counts = Counter(row["municipality_code"] for row in rows("postcodes.csv"))
    assert counts[""] < 300
    assert len(counts) - 1 >= 285


@pytest.mark.parametrize(
    ("postcode", "place", "municipality"),
    [
        ("392 31", "Kalmar", "Kalmar"),
        ("595 30", "Mjölby", "Mjölby"),
        ("534 31", "Vara", "Vara"),
        ("434 32", "Kungsbacka", "Kungsbacka"),
        ("439 71", "Fjärås", "Kungsbacka"),
        ("535 30", "Kvänum", "Vara"),
        ("534 73", "Stora Levene", "Vara"),
        ("395 98", "Läckeby", "Kalmar"),
        ("590 49", "Vikingstad", "Linköping"),
        ("590 30", "Borensberg", "Motala"),
        ("427 50", "Billdal", ""),
        ("123 42", "Farsta", "Stockholm"),
        ("624 66", "Fårö", "Gotland"),
    ],
)
def test_postcodes_lie_where_they_lie(gazetteer: Gazetteer, postcode: str, place: str, municipality: str) -> None:
    found = gazetteer.by_postcode(postcode)
    assert found is not None
    assert (found.name, found.municipality, found.guessed) == (place, municipality, False)


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("Kalmar", "Kalmar"),
        ("Lindsdal", "Kalmar"),
        ("Trekanten", "Kalmar"),
        ("Påryd", "Kalmar"),
        ("Rockneby", "Kalmar"),
        ("Mantorp", "Mjölby"),
        ("Väderstad", "Mjölby"),
        ("Vara", "Vara"),
        ("Kvänum", "Vara"),
        ("Vedum", "Vara"),
        ("Stora Levene", "Vara"),
        ("Onsala", "Kungsbacka"),
        ("Särö", "Kungsbacka"),
        ("Åsa", "Kungsbacka"),
        ("Fjärås", "Kungsbacka"),
        ("Frillesås", "Kungsbacka"),
        ("Vikingstad", "Linköping"),
        ("Borensberg", "Motala"),
        ("Gothenburg", "Göteborg"),
        ("kungsbaka", "Kungsbacka"),
        ("mjolby", "Mjölby"),
        ("kallmar", "Kalmar"),
        ("kvanum", "Vara"),
        ("stokholm", "Stockholm"),
    ],
)
def test_towns_and_districts_lie_where_they_lie(gazetteer: Gazetteer, text: str, municipality: str) -> None:
    assert [at.municipality for at in gazetteer.by_name(text)] == [municipality]


@pytest.mark.parametrize(
    ("text", "municipalities"),
    [("Skänninge", {"Mjölby", "Norrtälje"}), ("skeninge", {"Mjölby", "Norrtälje"}), ("Smedby", {"Kalmar", "Leksand"})],
)
def test_names_that_are_used_twice_are_asked_about(gazetteer: Gazetteer, text: str, municipalities: set[str]) -> None:
    assert {at.municipality for at in gazetteer.by_name(text)} == municipalities


@pytest.mark.parametrize(
    "text", ["bankid", "Sörblåkulla", "telefon", "datorn", "kommunen", "hemma", "swish", "legitimation"]
)
def test_ordinary_words_are_no_places(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.by_name(text) == ()


def test_rockneby_is_not_in_central_kalmar(gazetteer: Gazetteer) -> None:
    (kalmar,) = gazetteer.by_name("Kalmar")
    for row in rows("postcodes.csv"):
        if row["place"] in {"Rockneby", "Läckeby"}:
            found = gazetteer.by_postcode(row["postcode"])
            assert found is not None and distance_km(found, kalmar) > 10


def test_every_municipality_can_be_named(gazetteer: Gazetteer) -> None:
    for row in rows("municipalities.csv"):
        assert row["code"] in {at.municipality_code for at in gazetteer.by_name(f"{row['name']} kommun")}, row["name"]


def test_a_point_on_the_map_gets_a_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.nearest_name(57.4301, 12.0312).name == "Onsala"
