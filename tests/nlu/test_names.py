from pathlib import Path

import pytest

from nlu.names import KINDS, NamesFileError, load_names, shipped_names

SMALL = """
relation: {mamma: [mamma, mor mor]}
device: {}
bank: {}
authority: {}
with_care:
  - {words: [far], relation: pappa, after: [min], not_before: [illa]}
  - {words: [mum], relation: mamma, language: en}
never: [mammut]
"""


def test_the_shipped_lists_are_read_once_and_hold_every_kind() -> None:
    names = shipped_names()
    assert names is shipped_names()
    assert {name.entity for name in names.sure.values()} == set(KINDS)


def test_words_are_folded_and_rules_kept(tmp_path: Path) -> None:
    path = tmp_path / "names.yml"
    path.write_text(SMALL, encoding="utf-8")
    names = load_names(path)
    assert names.sure["mor mor"].value == "mamma"
    (far,) = names.careful["far"]
    assert far.counts("min", "", english=False)
    assert not far.counts("min", "illa", english=False)
    assert not far.counts("min", "", english=True)
    assert not far.counts("", "", english=False)
    assert names.careful["mum"][0].counts("", "", english=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "relation: {mamma: [mamma]}",
        SMALL.replace("device: {}", "device: {mobil: [mamma]}"),
        SMALL.replace("not_before", "notbefore"),
        SMALL + "\n  - [",
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, text: str) -> None:
    path = tmp_path / "names.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NamesFileError, match=r"names\.yml"):
        load_names(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NamesFileError):
        load_names(tmp_path / "names.yml")
