from datetime import date
from pathlib import Path

import pytest

from bot.domain.place import DIGITAL, PlaceKind
from bot.place_files import PlaceFilesError, load_places, read_places

PLACE = """\
municipality: Kalmar
places:
  - id: kalmar
    name: Kalmar stadsbibliotek
    kind: library
    unit: bibliotek
    town: Kalmar
    lat: 56.6616
    lon: 16.3616
    helps_with: [digital]
    directions: {sv: Fråga i disken., en: Ask at the desk.}
    hours: {staffed: {monday-friday: 10-18}}
    verified_at: 2026-11-02
    verified_by: Kalmar stadsbibliotek
"""


def folder_with(tmp_path: Path, text: str) -> Path:
    (tmp_path / "kalmar.yml").write_text(text, encoding="utf-8")
    return tmp_path


def without(key: str) -> str:
    return "".join(line for line in PLACE.splitlines(keepends=True) if not line.strip().startswith(f"{key}:"))


def test_a_place_is_read_whole(tmp_path: Path) -> None:
    extra = "    address: Storgatan 1\n    access: [lift]\n    providers: [A, B]\n    valid_to: 2027-06-30\n"
    (place,) = load_places(folder_with(tmp_path, PLACE + extra))
    assert (place.id, place.municipality, place.unit, place.kind) == (
        "kalmar",
        "Kalmar",
        "bibliotek",
        PlaceKind.LIBRARY,
    )
    assert place.helps_with == {DIGITAL}
    assert place.directions == {"sv": "Fråga i disken.", "en": "Ask at the desk."}
    assert (place.verified_at, place.valid_from, place.valid_to) == (date(2026, 11, 2), None, date(2027, 6, 30))
    assert (place.address, place.access, place.providers) == ("Storgatan 1", ("lift",), ("A", "B"))
    assert len(place.hours.staffed(date(2026, 11, 23))) == 1
    assert place.sample is False


def test_a_sample_counts_as_verified_whenever_it_is_loaded(tmp_path: Path) -> None:
    text = PLACE.replace("verified_at: 2026-11-02", "verified_at: sample").replace(
        "verified_by: Kalmar stadsbibliotek", "sample: true"
    )
    (place,) = load_places(folder_with(tmp_path, text))
    assert place.sample and place.verified_at is None
    assert place.is_current(date(2040, 1, 1))


@pytest.mark.parametrize("key", ["verified_at", "unit", "hours", "directions", "helps_with", "kind", "lat"])
def test_what_is_missing_is_said_at_the_place(tmp_path: Path, key: str) -> None:
    with pytest.raises(PlaceFilesError, match=rf"kalmar\.yml:3: the place has no '{key}': \w+"):
        load_places(folder_with(tmp_path, without(key)))


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("    unit:", "    phone: 1\n    unit:", 6, "a place has no 'phone': remove it"),
        ("kind: library", "kind: shop", 5, "'shop' is no kind of place: use one of library"),
        ("10-18", "10-8", 12, "must close after it opens"),
        ("lat: 56.6616", "lat: 16.3616", 8, "outside Sweden"),
        ("lat: 56.6616", "lat: nan", 8, "outside Sweden"),
        ("lat: 56.6616", "lat: north", 8, "no number of degrees"),
        ("helps_with: [digital]", "helps_with: []", 10, "helps_with is empty"),
        ("helps_with: [digital]", "helps_with: digital", 10, "must be a list"),
        ("kind: library", "kind: state_service", 10, "does not help with everything"),
        (", en: Ask at the desk.", "", 11, "missing in 'en'"),
        ("verified_at: 2026-11-02", "verified_at: sample", 13, "sample: true only"),
        ("verified_at: 2026-11-02", "verified_at: 2026-02-31", 13, "is no date"),
        ("    verified_by: Kalmar stadsbibliotek\n", "", 3, "no 'verified_by'"),
        ("verified_by:", "valid_from: 2026-12-01\n    valid_to: 2026-11-01\n    verified_by:", 15, "before valid_from"),
        ("name: Kalmar stadsbibliotek", "name:", 4, "name must be a text"),
        ("municipality: Kalmar\n", "", 1, "'municipality' is missing"),
        ("places:", "platser:", 2, "the file has no 'platser'"),
    ],
)
def test_faults_say_file_line_and_what_to_do(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in PLACE
    _, faults = read_places(folder_with(tmp_path, PLACE.replace(old, new, 1)))
    assert [(fault.path.name, fault.line) for fault in faults] == [("kalmar.yml", line)]
    assert message in faults[0].message


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder_with(tmp_path, without("unit"))
    (tmp_path / "vara.yml").write_text("a: [\n", encoding="utf-8")
    with pytest.raises(PlaceFilesError) as raised:
        load_places(tmp_path)
    assert [fault.path.name for fault in raised.value.faults] == ["kalmar.yml", "vara.yml"]
    assert len(str(raised.value).splitlines()) == 2


def test_an_id_is_used_once_over_all_files(tmp_path: Path) -> None:
    folder_with(tmp_path, PLACE)
    (tmp_path / "nybro.yml").write_text(PLACE, encoding="utf-8")
    places, faults = read_places(tmp_path)
    assert len(places) == 1
    assert faults[0].path.name == "nybro.yml" and "kalmar.yml:3" in faults[0].message


def test_a_folder_without_place_files_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(PlaceFilesError, match="no place files"):
        load_places(tmp_path)
