"""Leaving a guide is no STOPP."""

from __future__ import annotations

import pytest

from bot.domain.case import Reason
from tests.bot.engine.talk import Talk


@pytest.mark.parametrize("means", [None, "stop", "cancel", "goodbye"])
@pytest.mark.parametrize("text", ["jag vill sluta nu", "vi slutar här", "nu slutar jag med det här"])
def test_a_guide_is_left_and_kept(means: str | None, text: str) -> None:
    talk = Talk()
    talk.says("swish", "swish")
    assert "FORTSÄTT" in talk.says(text, means)
    assert not talk.conversation.opted_out
    assert "1 av" in talk.says("FORTSÄTT")


@pytest.mark.parametrize("means", [None, "stop"])
def test_with_nothing_open_how_to_stop_is_told_and_nothing_is_stopped(means: str | None) -> None:
    talk = Talk()
    talk.says("hej", "greet")
    assert "STOPP" in talk.says("jag vill sluta nu", means)
    assert not talk.conversation.opted_out
    talk.says("jag vill sluta få sms", "stop")
    assert talk.conversation.opted_out


def test_a_question_is_left() -> None:
    talk = Talk()
    talk.says("bankid", fits=("bankid_get", "bankid_locked"))
    talk.says("vi slutar här", "cancel", accepted=False)
    assert talk.conversation.question is None


@pytest.mark.parametrize("text", ["STOPP", "sluta"])
def test_stop_is_stop_in_a_guide_too(text: str) -> None:
    talk = Talk()
    talk.says("swish", "swish")
    talk.says(text, "stop")
    assert talk.conversation.opted_out


@pytest.mark.parametrize("text", ["börja igen", "jag ångrar mig", "STARTA"])
def test_started_again_in_own_words(text: str) -> None:
    talk = Talk()
    talk.says("hej", "greet")
    talk.says("STOPP")
    assert talk.says("hallå") == ""
    assert "Välkommen tillbaka" in talk.says(text)
    assert not talk.conversation.opted_out


def test_danger_after_stop_is_heard_whatever_else_is_said() -> None:
    talk = Talk()
    talk.says("hej", "greet")
    talk.says("STOPP")
    talk.says("jag ångrar mig", "emergency", rule="regret")
    assert talk.conversation.opted_out
    assert talk.opened(Reason.EMERGENCY)


def test_who_needs_nothing_more_is_told_goodbye_and_the_step_stays() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    step = talk.step
    assert "Hej då" in talk.says("nej tack inget mer", "deny", accepted=False)
    assert talk.step == step


def test_no_with_nothing_open_is_no_list_of_what_there_is() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    talk.says("avbryt")
    assert "Skriv när du vill" in talk.says("nej det var inget", "deny")
    assert "Vill du fortsätta" not in talk.answer
