"""Sentences, words and LIX, as Swedish texts for residents need them counted."""

from __future__ import annotations

import pytest

from bot.checks.readability import lix, sentences, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ring banken. Vänta lite.", ["Ring banken.", "Vänta lite."]),
        ("Skriv t.ex. Kalmar. Klart!", ["Skriv t.ex. Kalmar.", "Klart!"]),
        ("Gå till 1177.se i dag.", ["Gå till 1177.se i dag."]),
        ("Det kostar 12.50 kr. Ja.", ["Det kostar 12.50 kr.", "Ja."]),
        ("Öppet kl. 10.30 i dag.", ["Öppet kl. 10.30 i dag."]),
        ('Det står "Vänta." Tryck sedan.', ['Det står "Vänta.', "Tryck sedan."]),
        ("Polis som kan vänta: 114 14.", ["Polis som kan vänta:", "114 14."]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Ring 114 14 nu.", 3),
        ("Ring 020-50 50 50 nu.", 3),
        ("Ring 112, 1177 eller banken.", 5),
        ("Skriv www.skatteverket.se i webbläsaren.", 4),
        ("Ring Post- och telestyrelsen.", 2),
        ("Ring Myndigheten för digital förvaltning i dag.", 4),
        ("QR-koden står still.", 3),
    ],
)
def test_words(sentence: str, count: int) -> None:
    assert len(words(sentence)) == count


def test_lix_is_words_a_sentence_and_the_share_of_long_words() -> None:
    assert lix(["Jag ser en katt. Den springer nu."]) == pytest.approx(7 / 2 + 100 * 1 / 7)


def test_lix_leaves_out_names_of_authorities() -> None:
    assert lix(["Ring Försäkringskassan nu."]) == lix(["Ring nu."])
    assert lix(["Ring Försäkringskassans växel nu."]) == lix(["Ring växel nu."])
    assert lix(["Ring försäkringsbolaget nu."]) > lix(["Ring nu."])


def test_lix_of_nothing_is_nothing() -> None:
    assert lix([]) == lix(["..."]) == 0.0
