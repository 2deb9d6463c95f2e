"""Swedish, English, and the languages that a person reads."""

from __future__ import annotations

import pytest

from bot.domain.case import Reason
from bot.domain.sms_text import unusual
from tests.bot.engine.talk import Talk


def test_english_is_answered_in_english_until_svenska() -> None:
    talk = Talk()
    assert "1 of" in talk.says("how do I get swish please", "swish", language="en")
    assert "2 of" in talk.says("klart", language="sv")
    assert "3 of" in talk.says("nu är det gjort du", "next", language="sv")
    assert "3 av" in talk.says("SVENSKA")
    assert "4 av" in talk.says("klart")


def test_a_word_or_two_of_english_change_nothing() -> None:
    talk = Talk()
    assert "1 av" in talk.says("swish help", "swish", language="en")


@pytest.mark.parametrize("text", ["ENGLISH", "engelska", "in english", "English please!"])
def test_english_asked_for(text: str) -> None:
    talk = Talk()
    talk.says("swish", "swish")
    assert "1 of 5" in talk.says(text)
    assert talk.segments <= 2


def test_asked_for_in_ones_own_words() -> None:
    talk = Talk(language="en")
    assert "svenska" in talk.says("kan du skriva på svenska i stället", "change_language", language="sv")
    assert talk.conversation.language == "sv"


def test_with_nothing_open_it_is_asked_what_is_needed() -> None:
    assert "What do you need" in Talk().says("ENGLISH")


def test_a_need_in_the_same_text_is_not_lost() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    talk.says("avbryt")
    answer = talk.says("can you write english, how was it with bankid", "change_language", language="en", entities={})
    assert answer.startswith("I now write in English")


def test_neither_named_both_are_offered() -> None:
    answer = Talk().says("kan man byta språk", "change_language")
    assert "ENGLISH" in answer and "SVENSKA" in answer


def test_the_menu_that_is_open_changes_its_words() -> None:
    talk = Talk()
    talk.says("nåt", fits=("bankid_get", "swish"))
    assert "1 Get BankID for the first time. 2 Get and use Swish." in talk.says("ENGLISH")
    assert "1 of" in talk.says("1")


@pytest.mark.parametrize("language", ["ar", "so", "fi", "fa", "uk", "de"])
def test_a_language_we_do_not_write_gets_one_line_in_both_and_a_person_at_once(language: str) -> None:
    talk = Talk()
    answer = talk.says("...", "bankid_get", language=language)
    assert "Tack för ditt meddelande" in answer and "Thank you for your message" in answer
    assert talk.reasons == [Reason.NOT_UNDERSTOOD]
    assert not unusual(answer)
    assert talk.segments <= 3
    assert talk.says("...", language=language) == "", "not said with every message"


@pytest.mark.parametrize("language", ["da", "no", "nb", "nn", "und"])
def test_neighbours_and_what_cannot_be_told_are_answered_in_swedish(language: str) -> None:
    assert "1 av" in Talk().says("skaffe bankid", "bankid_get", language=language)


def test_danger_in_any_language_comes_first() -> None:
    assert "112" in Talk().says("...", "emergency", language="ar")[:40]


def test_during_a_case_the_language_can_be_changed_and_nothing_else_is_said() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    talk.says("MÄNNISKA")
    assert talk.says("ENGLISH") == "I now write in English. Skriv SVENSKA för svenska."


def test_the_menu_keeps_its_short_words_in_the_other_language() -> None:
    """With the guides' titles it cost three SMS."""
    talk = Talk()
    talk.says("hej", "greet")
    talk.says("MENY")
    talk.says("ENGLISH")
    assert "1 BankID trouble." in talk.answer
    talk.says("SVENSKA")
    assert "1 BankID krånglar." in talk.answer
    assert talk.segments <= 2
    talk.says("5")
    assert talk.conversation.position is not None
    assert talk.conversation.position.flow == "swish"
