"""When to phone, and on which number: what was told is not asked for again."""

from __future__ import annotations

import pytest

from bot.domain.case import Reason
from bot.domain.events import CaseNoted
from tests.bot.engine.talk import Talk


def _noted(talk: Talk) -> list[str]:
    return [event.text for event in talk.events if isinstance(event, CaseNoted)]


def test_a_time_in_the_same_message_is_noted_and_not_asked_for() -> None:
    talk = Talk()
    answer = talk.says("ring mig i morgon efter tio", "callback", entities={"time": "i morgon"})
    assert talk.opened(Reason.CALLBACK)
    assert "antecknad" in answer
    assert "När passar" not in answer
    assert _noted(talk) == ["ring mig i morgon efter tio"]


@pytest.mark.parametrize("text", ["ring mig när som helst", "ring mig så fort ni kan", "ring mig, men inte före nio"])
def test_any_words_for_when_will_do(text: str) -> None:
    assert "När passar" not in Talk().says(text, "callback")


def test_on_telegram_only_the_number_is_missing() -> None:
    talk = Talk(channel="telegram")
    answer = talk.says("ring mig i morgon efter tio", "callback", entities={"time": "i morgon"})
    assert "Vilket telefonnummer" in answer
    assert "när passar" not in answer
    assert "antecknat" in talk.says("0701740611")


def test_a_time_told_later_is_added() -> None:
    talk = Talk()
    talk.says("ring mig", "callback")
    talk.says("när som helst")
    assert "antecknat" in talk.says("fast inte före nio")
    assert _noted(talk) == ["fast inte före nio"]


def test_who_cannot_phone_is_written_to() -> None:
    talk = Talk()
    talk.says("ring mig", "callback")
    assert "skriver en människa" in talk.says("jag är döv, skriv i stället")


def test_a_time_is_no_matter_of_a_case_for_something_else() -> None:
    talk = Talk()
    talk.says("MÄNNISKA")
    assert "antecknat" not in talk.says("på torsdag", entities={"time": "torsdag"})


def test_more_about_being_phoned_is_noted_and_nothing_is_asked_again() -> None:
    talk = Talk()
    talk.says("ring mig", "callback")
    talk.says("på torsdag")
    assert "antecknat" in talk.says("och ring på mobilen", "callback")
    assert talk.notes[-1] == "och ring på mobilen"
    assert talk.conversation.question is None


def test_who_asked_to_be_phoned_may_ask_to_be_written_to_instead() -> None:
    talk = Talk()
    talk.says("ring mig", "callback")
    talk.says("på torsdag")
    assert "skriver en människa" in talk.says("ring mig inte, jag hör så dåligt", "callback")


def test_a_number_told_later_is_noted() -> None:
    talk = Talk()
    talk.says("ring mig", "callback")
    talk.says("efter lunch")
    assert "antecknat" in talk.says("ta hemtelefonen 0701740620", entities={"phone_number": "+46701740620"})
    assert talk.notes[-1] == "ta hemtelefonen 0701740620"
