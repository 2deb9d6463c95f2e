"""An elder wants a relative to follow their matters."""

from __future__ import annotations

from bot.domain.events import LinkWanted
from tests.bot.engine.talk import Talk

WANTS = "jag vill att min dotter ska få se mina ärenden"


def test_the_relative_is_to_ask_and_nothing_starts() -> None:
    talk = Talk()
    answer = talk.says(WANTS, "relative_help")
    assert "Jag vill följa" in answer and "JA" in answer
    assert not [event for event in talk.events if isinstance(event, LinkWanted)]
    assert "fint att du hjälper" not in answer


def test_the_relatives_number_gets_the_same_and_no_sms() -> None:
    talk = Talk()
    talk.says(WANTS, "relative_help")
    assert "Jag vill följa" in talk.says("hennes nummer är 070-174 06 11")
    assert talk.case is None
    assert not [event for event in talk.events if isinstance(event, LinkWanted)]


def test_the_open_step_waits() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    step = talk.step
    assert "KLART" in talk.says(WANTS, "relative_help")
    assert talk.step == step
