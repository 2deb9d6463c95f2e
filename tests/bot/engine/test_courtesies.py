"""Thanks and kind words, sure and unsure."""

from __future__ import annotations

import pytest

from tests.bot.engine.talk import Talk


@pytest.mark.parametrize("text", ["kram", "❤️", "du är så snäll Lotta", "👍"])
def test_kind_words_get_one_warm_line_and_are_no_trouble(text: str) -> None:
    talk = Talk()
    talk.says("hej", "greet")
    assert "Tack själv" in talk.says(text)
    assert talk.conversation.not_understood == 0


def test_likely_thanks_are_thanks() -> None:
    assert "Tack själv" in Talk().says("tack nu blev det avbrott", "thanks", accepted=False)


def test_thanks_with_trouble_in_them_are_not() -> None:
    assert "Tack själv" not in Talk().says("tack men det går inte alls", "thanks", accepted=False)


def test_a_thumb_on_a_step_is_no_thanks() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    assert "Tack själv" not in talk.says("👍")


def test_hearts_in_a_guide_leave_the_step() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    step = talk.step
    assert "Steget finns kvar" in talk.says("❤️")
    assert talk.step == step


@pytest.mark.parametrize("text", ["är du en riktig människa", "heter du Lotta"])
def test_who_answers_is_told_though_the_interpreter_is_not_sure(text: str) -> None:
    talk = Talk()
    talk.says("hej", "greet")
    assert "Jag heter Lotsen och är en dator" in talk.says(text, "about_bot", accepted=False)


@pytest.mark.parametrize("text", ["bra", "fint", "ok bra"])
def test_a_nod_on_a_step_is_neither_done_nor_trouble(text: str) -> None:
    talk = Talk()
    talk.says("swish", "swish")
    step = talk.step
    assert "Steg 1 av" in talk.says(text)
    assert talk.step == step
    assert talk.conversation.not_understood == 0


@pytest.mark.parametrize("text", ["jag är döv, skriv till mig", "ring inte, jag vill hellre skriva"])
def test_who_would_rather_write_is_told_that_we_do(text: str) -> None:
    assert "här skriver vi" in Talk().says(text)
    assert "here we write" in Talk(language="en").says("i am deaf please write")
