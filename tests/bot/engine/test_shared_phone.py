"""Two people with one phone: nobody is asked of the other one's matters."""

from __future__ import annotations

import pytest

from tests.bot.engine.talk import Talk


@pytest.fixture
def phone() -> Talk:
    """Olle is in the middle of a guide."""
    talk = Talk()
    talk.says("jag vill skaffa swish", "swish")
    talk.says("KLART")
    return talk


@pytest.mark.parametrize(
    "text",
    [
        "det är Berit som skriver nu, inte Olle",
        "Nu är det Berit som skriver",
        "det är jag Berit som skriver nu",
        "this is Berit writing now",
        "vi delar telefon, Olle och jag",
    ],
)
def test_another_one_is_asked_what_they_need_and_nothing_else(phone: Talk, text: str) -> None:
    said = phone.says(text)
    assert "Vad behöver du hjälp med" in said
    assert phone.step is None
    assert "Swish" not in phone.says("hej", "greet")
    assert "Swish" not in phone.says("tack", "thanks")


@pytest.mark.parametrize(
    "text",
    [
        "det är jag som skriver",
        "det är banken som skriver nu",
        "vem är det som skriver",
        "det är någon som skriver till mig nu",
        "det är inte jag som skriver fel",
    ],
)
def test_other_talk_of_writing_is_something_else(phone: Talk, text: str) -> None:
    phone.says(text)
    assert not phone.conversation.other_writer


def test_what_they_need_is_answered_at_once(phone: Talk) -> None:
    phone.says("det är Berit som skriver nu, jag vill skriva ut ett papper", "print_scan")
    assert phone.step
    assert phone.step[0] == "print_scan"


def test_in_the_next_sitting_what_was_left_is_offered_again(phone: Talk) -> None:
    phone.says("det är Berit som skriver nu, inte Olle")
    phone.pass_(hours=3)
    assert "Swish" in phone.says("hej", "greet")


def test_who_asks_to_go_on_may(phone: Talk) -> None:
    before = phone.step
    phone.says("det är Berit som skriver nu, inte Olle")
    phone.says("FORTSÄTT")
    assert phone.step == before


@pytest.mark.parametrize("text", ["vi delar telefon jag och Bengt", "det är Berit som skriver nu"])
def test_is_no_danger_though_the_interpreter_thinks_so(text: str) -> None:
    talk = Talk()
    assert "Vad behöver du hjälp med" in talk.says(text, "fraud_suspected")
    assert talk.conversation.case is None


def test_what_else_is_told_with_it_stays_a_danger() -> None:
    talk = Talk()
    talk.says("vi delar telefon och han har tagit mina pengar", "fraud_suspected")
    assert talk.conversation.case is not None
