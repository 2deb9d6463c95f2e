"""Numbers that no SMS can be asked at, by their form alone."""

from __future__ import annotations

import pytest

from tests.bot.engine.talk import Talk


@pytest.mark.parametrize("number", ["+44 7700 900123", "0044 7700 900123", "+358 40 123"])
def test_a_number_of_another_country_is_declined_as_such_though_it_may_be_none(number: str) -> None:
    talk = Talk("telegram")
    talk.says("jag vill följa min moster", "relative_help", entities={"relation": "moster"})
    assert talk.conversation.question and talk.conversation.question.kind == "elder_number"
    assert "svenska mobilnummer" in talk.says(number)
    assert talk.conversation.question and talk.conversation.question.kind == "elder_number"


def test_half_a_swedish_number_is_asked_for_again() -> None:
    talk = Talk("telegram")
    talk.says("jag vill följa min moster", "relative_help", entities={"relation": "moster"})
    assert "tio siffror" in talk.says("070-174 06")


@pytest.mark.parametrize(
    ("said", "relation", "means"),
    [
        ("vilka kurser har min mamma bokat", "mamma", "course_list"), ("har min man Sven kontaktat er?", "man", "case_status"), ("hur går det för farfar", "farfar", "relative_help"),
        ("vad har mamma sagt", "mamma", "repeat"), ("har pappa fått hjälp", "pappa", None),
    ],
)  # fmt: skip
def test_without_a_leave_nothing_is_told_but_how_to_get_one(said: str, relation: str, means: str | None) -> None:
    talk = Talk()
    said = talk.says(said, means, entities={"relation": relation})
    assert "behövs ett ja" in said
    assert talk.conversation.question and talk.conversation.question.kind == "elder_number"


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("hur går det till när mamma ska skaffa bankid", "bankid_get"),
        ("mamma behöver hjälp", "relative_help"),
        ("hur är läget med min pension", "pension"),
    ],
)
def test_what_asks_of_nobodys_matters_is_answered_as_ever(said: str, means: str) -> None:
    talk = Talk()
    talk.says(said, means, entities={"relation": "mamma"})
    assert talk.conversation.question is None or talk.conversation.question.kind != "elder_number"
