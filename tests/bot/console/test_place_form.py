"""The form of a place: what is shown comes back as it was, and everything that is wrong is told by field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.console.place_form import Fields, Meant, empty_fields, fields_of, read_form, rows_of
from bot.console.words import has, word
from bot.domain.gazetteer import Gazetteer
from bot.domain.place import Place
from bot.gazetteer_files import load_gazetteer
from bot.place_documents import document_of, place_of
from bot.place_files import load_places
from bot.settings import ROOT
from tests.sample_places import DOCUMENT, place

CONFIG = Path(__file__).parents[3] / "config" / "places"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(ROOT / "data" / "gazetteer")


def meant(gazetteer: Gazetteer, before: Place | None = None, **typed: object) -> Meant:
    """The library's form with these fields typed anew."""
    fields: dict[str, tuple[str, ...]] = dict(fields_of(before or place()))
    fields |= {name: (value,) if isinstance(value, str) else tuple(value) for name, value in typed.items()}  # type: ignore[arg-type]
    return read_form(fields, gazetteer, before or place())


def test_every_shipped_place_goes_through_the_form_unchanged(gazetteer: Gazetteer) -> None:
    for one in load_places(CONFIG):
        read = read_form(fields_of(one), gazetteer, one)
        assert read.faults == {}
        assert document_of(place_of(read.document, read.municipality)) == document_of(one)


def test_a_place_with_everything_goes_through_unchanged(gazetteer: Gazetteer) -> None:
    hours = {**DOCUMENT["hours"], "closed_on_holidays": False, "closed_eves": ["julafton", "skartorsdagen"]}
    whole = place(
        address="Storgatan 1",
        valid_from="2026-01-01",
        valid_to="2027-06-30",
        hours=hours,
        helps_with=["pension", "swish"],
    )
    read = read_form(fields_of(whole), gazetteer, whole)
    assert (read.faults, place_of(read.document, "Kalmar")) == ({}, whole)


def test_rows_are_those_that_are_filled_in_and_some_to_spare() -> None:
    assert list(rows_of(empty_fields(), "day", 3)) == [0, 1, 2]
    assert list(rows_of(fields_of(place()), "day", 3)) == [0, 1, 2, 3, 4]
    assert list(rows_of({"season_4_from": ("22/6",)}, "season", 0)) == [0, 1, 2, 3, 4]


def test_all_faults_of_a_new_empty_form_are_told_at_once(gazetteer: Gazetteer) -> None:
    read = read_form(empty_fields(), gazetteer)
    assert {name: fault.key.removeprefix("place_fault.") for name, fault in read.faults.items()} == {
        "owner": "owner", "name": "needed", "town": "needed", "directions_sv": "needed", "directions_en": "needed", "staffed_0": "never",
        "lat": "no_point", "verified_at": "needed", "verified_by": "needed",
    }  # fmt: skip


def test_without_a_position_the_middle_of_the_town_counts(gazetteer: Gazetteer) -> None:
    read = meant(gazetteer, lat="", lon="", town="Lindsdal")
    assert read.faults == {}
    assert abs(read.document["lat"] - 56.73) < 0.05 and abs(read.document["lon"] - 16.3) < 0.05
    assert meant(gazetteer, lat="56,6616").document["lat"] == 56.6616, "a comma is a decimal sign"


