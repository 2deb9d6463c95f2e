"""Who writes from Telegram and by SMS: what is taken for that, what is not, and which question a JA answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.case import Reason, Status, Urgency
from bot.domain.conversation import Conversation, OpenCase, Question
from bot.domain.course import NOTHING_OFFERED
from bot.domain.events import SHARE_CONTACT, Answered, CaseNoted, Event, JoinAnswered, JoinWanted
from bot.domain.joining import JoinQuestion
from bot.domain.link import Family
from bot.domain.message import Incoming, Kind
from bot.engine.advance import Turn, advance
from tests.bot.engine.talk import MONDAY, understood, world

NUMBER = "+46701740605"
KNOWN = Conversation(introduced_at=MONDAY, heard_at=MONDAY - timedelta(minutes=5))


def _turn(
    text: str,
    channel: str = "telegram",
    number: str = "",
    kind: Kind = Kind.TEXT,
    means: str | None = None,
    conversation: Conversation = KNOWN,
    family: Family = Family(),
    accepted: bool = True,
) -> Turn:
    entities = {"phone_number": number} if number else {}
    incoming = Incoming(text, channel, kind)  # type: ignore[arg-type]
    saved = Conversation.from_json(conversation.to_json())
    return advance(
        saved,
        incoming,
        understood(text, means, accepted, entities),
        world(),
        MONDAY,
        (),
        NOTHING_OFFERED,
        family=family,
    )


def _said(turn: Turn) -> str:
    return next((event.text for event in turn.events if isinstance(event, Answered)), "")


def _wanted(turn: Turn) -> list[Event]:
    return [event for event in turn.events if isinstance(event, JoinWanted)]


@pytest.mark.parametrize(
    "text",
    [
        "mitt nummer är 070-174 06 05",
        "koppla ihop med min mobil 070-174 06 05",
        "hej kan ni koppla ihop det här med min mobil 0701740605",
        "koppla mig till min vanliga telefon 070 174 06 05",
        "slå ihop detta med min telefon 0701740605",
        "kan jag ta det på sms, min mobil är 0701740605",
        "connect this to my phone 0701740605",
        "Mitt nummer är 070-174 06 05, det är jag som skriver på sms också",
        "mitt mobilnummer är 070-174 06 05",
        "jag skriver med er på sms, 070-174 06 05",
        "jag har nummer 070-174 06 05 och det är jag",
        "my number is 070-174 06 05",
        "jag sms:ar med er från 070-174 06 05",
    ],
)
def test_ones_own_number_is_asked(text: str) -> None:
    turn = _turn(text, number=NUMBER)
    assert _wanted(turn) == [JoinWanted(NUMBER)]
    assert "Svara JA på det" in _said(turn)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("jag vill koppla swish till mitt nummer 070-174 06 05", "swish"),
        ("koppla ihop mig med min man 070-174 06 05", None),
        ("koppla ihop mig med min mans mobil 070-174 06 05", None),
    ],
)
def test_a_need_or_somebody_elses_number_is_not_ones_own(text: str, means: str | None) -> None:
    incoming = Incoming(text, "telegram", Kind.TEXT)
    entities = {"phone_number": NUMBER} | ({} if means else {"relation": "man"})
    turn = advance(KNOWN, incoming, understood(text, means, True, entities), world(), MONDAY, (), NOTHING_OFFERED)
    assert _wanted(turn) == []


@pytest.mark.parametrize(
    "text", ["mitt mobilnummer är 070-174 06 05", "Mitt nummer är 070-174 06 05, det är jag som skriver på sms också"]
)
def test_a_number_that_is_taken_for_a_fraud_is_but_a_number(text: str) -> None:
    """The interpreter does so; the words say otherwise."""
    assert _wanted(_turn(text, number=NUMBER, means="fraud_suspected")) == [JoinWanted(NUMBER)]


@pytest.mark.parametrize(
    "text",
    [
        "de har kapat mitt nummer 070-174 06 05",
        "mitt nummer är 070-174 06 05 och jag gav dem en kod",
        "mitt nummer är 070-174 06 05, jag är lurad",
    ],
)
def test_a_number_in_a_fraud_is_a_fraud(text: str) -> None:
    turn = _turn(text, number=NUMBER, means="fraud_suspected")
    assert _wanted(turn) == []
    assert "spärra" in _said(turn).casefold()


@pytest.mark.parametrize(
    "text",
    [
        "ring mig på 070-174 06 05",
        "mitt nummer är 070-174 06 05, ring gärna",
        "mammas nummer är 070-174 06 05",
        "jag vill följa min mamma, hennes nummer är 070-174 06 05",
        "vems nummer är 070-174 06 05",
        "070-174 06 05 ringde och ville ha min kod",
    ],
)
def test_other_numbers_are_not(text: str) -> None:
    assert _wanted(_turn(text, number=NUMBER)) == []


@pytest.mark.parametrize(
    "text",
    [
        "kan du se det jag skrev på sms?",
        "Ser du vad jag skrev via sms igår",
        "jag började på sms, kan vi fortsätta här",
        "jag sms:ade er förut",
        "kan du se mina sms",
        "can you see what I wrote by text",
        "samma person som skrev på sms",
    ],
)
def test_who_speaks_of_what_they_wrote_is_asked_for_the_number(text: str) -> None:
    turn = _turn(text)
    assert "Skriv ditt mobilnummer" in _said(turn)
    assert turn.conversation.question
    assert turn.conversation.question.kind == "own_number"
    answered = next(event for event in turn.events if isinstance(event, Answered))
    assert [button.says for button in answered.buttons] == [SHARE_CONTACT]
    number = _turn("070-174 06 05", number=NUMBER, conversation=turn.conversation)
    assert _wanted(number) == [JoinWanted(NUMBER)]


@pytest.mark.parametrize(
    "text",
    [
        "jag har fått ett konstigt sms från banken",
        "hur skickar jag sms",
        "jag fick en kod på sms",
        "det står att jag ska skriva koden jag fick på sms",
        "hjälp mig med swish",
        "kan man betala via sms",
    ],
)
def test_other_talk_of_sms_is_something_else(text: str) -> None:
    turn = _turn(text, means="swish")
    assert turn.conversation.question is None or turn.conversation.question.kind != "own_number"


def test_the_number_that_telegram_shares_is_asked_too() -> None:
    assert _wanted(_turn(f"{NUMBER} Svea", kind=Kind.OWN_CONTACT)) == [JoinWanted(NUMBER)]


@pytest.mark.parametrize("number", ["+46480450000", "+4791234567", "+4670", ""])
def test_a_number_that_takes_no_swedish_sms_is_declined(number: str) -> None:
    turn = _turn(f"{number} Svea", kind=Kind.OWN_CONTACT)
    assert _wanted(turn) == []
    assert "svenskt mobilnummer" in _said(turn)


def test_what_is_theirs_already_is_said() -> None:
    turn = _turn("mitt nummer är 070-174 06 05", number=NUMBER, family=Family(own_numbers=frozenset({NUMBER})))
    assert _wanted(turn) == []
    assert "redan ditt" in _said(turn)


def test_by_sms_it_is_begun_from_telegram() -> None:
    turn = _turn(
        "kan ni koppla ihop det här med min telegram", channel="sms", family=Family(own_numbers=frozenset({NUMBER}))
    )
    assert "Skriv till oss på Telegram" in _said(turn)


ASKED = Family(own_numbers=frozenset({NUMBER}), joins=(JoinQuestion(7, MONDAY - timedelta(minutes=1)),))
EARLIER = Family(own_numbers=frozenset({NUMBER}), joins=(JoinQuestion(7, MONDAY - timedelta(hours=5)),))


@pytest.mark.parametrize(("text", "yes"), [("JA", True), ("ja tack", True), ("NEJ", False), ("nej", False)])
def test_the_number_answers(text: str, yes: bool) -> None:
    turn = _turn(text, channel="sms", family=ASKED)
    assert [event for event in turn.events if isinstance(event, JoinAnswered)] == [JoinAnswered(7, yes)]


def test_a_yes_from_telegram_or_an_edited_one_is_none() -> None:
    for turn in (_turn("JA", family=ASKED), _turn("JA", channel="sms", kind=Kind.EDIT, family=ASKED)):
        assert not any(isinstance(event, JoinAnswered) for event in turn.events)


@pytest.mark.parametrize(
    ("kind", "family", "for_joining"),
    [
        ("cancel_booking", ASKED, False),
        ("danger", ASKED, False),
        ("person", ASKED, True),
        ("person", EARLIER, False),
        ("place", EARLIER, True),
    ],
)
def test_whose_question_a_yes_answers(kind: str, family: Family, for_joining: bool) -> None:
    """What does something at once is answered first; of the others the one that was asked last."""
    options = {"cancel_booking": ("1",), "danger": ("emergency",)}.get(kind, ())
    asked = KNOWN.with_(question=Question(kind, options))
    turn = _turn("JA", channel="sms", family=family, conversation=asked)
    assert any(isinstance(event, JoinAnswered) for event in turn.events) == for_joining


def test_what_is_still_asked_is_said_once_more_after_another_answer() -> None:
    asked = KNOWN.with_(question=Question("cancel_booking", ("1",)))
    assert "Någon på Telegram" in _said(_turn("NEJ", channel="sms", family=ASKED, conversation=asked))


@pytest.mark.parametrize(("status", "answered"), [(Status.WAITING, True), (Status.CLAIMED, False)])
def test_a_number_that_is_shared_while_a_person_is_waited_for_is_the_one_to_phone(
    status: Status, answered: bool
) -> None:
    case = OpenCase(status, Urgency.NORMAL, (Reason.CALLBACK,), "Karin")
    waiting = Conversation.from_json(KNOWN.with_(question=Question("time")).to_json(), case)
    turn = advance(
        waiting, Incoming(f"{NUMBER} Svea", "telegram", Kind.OWN_CONTACT), understood("", None), world(), MONDAY
    )
    assert _wanted(turn) == []
    assert any(isinstance(event, CaseNoted) for event in turn.events)
    assert bool(_said(turn)) == answered
