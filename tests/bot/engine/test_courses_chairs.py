"""Courses in a conversation: one of them, a chair, the queue, and giving it back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.course import Booking, BookingStatus, Programme
from bot.domain.events import BookingCancelled, SeatTaken
from tests.bot.engine.course_talk import (
    BANKID,
    KUNGSBACKA,
    MJOLBY,
    MOBILE,
    VARA,
    booked,
    bookings_in,
    coming,
    full,
    list_courses,
    many,
    open_question,
    talk_about,
    the,
)

# One course


def test_one_course_in_full_with_what_to_bring_and_what_it_costs() -> None:
    talk = talk_about()
    list_courses(talk, VARA)
    assert (
        talk.says("1")
        == "Mobilen från början, i morgon kl 10, Vara bibliotek. Ta med din mobil och laddare. Det är gratis. Vill du ha en plats? Svara JA eller NEJ."
    )
    assert talk.segments == 1
    assert [button.says for button in talk.buttons] == ["JA", "NEJ"]


@pytest.mark.parametrize("said", ["1", "1.", "ettan", "nummer 1 tack", "den första", "mobilen från början"])
def test_a_number_in_many_writings(said: str) -> None:
    talk = talk_about()
    list_courses(talk, VARA)
    assert "Vill du ha en plats?" in talk.says(said)
    assert MOBILE in talk.answer


@pytest.mark.parametrize("said", ["3", "0", "99"])
def test_a_number_that_is_not_in_the_list_is_asked_about_again_kindly(said: str) -> None:
    talk = talk_about()
    list_courses(talk, VARA)
    assert "från 1 till 2" in talk.says(said)
    assert f"1 {MOBILE}" in talk.answer
    assert "Vill du ha en plats?" in talk.says("2")


def test_how_often_a_group_meets() -> None:
    talk = talk_about()
    list_courses(talk, KUNGSBACKA, "något om surfplatta")
    if open_question(talk) == "course":
        talk.says("1")
    assert "Ni träffas 2 gånger" in talk.answer


def test_a_drop_in_needs_no_booking() -> None:
    talk = talk_about()
    list_courses(talk, MJOLBY)
    assert "Du behöver inte boka" in talk.says("3")
    assert "Digital verkstad" in talk.answer
    assert open_question(talk) is None
    talk.says("JA")
    assert bookings_in(talk) == []


def test_a_course_that_is_gone_when_it_is_chosen() -> None:
    talk = talk_about()
    list_courses(talk, VARA)
    talk.programme = replace(coming(), courses=tuple(c for c in coming().courses if c.id != the(MOBILE, "vara").id))
    assert "går inte längre att boka" in talk.says("1")
    assert "Kurser och träffar" in talk.answer
    assert "tisdag 1 december" in talk.answer


def test_the_longest_words_a_samordnare_may_write_cost_two_sms() -> None:
    long = {
        "sv": "Att våga använda mobilen till precis allt möjligt i hela vardagen",
        "en": "Dare to use your phone for everything in daily life, all of it",
    }
    course = replace(
        the(MOBILE, "vara"),
        title=long,
        bring={"sv": "Ta med " + "mobilen och allting annat " * 9, "en": "x"},
        meetings=8,
    )
    talk = talk_about(replace(coming(), courses=(course,)))
    talk.says("hej", "greet")
    list_courses(talk, VARA)
    assert talk.segments <= 2
    talk.says("1")
    assert talk.segments <= 2
    assert "Vill du ha en plats?" in talk.answer and "Ni träffas 8 gånger" in talk.answer
    talk.says("JA")
    assert talk.segments <= 2


# A chair


def test_a_number_and_one_ja_book_it() -> None:
    talk = talk_about()
    list_courses(talk, VARA)
    talk.says("1")
    answer = talk.says("ja")
    assert bookings_in(talk) == [SeatTaken(the(MOBILE, "vara").id)]
    assert "Klart, du har en plats: Mobilen från början, i morgon kl 10, Vara bibliotek." in answer
    assert talk.segments <= 2
    assert open_question(talk) is None


@pytest.mark.parametrize(("said", "means"), [("NEJ", None), ("nej tack", None), ("det passar inte mig så bra", "deny")])
def test_no_books_nothing(said: str, means: str | None) -> None:
    talk = talk_about()
    list_courses(talk, VARA)
    talk.says("1")
    assert "bokar jag inget" in talk.says(said, means)
    assert bookings_in(talk) == []
    assert "JA" not in talk.says("ja"), "nothing is open any more"
    assert bookings_in(talk) == []


def test_neither_yes_nor_no_is_asked_again() -> None:
    talk = talk_about()
    list_courses(talk, VARA)
    talk.says("1")
    assert "Svara JA eller NEJ" in talk.says("hmm jo kanske det")
    talk.says("ja")
    assert bookings_in(talk) == [SeatTaken(the(MOBILE, "vara").id)]


def test_whoever_has_a_chair_is_told_so_and_does_not_get_another() -> None:
    talk = talk_about()
    for _ in range(2):
        list_courses(talk, VARA)
        answer = talk.says("1")
        talk.says("ja")
    assert "Du har redan en plats: Mobilen från början, i morgon kl 10" in answer
    assert [booking.course.id for booking in talk.programme.bookings] == [the(MOBILE, "vara").id]


def test_whoever_waits_is_told_so() -> None:
    course = the(MOBILE, "vara")
    talk = talk_about(booked(course, status=BookingStatus.WAITLISTED, programme=full([course])))
    list_courses(talk, VARA)
    assert "Du står redan i kö" in talk.says("1")


def test_booked_in_the_console_between_question_and_answer() -> None:
    talk = talk_about()
    list_courses(talk, VARA)
    talk.says("1")
    talk.programme = booked(the(MOBILE, "vara"))
    assert "Du har redan en plats" in talk.says("ja")
    assert bookings_in(talk) == []


def test_gone_between_question_and_answer() -> None:
    talk = talk_about()
    list_courses(talk, VARA)
    talk.says("1")
    talk.programme = Programme()
    assert "går inte längre att boka" in talk.says("ja")
    assert bookings_in(talk) == []


def test_for_somebody_else_beside_ones_own() -> None:
    talk = talk_about()
    list_courses(talk, VARA)
    talk.says("1")
    talk.says("ja")
    list_courses(talk, {**VARA, "relation": "mamma"}, "kurs för min mamma")
    assert "Vill du ha en plats?" in talk.says("1")
    talk.says("ja")
    assert bookings_in(talk) == [SeatTaken(the(MOBILE, "vara").id, for_whom="mamma")]
    assert "åt mamma" in talk.answer
    list_courses(talk, {**VARA, "relation": "mamma"}, "kurs för min mamma")
    assert "redan" in talk.says("1")


def test_for_whom_it_is_outlasts_the_question_of_the_town() -> None:
    talk = talk_about()
    talk.says("boka kurs åt mamma", "course_book", entities={"relation": "mamma"})
    assert open_question(talk) == "place"
    talk.says("Vara", "find_place", entities=VARA)
    talk.says("1")
    talk.says("ja")
    assert bookings_in(talk) == [SeatTaken(the(MOBILE, "vara").id, for_whom="mamma")]


# Full


def test_a_full_course_offers_the_queue() -> None:
    course = the(MOBILE, "vara")
    talk = talk_about(full([course]))
    list_courses(talk, VARA)
    assert "Alla platser är tagna. Vill du stå i kö?" in talk.says("1")
    assert "Nu står du i kö: Mobilen från början" in talk.says("JA")
    assert bookings_in(talk) == [SeatTaken(course.id, waits=True)]


def test_no_to_the_queue() -> None:
    talk = talk_about(full([the(MOBILE, "vara")]))
    list_courses(talk, VARA)
    talk.says("1")
    assert "bokar jag inget" in talk.says("nej")
    assert bookings_in(talk) == []


def test_nobody_is_put_in_a_queue_they_were_not_asked_about() -> None:
    """The seat went between question and answer: JA was said to a seat."""
    course = the(MOBILE, "vara")
    talk = talk_about()
    list_courses(talk, VARA)
    talk.says("1")
    talk.programme = full([course])
    assert "Alla platser är tagna. Vill du stå i kö?" in talk.says("ja")
    assert bookings_in(talk) == []
    assert "Nu står du i kö" in talk.says("ja")
    assert bookings_in(talk) == [SeatTaken(course.id, waits=True)]


def test_who_would_wait_gets_the_seat_that_became_free_meanwhile() -> None:
    course = the(MOBILE, "vara")
    talk = talk_about(full([course]))
    list_courses(talk, VARA)
    talk.says("1")
    talk.programme = coming()
    assert "du har en plats" in talk.says("ja")
    assert bookings_in(talk) == [SeatTaken(course.id)]


# Giving it back


def test_the_only_booking_with_one_ja() -> None:
    talk = talk_about(booked(the(MOBILE, "vara")))
    assert "Ska jag avboka din plats? Mobilen från början, i morgon kl 10, Vara bibliotek" in talk.says(
        "jag vill avboka kursen", "course_cancel"
    )
    assert "Nu är du avbokad" in talk.says("ja")
    assert bookings_in(talk) == [BookingCancelled(1)]


def test_no_keeps_it() -> None:
    talk = talk_about(booked(the(MOBILE, "vara")))
    talk.says("avboka", "course_cancel")
    assert "behåller du platsen" in talk.says("nej")
    assert bookings_in(talk) == []


def test_nothing_to_cancel() -> None:
    talk = talk_about()
    assert "ingenting bokat" in talk.says("avboka min kurs", "course_cancel")
    assert open_question(talk) is None


def test_which_of_several() -> None:
    talk = talk_about(booked(the(MOBILE, "vara"), the(BANKID, "vara")))
    answer = talk.says("avboka", "course_cancel")
    assert "Vilken vill du avboka? 1 Mobilen från början, i morgon kl 10, Vara bibliotek. 2 BankID" in answer
    assert "från 1 till 2" in talk.says("5")
    assert "Nu är du avbokad: BankID" in talk.says("tvåan")
    assert bookings_in(talk) == [BookingCancelled(2)]


def test_none_of_several() -> None:
    talk = talk_about(booked(the(MOBILE, "vara"), the(BANKID, "vara")))
    talk.says("avboka", "course_cancel")
    talk.says("nej")
    assert bookings_in(talk) == []
    assert open_question(talk) is None


def test_two_people_on_one_course_are_told_apart() -> None:
    course = the(MOBILE, "vara")
    own = (Booking(1, course, BookingStatus.BOOKED), Booking(2, course, BookingStatus.BOOKED, "Astrid"))
    talk = talk_about(replace(coming(), bookings=own))
    answer = talk.says("avboka", "course_cancel")
    assert (
        "1 Mobilen från början, i morgon kl 10, Vara bibliotek. 2 Mobilen från början, i morgon kl 10, Vara bibliotek (Astrid)."
        in answer
    )
    assert "(Astrid)" in talk.says("2")
    assert bookings_in(talk) == [BookingCancelled(2)]


def test_many_bookings_come_in_parts() -> None:
    talk = talk_about(booked(*many(9).courses, programme=many(9)))
    talk.says("hej", "greet")
    talk.says("avboka", "course_cancel")
    for _ in range(4):
        assert talk.segments <= 2
        question = talk.conversation.question
        assert question
        if "9" in question.options:
            break
        talk.says("Visa fler")
    question = talk.conversation.question
    assert question
    talk.says(str(question.options.index("9") + 1))
    assert bookings_in(talk) == [BookingCancelled(9)]


def test_cancelled_in_the_console_between_question_and_answer() -> None:
    talk = talk_about(booked(the(MOBILE, "vara")))
    talk.says("avboka", "course_cancel")
    talk.programme = coming()
    assert "ingenting bokat" in talk.says("ja")
    assert bookings_in(talk) == []
