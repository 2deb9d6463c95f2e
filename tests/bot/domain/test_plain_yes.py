"""Words of an elder near a yes."""

from __future__ import annotations

import pytest

from bot.domain import plain_yes

NAMES = ["Karin Ek"]
LETS = """
ja det går bra
Ja, hon får gärna hjälpa mig
jo de går bra de
ja tack gärna
Ja. Karin är min dotter
ja då så
javisst får hon det
absolut
det får hon gärna
ja, det är min son
ja Karin får följa mig
hej! ja det går fint
självklart, hon är så snäll
ja hon får boka åt mig
klart hon får
ok det är bra
ja det är bra för mig
Yes of course she may
that is fine yes
jadå visst
det är okej för min del, ja
jodå de får ho la göra
ja tack snälla ni
Härmed godkänner jag att Karin Ek får följa mina ärenden. Med vänlig hälsning Greta
Ja, får gärna hjälpa mig
""".strip().splitlines()
LETS_NOT = """
ja hej är det karin
ja kan hon
jaha
jaha du
jasså
ja hej
ja vem är det
ja vem är hon
ja vad ska hon göra
ja vad får hon se
hur gör jag för att säga ja
hur säger jag ja
ja jag vill ha hjälp med swish
ja jag vill följa henne
ja det är bra med mig
jag mår bra tack
ja men bara om kurser
ja kanske
ja?
ja jag har glömt koden
ja hallå
Jag är Gretas son, mamma ligger på sjukhus. ja det går bra
det är Karin som håller i mammas telefon, hon säger ja
jag vill veta vad det är
ska jag svara ja
ja jag ska se
tack
hon
""".strip().splitlines()


@pytest.mark.parametrize("text", LETS)
def test_lets_them(text: str) -> None:
    assert plain_yes.lets(text, NAMES)


@pytest.mark.parametrize(
    ("text", "lets"),
    [
        ("det är min dotter", True),
        ("jaha", False),
        ("vem är min dotter", False),
        ("hej", False),
        ("jag är trött", False),
        ("hur gör jag för att säga ja", False),
    ],
)
def test_lets_them_when_a_yes_is_surely_meant(text: str, lets: bool) -> None:
    assert plain_yes.lets(text, NAMES, affirmed=True) is lets
    assert not plain_yes.lets(text, NAMES)


@pytest.mark.parametrize("text", LETS_NOT)
def test_is_no_plain_yes(text: str) -> None:
    assert not plain_yes.lets(text, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "jag svarar senare",
        "kan jag svara imorgon?",
        "ska fråga min man först",
        "jag vet inte riktigt",
        "måste fundera lite",
        "kanske",
        "ja nej alltså jag vet inte",
        "senare",
        "I'm not sure",
        "vill prata med min son innan",
    ],
)
def test_is_undecided(text: str) -> None:
    assert plain_yes.is_undecided(text)


@pytest.mark.parametrize(
    "text",
    ["ja", "nej tack", "jag vet inte hur man gör med bankid", "jag svarade nyss", "tack", "jag vet inte vem det är"],
)
def test_is_decided_or_of_something_else(text: str) -> None:
    assert not plain_yes.is_undecided(text)


@pytest.mark.parametrize(
    "text",
    [
        "ja men bara om kurser",
        "ja fast hon får inte boka",
        "ja om hon inte får se mina pengar",
        "hon får men inte mina pengar",
        "yes but only the courses",
        "hon får bara se tiderna",
    ],
)
def test_has_a_condition(text: str) -> None:
    assert plain_yes.has_a_condition(text)


@pytest.mark.parametrize(
    "text", ["ja", "ja gärna", "jag kan inte logga in", "ja men hon har tagit mina pengar", "bara bra"]
)
def test_has_no_condition(text: str) -> None:
    assert not plain_yes.has_a_condition(text)


@pytest.mark.parametrize(
    "text",
    [
        "får hon se mina pengar då?",
        "kan hon läsa mina sms",
        "vad får Karin se",
        "kan karin boka åt mig",
        "what can she see",
    ],
)
def test_asks_what_they_see(text: str) -> None:
    assert plain_yes.asks_what_they_see(text)


@pytest.mark.parametrize(
    "text", ["hon har tagit mina pengar, kan hon göra så?", "jag kan inte se skärmen", "ja hon får"]
)
def test_asks_nothing_of_that(text: str) -> None:
    assert not plain_yes.asks_what_they_see(text)


@pytest.mark.parametrize(
    "text",
    [
        "Karin skriver nu åt mamma: ja",
        "jag är Gretas son, det går bra",
        "det här är hennes telefon",
        "mamma säger ja",
        "hon säger att det går bra",
        "jag svarar i stället för Greta: ja",
        "this is her phone, yes",
        "jag har frågat mamma, ja",
    ],
)
def test_is_by_another(text: str) -> None:
    assert plain_yes.is_by_another(text)


@pytest.mark.parametrize(
    "text",
    [
        "ja det är min dotter",
        "jag är mamma till Karin",
        "min dotter sitter bredvid och hjälper mig",
        "hon hjälper mig jämt",
        "det är min flickas nummer",
        "jag är änka",
    ],
)
def test_is_the_elders_own(text: str) -> None:
    assert not plain_yes.is_by_another(text)
