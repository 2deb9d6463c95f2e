"""What is asked about a seat before JA, which stays open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.events import SeatTaken
from tests.bot.engine.course_talk import (
    BANKID,
    KALMAR,
    MOBILE,
    VARA,
    bookings_in,
    full,
    list_courses,
    open_question,
    talk_about,
    the,
)
from tests.bot.engine.talk import Talk


def seat_asked(where: dict[str, str] = VARA, number: str = "1", **more: object) -> Talk:
    talk = talk_about(**more)  # type: ignore[arg-type]
    list_courses(talk, where)
    talk.says(number)
    assert open_question(talk) == "book"
    return talk


@pytest.mark.parametrize(
    ("text", "intent", "told"),
    [
        ("kostar det något?", "about_bot", "gratis"),
        ("var ligger det?", "find_place", "Vara bibliotek"),
        ("kan jag ta med mig min man?", "relative_help", "en person"),
        ("hur lång tid tar det?", None, "slutar kl 12"),
        ("finns det hiss?", None, "utan trappsteg"),
        ("behöver jag ha med mig dator?", None, "mobil och laddare"),
        ("vilken tid sa du?", None, "kl 10 (tisdag)"),
        ("hur många är ni", None, "8 platser"),
        ("är det svårt?", "stuck", "handledaren"),
        ("får man fika", None, "handledaren"),
        ("är det på svenska", None, "på svenska"),
        ("hur kommer man dit", "stuck", "Vara bibliotek"),
        ("vänta lite jag ska titta i almanackan", None, "Ta den tid"),
        ("hm vet inte", "stuck", "Ta den tid"),
    ],
)
def test_a_question_is_answered_and_ja_still_books(text: str, intent: str | None, told: str) -> None:
    talk = seat_asked()
    answer = talk.says(text, intent)
    assert told in answer and "JA" in answer and talk.segments <= 2
    assert "har en plats" in talk.says("ja")
    assert len(talk.programme.bookings) == 1


@pytest.mark.parametrize("text", ["boka den", "den tar jag", "det passar bra"])
def test_a_yes_in_own_words_books(text: str) -> None:
    assert "har en plats" in seat_asked().says(text, "course_book")


def test_another_number_of_the_list_tells_that_one() -> None:
    talk = seat_asked()
    assert talk.says("2").startswith(BANKID)
    assert f"har en plats: {BANKID}" in talk.says("ja")


def test_a_number_that_is_not_on_the_list_shows_it_again() -> None:
    talk = seat_asked()
    assert "1 till 2" in talk.says("7") and talk.segments <= 2
    assert open_question(talk) == "course"
    assert not bookings_in(talk)


def test_both_books_the_first_and_asks_about_the_other() -> None:
    talk = seat_asked()
    assert f"har en plats: {MOBILE}" in talk.says("båda två") and BANKID in talk.answer and talk.segments <= 2
    assert f"har en plats: {BANKID}" in talk.says("ja")
    assert len(talk.programme.bookings) == 2


def test_another_time_of_the_same_course() -> None:
    talk = seat_asked()
    answer = talk.says("finns det en senare?")
    assert f"1 {MOBILE}, tisdag 1 december" in answer and BANKID not in answer
    assert "1 december" in talk.says("1")


def test_no_other_time_is_said_and_the_seat_is_still_asked_about() -> None:
    programme = talk_about().programme
    only = the(MOBILE, "vara", programme)
    talk = seat_asked()
    talk.programme = type(programme)((only,))
    assert "ingen annan" in talk.says("nån annan tid") and open_question(talk) == "book"


def test_a_day_later_one_yes_is_enough() -> None:
    talk = seat_asked(KALMAR, "3")
    talk.pass_(days=1)
    assert "har en plats" in talk.says("ja")


def test_after_some_days_the_seat_is_asked_about_again() -> None:
    talk = seat_asked(KALMAR, "3")
    talk.pass_(hours=50)
    assert BANKID in talk.says("ja") and "Svara JA" in talk.answer
    assert not bookings_in(talk)
    assert "har en plats" in talk.says("ja")


def test_a_seat_that_is_gone_is_not_booked_and_the_others_are_listed() -> None:
    talk = seat_asked()
    gone = the(MOBILE, "vara", talk.programme)
    talk.programme = type(talk.programme)(tuple(c for c in talk.programme.courses if c.id != gone.id))
    assert "går inte längre att boka" in talk.says("ja") and BANKID in talk.answer
    assert not bookings_in(talk)


def test_of_a_full_course_the_queue_is_asked_about_again() -> None:
    programme = full([the(MOBILE, "vara")])
    talk = seat_asked(programme=programme)
    assert "Vill du stå i kö" in talk.says("hur många är ni") and "alla är tagna" in talk.answer
    talk.says("ja")
    event = bookings_in(talk)[0]
    assert isinstance(event, SeatTaken) and event.waits


def test_a_need_of_its_own_is_no_question_of_the_seat() -> None:
    assert "1 av" in seat_asked().says("hur lång tid tar det att få ett nytt bankid", "bankid_get")


def test_where_a_thing_in_the_phone_is_is_no_question_of_the_seat() -> None:
    assert "Ni träffas" not in seat_asked().says("var hittar jag mina bilder i telefonen", "phone_settings")


def test_a_yes_that_is_to_be_thought_over_books_nothing() -> None:
    talk = seat_asked()
    assert "Ta den tid" in talk.says("det låter bra men jag vill fråga min fru", "affirm")
    assert not talk.programme.bookings and open_question(talk) == "book"


def test_danger_is_heard() -> None:
    assert "112" in seat_asked().says("vänta det brinner hos mig", "emergency")


def test_who_is_not_understood_twice_is_offered_a_person() -> None:
    talk = seat_asked()
    assert "Svara JA eller NEJ" in talk.says("blupp blupp")
    talk.says("blupp blupp")
    assert open_question(talk) == "person"


@pytest.mark.parametrize(("taken", "said"), [(0, "alla är lediga"), (1, "platser lediga"), (-1, "en är ledig")])
def test_how_many_seats_are_free_is_said_in_plain_words(taken: int, said: str) -> None:
    talk = seat_asked()
    course = the(MOBILE, "vara", talk.programme)
    talk.programme = type(talk.programme)(
        tuple(
            replace(c, open_seats=1 if taken < 0 else c.seats - taken) if c.id == course.id else c
            for c in talk.programme.courses
        )
    )
    assert said in talk.says("hur många platser finns det")
