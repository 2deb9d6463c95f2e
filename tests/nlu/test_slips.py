import pytest

from nlu.slips import Slips, common_words

SLIPS = Slips(
    ["mamma", "forsakringskassan", "kronofogden", "telefon", "telefonen", "granne", "svarfar", "svarmor"], ["grane"]
)


@pytest.mark.parametrize(
    ("word", "listed"),
    [
        ("mamam", "mamma"),
        ("mammma", "mamma"),
        ("fosakringskasan", "forsakringskassan"),
        ("cronofogden", "kronofogden"),
        ("telfonen", "telefonen"),
    ],
)
def test_a_slip_is_found_again(word: str, listed: str) -> None:
    assert SLIPS.nearest(word) == (listed,)


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("mama", "too short"),
        ("gransen", "too far"),
        ("grane", "never"),
        ("grannen", "people use it"),
        ("telefonkon", "a compound"),
        ("pamma", "another first letter"),
        ("mam2a", "not only letters"),
        ("", "nothing"),
    ],
)
def test_other_words_are_left_alone(word: str, why: str) -> None:
    assert SLIPS.nearest(word) == (), why


def test_all_that_are_as_near() -> None:
    assert set(SLIPS.nearest("svarmar")) == {"svarfar", "svarmor"}


def test_common_words_are_folded_and_of_both_languages() -> None:
    assert {"gransen", "trying", "skatten"} <= common_words()
