"""Words as they are looked for, and where they stand in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.found_words import FOLD, bare, excerpt, folded, is_in, pieces, words_in


@pytest.mark.parametrize("typed", ["don't", "don’t", "DON´T", "don`t"])
def test_apostrophes_are_nothing(typed: str) -> None:
    assert bare(typed) == "dont"


def test_every_letter_that_is_folded_has_one_to_be() -> None:
    assert len(FOLD[0]) == len(FOLD[1])
    assert len(set(FOLD[0])) == len(FOLD[0])
    assert FOLD[1].isascii()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Räkning", ("rakning",)),
        ("Ra\u0308kning", ("rakning",)),
        ("  swish, SWISH!  ", ("swish",)),
        ("070-174 06", ("070", "174", "06")),
        ("a b", ("a", "b")),
        ("a bank", ("bank",)),
        ('" OR 1=1 *', ("or",)),
        ("!?", ()),
        ("бан", ("бан",)),
        ("ett två tre fyra fem sex sju åtta nio", ("ett", "tva", "tre", "fyra", "fem", "sex", "sju", "atta")),
    ],
)
def test_the_words_of_a_query(query: str, words: tuple[str, ...]) -> None:
    assert words_in(query) == words


def test_what_is_found_is_marked_from_its_beginning_to_the_end_of_the_word() -> None:
    assert pieces("Räkningen kom, rakning!", ("rakn",)) == [
        ("Räkningen", True),
        (" kom, ", False),
        ("rakning", True),
        ("!", False),
    ]
    assert pieces("nu är det", ("nu",)) == [("nu", True), (" är det", False)]
    assert pieces("nummer", ("nu",)) == [("nummer", False)]
    assert is_in("nummer", ("num",))
    assert not is_in("telefonnummer", ("num",))


@given(st.text(max_size=400), st.text(max_size=20))
def test_pieces_are_the_text(text: str, query: str) -> None:
    assert "".join(piece for piece, _ in pieces(text, words_in(query))) == text
    assert len(folded(text)) == len(text)


@given(st.text(alphabet="ab åäö.\n", max_size=600), st.integers(20, 200))
def test_an_excerpt_is_not_much_longer_than_asked_for(text: str, most: int) -> None:
    cut = "".join(piece for piece, _ in excerpt(text, ("åä",), most))
    assert len(cut) <= 2 * most + 4


def test_an_excerpt_shows_what_was_found() -> None:
    text = "Hej hopp. " * 40 + "Sedan kom räkningen från elbolaget. " + "Och så vidare. " * 40
    found = excerpt(text, ("rakning",))
    assert ("räkningen", True) in found
    assert found[0] == ("… ", False)
    assert found[-1] == (" …", False)
    assert 100 < sum(len(piece) for piece, _ in found) < 170
    assert excerpt("Kort.", ("finns inte",)) == [("Kort.", False)]
