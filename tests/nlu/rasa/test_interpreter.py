"""Rasa in place of the classifier: what it decides, what stays ours, and what happens while it is away."""

from __future__ import annotations

import pytest

from nlu.rasa.client import FALLBACK, LONGEST, RasaAway
from nlu.rasa.interpreter import ACT, DANGER, RasaInterpreter
from nlu.rasa.server import RasaServer
from nlu.understand import EmbeddedInterpreter
from nlu.understanding import Context, RankedIntent

YES_NO = Context(question="yes_no")


class Told:
    """Answers what it was told to, and keeps what it was asked."""

    def __init__(self, **shares: float) -> None:
        self.shares = shares
        self.away = False
        self.asked: list[str] = []

    def parse(self, text: str) -> tuple[RankedIntent, ...]:
        self.asked.append(text)
        if self.away:
            raise RasaAway("connection refused")
        return tuple(RankedIntent(intent, share) for intent, share in self.shares.items())

    def look(self) -> None:
        pass


def by(told: Told, embedded: EmbeddedInterpreter) -> RasaInterpreter:
    return RasaInterpreter(embedded, RasaServer(told, lambda: 0.0))


def test_rasa_decides_and_the_rest_is_shared_alike(interpreter: EmbeddedInterpreter) -> None:
    understood = by(Told(swish=0.8, stuck=0.12), interpreter).understand("nej nej")
    assert (understood.intent, understood.confidence, understood.accepted) == ("swish", 0.8, True)
    assert understood.ranking[:2] == (RankedIntent("swish", 0.8), RankedIntent("stuck", 0.12))
    assert {ranked.confidence for ranked in understood.ranking[2:]} == {0.01} and len(understood.ranking) == 10


@pytest.mark.parametrize(("share", "accepted"), [(ACT - 0.01, False), (ACT + 0.01, True)])
def test_it_is_acted_on_from_the_threshold(interpreter: EmbeddedInterpreter, share: float, accepted: bool) -> None:
    told = Told(swish=share, stuck=1 - share)
    assert by(told, interpreter).understand("hur gör man").accepted is accepted


def test_what_rasa_falls_back_on_is_not_acted_on(interpreter: EmbeddedInterpreter) -> None:
    told = Told(**{FALLBACK: 0.3, "swish": 0.95, "stuck": 0.05})
    understood = by(told, interpreter).understand("hur gör man")
    assert (understood.intent, understood.confidence, understood.accepted) == ("swish", 0.95, False)
    assert FALLBACK not in {ranked.intent for ranked in understood.ranking}


def test_a_rule_of_danger_outweighs_rasa(interpreter: EmbeddedInterpreter) -> None:
    for told in (Told(swish=1.0), Told(**{FALLBACK: 0.3, "swish": 1.0})):
        understood = by(told, interpreter).understand("hjälp hon andas inte")
        assert understood.intent == "emergency" and understood.accepted and understood.danger_rule
        assert understood.entity("emergency_kind")


@pytest.mark.parametrize(("share", "raised"), [(DANGER + 0.01, True), (DANGER - 0.01, False)])
def test_rasa_alone_raises_danger_from_a_threshold_of_its_own(
    interpreter: EmbeddedInterpreter, share: float, raised: bool
) -> None:
    told = Told(**{FALLBACK: 0.3, "fraud_suspected": share, "swish": 1 - share})
    understood = by(told, interpreter).understand("hur gör man")
    assert (understood.intent == "fraud_suspected" and understood.accepted) is raised


def test_the_conversation_weighs_in(interpreter: EmbeddedInterpreter) -> None:
    ask = by(Told(swish=0.5, affirm=0.4, stuck=0.1), interpreter)
    assert ask.understand("javisst").intent == "swish"
    assert ask.understand("javisst", context=YES_NO).intent == "affirm"


@pytest.mark.parametrize("text", ["", "   ", "12345", "…", "😀", "asdfghjklöä", "👍", "\ud800", "/"])
def test_what_holds_no_words_never_reaches_rasa(interpreter: EmbeddedInterpreter, text: str) -> None:
    told = Told(swish=1.0)
    assert by(told, interpreter).understand(text) == interpreter.understand(text)
    assert told.asked == []


def test_a_long_text_is_asked_in_windows(interpreter: EmbeddedInterpreter) -> None:
    told = Told(swish=1.0)
    by(told, interpreter).understand("Jag har en lång historia att berätta om min mobil. " * 400)
    assert 2 <= len(told.asked) <= 8 and max(map(len, told.asked)) <= LONGEST
    told.asked.clear()
    by(told, interpreter).understand("jagharenlånghistoria" * 400)
    assert all(0 < len(text) <= LONGEST for text in told.asked)


def test_while_rasa_is_away_the_embedded_one_answers(interpreter: EmbeddedInterpreter) -> None:
    told = Told(swish=1.0)
    told.away = True
    away = by(told, interpreter)
    for text in ("nej nej", "hjälp hon andas inte", "hur skaffar jag bankid i Kalmar"):
        assert away.understand(text, "sv", YES_NO) == interpreter.understand(text, "sv", YES_NO)
    assert len(told.asked) == 1, "it is left alone after the first failure"


def test_a_rasa_with_a_model_of_something_else_is_not_listened_to(interpreter: EmbeddedInterpreter) -> None:
    ask = by(Told(order_pizza=0.9, book_table=0.1), interpreter)
    assert ask.understand("nej nej") == interpreter.understand("nej nej")


def test_labels_that_only_rasa_knows_are_left_out(interpreter: EmbeddedInterpreter) -> None:
    understood = by(Told(order_pizza=0.6, swish=0.3, stuck=0.1), interpreter).understand("hur gör man")
    assert understood.intent == "swish" and not understood.accepted
    assert "order_pizza" not in {ranked.intent for ranked in understood.ranking}
    assert sum(ranked.confidence for ranked in understood.ranking) == pytest.approx(1, abs=0.01)
