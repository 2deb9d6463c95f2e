"""What an elder says who wants to be followed no longer, and what only sounds like it."""

from __future__ import annotations

import pytest

from bot.domain import withdrawing

ENDS = """
jag vill inte att Karin ska få veta mer
hon ska inte se mina saker längre
sluta berätta för min dotter
Karin får inte följa mig mer
jag ångrar mig, Karin ska inte få se något
ta bort min dotter
jag vill inte att min dotter ser vad jag gör
nu räcker det, hon ska inte veta något mer
jag tar tillbaka mitt ja
kan ni sluta skicka till Karin
säg inget mer till Karin
I do not want Karin to see my things any more
jag vill inte ha någon som följer mig
min flicka ska inte lägga sig i mina saker
avsluta kopplingen
upphäv samtycket
min dotter behöver inte få mer information
ni får inte säga något till Karin
""".strip().splitlines()
OTHER = """
jag vill inte att Karin ska oroa sig
hon ska inte behöva betala
kan Karin få veta mer
min dotter ser inte skärmen
jag vill inte se reklam längre
min dotter får inte se bilderna jag skickar
hon vet inte hur man gör
Karin får inte veta koden
skicka ett sms till Karin
kan du säga till Karin att jag bokat
hälsa min dotter
jag får inte veta något från banken
hon behöver inte hjälpa mig idag
""".strip().splitlines()


@pytest.mark.parametrize("text", ENDS)
def test_it_shall_end(text: str) -> None:
    assert withdrawing.ends_following(text, "Karin" in text)


@pytest.mark.parametrize("text", OTHER)
def test_it_is_about_something_else(text: str) -> None:
    assert not withdrawing.ends_following(text, "Karin" in text)


@pytest.mark.parametrize(
    "text", ["kan man ångra att hon får se", "hur avslutar jag samtycket", "jag har ändrat mig om Karin"]
)
def test_how_it_is_done(text: str) -> None:
    assert withdrawing.asks_how_to_end(text, "Karin" in text)
    assert not withdrawing.ends_following(text, "Karin" in text)


def test_any_other_word_may_tell_of_something_worse() -> None:
    assert withdrawing.says_nothing_else("Karin får inte följa mig mer", ["Karin"])
    assert not withdrawing.says_nothing_else("Karin slår mig, hon ska inte se mina saker", ["Karin"])
    assert not withdrawing.says_nothing_else("Karin får inte följa mig mer", ["Anna"])


@pytest.mark.parametrize(
    "text",
    [
        "nej jag ångrar mig",
        "nej förresten",
        "ingenting",
        "nej hon ska inte det",
        "vill inte vara med",
        "det blev fel",
        "nej jag har ändrat mig",
        "inte alls",
        "I changed my mind",
    ],
)
def test_regrets(text: str) -> None:
    assert withdrawing.regrets(text)


@pytest.mark.parametrize(
    "text", ["nej", "nej tack", "bara följa", "hon ska inte boka", "nej inget mer", "1", "påminnelser"]
)
def test_regrets_nothing(text: str) -> None:
    assert not withdrawing.regrets(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("micke får inte boka nåt åt mej va", "reminders"),
        ("han ska bara få se", "follow"),
        ("ändra så hon inte kan boka", "reminders"),
        ("hon får inte boka, bara titta", "follow"),
        ("she may not book for me", "reminders"),
        ("jag kan inte boka tid på 1177", ""),
        ("jag vill bara se mina recept", ""),
        ("hur gör jag så att hon inte kan boka", ""),
        ("han kan inte boka tid", "reminders"),
    ],
)
def test_narrows(text: str, left: str) -> None:
    assert withdrawing.narrows(text, named="micke" in text) == left


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("hon får gärna boka åt mig", True),
        ("min dotter kan få påminnelser", True),
        ("kan hon boka åt mig?", False),
        ("kan du boka åt mig", False),
    ],
)
def test_widens(text: str, more: bool) -> None:
    assert withdrawing.widens(text, named=False) is more
