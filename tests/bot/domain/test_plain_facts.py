from __future__ import annotations

import pytest

from bot.domain.plain_facts import is_new_thing, is_what_they_have

FACTS = """swedbank har jag|swedbank|jag sa ju swedbank|handelsbanken|jag har nordea|de e en hp|iphone har jag|det är en ipad|Samsung|jag har en gammal samsung galaxy|windows|android tror jag
|jag har länsförsäkringar bank|Vi är kunder i Sparbanken Syd|sparbanken är det|min bank är SEB|jag har dosa|den är gammal|telefonen är ganska ny|mobilen e ny|gmail|jag har gmail|telia|ja har en doro telefon
|jag har bara en gammal nokia|JAG HAR SWEDBANK|hej jag har swedbank|det står samsung på den|I have nordea|it is an iphone|paddan är en ipad|swedbank ju|jag har iphone 8"""
OTHERS = """swedbank ringde mig|swedbank ringer nu|jag har gett koden till swedbank|någon från nordea vill ha min kod|jag har blivit lurad av swedbank|jag har swedbank och de ringde om pengar
|swedbank vill ha min kod|pengarna är borta från swedbank|microsoft ringde|jag har nordea och kommer inte in|samsung laddar inte|hur gör jag på iphone|är det swedbank?|jag har ont|min man är gammal
|jag har ingen dosa|dosan är borta|dosan ville de ha|de sa swedbank|han sa att han var från nordea|jag är ny|appen är ny|jag har glömt swedbank|swedbank har tagit pengar|jag sa koden till nordea||iphone eller android"""


def _each(said: str) -> list[str]:
    return [text.strip() for text in said.split("|")]


@pytest.mark.parametrize("text", _each(FACTS))
def test_what_somebody_has(text: str) -> None:
    assert is_what_they_have(text)


@pytest.mark.parametrize("text", _each(OTHERS))
def test_what_says_more(text: str) -> None:
    assert not is_what_they_have(text)


@pytest.mark.parametrize(
    "text", ["min man har fått en ny telefon", "jag fick en ny mobil av min dotter", "vi har köpt en ny dator"]
)
def test_a_new_thing(text: str) -> None:
    assert is_new_thing(text)


@pytest.mark.parametrize(
    "text",
    [
        "en man har fått min nya telefon",
        "de har köpt en ny telefon i mitt namn",
        "någon har köpt en ny dator på mitt konto",
        "jag har fått en ny räkning",
        "min man har fått en ny telefon och koden är borta",
    ],
)
def test_what_is_not_mine(text: str) -> None:
    assert not is_new_thing(text)
