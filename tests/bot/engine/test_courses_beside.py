"""Courses beside everything else: answers to what we write first, in the middle of a guide, and anything in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.conversation import Question
from bot.domain.course import Booking, BookingStatus
from bot.domain.events import BookingCancelled, SeatAccepted, SeatTaken
from bot.domain.sms_text import unusual
from tests.bot.engine.course_talk import (
    BANKID,
    DAY,
    HOUR,
    KALMAR,
    KUNGSBACKA,
    MJOLBY,
    MOBILE,
    VARA,
    asked,
    booked,
    bookings_in,
    coming,
    full,
    list_courses,
    open_question,
    reminded,
    talk_about,
    the,
)
from tests.bot.engine.talk import MONDAY, Talk

# The answer to a reminder


@pytest.mark.parametrize("said", ["JA", "ok", "ja jag kommer"])
def test_yes_keeps_the_chair(said: str) -> None:
    talk = reminded(talk_about(booked(the(MOBILE, "vara"))))
    assert "välkommen" in talk.says(said, "affirm" if len(said.split()) > 2 else None)
    assert bookings_in(talk) == []
    assert open_question(talk) is None


@pytest.mark.parametrize(
    ("said", "means"),
    [("NEJ", None), ("nej tack", None), ("jag kan inte komma", "course_cancel"), ("det går tyvärr inte", "deny")],
)
def test_no_gives_it_back_at_once(said: str, means: str | None) -> None:
    talk = reminded(talk_about(booked(the(MOBILE, "vara"))))
    assert "Nu är du avbokad: Mobilen från början" in talk.says(said, means)
    assert bookings_in(talk) == [BookingCancelled(1)]


@pytest.mark.parametrize("on_duty", [True, False])
def test_while_a_person_is_waited_for_reminders_and_offers_are_answered_too(on_duty: bool) -> None:
    talk = talk_about(booked(the(MOBILE, "vara")))
    talk.now = talk.now if on_duty else talk.now.replace(hour=3)
    talk.says("MÄNNISKA")
    assert talk.case is not None
    assert "Nu är du avbokad" in reminded(talk).says("NEJ")
    assert BookingCancelled(1) in bookings_in(talk)
    offered = _offered()
    offered.says("MÄNNISKA")
    assert "har en plats" in asked(offered, Question("seat", ("1",), soft=True)).says("JA")


def test_no_gives_back_the_one_that_was_reminded_of() -> None:
    talk = reminded(talk_about(booked(the(MOBILE, "vara"), the(BANKID, "vara"))), "2")
    talk.says("kan inte komma", "course_cancel")
    assert bookings_in(talk) == [BookingCancelled(2)]


def test_of_two_with_one_phone_it_is_asked_which() -> None:
    course = the(MOBILE, "vara")
    own = (
        Booking(1, course, BookingStatus.BOOKED),
        Booking(2, course, BookingStatus.BOOKED, "Astrid"),
        Booking(3, the(BANKID, "vara"), BookingStatus.BOOKED),
    )
    talk = reminded(talk_about(replace(coming(), bookings=own)), "1", "2")
    kept = talk.fork()
    assert "välkommen" in kept.says("ja")
    answer = talk.says("nej")
    assert "Vilken vill du avboka?" in answer and "(Astrid)" in answer and "BankID" not in answer
    assert bookings_in(talk) == []
    talk.says("2")
    assert bookings_in(talk) == [BookingCancelled(2)]


def test_of_two_with_one_phone_when_one_has_cancelled_already() -> None:
    own = (Booking(2, the(MOBILE, "vara"), BookingStatus.BOOKED, "Astrid"),)
    talk = reminded(talk_about(replace(coming(), bookings=own)), "1", "2")
    talk.says("nej")
    assert bookings_in(talk) == [BookingCancelled(2)]


@pytest.mark.parametrize("said", ["ja", "nej"])
def test_when_nothing_is_booked_any_more_that_is_said(said: str) -> None:
    talk = reminded(talk_about())
    assert "ingenting bokat" in talk.says(said)
    assert bookings_in(talk) == []


@pytest.mark.parametrize("said", ["ja", "nej", "jag kan inte"])
def test_after_the_course_began_the_reminder_is_no_question_any_more(said: str) -> None:
    course = the("Kom igång med surfplatta", "kungsbacka")
    again = replace(course, starts_at=course.starts_at + timedelta(weeks=1))
    talk = reminded(talk_about(booked(again, programme=replace(coming(), courses=(again,)))), about=MONDAY)
    answer = talk.says(said, "deny" if said == "jag kan inte" else None)
    assert answer and "välkommen" not in answer
    assert bookings_in(talk) == []


def test_wanting_to_cancel_after_that_asks_first() -> None:
    course = the("Kom igång med surfplatta", "kungsbacka")
    talk = reminded(talk_about(booked(course)), about=MONDAY)
    assert "Ska jag avboka din plats?" in talk.says("jag vill avboka", "course_cancel")


def test_something_else_than_an_answer_to_a_reminder() -> None:
    talk = reminded(talk_about(booked(the(MOBILE, "vara"))), about=MONDAY + DAY)
    assert "1 av" in talk.says("jag vill ha swish", "swish")
    talk.says("klart")
    assert bookings_in(talk) == []


# The answer to an offered seat


def _offered(until: datetime = MONDAY + HOUR, **more: Any) -> Talk:
    course = the(MOBILE, "vara")
    programme = booked(course, status=BookingStatus.WAITLISTED, programme=full([course]), offered_until=until)
    return asked(talk_about(programme, **more), Question("seat", ("1",), soft=True))


def test_yes_takes_the_seat() -> None:
    talk = _offered()
    assert "Klart, du har en plats: Mobilen från början" in talk.says("ja")
    assert bookings_in(talk) == [SeatAccepted(1)]


@pytest.mark.parametrize(("said", "means"), [("nej", None), ("jag kan inte då", "course_cancel")])
def test_no_leaves_the_queue(said: str, means: str | None) -> None:
    talk = _offered()
    assert "avbokad" in talk.says(said, means)
    assert bookings_in(talk) == [BookingCancelled(1)]


def test_too_late_though_nobody_has_noticed_yet() -> None:
    """The end of the offer is not told once more afterwards."""
    talk = _offered(until=MONDAY)
    assert "hann tyvärr gå till någon annan" in talk.says("ja")
    assert bookings_in(talk) == [BookingCancelled(1)]


def test_too_late_when_the_offer_was_ended() -> None:
    talk = _offered()
    talk.programme = coming()
    assert "hann tyvärr gå till någon annan" in talk.says("ja")
    assert bookings_in(talk) == []


def test_no_when_the_offer_was_ended() -> None:
    talk = _offered()
    talk.programme = coming()
    assert "bokar jag inget" in talk.says("nej")


def test_yes_once_more_when_a_handledare_has_booked_it() -> None:
    talk = _offered()
    talk.programme = booked(the(MOBILE, "vara"))
    assert "Du har redan en plats" in talk.says("ja")
    assert bookings_in(talk) == []


def test_something_else_leaves_the_offer_open() -> None:
    talk = _offered()
    talk.says("tack", "thanks")
    talk.says("vad kostar det")
    assert bookings_in(talk) == []


# In the middle of something else


def test_booking_in_the_middle_of_a_guide_and_on_with_it() -> None:
    talk = talk_about()
    talk.says("swish", "swish")
    talk.says("klart")
    at = talk.step
    list_courses(talk, VARA)
    talk.says("1")
    talk.says("ja")
    assert bookings_in(talk) == [SeatTaken(the(MOBILE, "vara").id)]
    assert talk.step == at
    talk.says("klart")
    assert talk.step != at
    assert "3 av" in talk.answer


def test_done_means_the_step_though_a_list_is_open() -> None:
    talk = talk_about()
    talk.says("swish", "swish")
    list_courses(talk, VARA)
    assert "2 av" in talk.says("klart")


def test_a_reminder_in_the_middle_of_a_guide() -> None:
    talk = talk_about(booked(the(MOBILE, "vara")))
    talk.says("swish", "swish")
    reminded(talk, about=MONDAY + DAY)
    assert "2 av" in talk.says("klart")
    talk = talk_about(booked(the(MOBILE, "vara")))
    talk.says("swish", "swish")
    at = talk.step
    reminded(talk, about=MONDAY + DAY)
    talk.says("nej")
    assert bookings_in(talk) == [BookingCancelled(1)]
    assert talk.step == at


def test_a_guides_own_question_comes_back_after_a_reminder_was_answered() -> None:
    talk = talk_about(booked(the(MOBILE, "vara")))
    talk.says("pensionen", "pension")
    chosen = talk.conversation.question
    assert chosen and chosen.kind == "choose"
    reminded(talk, about=MONDAY + DAY)
    other = talk.fork()
    talk.says("ja")
    assert talk.conversation.question == chosen
    other.says("1")
    assert other.conversation.question != chosen, "a number is an answer to the guide"
    assert bookings_in(other) == []


def test_danger_in_the_middle_of_booking() -> None:
    talk = talk_about()
    list_courses(talk, VARA)
    talk.says("1")
    assert "112" in talk.says("min man andas inte", "emergency")[:200]
    assert bookings_in(talk) == []


def test_stopp_in_the_middle_of_booking_books_nothing_and_start_does_not_either() -> None:
    talk = talk_about()
    list_courses(talk, VARA)
    talk.says("1")
    talk.says("STOPP")
    talk.says("JA")
    assert talk.answer == "" and bookings_in(talk) == []
    talk.says("START")
    talk.says("JA")
    assert bookings_in(talk) == []


def test_in_english() -> None:
    talk = talk_about(full([the(BANKID, "vara")]), language="en")
    assert "1 Your phone from the start, tomorrow at 10:00, Vara bibliotek" in list_courses(
        talk, VARA, "courses please"
    )
    assert "Do you want a seat?" in talk.says("1")
    assert "you have a seat" in talk.says("ok")
    list_courses(talk, VARA, "courses please")
    assert "waiting list" in talk.says("2")
    assert "on the waiting list" in talk.says("ok")
    assert "Which do you want to cancel?" in talk.says("cancel my booking", "course_cancel")
    assert "cancelled" in talk.says("2")
    assert [booking.course.title["en"] for booking in talk.programme.bookings] == ["Your phone from the start"]


# Anything, in any order


_SAYS = st.one_of(
    st.sampled_from(
        [
            "1",
            "2",
            "3",
            "4",
            "9",
            "JA",
            "NEJ",
            "Visa fler",
            "på tisdag",
            "31/2",
            "bilder",
            "bankid",
            "egen tid",
            "KLART",
            "AVBRYT",
            "MENY",
        ]
    ).map(lambda text: (text, None, None)),
    st.sampled_from(
        [
            ("kurser", "course_list", where)
            for where in (VARA, KALMAR, KUNGSBACKA, MJOLBY, {"place": "Kiruna"}, {**VARA, "relation": "mamma"}, None)
        ]
    ),
    st.sampled_from(
        [
            ("avboka", "course_cancel", None),
            ("swish", "swish", None),
            ("hej", "greet", None),
            ("ny mobil och bankid", "bankid_new_phone", None),
        ]
    ),
)


@settings(max_examples=60, deadline=None)
@given(
    says=st.lists(_SAYS, min_size=1, max_size=25),
    fills=st.lists(st.sampled_from([course.id for course in coming().courses]), max_size=12, unique=True),
    asks=st.sampled_from(["", "", "coming", "seat"]),
    language=st.sampled_from(["sv", "en"]),
)
def test_every_answer_is_short_and_every_chair_is_one_that_may_be_had(
    says: list[tuple[str, str | None, dict[str, str] | None]], fills: list[int], asks: str, language: str
) -> None:
    """Talk refuses what the store would refuse: two chairs of one person, a chair that is not there, giving one back twice."""
    talk = talk_about(full([course for course in coming().courses if course.id in fills]), language=language)
    if asks:
        course = the(MOBILE, "vara", talk.programme)
        own = Booking(
            1,
            course,
            BookingStatus.WAITLISTED if asks == "seat" else BookingStatus.BOOKED,
            "",
            MONDAY + HOUR if asks == "seat" else None,
        )
        talk.programme = replace(talk.programme, bookings=(own,))
        asked(talk, Question(asks, ("1",), soft=True))
    for text, means, entities in says:
        introduced = talk.conversation.introduced_at is not None
        answer = talk.says(text, means, entities=entities)
        if talk.case:
            return  # a person has it now, and the machine is silent
        assert answer
        assert talk.segments <= (2 if introduced else 3), answer
        assert not unusual(answer)
        assert "{" not in answer
        question = talk.conversation.question
        if question and question.labels:
            assert len(question.labels) == len(question.options)


def test_after_wait_another_number_of_the_list_still_counts() -> None:
    talk = talk_about()
    list_courses(talk, VARA)
    talk.says("1")
    assert "bokar jag inget" in talk.says("nej vänta", "deny")
    assert "Vill du ha en plats" in talk.says("2")
