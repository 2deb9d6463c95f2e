"""A number that was silent for a year: helped at once, and shown nothing old before it is known who writes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.conversation import Question
from bot.domain.course import Booking, BookingStatus
from bot.domain.events import LinkDoubted, NewOwner, SeatTaken
from bot.domain.link import Elder, Family, Helper, Scope
from bot.domain.link import Question as Asked
from bot.domain.message import Incoming
from bot.engine.advance import advance
from bot.engine.limits import SILENT
from tests.bot.engine.course_talk import asked, coming
from tests.bot.engine.talk import Talk, understood, world

ASKS = "Senast vi hördes var 2026. Är det du som skrev då?"
FIRST = "Det ska jag titta på."


@pytest.fixture
def svea() -> Talk:
    """Left a guide at its second step a year ago."""
    talk = Talk()
    talk.says("jag vill skaffa swish", "swish")
    talk.says("KLART")
    assert talk.step
    talk.pass_(days=366)
    return talk


def test_the_need_is_answered_at_once_and_the_question_ends_the_answer(svea: Talk) -> None:
    said = svea.says("hur skriver jag ut ett papper", "print_scan")
    assert said.startswith("Hej! Jag är kommunens automatiska hjälp")
    assert svea.step
    assert svea.step[0] == "print_scan"
    assert "2026" in said
    assert svea.segments <= 3


def test_nothing_old_is_offered_before_the_answer(svea: Talk) -> None:
    said = svea.says("hej", "greet")
    assert "Swish" not in said
    assert ASKS in said
    assert not svea.conversation.paused
    svea.says("KLART")
    assert svea.step is None
    assert not svea.conversation.paused


def test_ja_gives_everything_back_and_goes_on_at_the_same_step(svea: Talk) -> None:
    before = svea.conversation.position
    svea.says("hej", "greet")
    said = svea.says("JA")
    assert "Allt är kvar" in said
    assert svea.conversation.put_by is None
    svea.says("JA")
    assert svea.step
    assert before
    assert svea.step == (before.flow, before.step)


def test_nej_makes_them_a_new_person(svea: Talk) -> None:
    svea.says("hej", "greet")
    said = svea.says("NEJ")
    assert "börjar vi om" in said
    (event,) = [event for event in svea.events if isinstance(event, NewOwner)]
    assert event.heard_at < svea.now - SILENT
    assert not svea.conversation.paused
    assert svea.conversation.put_by is None


@pytest.mark.parametrize(
    "text", ["nej det är inte jag", "jag har fått nytt nummer", "jag fick numret nyss, det är någon annan"]
)
def test_other_words_for_no(svea: Talk, text: str) -> None:
    svea.says("hej", "greet")
    svea.says(text)
    assert any(isinstance(event, NewOwner) for event in svea.events)


def test_a_new_number_is_no_fraud_though_the_interpreter_takes_it_for_one(svea: Talk) -> None:
    svea.says("hej", "greet")
    svea.says("jag har fått nytt nummer", "fraud_suspected")
    assert any(isinstance(event, NewOwner) for event in svea.events)
    assert not svea.cases


@pytest.mark.parametrize("text", ["ja det är jag", "det är jag", "samma person"])
def test_other_words_for_yes(svea: Talk, text: str) -> None:
    svea.says("hej", "greet")
    svea.says(text)
    assert svea.conversation.put_by is None
    assert not any(isinstance(event, NewOwner) for event in svea.events)


def test_a_guide_goes_on_beside_the_question_which_is_not_lost(svea: Talk) -> None:
    svea.says("hur skriver jag ut ett papper", "print_scan")
    svea.says("KLART")
    svea.says("tack", "thanks")
    assert svea.conversation.put_by is not None
    assert FIRST in svea.says("FORTSÄTT")
    svea.says("JA")
    assert [left.flow for left in svea.conversation.paused] == ["swish"]


def test_the_question_is_asked_once_in_a_sitting_and_again_in_the_next(svea: Talk) -> None:
    svea.says("hej", "greet")
    assert ASKS not in svea.says("hur skriver jag ut ett papper", "print_scan")
    svea.pass_(hours=2)
    svea.says("AVBRYT")
    assert "2026" in "".join(svea.answers[-1:])


def test_who_wants_something_old_is_asked_first(svea: Talk) -> None:
    programme = coming(svea.now)
    lesson = programme.courses[0]
    svea.programme = replace(programme, bookings=(Booking(7, lesson, BookingStatus.BOOKED),))
    said = svea.says("jag kan inte komma på kursen", "course_cancel")
    assert FIRST in said
    assert lesson.title_in("sv") not in said
    svea.says("JA")
    assert "avboka" in svea.says("jag kan inte komma på kursen", "course_cancel").casefold()


@pytest.mark.parametrize("answer", ["JA", "NEJ"])
def test_a_chair_is_given_only_when_it_is_known_to_whom(svea: Talk, answer: str) -> None:
    svea.programme = coming(svea.now)
    svea.says("hej", "greet")
    lesson = next(one for one in svea.programme.courses if one.needs_booking and not one.is_full)
    asked(svea, Question("book", (str(lesson.id),)))
    assert FIRST in svea.says("JA")
    assert not any(isinstance(event, SeatTaken) for event in svea.events)
    svea.says(answer)
    assert not any(isinstance(event, SeatTaken) for event in svea.events)
    svea.says("JA")
    assert any(isinstance(event, SeatTaken) for event in svea.events)


def test_in_danger_nothing_is_asked(svea: Talk) -> None:
    said = svea.says("hon andas inte", "emergency", rule="life")
    assert "112" in said[:200]
    assert "2026" not in said


def test_a_short_silence_changes_nothing() -> None:
    talk = Talk()
    talk.says("jag vill skaffa swish", "swish")
    talk.pass_(days=364)
    assert "2026" not in talk.says("hej", "greet")
    assert talk.conversation.put_by is None


def test_a_telegram_account_is_not_passed_on() -> None:
    talk = Talk(channel="telegram")
    talk.says("jag vill skaffa swish", "swish")
    talk.pass_(days=400)
    talk.says("hej", "greet")
    assert talk.conversation.put_by is None


def test_whose_matters_they_follow_and_who_follows_them_is_not_shown(svea: Talk) -> None:
    family = Family(
        helpers=(Helper(1, "Anna", Scope.BOOK, svea.now),),
        elders=(Elder(2, "farbror Olle", "farbror", Scope.BOOK),),
        own_numbers=frozenset({"+46701740605"}),
    )
    for text, means in (("hur går det för farbror olle", "case_status"), ("ANHÖRIG STOPP", None), ("ANHÖRIG", None)):
        turn = advance(svea.conversation, _incoming(text), understood(text, means), world(), svea.now, family=family)
        said = "".join(getattr(event, "text", "") for event in turn.events)
        assert said
        assert "Anna" not in said
        assert "Olle" not in said


def _incoming(text: str) -> Incoming:
    return Incoming(text, "sms")


NEW_OWNER = """
detta är inte mammas nummer längre, jag har fått det av telia
hej jag har fått detta nummer nyss, ni skickar sms till nån Greta hela tiden
det här är inte Gretas nummer
jag har tagit över hennes gamla nummer
Numret har bytt ägare
ni har skickat till fel person
this is no longer her number
""".strip().splitlines()
OWN_WORDS = """
jag har fått nytt nummer 0701740611
jag har tappat mammas nummer
är detta bankens nummer
jag har bytt telefon
hur byter jag nummer
jag ringde fel nummer
""".strip().splitlines()


@pytest.mark.parametrize("text", NEW_OWNER)
def test_who_says_that_the_number_was_anothers_is_shown_nothing_old(text: str) -> None:
    talk = Talk()
    talk.says("jag vill skaffa swish", "swish")
    talk.pass_(days=30)
    said = talk.says(text, "fraud_suspected")
    assert "Är det du som skrev då?" in said
    assert talk.conversation.put_by
    assert talk.conversation.case is None
    assert "från början" in talk.says("NEJ")
    assert talk.conversation.put_by is None
    assert not talk.conversation.paused


@pytest.mark.parametrize("text", OWN_WORDS)
def test_who_speaks_of_other_numbers_keeps_what_is_theirs(text: str) -> None:
    talk = Talk()
    talk.says("jag vill skaffa swish", "swish")
    talk.says(text)
    assert talk.conversation.put_by is None


def test_a_question_who_may_follow_is_looked_at_by_a_person_when_the_number_was_anothers() -> None:
    talk = Talk()
    talk.says("hej", "greet")
    family = Family(questions=(Asked(3, "Anna", talk.now),))
    turn = advance(
        talk.conversation,
        Incoming("det här är inte Gretas nummer", "sms"),
        understood("det här är inte Gretas nummer"),
        world(),
        talk.now,
        family=family,
    )
    assert [event.link_id for event in turn.events if isinstance(event, LinkDoubted)] == [3]
