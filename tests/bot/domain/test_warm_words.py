from __future__ import annotations

import pytest

from bot.domain.warm_words import is_thumb, is_warm


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