def test_a_sample_stays_one_until_somebody_has_verified_it(gazetteer: Gazetteer) -> None:
    sample = place(verified_at="sample", verified_by=None, sample=True)
    assert meant(gazetteer, sample, name="Annat").document["sample"] is True
    real = meant(gazetteer, sample, verified_at="2026-11-20", verified_by="Chefen")
    assert real.faults == {} and not place_of(real.document, "Kalmar").sample
    assert list(meant(gazetteer, sample, verified_at="2026-11-20").faults) == ["verified_by"]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"name": ""}, "name", "Det här behöver fyllas i."),
        ({"name": "x" * 81}, "name", "Det är för långt: 81 tecken. Det får vara högst 80."),
        ({"name": "Bibliotek – söder"}, "name", "– finns inte i SMS-alfabetet. Skriv ett vanligt tecken i stället."),
        ({"town": "Kalmar ★"}, "town", "★ finns inte i SMS-alfabetet. Skriv ett vanligt tecken i stället."),
        ({"kind": "shop"}, "kind", "Det här går inte att läsa. Titta på det en gång till."),
        ({"kind": "state_service"}, "helps", "Ett statligt servicekontor hjälper inte med allt. Välj vilka ämnen."),
        ({"helps": "some", "topic": ()}, "helps", "Välj minst ett ämne, eller allt digitalt."),
        ({"lat": "norr"}, "lat", "”norr” är inget läge. Skriv grader, till exempel 56.6616."),
        ({"lat": "nan"}, "lat", "nan ligger utanför Sverige. Har latitud och longitud bytt plats?"),
        ({"lat": "16.3616"}, "lat", "16.3616 ligger utanför Sverige. Har latitud och longitud bytt plats?"),
        ({"lon": ""}, "lon", "”” är inget läge. Skriv grader, till exempel 56.6616."),
        (
            {"lat": "", "lon": "", "town": "Sundsvall"},
            "lat",
            "Orten hittades inte i kommunen. Skriv latitud och longitud.",
        ),
        (
            {"staffed_0": "tio till fem"},
            "staffed_0",
            "”tio till fem” går inte att läsa som tider. Skriv 10-18, eller 9.30-12, 13-18.",
        ),
        ({"staffed_3": "18-10"}, "staffed_3", "”18-10” stänger innan det öppnar. Rätta en av tiderna."),
        (
            {"unstaffed_6": "9-12, 11-14"},
            "unstaffed_6",
            "Tiderna ”9-12, 11-14” går in i varandra. Gör dem till en, eller rätta en tid.",
        ),
        ({"season_0_from": "31/6"}, "season_0_from", "”31/6” är ingen dag på året. Skriv den som 22/6."),
        (
            {"season_0_staffed": "sommartid"},
            "season_0_staffed",
            "”sommartid” går inte att läsa. Skriv måndag-torsdag 10-16, en rad för varje.",
        ),
        (
            {"season_0_staffed": "måndag-onsdag 10-12\ntisdag 9-10"},
            "season_0_staffed",
            "En dag i ”tisdag 9-10” står redan på en rad ovanför. Ta bort en av dem.",
        ),
        ({"day_0_from": "2026-02-31"}, "day_0_from", "Dagen ”2026-02-31” finns inte. Skriv den som 2026-12-23."),
        ({"day_1_to": "2026-12-01"}, "day_1_to", "Sista dagen är före den första. Rätta en av dem."),
        (
            {"day_1_to": "2027-12-01"},
            "day_1_to",
            "Det är mer än 120 dagar. Använd en period av året, eller till och med.",
        ),
        ({"day_2_from": "2026-12-29"}, "day_2_from", "2026-12-29 står på två rader. Ta bort den ena."),
        ({"day_2_staffed": "10-12"}, "day_2_from", "Det här behöver fyllas i."),
        (
            {"valid_from": "2027-01-01", "valid_to": "2026-12-31"},
            "valid_to",
            "Sista dagen är före den första. Rätta en av dem.",
        ),
        ({"valid_to": "31/2 2027"}, "valid_to", "Dagen ”31/2 2027” finns inte. Skriv den som 2026-12-23."),
        ({"verified_at": ""}, "verified_at", "Det här behöver fyllas i."),
        ({"verified_by": " "}, "verified_by", "Det här behöver fyllas i."),
        ({"eve": ("lillejulafton",)}, "staffed_0", "Det här går inte att läsa. Titta på det en gång till."),
        ({"owner": "Kalmar"}, "owner", "Välj en kommun och enhet som du arbetar för."),
        ({"directions_en": ""}, "directions_en", "Det här behöver fyllas i."),
    ],
)
def test_each_fault_is_told_kindly_at_its_field(
    gazetteer: Gazetteer, typed: dict[str, object], field: str, said: str
) -> None:
    faults = meant(gazetteer, **typed).faults
    assert list(faults) == [field]
    assert word(faults[field].key, "sv", **dict(faults[field].values)) == said


def test_nobody_ever_there(gazetteer: Gazetteer) -> None:
    typed = {f"staffed_{day}": "" for day in range(7)} | {"day_0_staffed": ""}
    assert meant(gazetteer, **typed).faults["staffed_0"].key == "place_fault.never"


def test_a_mobile_unit_has_only_its_stops(gazetteer: Gazetteer) -> None:
    fields: Fields = {
        **empty_fields(), "owner": ("Kalmar/library",), "name": ("Bokbussen, Rockneby",), "kind": ("mobile",), "town": ("Rockneby",),
        "directions_sv": ("Vid skolan.",), "directions_en": ("At the school.",), "verified_at": ("2026-11-20",), "verified_by": ("Busschefen",),
        "day_0_from": ("2026-12-01",), "day_0_staffed": ("10-12",), "day_2_from": ("15/12 2026",), "day_2_staffed": ("kl 14-16",),
    }  # fmt: skip
    read = read_form(fields, gazetteer)
    assert read.faults == {}
    bus = place_of(read.document, read.municipality)
    assert [day.isoformat() for day in sorted(bus.hours.exceptions)] == [
        "2026-12-01",
        "2026-12-15",
    ] and bus.hours.week == {}


def test_every_fault_that_can_be_told_has_words(gazetteer: Gazetteer) -> None:
    source = (ROOT / "bot" / "console" / "place_form.py").read_text(encoding="utf-8")
    keys = set(re.findall(r'self\.fault\([^,]+, "(\w+)"', source)) | {
        "hours_unreadable",
        "hours_backwards",
        "hours_overlap",
        "season_line",
    }
    assert len(keys) > 15
    assert [key for key in sorted(keys) if not has(f"place_fault.{key}")] == []
