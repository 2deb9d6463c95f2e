"""Answers to a numbered question that name no single number."""

from __future__ import annotations

import pytest

from tests.bot.engine.talk import Talk


def _asked_which() -> Talk:
    talk = Talk()
    talk.says("bankid")
    return talk


def test_two_numbers_take_one_and_keep_the_other() -> None:
    talk = _asked_which()
    options = talk.conversation.question.options if talk.conversation.question else ()
    talk.says("2 och 4")
    assert talk.step
    assert talk.step[0] == options[1]
    assert talk.conversation.needs == (options[3],)


def test_both_of_four_is_asked_about_again_kindly() -> None:
    talk = _asked_which()
    answer = talk.says("båda")
    assert "en i taget" in answer
    assert "förstod inte" not in answer
    assert talk.conversation.not_understood == 0


def test_not_knowing_which_need_is_no_failure() -> None:
    talk = _asked_which()
    assert "egna ord" in talk.says("vet inte")
    assert talk.conversation.question is None
    assert talk.conversation.not_understood == 0


def test_none_of_a_guides_options_is_the_one_for_anything_else() -> None:
    talk = Talk()
    talk.says("bankid krånglar", "bankid_error")
    talk.says("ingen av dom", "deny")
    assert talk.step == ("bankid_error", "status")


def test_not_knowing_twice_offers_a_person() -> None:
    talk = Talk()
    talk.says("bankid krånglar", "bankid_error")
    assert "inte ditt fel" in talk.says("vet inte")
    assert "människa" in talk.says("vet inte")


def _asked_whether_all_is_right() -> Talk:
    talk = Talk()
    talk.says("jag ska deklarera", "tax_return")
    talk.says("KLART")
    return talk


def test_yes_and_no_take_the_option_that_begins_so() -> None:
    for text, means in (("ja", None), ("det stämmer bra det", "affirm")):
        talk = _asked_whether_all_is_right()
        assert "1 Ja" in talk.answer
        talk.says(text, means)
        assert talk.step == ("tax_return", "approve-app")
    talk = _asked_whether_all_is_right()
    talk.says("nej")
    assert talk.step == ("tax_return", "change-where")


def test_done_is_no_answer_to_a_guides_own_question() -> None:
    talk = _asked_whether_all_is_right()
    assert "1 Ja" in talk.says("KLART")


def test_a_likely_need_of_those_asked_about_is_taken() -> None:
    talk = Talk()
    talk.says("bankid krånglar på nåt vis", fits=["bankid_error", "bankid_locked"])
    talk.says("jag minns inte siffrorna", fits=["forgotten_password", "bankid_locked"])
    assert talk.step and talk.step[0] == "bankid_locked"


def test_what_may_be_two_of_them_or_none_is_asked_about() -> None:
    for fits in (["bankid_error", "bankid_locked"], ["swish", "fk_login"]):
        talk = Talk()
        talk.says("bankid krånglar på nåt vis", fits=["bankid_error", "bankid_locked"])
        assert "Vad gäller det" in talk.says("det är nåt med den", fits=fits)
        assert talk.step is None


def test_what_may_be_a_danger_is_not_taken_for_a_need() -> None:
    talk = Talk()
    talk.says("bankid krånglar på nåt vis", fits=["bankid_error", "bankid_locked"])
    talk.says("någon har koden", fits=["fraud_suspected", "bankid_locked"])
    assert talk.step is None


@pytest.mark.parametrize(("text", "means"), [("KLART", None), ("hur menar du", "stuck"), ("FASTNAT", None)])
def test_what_answers_no_menu_leaves_it_open(text: str, means: str | None) -> None:
    talk = Talk()
    talk.says("bankid", fits=("bankid_get", "bankid_locked"))
    assert "från 1 till 4" in talk.says(text, means)
    assert "människa" in talk.says(text, means)


def test_no_to_a_question_beside_a_step_leads_back_to_the_step() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    talk.says("numret är gammalt", fits=("phone_settings", "bankid_new_phone"))
    assert "Steg 1 av" in talk.says("nej")
    assert talk.segments <= 2
