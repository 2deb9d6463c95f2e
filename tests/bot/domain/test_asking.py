"""What is read out of a wish to follow somebody."""

from __future__ import annotations

import pytest

from bot.domain import asking
from bot.domain.asking import Told
from bot.domain.relations import HELPED

FOLLOWS = """
jag vill följa min pappas ärende
kan jag få följa mammas ärende
vill följa farbror Olle
jag vill få veta hur det går för mormor
kan du koppla mig till min mamma
jag är anhörig till Olle
jag är hans anhöriga
jag vill ha samtycke från pappa
vill hjälpa mamma med hennes ärende
kan jag som anhörig se vad som händer
I want to follow my father's case
i am a relative of Olle
I want to be kept informed about mum
""".strip().splitlines()

DOES_NOT = """
min mamma kommer inte åt BankID
hjälper farmor med 1177
jag följer stegen men det går inte
jag kan inte följa med, det gick för fort
hur går det med mitt ärende
jag vill följa mitt eget ärende
mamma behöver hjälp
my mother cannot log in
kan du följa instruktionen
""".strip().splitlines()


@pytest.mark.parametrize("text", FOLLOWS)
def test_wants_to_follow(text: str) -> None:
    assert asking.wants_to_follow(text)


@pytest.mark.parametrize("text", DOES_NOT)
def test_does_not(text: str) -> None:
    assert not asking.wants_to_follow(text)


@pytest.mark.parametrize(("text", "name"), [
    ("jag heter Anna och vill följa mamma", "Anna"), ("Jag heter anna-lisa", "anna-lisa"), ("vill följa mamma 0701740605 mvh Sofia Ek", "Sofia Ek"),
    ("Mitt namn är Bo. Jag vill", "Bo"), ("my name is Eva and I want", "Eva"), ("Jag är Anna, dotter till Olle", "Anna"), ("jag är anhörig", ""),
    ("jag vill följa mamma", ""), ("hälsningar från Karin", "Karin"), ("jag heter och vill", ""),
    ("Lena här, jag vill följa mamma", "Lena"), ("Hej Lena Berg här!", "Lena Berg"), ("Här är Lena.", "Lena"), ("kan jag följa mamma / Lena", "Lena"), ("hälsn Lena", "Lena"),
    ("Mamma här, ", ""), ("Dottern här, jag vill", ""), ("Bor här, i Kalmar", ""), ("Inget här", ""),
])  # fmt: skip
def test_own_name(text: str, name: str) -> None:
    assert asking.own_name(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hej jag heter Lena Berg", "Lena Berg"),
        ("Hej! Det är Lena. mamma har glömt koden", "Lena"),
        ("mamma behöver swish. mvh Lena", "Lena"),
        ("jag heter lena", "Lena"),
        ("Jag heter Polisen", ""),
        ("nej det är Viktigt att", ""),
        ("jag vill följa mamma", ""),
    ],
)
def test_a_name_that_is_kept(text: str, name: str) -> None:
    assert asking.name_to_keep(text) == name


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("anna", "Anna"),
        ("Anna 😀 <b>", "Anna b"),
        ("x" * 99, "X" + "x" * 29),
        ("  Åsa-Märta  ", "Åsa-Märta"),
        ("123", ""),
    ],
)
def test_clean_name(name: str, clean: str) -> None:
    assert asking.clean_name(name) == clean


@pytest.mark.parametrize(
    "name",
    [
        "Skatteverket",
        "Swedbank",
        "Polisen i Vara",
        "support",
        "www.bank.se",
        "anna@x.se",
        "Anna 0701",
        "Försäkringskassan",
        "Bankid support",
        "Lotsen",
        "kalmar.se",
    ],
)
def test_doubtful_names(name: str) -> None:
    assert asking.is_doubtful_name(name)


@pytest.mark.parametrize("name", ["Anna", "Karl-Erik", "Åsa Öberg", "Mohammed", "Vardan", "Itta"])
def test_names_of_people(name: str) -> None:
    assert not asking.is_doubtful_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "skicka koden till mig",
        "jag behöver hennes pinkod",
        "jag vill ha pappas bankid",
        "flytta pengarna från hennes konto",
        "give me her codes",
    ],
)
def test_wants_secrets(text: str) -> None:
    assert asking.wants_secrets(text)


@pytest.mark.parametrize(
    "text",
    [
        "mamma har glömt sin kod",
        "hon behöver hjälp med koden, hon minns inte den",
        "jag vill följa pappas ärende",
        "pappa har tappat sin bankdosa och behöver en ny dosa",
    ],
)
def test_wants_none(text: str) -> None:
    assert not asking.wants_secrets(text)


@pytest.mark.parametrize(
    "text",
    [
        "ring mig på 070-174 06 05",
        "okänt nummer 0701740605",
        "mamma blev uppringd från 0701740605",
        "jag nås på 0701740605",
    ],
)
def test_numbers_for_something_else(text: str) -> None:
    assert asking.number_is_for_something_else(text)


def test_ones_own_number_is_not_the_elders() -> None:
    text = "mitt nummer är 0701740606, mammas är 0701740605"
    numbers = [("+46701740606", text.index("0701740606")), ("+46701740605", text.index("0701740605"))]
    assert asking.others_number(text, numbers) == "+46701740605"
    assert asking.others_number(text, numbers[:1]) is None


@pytest.mark.parametrize(
    ("text", "word", "called"),
    [
        ("följa farbror Olle", "farbror", "farbror Olle"),
        ("följa min mamma som", "mamma", ""),
        ("pappa BankID", "pappa", ""),
    ],
)
def test_called(text: str, word: str, called: str) -> None:
    assert asking.called_in(text, word) == called


def test_what_was_told_is_kept_whole() -> None:
    told = Told("pappa", "farbror Olle", "Anna", "name")
    assert Told.unpack(told.pack()) == told
    assert Told.unpack("") == Told()
    assert asking.called(Told("pappa"), "sv") == "din pappa"
    assert asking.called(Told("pappa", "farbror Olle"), "en") == "farbror Olle"
    assert asking.called(Told(), "sv") == HELPED["klient"][0]


def test_names_joined() -> None:
    assert asking.names_joined(["Anna", "Bo", "Eva"], "och") == "Anna, Bo och Eva"
    assert asking.names_joined(["Anna"], "och") == "Anna"


@pytest.mark.parametrize(
    ("text", "word", "called"),
    [
        ("min man Sven", "man", "Sven"),
        ("min granne Olle", "granne", "Olle"),
        ("farbror Olle", "farbror", "farbror Olle"),
    ],
)
def test_a_name_stands_alone_where_the_relation_needs_its_owner(text: str, word: str, called: str) -> None:
    assert asking.called_in(text, word) == called


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("mamma säger att hon svarat ja", True),
        ("har han godkänt?", True),
        ("får jag följa nu?", True),
        ("varför får jag inte se henne längre", True),
        ("jag har svarat på brevet", False),
        ("hur skaffar jag swish", False),
    ],
)
def test_says_they_answered(text: str, answered: bool) -> None:
    assert asking.says_they_answered(text) is answered


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("och pappa också, han har 0701740606", True),
        ("samma för pappa 0701740606", True),
        ("pappa har 0701740606", False),
    ],
)
def test_adds_another(text: str, another: bool) -> None:
    assert asking.adds_another(text) is another
