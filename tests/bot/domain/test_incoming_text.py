import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.incoming_text import LONGEST, clean


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  hej  ", "hej"),
        ("a\u030a a\u0308 o\u0308", "å ä ö"),
        ("rad ett\r\nrad två\rrad tre\nrad fyra", "rad ett\nrad två\nrad tre\nrad fyra"),
        ("ett\ftvå\vtre\x85fyra\u2028fem", "ett\ntvå\ntre\nfyra\nfem"),
        ("a\x00b\x07c\x1bd", "abcd"),
        ("bank\u200bid \u202eabc\ufeff\u00ad", "bankid abc"),
        ("a\u200b\u030a", "å"),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),
        ("tab\toch\nrad", "tab\toch\nrad"),
        ("👍🏽", "👍🏽"),
        ("\x00\u200b", ""),
        ("", ""),
        ("<b>'; DROP TABLE--</b>", "<b>'; DROP TABLE--</b>"),
        ("مرحبا", "مرحبا"),
    ],
)
def test_what_is_left(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_long_text_is_cut() -> None:
    assert clean("a" * (LONGEST + 10)) == "a" * LONGEST
    assert clean("a" * (LONGEST - 1) + " b") == "a" * (LONGEST - 1)


ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=40) | st.text(
    "a\u030aå\u200b\r\n\ud800\udc00\x00 \f", max_size=20
)


@settings(deadline=None)
@given(ANY)
def test_any_text_becomes_one_that_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert "\x00" not in cleaned
    assert "\r" not in cleaned


@settings(deadline=None)
@given(st.text("abcåäöABCÅÄÖ0123456789 ,.!?-\n", max_size=200))
def test_ordinary_texts_are_only_stripped(text: str) -> None:
    assert clean(text) == text.strip()
