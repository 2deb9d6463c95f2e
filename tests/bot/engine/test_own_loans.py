"""One's own loans: when and where, more time, giving up, trouble."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.case import Reason
from bot.domain.events import Event, LoanCancelled, LoanExtended
from bot.domain.loan import Loan, LoanStatus
from tests.bot.engine.talk import MONDAY, Talk
from tests.bot.lending import LAPTOP, LIBRARY, TABLET, shelf

OUT = Loan(3, TABLET, LoanStatus.OUT, LIBRARY, due_at=MONDAY + timedelta(days=2))
ASIDE = Loan(4, TABLET, LoanStatus.OFFERED, LIBRARY, fetch_by=MONDAY + timedelta(days=1))
WAITS = Loan(5, LAPTOP, LoanStatus.QUEUED, number=1)


def _says(text: str, *loans: Loan, means: str = "device_loan") -> Talk:
    talk = Talk(shelf=shelf(*loans))
    talk.says(text, means)
    return talk


def _lending(talk: Talk) -> list[Event]:
    return [event for event in talk.events if isinstance(event, LoanExtended | LoanCancelled)]


@pytest.mark.parametrize(
    "text",
    [
        "var lämnar jag tillbaka plattan",
        "när ska plattan vara inne",
        "I want to return it",
        "behöver den inte längre, var lämnar jag den",
    ],
)
def test_when_and_where_to_bring_it_back(text: str) -> None:
    answer = _says(text, OUT).answer
    assert "senast onsdag 25 november" in answer
    assert "Kalmar stadsbibliotek" in answer


def test_late_without_blame() -> None:
    late = replace(OUT, due_at=MONDAY - timedelta(days=3))
    assert "ingen fara" in _says("jag glömde lämna in plattan", late).answer


@pytest.mark.parametrize(
    "text",
    [
        "kan jag få låna längre",
        "låna längre",
        "vill förlänga lånet",
        "får jag ha plattan en vecka till",
        "ska vara borta, får jag behålla den",
        "can I keep it one more week",
    ],
)
def test_more_time(text: str) -> None:
    talk = _says(text, OUT)
    assert _lending(talk) == [LoanExtended(3)]
    assert "senast måndag 21 december" in talk.answer
    assert talk.cases == []


def test_who_has_just_fetched_it_is_told_that_there_is_no_more_to_give_yet() -> None:
    talk = _says("kan jag få den en vecka till", replace(OUT, due_at=MONDAY + timedelta(days=28)))
    assert _lending(talk) == []
    assert "till och med måndag 21 december" in talk.answer


def test_no_more_time_when_somebody_waits_but_a_person_may_decide() -> None:
    talk = _says("får jag ha den längre", replace(OUT, type=replace(TABLET, waiting=1)))
    assert _lending(talk) == []
    assert "Andra står i kö" in talk.answer
    talk.says("JA")
    assert talk.reasons == [Reason.ASKED]


@pytest.mark.parametrize(
    "text", ["plattan jag lånade har spricka i hörnet", "laddaren saknas", "den ber om ett lösenord"]
)
def test_trouble_is_nobodys_fault_and_a_person_is_offered(text: str) -> None:
    talk = _says(text, OUT)
    assert "inte ditt fel" in talk.answer
    talk.says("JA")
    assert talk.reasons == [Reason.ASKED]


def test_where_to_fetch_it_and_where_in_the_queue() -> None:
    assert "senast i morgon, Kalmar stadsbibliotek" in _says("var hämtar jag plattan", ASIDE).answer
    assert "Du är nummer 1" in _says("hur lång är kön", WAITS).answer


@pytest.mark.parametrize("means", ["device_loan", "course_cancel"])
def test_giving_up_takes_one_yes(means: str) -> None:
    talk = _says("avboka lånet", ASIDE, means=means)
    assert "ta bort din bokning" in talk.answer
    talk.says("JA")
    assert _lending(talk) == [LoanCancelled(4)]


def test_or_not() -> None:
    talk = _says("avboka lånet", ASIDE)
    assert "ligger det kvar" in talk.says("NEJ")
    assert _lending(talk) == []


def test_which_of_several() -> None:
    talk = _says("avboka", ASIDE, WAITS)
    assert "1 Surfplatta. 2 Bärbar dator" in talk.answer
    talk.says("2")
    assert "Bärbar dator" in talk.answer
    talk.says("JA")
    assert _lending(talk) == [LoanCancelled(5)]


def test_it_is_over_when_the_answer_comes() -> None:
    talk = _says("avboka lånet", ASIDE)
    talk.shelf = shelf()
    assert "inget lån" in talk.says("JA")
    talk = _says("avboka lånet", ASIDE)
    talk.shelf = shelf(replace(OUT, id=4))
    assert "lämna tillbaka senast" in talk.says("JA")
    assert _lending(talk) == []


@pytest.mark.parametrize(
    "text", ["jag vill förlänga lånet", "var lämnar jag tillbaka plattan", "I want to return the tablet"]
)
def test_lent_at_the_desk_a_person_knows(text: str) -> None:
    talk = _says(text)
    assert "inget lån" in talk.answer
    talk.says("JA")
    assert talk.reasons == [Reason.ASKED]


@pytest.mark.parametrize(
    "text", ["hur länge får man låna", "how long can I keep the iPad", "måste man va pensionär för att låna"]
)
def test_a_newcomers_question_is_no_loan_of_their_own(text: str) -> None:
    assert "inget lån" not in _says(text).answer


def test_nothing_to_cancel_is_about_courses() -> None:
    assert "ingenting bokat" in _says("avboka", OUT, means="course_cancel").answer


def test_the_menu_of_several_out() -> None:
    talk = _says("var lämnar jag dem", OUT, replace(OUT, id=6, type=LAPTOP))
    talk.says("2")
    assert "Bärbar dator: lämna tillbaka" in talk.answer


@pytest.mark.parametrize(
    ("text", "means", "accepted"),
    [
        ("när ska jag lämna tillbaka", "out_of_scope", False),
        ("lämna tillbaka", "back", True),
        ("förläng mitt lån", "device_loan", False),
    ],
)
def test_words_that_were_not_understood_for_sure(text: str, means: str, accepted: bool) -> None:
    talk = Talk(shelf=shelf(OUT))
    talk.says(text, means, accepted)
    assert "Surfplatta" in talk.answer
    without = Talk(shelf=shelf())
    without.says(text, means, accepted)
    assert "Surfplatta" not in without.answer


def test_a_bank_loan_of_somebody_who_borrows_nothing_of_ours() -> None:
    talk = Talk(shelf=shelf())
    assert "inget lån" not in talk.says("jag vill förlänga mitt lån i banken", "out_of_scope")


@pytest.mark.parametrize("means", ["device_loan", "app_install", "cancel"])
def test_a_remark_right_after_a_loan_was_told_of_is_about_it(means: str) -> None:
    talk = _says("när ska jag hämta plattan", ASIDE)
    assert "Surfplatta" in talk.answer
    assert "Hämta" in talk.says("när ska jag hämta den", means, accepted=False)
    assert "JA" in talk.says("jag vill inte ha den", means, accepted=False)


def test_the_same_words_later_are_not() -> None:
    talk = _says("när ska jag lämna plattan", OUT)
    talk.says("tack", "thanks")
    assert "Surfplatta" not in talk.says("jag vill inte ha den", "cancel", accepted=False)


def test_of_what_still_waits_to_be_fetched_they_are_as_was_promised() -> None:
    talk = Talk(shelf=shelf(ASIDE))
    talk.says("tack", "thanks")
    assert "Ska jag ta bort din bokning? Surfplatta" in talk.says(
        "jag vill inte ha den längre", "cancel", accepted=False
    )


def test_how_long_it_may_be_kept_is_told_of_what_waits_to_be_fetched() -> None:
    talk = Talk(shelf=shelf(ASIDE))
    talk.says("hej", "greet")
    days = str(ASIDE.type.days)
    assert f"{days} dagar" in talk.says("hur länge får jag ha den", "device_loan", accepted=False)
    assert "Hämta" in talk.says("när ska den vara tillbaka")


def test_a_danger_right_after_it_is_none_of_it() -> None:
    talk = _says("när ska jag hämta plattan", OUT)
    assert "Surfplatta" not in talk.says("de ville hämta koden", "fraud_suspected", accepted=False)
