"""What files of courses, loans and places share, tried on kites that a municipality might own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.marked_yaml import FileFault, Marked, YamlFault, read_marked
from bot.plan_files import by_language, read_both, read_entries, read_keys, read_plans, read_texts


@dataclass(frozen=True)
class Kite:
    id: str
    municipality: str


def _kite(entry: Marked, municipality: str) -> Kite:
    return Kite(read_keys(entry, "kite", ("id",), ("title",))["id"].text("id"), municipality)


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _value(tmp_path: Path, text: str) -> Marked:
    return read_marked(_write(tmp_path, "one.yml", f"value: {text}\n")).mapping("the file")["value"]


def test_plans_come_by_file_name_and_order(tmp_path: Path) -> None:
    _write(tmp_path, "vara.yml", "municipality: Vara\nkites:\n  - id: red\n  - id: blue\n")
    _write(tmp_path, "kalmar.yml", "municipality: Kalmar\nkites: [{id: green}]\n")
    _write(tmp_path, "notes.txt", "no kites")
    assert read_plans(tmp_path, "kites", _kite) == (
        [Kite("green", "Kalmar"), Kite("red", "Vara"), Kite("blue", "Vara")],
        [],
    )


def test_a_faulty_file_and_a_faulty_entry_leave_the_others(tmp_path: Path) -> None:
    broken = _write(tmp_path, "kalmar.yml", "kites: []\n")
    mixed = _write(tmp_path, "vara.yml", "municipality: Vara\nkites:\n  - title: no id\n  - id: blue\n")
    plans, faults = read_plans(tmp_path, "kites", _kite)
    assert plans == [Kite("blue", "Vara")]
    assert faults == [
        FileFault(broken, 1, "'municipality' is missing: add it at the top level"),
        FileFault(mixed, 3, "the kite has no 'id': add it"),
    ]
    assert str(faults[1]) == f"{mixed}:3: the kite has no 'id': add it"


def test_the_first_of_two_with_one_id_stays_also_across_files(tmp_path: Path) -> None:
    _write(tmp_path, "kalmar.yml", "municipality: Kalmar\nkites: [{id: red}]\n")
    second = _write(tmp_path, "vara.yml", "municipality: Vara\nkites:\n  - id: blue\n  - id: red\n")
    plans, faults = read_plans(tmp_path, "kites", _kite)
    assert plans == [Kite("red", "Kalmar"), Kite("blue", "Vara")]
    assert faults == [FileFault(second, 4, "'red' is the id of two kites: change one")]


def test_the_id_of_a_plan_that_cannot_be_read_is_free(tmp_path: Path) -> None:
    _write(tmp_path, "vara.yml", "municipality: Vara\nkites:\n  - {id: red, size: big}\n  - id: red\n")
    plans, faults = read_plans(tmp_path, "kites", _kite)
    assert (len(plans), [fault.line for fault in faults]) == (1, [3])


def test_no_folder_is_no_plans(tmp_path: Path) -> None:
    assert read_plans(tmp_path / "none", "kites", _kite) == ([], [])


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("municipality: Vara\n", 1, "'kites' is missing: add it at the top level"),
        (
            "municipality: Vara\nkites: []\nbirds: []\n",
            3,
            "the file has no 'birds': remove it, or use one of kites, municipality",
        ),
        ("municipality:\nkites: []\n", 1, "municipality must be a text: write it after the colon"),
        ("municipality: Vara\nkites: red\n", 2, "kites must be a list: [one, two] or a line with - for each"),
    ],
)
def test_what_is_no_file_of_entries(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(YamlFault) as raised:
        read_entries(_write(tmp_path, "vara.yml", text), "kites")
    assert (raised.value.line, raised.value.message) == (line, message)


def test_keys_that_are_needed_may_be_and_may_not_be(tmp_path: Path) -> None:
    assert set(read_keys(_value(tmp_path, "{id: red}"), "kite", ("id",), ("title",))) == {"id"}
    assert set(read_keys(_value(tmp_path, "{id: red, title: Red}"), "kite", ("id",), ("title",))) == {"id", "title"}
    with pytest.raises(YamlFault, match=r"^a kite has no 'size': remove it, or use one of id, title$"):
        read_keys(_value(tmp_path, "{size: big}"), "kite", ("id",), ("title",))
    with pytest.raises(YamlFault, match=r"^the kite has no 'id': look on its tail$"):
        read_keys(_value(tmp_path, "{title: Red}"), "kite", ("id",), ("title",), advice="look on its tail")


def test_a_list_of_texts(tmp_path: Path) -> None:
    assert read_texts(_value(tmp_path, "[red, ' blue ']"), "colours") == ("red", "blue")
    assert read_texts(_value(tmp_path, "[]"), "colours") == ()
    with pytest.raises(YamlFault, match=r"^colours must be a text"):
        read_texts(_value(tmp_path, "[red, '']"), "colours")


def test_a_text_in_both_languages(tmp_path: Path) -> None:
    assert read_both(_value(tmp_path, "{en: Red, sv: Röd}"), "title") == {"sv": "Röd", "en": "Red"}
    assert {
        language: value.line for language, value in by_language(_value(tmp_path, "{en: Red, sv: Röd}"), "title").items()
    } == {"sv": 1, "en": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{sv: Röd}", "title is missing in 'en': residents read both languages"),
        ("{en: Red}", "title is missing in 'sv': residents read both languages"),
        ("{sv: Röd, en: Red, fi: Punainen}", "title has no 'fi': remove it, or use one of en, sv"),
        ("{sv: Röd, en: ''}", "title in en must be a text: write it after the colon"),
    ],
)
def test_a_text_that_is_not_in_both_languages(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(YamlFault) as raised:
        read_both(_value(tmp_path, text), "title")
    assert raised.value.message == message


def test_what_is_plural_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(YamlFault, match=r"^directions are missing in 'en'"):
        read_both(_value(tmp_path, "{sv: Fråga}"), "directions", "are")
