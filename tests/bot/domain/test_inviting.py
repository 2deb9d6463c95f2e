"""An elder who wants a relative to follow."""

from __future__ import annotations

import pytest

from bot.domain.inviting import invites


@pytest.mark.parametrize(
    "text",
    [
        "jag vill att min dotter ska få se mina ärenden",
        "kan min son få följa hur det går för mig",
        "jag vill att min dotter ska kunna läsa vad jag skriver till er",
        "I want my daughter to see my cases",
        "min son ska få ha koll på mina ärenden",
        "Får min dotter se vad jag skriver",
        "hej! kan mina barn få insyn i mina ärenden hos er",
        "jag vill att min dotter ska få se mina saker",
        "Can my son follow how I am doing with you",
    ],
)
def test_invites(text: str) -> None:
    assert invites(text)


@pytest.mark.parametrize(
    "text",
    [
        "jag vill att min dotter hjälper mig med swish",
        "jag vill följa min dotters ärenden",
        "min son kan se mina bankkonton, är det farligt",
        "kan min dotter läsa min journal på 1177",
        "min man ser inte mina sms",
        "min son ska hjälpa mig i morgon",
        "kan min fru se mina bilder",
    ],
)
def test_invites_nobody(text: str) -> None:
    assert not invites(text)
