"""Asking what one has booked, and saying that one cannot come."""

from __future__ import annotations

import pytest

from bot.domain.case import Reason
from bot.domain.conversation import Question
from bot.domain.course import BookingStatus
from bot.domain.events import BookingCancelled
from tests.bot.engine.course_talk import BANKID, MOBILE, asked, booked, bookings_in, open_question, talk_about, the


def test_what_is_booked_is_told_with_how_to_cancel() -> None:
    talk = talk_about(booked(the(MOBILE, "vara")))
    answer = talk.says("vad har jag bokat?")
    assert f"Du har en plats: {MOBILE}, i morgon kl 10, Vara bibliotek" in answer and "AVBOKA" in answer


def test_a_place_in_the_queue_is_told_as_that() -> None:
    talk = talk_about(booked(the(MOBILE, "vara"), status=BookingStatus.WAITLISTED))
    assert "Du står i kö" in talk.says("är jag anmäld?")


def test_nothing_booked_is_said() -> None:
    assert "ingenting bokat" in talk_about().says("vad har jag bokat?")


def test_two_bookings_cost_two_sms_at_most() -> None:
    talk = talk_about(booked(the(MOBILE, "vara"), the(BANKID, "vara"), the("Ta och spara bilder", "kalmar")))
    talk.says("hej", "greet")
    answer = talk.says("vad har jag bokat?")
    assert MOBILE in answer and BANKID in answer and talk.segments <= 2


def test_a_short_when_means_the_booking_only_when_there_is_one() -> None:
    assert MOBILE in talk_about(booked(the(MOBILE, "vara"))).says("när var det nu igen?")
    assert "bokat" not in talk_about().says("när var det nu igen?")


def test_in_a_guide_the_step_waits() -> None:
    talk = talk_about(booked(the(MOBILE, "vara")))
    talk.says("ny mobil och bankid", "bankid_new_phone")
    step = talk.step
    answer = talk.says("när är min kurs", "course_list")
    assert MOBILE in answer and "väntar på dig" in answer
    assert talk.step == step


def test_while_a_person_is_waited_for_and_not_when_one_has_the_case() -> None:
    talk = talk_about(booked(the(MOBILE, "vara")))
    talk.says("MÄNNISKA")
    assert MOBILE in talk.says("vad har jag bokat?")
    assert talk.reasons == [Reason.ASKED]
    talk.handledare("claim")
    assert MOBILE not in talk.says("vad har jag bokat?")


def test_cancelling_while_a_person_is_waited_for() -> None:
    talk = talk_about(booked(the(MOBILE, "vara")))
    talk.says("MÄNNISKA")
    assert "avboka" in talk.says("jag kan inte komma på kursen", "course_cancel")
    assert "avbokad" in talk.says("ja")
    assert isinstance(bookings_in(talk)[-1], BookingCancelled)


def test_a_question_of_something_else_stays_open() -> None:
    talk = asked(talk_about(booked(the(MOBILE, "vara"))), Question("person", about="asked"))
    assert MOBILE in talk.says("vad har jag bokat?")
    assert open_question(talk) == "person"


@pytest.mark.parametrize("text", ["jag är sjuk och kommer inte", "vi får ställa in", "jag hinner inte"])
def test_who_cannot_come_is_asked_whether_to_cancel(text: str) -> None:
    talk = talk_about(booked(the(MOBILE, "vara")))
    assert "Ska jag avboka" in talk.says(text)
    assert "Ska jag avboka" not in talk_about().says(text)


def test_the_day_tells_which_of_two() -> None:
    talk = talk_about(booked(the(MOBILE, "kalmar"), the(BANKID, "kalmar")))
    assert f"avboka din plats? {BANKID}" in talk.says("jag kan inte komma på torsdag", "course_cancel")


def test_danger_is_never_taken_for_a_booking() -> None:
    talk = talk_about(booked(the(MOBILE, "vara")))
    assert MOBILE not in talk.says("har jag bokat något? de lurade mig", "fraud_suspected")


def test_in_a_guide_without_bookings_it_is_about_the_guide() -> None:
    talk = talk_about()
    talk.says("jag ska vabba", "fk_vab")
    assert "bokat hos mig" not in talk.says("är jag anmäld?")
