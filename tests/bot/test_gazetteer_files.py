from pathlib import Path

import pytest

from bot.gazetteer_files import GazetteerFileError, load_gazetteer

GOOD = {
    "postcodes.csv": "postcode,place,municipality_code,lat,lon\n39231,Kalmar,0880,56.6616,16.3616\n",
    "places.csv": "name,municipality_code,lat,lon,population,alternates\nKalmar,0880,56.6616,16.3616,38408,Calmar|K\n",
    "municipalities.csv": "code,name,county\n0880,Kalmar,Kalmar\n",
}


def write(folder: Path, **changed: str) -> Path:
    for name, text in GOOD.items():
        (folder / name).write_text(changed.get(name.removesuffix(".csv"), text), encoding="utf-8")
    return folder


def test_the_three_files_become_a_gazetteer(tmp_path: Path) -> None:
    gazetteer = load_gazetteer(write(tmp_path))
    found = gazetteer.by_postcode("39231")
    assert found is not None and found.municipality == "Kalmar"
    assert gazetteer.by_name("calmar") == gazetteer.by_name("Kalmar") != ()


def test_a_missing_file_says_which_and_what_to_do(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "places.csv").unlink()
    with pytest.raises(GazetteerFileError, match=r"places\.csv: there is no such file; .*README\.md"):
        load_gazetteer(tmp_path)


@pytest.mark.parametrize("row", ["39231,Kalmar,0880,north,16.3616", "39231,Kalmar", "39231,Kalmar,0880,,"])
def test_a_bad_row_says_where(tmp_path: Path, row: str) -> None:
    write(tmp_path, postcodes=GOOD["postcodes.csv"] + row + "\n")
    with pytest.raises(GazetteerFileError, match=r"postcodes\.csv:3: this row cannot be read"):
        load_gazetteer(tmp_path)


def test_an_empty_file_or_other_columns_are_refused(tmp_path: Path) -> None:
    write(tmp_path, municipalities="code,name,county\n")
    with pytest.raises(GazetteerFileError, match=r"municipalities\.csv:1: the file has no rows"):
        load_gazetteer(tmp_path)
    write(tmp_path, municipalities="kod,namn\n0880,Kalmar\n")
    with pytest.raises(GazetteerFileError, match=r"municipalities\.csv:2"):
        load_gazetteer(tmp_path)
