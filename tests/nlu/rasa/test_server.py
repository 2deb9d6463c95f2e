"""A server that goes away and comes back: who waits for it, and who is told."""

from __future__ import annotations

import threading

import pytest

from nlu.rasa.client import RasaAway
from nlu.rasa.server import PAUSE_S, RasaServer
from nlu.understanding import RankedIntent

SWISH = (RankedIntent("swish", 0.9),)


class Scripted:
    """A client that is away for as long as `away` says why, on a clock that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.away = ""
        self.questions = 0
        self.told: list[tuple[bool, str]] = []
        self.server = RasaServer(
            self, lambda: self.now, lambda available, reason: self.told.append((available, reason))
        )

    def parse(self, text: str) -> tuple[RankedIntent, ...]:
        self.look()
        return SWISH

    def look(self) -> None:
        self.questions += 1
        if self.away:
            raise RasaAway(self.away)

    def fails(self) -> None:
        with pytest.raises(RasaAway):
            self.server.parse("hej")


@pytest.fixture
def rasa() -> Scripted:
    return Scripted()


def test_while_it_answers_nobody_is_told_anything(rasa: Scripted) -> None:
    assert rasa.server.parse("hej") == SWISH and rasa.server.look() and rasa.server.available
    assert rasa.told == [] and rasa.server.failures == 0


def test_after_a_failure_it_is_left_alone_for_the_pause(rasa: Scripted) -> None:
    rasa.away = "connection refused"
    rasa.fails()
    rasa.away = ""
    rasa.now += PAUSE_S - 0.1
    rasa.fails()
    assert not rasa.server.look()
    assert rasa.questions == 1 and not rasa.server.available
    rasa.now += 0.2
    assert rasa.server.parse("hej") == SWISH
    assert rasa.server.available and rasa.questions == 2


def test_going_away_and_coming_back_are_told_once_each(rasa: Scripted) -> None:
    rasa.away = "HTTP 500"
    for _ in range(3):
        rasa.fails()
        rasa.now += PAUSE_S
    assert rasa.told == [(False, "HTTP 500")] and rasa.server.failures == 3
    rasa.away = ""
    for _ in range(3):
        rasa.server.parse("hej")
    assert [available for available, _ in rasa.told] == [False, True]


def test_looking_finds_out_both_ways_without_a_message(rasa: Scripted) -> None:
    rasa.away = "connection refused"
    assert not rasa.server.look() and not rasa.server.available
    rasa.away, rasa.now = "", rasa.now + PAUSE_S
    assert rasa.server.look() and rasa.server.available


def test_one_question_in_a_pause_tries_it_and_the_others_do_not_wait(rasa: Scripted) -> None:
    rasa.away = "no answer within 2 s"
    rasa.fails()
    rasa.now += PAUSE_S
    trying, go_on = threading.Event(), threading.Event()

    class Slow:
        def look(self) -> None:
            raise AssertionError("only texts are asked here")

        def parse(self, text: str) -> tuple[RankedIntent, ...]:
            trying.set()
            assert go_on.wait(5)
            return SWISH

    rasa.server._client = Slow()
    thread = threading.Thread(target=rasa.server.parse, args=("hej",))
    thread.start()
    assert trying.wait(5)
    rasa.fails()
    go_on.set()
    thread.join()
    assert rasa.server.available
