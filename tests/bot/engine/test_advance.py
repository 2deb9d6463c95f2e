"""The introduction, the limits of a turn, and content that changed while the conversation slept."""

from __future__ import annotations

import pytest

from bot.domain.case import Reason, Urgency
from bot.domain.conversation import Conversation, Position, Question
from bot.domain.message import Kind
from bot.engine import limits
from tests.bot.engine.talk import Talk, world

INTRODUCTION = "kommunens automatiska hjälp (en dator)"


def test_a_clear_need_is_answered_at_once_after_the_introduction() -> None:
    talk = Talk()
    answer = talk.says("jag behöver skaffa bank id", "bankid_get")
    assert answer.startswith("Hej! Jag är")
    assert INTRODUCTION in answer
    assert "MÄNNISKA" in answer
    assert "1 av" in answer
    assert talk.segments <= limits.FIRST_SEGMENTS


def test_the_introduction_is_given_once() -> None:
    talk = Talk()
    talk.says("hej", "greet")
    talk.pass_(days=29)
    assert INTRODUCTION not in talk.says("swish", "swish")


def test_after_thirty_days_of_silence_it_is_given_again() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    talk.pass_(days=30)
    answer = talk.says("hej", "greet")
    assert INTRODUCTION in answer
    assert "1 av" in answer
    assert talk.segments <= limits.FIRST_SEGMENTS
    assert INTRODUCTION not in talk.says("klart")


def test_in_english_it_is_english() -> None:
    assert "automatic help (a computer)" in Talk().says("how do I get bankid", "bankid_get", language="en")


def test_what_is_said_again_lacks_the_introduction() -> None:
    talk = Talk()
    talk.says("vem är du", "about_bot")
    again = talk.says("igen")
    assert INTRODUCTION not in again
    assert "Lotsen" in again
    assert talk.segments <= limits.LATER_SEGMENTS


def test_sixty_answers_an_hour_and_no_more() -> None:
    talk = Talk()
    for _ in range(limits.ANSWERS_AN_HOUR):
        talk.pass_(seconds=20)
        assert talk.says("tack", "thanks")
    assert talk.says("tack", "thanks") == ""
    assert talk.reasons == [Reason.FAILURE]
    assert talk.cases[0].urgency == Urgency.HIGH
    talk.pass_(hours=3)
    assert talk.says("swish", "swish") == "", "silent until a person has looked"
    assert len(talk.cases) == 1


def test_a_halted_conversation_still_hears_danger_stop_and_the_wish_for_a_person() -> None:
    talk = Talk()
    for _ in range(limits.ANSWERS_AN_HOUR + 1):
        talk.says("tack", "thanks")
    assert talk.says("MÄNNISKA") == ""
    assert talk.reasons == [Reason.FAILURE, Reason.ASKED]
    assert "112" in talk.says("han andas inte", "emergency")
    assert talk.says("STOPP")


def test_when_a_person_has_looked_the_machine_answers_again() -> None:
    talk = Talk()
    for _ in range(limits.ANSWERS_AN_HOUR + 1):
        talk.says("tack", "thanks")
    talk.handledare("resolve")
    talk.pass_(hours=2)
    assert "1 av" in talk.says("swish", "swish")


def test_answers_within_an_hour_are_counted_not_those_of_yesterday() -> None:
    talk = Talk()
    for _ in range(limits.ANSWERS_AN_HOUR * 2):
        talk.pass_(minutes=2)
        assert talk.says("tack", "thanks")
    assert not talk.cases


@pytest.mark.parametrize(
    "left",
    [
        Conversation(position=Position("gone_flow", "first")),
        Conversation(position=Position("swish", "gone-step")),
        Conversation(position=Position("swish", "gone-step", (("gone-branch", "x", False),))),
        Conversation(paused=(Position("gone_flow", "first"),)),
        Conversation(needs=("gone_flow",)),
        Conversation(question=Question("topics", ("gone_flow",), ("Gone",))),
        Conversation(question=Question("choose", ("a", "b"), ("A", "B"), about="gone-step")),
        Conversation(question=Question("resume", ("gone_flow",))),
        Conversation(question=Question("of_another_version", ("x",))),
    ],
    ids=lambda left: str(left.position or left.question or left.paused or left.needs),
)
@pytest.mark.parametrize("text", ["KLART", "1", "JA", "NEJ", "hej", "FASTNAT", "TILLBAKA", "FORTSÄTT"])
def test_content_that_is_gone_stops_nobody(left: Conversation, text: str) -> None:
    talk = Talk(conversation=left)
    assert talk.says(text)
    assert talk.step is None or world().flows[talk.step[0]].step(talk.step[1])


def test_handed_back_to_a_step_inside_a_branch_the_way_goes_on_from_there() -> None:
    talk = Talk(
        conversation=Conversation(
            position=Position("swish", "wrong-bank"), introduced_at=Talk().now, heard_at=Talk().now
        )
    )
    assert talk.says("igen").startswith("2 av 4")
    assert talk.says("klart").startswith("3 av 4")
    talk.says("klart")
    assert "alla steg klara" in talk.says("klart")


def test_an_empty_message_gets_a_kind_answer() -> None:
    assert Talk().says("")
    assert Talk().says("", kind=Kind.OTHER)
