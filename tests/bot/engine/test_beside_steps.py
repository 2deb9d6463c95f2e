"""A pause, a return, shame and a mere fact in the middle of a guide."""

from __future__ import annotations

import pytest

from bot.domain.case import Reason
from tests.bot.engine.talk import Talk


def _at_step_two() -> Talk:
    talk = Talk()
    talk.says("swish", "swish")
    talk.says("KLART")
    return talk


@pytest.mark.parametrize("means", [None, "cancel", "next", "goodbye", "out_of_scope"])
def test_a_pause_keeps_the_step_and_counts_nothing(means: str | None) -> None:
    talk = _at_step_two()
    step = talk.step
    for text in ("vänta lite", "jag måste hämta glasögonen", "vi fortsätter i morgon"):
        assert "FORTSÄTT" in talk.says(text, means)
    assert talk.step == step
    assert talk.conversation.not_understood == 0


@pytest.mark.parametrize("means", [None, "next", "back"])
def test_coming_back_tells_the_step_again(means: str | None) -> None:
    talk = _at_step_two()
    step = talk.step
    talk.says("strax")
    assert "2 av 5" in talk.says("nu är jag tillbaka", means)
    assert talk.step == step


def test_what_was_fetched_is_no_done_right_after_a_pause() -> None:
    talk = _at_step_two()
    step = talk.step
    talk.says("ska leta reda på dosan")
    talk.says("nu har jag hittat den", "next")
    assert talk.step == step
    talk.says("klart")
    assert talk.step != step


def test_coming_back_to_a_guide_that_was_left() -> None:
    talk = _at_step_two()
    step = talk.step
    talk.says("AVBRYT")
    assert "2 av 5" in talk.says("då kör vi igen")
    assert talk.step == step


def test_a_pause_keeps_what_was_offered() -> None:
    talk = Talk()
    talk.says("swish och sen vab", "swish", also=("fk_vab",))
    talk.says("AVBRYT")
    talk.says("inte nu, senare", "deny")
    assert talk.conversation.needs == ("fk_vab",)


def test_nobody_is_told_to_take_their_time_in_a_fraud() -> None:
    talk = Talk()
    talk.says("jag har blivit lurad", "fraud_suspected", entities={"fraud_stage": "attempt"})
    assert "Ta den tid" not in talk.says("vänta lite")


def test_shame_gets_a_warm_line_and_the_second_time_a_person() -> None:
    talk = _at_step_two()
    step = talk.step
    answer = talk.says("jag är så dum")
    assert "inte dig det är fel på" in answer
    assert "Steg 2 av 5" in answer
    assert talk.step == step
    assert "människa" in talk.says("det här kan jag aldrig lära mig")
    talk.says("ja")
    assert talk.opened(Reason.STUCK)


@pytest.mark.parametrize("means", [None, "next", "affirm", "out_of_scope"])
def test_a_fact_moves_nothing(means: str | None) -> None:
    talk = _at_step_two()
    step = talk.step
    assert "Steg 2 av 5" in talk.says("jag har den blå dosan", means)
    assert talk.step == step
    assert talk.conversation.not_understood == 0


def test_a_fact_that_is_a_need_of_its_own_is_met() -> None:
    talk = _at_step_two()
    talk.says("jag har en ny telefon", "bankid_new_phone")
    assert talk.step
    assert talk.step[0] == "bankid_new_phone"


@pytest.mark.parametrize("means", ["fraud_suspected", "stuck", "affirm", "online_banking", "computer_tablet"])
@pytest.mark.parametrize("text", ["swedbank har jag", "jag sa ju nordea", "de e en hp", "den är gammal"])
def test_what_somebody_has_is_noted_whatever_it_was_taken_for(text: str, means: str) -> None:
    talk = _at_step_two()
    step = talk.step
    assert "då vet jag det" in talk.says(text, means)
    assert talk.step == step
    assert talk.case is None


def test_what_somebody_has_leaves_the_question_open() -> None:
    talk = _at_step_two()
    talk.says("FASTNAT")
    talk.says("FASTNAT")
    assert "JA eller NEJ" in talk.says("jag har swedbank", "affirm")
    assert talk.case is None


def test_a_bank_named_first_is_asked_about_and_is_no_fraud() -> None:
    talk = Talk()
    assert "Vad gäller det" in talk.says("jag har swedbank", "fraud_suspected")
    assert talk.case is None
    assert "Tack, då vet jag det" in talk.says("det är en samsung", "fraud_suspected")


@pytest.mark.parametrize("means", ["affirm", "next", "stuck", None])
def test_who_goes_and_does_the_step_is_left_in_peace(means: str | None) -> None:
    talk = _at_step_two()
    step = talk.step
    for text in ("ok då gör jag så", "jag ska prova", "nu ska vi se"):
        assert "ta den tid du behöver" in talk.says(text, means).lower()
    assert talk.step == step
    assert talk.conversation.not_understood == 0


def test_to_an_offer_the_same_words_are_an_answer() -> None:
    talk = _at_step_two()
    talk.says("FASTNAT")
    talk.says("FASTNAT")
    talk.says("ja det gör jag", "affirm")
    assert talk.case is not None
