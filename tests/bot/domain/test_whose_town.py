"""Whose town counts when a message names two."""

from __future__ import annotations

import pytest

from bot.domain.whose_town import towns_meant


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
