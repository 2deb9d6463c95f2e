"""Whose town counts when a message names two."""

from __future__ import annotations

import pytest

from bot.domain.whose_town import only_the_writers, tells_home, towns_meant


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("mamma bor i Mjölby, jag bor i Göteborg, vart kan hon gå", "Mjölby"),
        ("jag bor i Göteborg men mamma bor i Mjölby, var finns hjälp för henne", "Mjölby"),
        ("jag sitter i Göteborg, pappa är i Mjölby, finns det hjälp nära honom", "Mjölby"),
        ("själv bor jag i Göteborg. mormor i Mjölby behöver hjälp", "Mjölby"),
        ("I live in Göteborg, mum lives in Mjölby, where can she go", "Mjölby"),
        ("jag bor i Göteborg, min dotter bor i Mjölby, var kan jag få hjälp", "Göteborg"),
        ("min dotter bor i Mjölby och jag i Göteborg, finns det något nära mig", "Göteborg"),
    ],
)
def test_of_two_towns(text: str, town: str) -> None:
    starts = sorted([text.index("Mjölby"), text.index("Göteborg")])
    assert towns_meant(text, starts) == [text.index(town)]


@pytest.mark.parametrize("text", ["jag bor i Mjölby", "Mjölby", "mellan Mjölby och Göteborg"])
def test_where_nothing_tells_them_apart_all_are_meant(text: str) -> None:
    starts = [text.index(town) for town in ("Mjölby", "Göteborg") if town in text]
    assert towns_meant(text, starts) == starts


@pytest.mark.parametrize(
    "text",
    [
        "jag bor i Mjölby och min mamma behöver hjälp med datorn, var finns hjälp för henne", "min mor är 87 och behöver hjälp på plats. själv bor jag i Mjölby",
        "Hej jag bor i Mjölby. Finns det någon kurs för min mamma", "jag sitter i Mjölby och undrar var min pappa kan få hjälp med mobilen", "i live in Mjölby, where can my mother get help",
        "jag är i Mjölby, var ska mormor gå",
    ],
)  # fmt: skip
def test_the_writers_own_town_is_not_where_the_elder_lives(text: str) -> None:
    assert only_the_writers(text, [text.index("Mjölby")])


@pytest.mark.parametrize(
    "text",
    [
        "jag bor i Mjölby, var kan jag få hjälp", "mamma bor i Mjölby, var kan hon gå", "jag bor i Mjölby med mamma, var kan hon få hjälp", "vi bor i Mjölby, var kan mamma gå",
        "jag bor i Mjölby och min man behöver hjälp", "jag bor i Mjölby", "jag bor i Mjölby, mamma sa att ni har kurser", "hjälp i Mjölby för min mamma",
    ],
)  # fmt: skip
def test_the_town_counts_when_it_may_be_theirs(text: str) -> None:
    assert not only_the_writers(text, [text.index("Mjölby")])


@pytest.mark.parametrize(
    "text",
    [
        "jag bor i Mjölby och mitt swish funkar inte", "Hej! Bor i Mjölby, 84 år", "jag är hemma i Mjölby", "jag sitter här i Mjölby", "skriver från Mjölby, kommer inte in", "min mamma bor i Mjölby",
        "I live in Mjölby and my bankid is locked", "de har tagit allt, jag bor ensam i Mjölby",
    ],
)  # fmt: skip
def test_a_home_is_told(text: str) -> None:
    assert tells_home(text, text.index("Mjölby"))


@pytest.mark.parametrize(
    "text",
    [
        "han sa att han bor i Mjölby, jag gav honom koden", "jag ska boka en resa till Mjölby", "banken i Mjölby är stängd", "den som ringde sa att de sitter i Mjölby", "paketet kommer från Mjölby",
    ],
)  # fmt: skip
def test_another_town_is_no_home(text: str) -> None:
    assert not tells_home(text, text.index("Mjölby"))
