"""One turn in the making: what it costs, whom it promises, and what it tells the one who takes over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.domain.case import Reason, Urgency
from bot.domain.conversation import Conversation, Language, Position
from bot.domain.events import Answered, CaseOpened
from bot.domain.message import Incoming, Kind
from bot.domain.sms_text import segments
from bot.engine.flow import Bilingual, Flow, Step
from bot.engine.steps import guide_step
from bot.engine.walk import Walk
from tests.bot.engine.talk import MONDAY, SATURDAY, understood, world

LONGEST = Bilingual("s" * 225, "e" * 225)
GUIDE = Flow("swish", "guide", (), LONGEST, (Step("one", "step", LONGEST),))


def walk(
    text: str = "hej",
    now: datetime = MONDAY,
    kind: Kind = Kind.TEXT,
    language: Language = "sv",
    position: Position | None = None,
) -> Walk:
    conversation = Conversation(language=language, position=position)
    return Walk(conversation, Incoming(text, "sms", kind), understood(text), world(), now)


def answer(made: Walk) -> str:
    made.finish()
    return next(event.text for event in made.events if isinstance(event, Answered))


def test_the_footer_gives_way_when_a_long_step_stands_beside_other_words() -> None:
    made = walk(position=Position("swish", "one"))
    made.parts.append("x" * 60)
    guide_step.run(made, GUIDE, GUIDE.steps[0])
    said = answer(made)
    assert segments(said) == 2
    assert LONGEST.sv in said and "KLART" not in said


def test_alone_it_keeps_its_footer() -> None:
    made = walk(position=Position("swish", "one"))
    guide_step.run(made, GUIDE, GUIDE.steps[0])
    assert "KLART" in answer(made)


def test_a_part_may_get_shorter_in_several_ways() -> None:
    made = walk()
    made.parts.append("a" * 300)
    made.may_give_way("b" * 200, "c" * 10)
    made.parts.append("d" * 150)
    assert answer(made) == "c" * 10 + " " + "d" * 150


def test_without_words_there_is_no_answer() -> None:
    made = walk()
    made.introduction = "Hej"
    made.finish()
    assert made.events == []


@pytest.mark.parametrize(
    ("now", "sv", "en"),
    [
        (MONDAY, "så snart någon är ledig", "as soon as somebody is free"),
        (MONDAY.replace(hour=5), "i dag efter klockan 8", "today after 08:00"),
        (MONDAY.replace(hour=20), "i morgon efter klockan 8", "tomorrow after 08:00"),
        (SATURDAY, "på måndag efter klockan 8", "on Monday after 08:00"),
    ],
)
def test_when_a_person_answers(now: datetime, sv: str, en: str) -> None:
    assert walk(now=now).when_answered() == sv
    assert walk(now=now, language="en").when_answered() == en


def test_a_weekday_more_than_a_week_ahead_is_told_with_its_date(monkeypatch: pytest.MonkeyPatch) -> None:
    made = walk(now=SATURDAY)
    monkeypatch.setattr("bot.domain.duty.Team.next_on_duty", lambda self, now: SATURDAY + timedelta(days=9))
    assert made.when_answered() == "på måndag 30/11 efter klockan 12"


def test_the_keyword_of_an_edited_message_does_not_count() -> None:
    assert walk("KLART").word == "next"
    assert walk("KLART", kind=Kind.PHOTO).word == "next"
    assert walk("KLART", kind=Kind.EDIT).word is None


def test_the_open_guide_is_the_topic_and_is_told() -> None:
    made = walk("jag fattar inte", position=Position("swish", "wrong-bank", (("which", "wrong", False),), 2))
    made.open_case(Reason.STUCK, Urgency.NORMAL, None)
    opened = made.events[0]
    assert isinstance(opened, CaseOpened)
    assert opened.topic == "swish"
    assert "jag fattar inte" in opened.summary


def test_a_page_is_no_topic() -> None:
    made = walk(position=Position("human", "open-case"))
    made.open_case(Reason.ASKED, Urgency.NORMAL, None)
    assert isinstance(made.events[0], CaseOpened) and made.events[0].topic is None
