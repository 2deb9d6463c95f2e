from __future__ import annotations

import pytest

from bot.domain.told_needs import is_for_later, needs_in, readings


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("jag har glömt koden till bankid och undrar också hur man bokar tid på 1177", 2),
        ("hjälp med swish, bostadsbidrag och 1177", 3),
        ("jag behöver hjälp med swish, bostadsbidrag och så vill jag lära mig 1177", 3),
        ("hur förnyar jag recept och finns det nån kurs i Mjölby", 2),
        ("1. större text 2. hjälp i Kungsbacka", 2),
        ("Hej 1) hur skaffar jag swish 2) hur förnyar jag recept 3) finns kurs i Vara", 3),
        ("- swish\n- kivra", 2),
        ("Hur får jag bankid?\nOch hur betalar jag räkningar?", 2),
        ("kan du hjälpa mig med både kivra och swish", 2),
        ("först vill jag vabba och sen söka bostadsbidrag", 2),
        ("I need BankID and also how to book a doctor at 1177", 2),
    ],
)
def test_several_needs(text: str, count: int) -> None:
    assert len(needs_in(text)) == count


@pytest.mark.parametrize(
    "text",
    [
        "jag är arbetslös och sjuk, hur sjukanmäler jag mig till försäkringskassan",
        "jag är pensionär, kan jag söka sjukpenning",
        "har fått jobb, hur ändrar jag inkomsten på bostadsbidraget",
        "jag har inget bankid, hur gör jag flyttanmälan på papper",
        "jag kommer inte in på 1177 och bankid funkar inte",
        "jag ska resa till spanien, hur funkar swish där",
        "Hej! Jag heter Gun och undrar hur man skaffar swish",
        "min mamma har fått ny telefon och vill ha swish",
        "swish",
    ],
)
def test_one_need_with_what_is_told_around_it(text: str) -> None:
    assert needs_in(text) == ()


def test_the_order_is_as_told() -> None:
    assert needs_in("1. större text 2. hjälp i Kungsbacka") == ("större text", "hjälp i Kungsbacka")


def test_courtesies_are_left_out_of_what_is_read() -> None:
    assert readings("jag behöver hjälp med swish")[0] == "hjälp med swish"
    assert readings("dessutom undrar jag var jag kan få hjälp i Kalmar") == ("var jag kan få hjälp i Kalmar",)
    assert "hur får jag större text" in readings("större text")


def test_what_is_put_after_the_present_one() -> None:
    assert is_for_later("och sen undrar jag hur man betalar med swish")
    assert is_for_later("jag vill också deklarera")
    assert not is_for_later("hur skaffar man swish")
