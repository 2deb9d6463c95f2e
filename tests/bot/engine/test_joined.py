"""Two states of one person as one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.conversation import Conversation, Position, Question
from bot.engine.joined import joined
from tests.bot.engine.talk import MONDAY

SWISH, PRINT, PENSION = Position("swish", "two"), Position("print_scan", "one"), Position("pension", "three")


@pytest.mark.parametrize("telegram_is_newer", [True, False])
def test_the_guide_that_was_moved_in_last_stands_open_and_the_other_waits(telegram_is_newer: bool) -> None:
    sms = Conversation(position=SWISH, paused=(PENSION,), heard_at=MONDAY)
    telegram = Conversation(position=PRINT, heard_at=MONDAY + timedelta(hours=1), near="Vara")
    state = joined(sms, telegram, telegram_is_newer)
    assert state.position == (PRINT if telegram_is_newer else SWISH)
    assert set(state.paused) == {PENSION, SWISH if telegram_is_newer else PRINT}
    assert state.heard_at == MONDAY + timedelta(hours=1)
    assert state.near == "Vara"
    assert Conversation.from_json(state.to_json()) == state


def test_the_same_guide_is_there_once() -> None:
    state = joined(
        Conversation(position=Position("swish", "one")), Conversation(position=SWISH), telegram_is_newer=True
    )
    assert (state.position, state.paused) == (SWISH, ())


def test_a_guide_stands_open_though_the_other_had_none() -> None:
    assert joined(Conversation(position=SWISH), Conversation(), telegram_is_newer=True).position == SWISH


def test_a_question_stays_with_the_place_that_it_belongs_to() -> None:
    asked = Question("book", ("4",))
    state = joined(Conversation(position=SWISH), Conversation(question=asked), telegram_is_newer=True)
    assert (state.position, state.question) == (None, asked)
    assert state.paused == (SWISH,)


def test_who_was_stopped_on_neither_goes_on() -> None:
    sms = Conversation(municipality="kalmar", unit="library", answered_at=(MONDAY,), known={"bank": "Nordea"})
    telegram = Conversation(
        municipality="vara", answered_at=(MONDAY - timedelta(minutes=1),), known={"bank": "SEB", "device": "iphone"}
    )
    state = joined(sms, telegram, telegram_is_newer=False)
    assert (state.municipality, state.unit) == ("kalmar", "library")
    assert state.known == {"bank": "Nordea", "device": "iphone"}
    assert list(state.answered_at) == sorted(state.answered_at)
