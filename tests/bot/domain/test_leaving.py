"""What a relative says who follows no longer, and what only sounds like it."""

from __future__ import annotations

import pytest

from bot.domain import leaving


@pytest.mark.parametrize(
    "text",
    [
        "sluta följa mamma",
        "jag vill inte följa pappa längre",
        "jag behöver inte hålla koll på mamma längre",
        "behöver inte ha koll på henne mer",
        "jag slipper gärna följa farbror Olle",
        "nu ska jag inte följa henne längre",
        "jag vill inte ha info om mamma mer",
        "inga fler sms om henne tack",
        "sluta skicka mig sms om mamma",
        "slipper jag fler meddelanden om pappa nu",
        "ta bort mig som anhörig",
        "koppla bort mig från mamma",
        "avsluta kopplingen till mamma",
        "jag är inte längre god man för honom",
        "jag orkar inte vara kontakt för morsan",
        "mamma vill inte att jag följer henne",
        "i dont want to follow my mother any more",
        "kan ni sluta meddela mig om min mor",
        "tack men nu räcker det med besked om mamma",
        "jag vill ente följ na mer",
        "please stop sending me updates about dad",
        "remove me as a relative",
    ],
)
def test_leaves(text: str) -> None:
    assert leaving.leaves(text)


@pytest.mark.parametrize(
    "text",
    [
        "jag vill följa pappa",
        "sluta",
        "sluta skicka sms",
        "stoppa reklam i kivra",
        "jag vill inte följa stegen, kan du visa igen",
        "pappa vill inte följa med till banken",
        "jag vill inte hjälpa mamma med fel sak, vad ska jag göra först",
        "jag behöver inte veta allt, bara hur det går",
        "mamma vill inte ha bankid",
        "ta bort mig från listan",
        "jag får inga sms från banken",
        "vi har inte hört av er",
        "vill inte ha sms om du hör av dig på natten",
    ],
)
def test_stays(text: str) -> None:
    assert not leaving.leaves(text)


@pytest.mark.parametrize(
    ("text", "maybe"),
    [
        ("nu klarar mamma sig själv", True),
        ("min bror tar över mammas saker", True),
        ("jag kan släppa det nu", True),
        ("klarar mamma sig själv?", False),
        ("hur går det för mamma", False),
    ],
)
def test_may_leave(text: str, maybe: bool) -> None:
    assert leaving.may_leave(text) is maybe


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("mamma är död", True),
        ("pappa dog i lördags", True),
        ("farmor har gått bort", True),
        ("my mother has died", True),
        ("mamma är död trött på bankid", False),
        ("mamma är borta i helgen", False),
        ("telefonen dog", False),
    ],
)
def test_death(text: str, dead: bool) -> None:
    assert leaving.tells_of_death(text) is dead
