from __future__ import annotations

import pytest

from bot.domain.warm_words import has_courtesy, is_thumb, is_warm, needs_no_more, nods


@pytest.mark.parametrize(
    "text",
    [
        "❤️",
        "🌹🌹",
        "kram",
        "Stor kram till dig!",
        "du är så snäll Lotta",
        "ni är fantastiska",
        "så snällt av dig",
        "gud välsigne dig",
        "you are so kind",
    ],
)
def test_warm(text: str) -> None:
    assert is_warm(text)


@pytest.mark.parametrize(
    "text",
    ["", "!!!", ".", "👎", "du är dum", "är du snäll?", "du är snäll men det går inte", "kan du vara snäll och ringa"],
)
def test_not_warm(text: str) -> None:
    assert not is_warm(text)


def test_a_thumb_is_no_heart() -> None:
    assert is_thumb("👍🏻")
    assert not is_thumb("❤️")
    assert not is_thumb("!")
    assert not is_warm("👍")


@pytest.mark.parametrize(
    "text", ["nej tack inget mer", "det var allt för idag", "jag behöver inget mer nu", "that's all thanks"]
)
def test_nothing_more(text: str) -> None:
    assert needs_no_more(text)


@pytest.mark.parametrize("text", ["det var allt", "inget"])
def test_nothing_more_in_few_words(text: str) -> None:
    assert needs_no_more(text)


@pytest.mark.parametrize("text", ["det kommer inget", "inget fungerar", "allt är borta", "jag behöver inte bankid"])
def test_something_more(text: str) -> None:
    assert not needs_no_more(text)


def test_a_courtesy_has_a_word_of_one() -> None:
    assert has_courtesy("tackar så mycket")
    assert has_courtesy("ha det så bra")
    assert not has_courtesy("viktigt")


def test_a_nod() -> None:
    assert nods("ok bra")
    assert not nods("det är inte bra")
    assert not nods("är det bra?")
