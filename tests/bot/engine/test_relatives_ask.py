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
