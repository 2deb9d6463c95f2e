from __future__ import annotations

import pytest

from bot.domain.step_words import (
    asks_about_it,
    says_again,
    says_back,
    says_done,
    says_solved,
    tells_trouble,
)


@pytest.mark.parametrize(
    "text",
    [
        "det fixade jag",
        "ja nu står det välkommen",
        "det var gjort sen innan",
        "sådär ja nu är det klart",
        "den dök upp nu",
        "nu är vi inne",
        "det löste sig",
        "it worked",
    ],
)
def test_done(text: str) -> None:
    assert says_done(text)


@pytest.mark.parametrize(
    "text",
    [
        "det är inte klart",
        "är det klart?",
        "vi har redan börjat bygga",
        "jag har den blå dosan",
        "är jag inne på fel sida",
    ],
)
def test_not_done(text: str) -> None:
    assert not says_done(text)


@pytest.mark.parametrize(
    "text", ["vad sa du före det", "va sa du innan", "ett steg tillbaka", "steget innan tack", "backa", "one step back"]
)
def test_back(text: str) -> None:
    assert says_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "jag hängde inte med",
        "ta det en gång till, långsammare",
        "du går för fort",
        "kan du förklara igen",
        "jag tappade bort mig",
    ],
)
def test_again(text: str) -> None:
    assert says_again(text)
    assert not says_back(text)


def test_a_short_remark_on_what_is_wrong() -> None:
    assert tells_trouble("den är upptagen")
    assert tells_trouble("det kommer inget")
    assert not tells_trouble("jag har den blå dosan")
    assert not tells_trouble("jag ville gå till banken i går men den hade inte öppet så nu undrar jag")


def test_a_question_about_the_step_is_no_yes() -> None:
    assert asks_about_it("måste jag verkligen det")
    assert asks_about_it("varför då")
    assert not asks_about_it("det har jag")
    assert not asks_about_it("vad händer sen")


def test_done_with_it() -> None:
    for text in (
        "klar med det",
        "nu är jag klar med det",
        "det är jag klar med",
        "har tryckt på den",
        "nu har jag tryckt på knappen",
        "jag har startat om",
    ):
        assert says_done(text), text
    for text in ("jag har tryckt på länken", "är du klar med det?", "jag har tryckt på fel", "inte klar med det"):
        assert not says_done(text), text


def test_asking_what_was_said() -> None:
    for text in (
        "vad ska jag trycka på sa du?",
        "var skulle jag trycka sa du",
        "vad skrev du att jag skulle göra",
        "vad var det jag skulle göra",
        "vilken knapp sa du",
    ):
        assert says_again(text), text
    for text in ("vad kostar det", "hur gör man", "vem sa du att du var"):
        assert not says_again(text), text


def test_asking_what_a_word_means() -> None:
    assert asks_about_it("vad menas med region")
    assert asks_about_it("vad betyder ocr")
    assert not asks_about_it("vad är klockan")


@pytest.mark.parametrize(
    "text",
    ["de hjälpte", "okej nu har jag en", "nu ser jag den", "den kom fram!!", "hoppa över det här steget", "skip this"],
)
def test_more_ways_to_be_done(text: str) -> None:
    assert says_done(text)


@pytest.mark.parametrize("text", ["det hjälpte inte", "nu har jag ont", "nu ser jag inget", "kom den fram?"])
def test_no_way_to_be_done(text: str) -> None:
    assert not says_done(text)


@pytest.mark.parametrize(
    "text",
    [
        "nu funkar det igen",
        "hurra nätet är igång igen",
        "min son fixade det",
        "det löste sig av sig själv",
        "problemet är löst",
        "behövs inget mer",
        "jag behöver ingen hjälp längre",
        "it works again now",
    ],
)
def test_solved(text: str) -> None:
    assert says_solved(text)


@pytest.mark.parametrize(
    "text",
    [
        "nu funkar det",
        "nätet funkar inte igen",
        "funkar det igen?",
        "min son sa att det är fel",
        "det är låst igen",
        "klart",
    ],
)
def test_not_solved(text: str) -> None:
    assert not says_solved(text)


@pytest.mark.parametrize("text", ["godmorgon nu är jag klar", "jo nu hörs det", "nu lyser den grönt", "jag är klar nu"])
def test_done_with_a_greeting_or_by_what_is_seen(text: str) -> None:
    assert says_done(text)


@pytest.mark.parametrize("text", ["nu hörs det inget", "är jag klar?", "nu syns den inte", "jag är klar med dig"])
def test_not_done_by_what_is_seen(text: str) -> None:
    assert not says_done(text)
