import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.normalise import clean, fold, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Åsa ÄR i Öja, ok?", "asa ar i oja ok"),
        (unicodedata.normalize("NFD", "Mjölby é"), "mjolby e"),
        ("København Łódź", "kobenhavn lodz"),
        ("👍 !!", ""),
        ("скорую", "скорую"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_offsets_are_those_of_the_original() -> None:
    text = "  i " + unicodedata.normalize("NFD", "Mjölby") + "!"
    word = words(text)[1]
    assert unicodedata.normalize("NFC", text[word.start : word.end]) == "Mjölby"


def test_clean_takes_away_what_breaks_engines() -> None:
    assert clean("a\x00b\ud800c\u200bd") == "a b c d"


@given(st.text())
def test_words_lie_in_order_inside_the_text(text: str) -> None:
    end = 0
    for word in words(text):
        assert end <= word.start < word.end <= len(text)
        assert text[word.start : word.end] == word.raw
        end = word.end
