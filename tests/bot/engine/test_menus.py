"""Answers to a numbered question that name no single number."""

from __future__ import annotations

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
