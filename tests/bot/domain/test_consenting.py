"""What an elder's words mean when a relative has asked to follow."""

from __future__ import annotations

import pytest

from bot.domain import consenting

PRESSED = """
han säger att jag måste
jag vågar inte säga nej
hon står bredvid och bestämmer
min son tvingar mig att svara ja
ja, annars blir han arg på mig
jag är rädd för honom
jag får inte prata med er
hon sa att jag måste skriva ja
jag har inget val
my son says I have to
she makes me do it
I'm afraid of him
""".strip().splitlines()
CALM = """
ja det går bra
ja det är min dotter
måste jag svara?
min dotter sitter bredvid och hjälper mig
nej tack
vem är det
jag är inte hemma
hon hjälper mig jämt
ja gärna, hon är snäll
""".strip().splitlines()


@pytest.mark.parametrize("text", PRESSED)
def test_pressed(text: str) -> None:
    assert consenting.is_pressed(text)


@pytest.mark.parametrize("text", CALM)
def test_not_pressed(text: str) -> None:
    assert not consenting.is_pressed(text)


@pytest.mark.parametrize(
    "text",
    [
        "vem är det?",
        "Vem är Anna",
        "vad betyder det",
        "vad handlar det om",
        "jag känner ingen Anna",
        "förstår inte",
        "varför",
        "who is it",
    ],
)
def test_asks_about_it(text: str) -> None:
    assert consenting.asks_about_it(text)


@pytest.mark.parametrize("text", ["vem är du?", "vem är ni", "ja", "who are you", "jag vill ha hjälp med swish"])
def test_asks_something_else(text: str) -> None:
    assert not consenting.asks_about_it(text)


@pytest.mark.parametrize(
    ("text", "no"),
    [("nej jag vill inte", True), ("Nä", True), ("absolut inte", True), ("när då", False), ("nu", False)],
)
def test_begins_with_no(text: str, no: bool) -> None:
    assert consenting.begins_with_no(text) is no


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("ta bort Anna", True),
        ("sluta låta Anna följa mig", True),
        ("Anna ska inte följa mig", True),
        ("Anna får gärna följa", False),
        ("hej Anna", False),
    ],
)
def test_ends_it(text: str, ends: bool) -> None:
    assert consenting.ends_it(text) is ends


def test_named() -> None:
    assert consenting.named("ta bort annas rätt", ["Anna", "Bo Ek"]) == ["Anna"]
    assert consenting.named("bo får inte", ["Anna", "Bo Ek"]) == ["Bo Ek"]
    assert consenting.named("ta bort alla", ["Anna"]) == []


@pytest.mark.parametrize(
    "text",
    [
        "klart hon får",
        "det är min flicka så det är klart",
        "det är ok för mig",
        "det får hon göra",
        "hon får gärna titta",
        "jag godkänner det",
        "yes she may",
    ],
)
def test_lets_them_without_the_word(text: str) -> None:
    assert consenting.permits(text)


@pytest.mark.parametrize(
    "text",
    [
        "hon får inte",
        "det är min dotter",
        "klart",
        "hon får se men inte boka",
        "hon får hjälpa mig med swish",
        "får hon se allt?",
    ],
)
def test_is_no_leave(text: str) -> None:
    assert not consenting.permits(text)


def test_an_apostrophe_as_telephones_type_it() -> None:
    assert consenting.refuses("I don’t want that")
    assert consenting.asks_about_it("I don’t understand")


@pytest.mark.parametrize(
    "text",
    [
        "jag klarar mig själv",
        "det vill jag inte",
        "ingen ska lägga sig i mina affärer",
        "jag har det bra som det är",
        "hon har inget med det att göra",
    ],
)
def test_refuses_without_the_word(text: str) -> None:
    assert consenting.refuses(text)


@pytest.mark.parametrize(
    "text",
    [
        "jag klarar swish själv",
        "jag vill inte ha reklam",
        "jag vill inte att det kostar",
        "hon får gärna",
        "hon får följa",
    ],
)
def test_does_not_refuse(text: str) -> None:
    assert not consenting.refuses(text)


@pytest.mark.parametrize(
    "text",
    [
        "är detta bluff?",
        "jag känner ingen med det numret",
        "jag har ingen dotter",
        "är det här på riktigt",
        "is this a scam",
    ],
)
def test_doubts(text: str) -> None:
    assert consenting.doubts(text)


@pytest.mark.parametrize(
    "text", ["det var bluff och jag har gett min kod", "bedragare ringde mig", "vem är det", "jag känner ingen Anna"]
)
def test_does_not_only_doubt(text: str) -> None:
    assert not consenting.doubts(text)
