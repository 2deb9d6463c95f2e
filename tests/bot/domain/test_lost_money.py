"""Words of money that is gone."""

from __future__ import annotations

import pytest

from bot.domain.lost_money import may_be_lost


@pytest.mark.parametrize(
    "text",
    [
        "min dotter har swishat bort pengar", "min son har blivit av med pengar via swish", "pengarna är borta", "sonen har tömt kontot", "mamma har skickat iväg alla sina pengar", "dottern har swishat mina pengar",
        "han har spelat bort pensionen", "hon blev av med 5000 kr", "my money is gone", "grannen har tagit ut mina pengar",
    ],
)  # fmt: skip
def test_gone(text: str) -> None:
    assert may_be_lost(text)


@pytest.mark.parametrize(
    "text",
    [
        "jag har swishat fel person", "hur swishar jag pengar", "jag vill skicka bort pengar", "jag har swishat min dotter", "hon har gett bort sin telefon", "jag har betalat", "jag har blivit av med bankid", "kontot är öppnat", "min dotter har swishat mig pengar",
    ],
)  # fmt: skip
def test_not_gone(text: str) -> None:
    assert not may_be_lost(text)
