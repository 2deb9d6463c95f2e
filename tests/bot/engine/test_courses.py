"""Courses in a conversation: the list, narrowing it, and where the resident is."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.domain.course import CourseKind, Programme
from bot.domain.events import SeatTaken
from bot.domain.message import Kind
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
    bookings_in,
    coming,
    full,
    list_courses,
    many,
    open_question,
    talk_about,
    the,
)
from tests.bot.engine.talk import MONDAY

THERE_IS_NONE = "Då finns ingen kurs"

# The list


def test_a_numbered_list_with_day_time_and_place() -> None:
    talk = talk_about()
    answer = list_courses(talk, VARA)
    assert (
        "1 Mobilen från början, i morgon kl 10, Vara bibliotek. 2 BankID i lugn takt, i morgon kl 13, Vara bibliotek."
        in answer
    )
    assert [button.says for button in talk.buttons] == ["1", "2"]
    assert talk.segments <= 3


def test_the_first_of_varas_is_the_one_with_a_single_handledare() -> None:
    talk = talk_about()
    list_courses(talk, VARA)
    talk.says("1")
    talk.says("JA")
    (event,) = bookings_in(talk)
    assert isinstance(event, SeatTaken)
    course = coming().course(event.course_id)
    assert course and (course.seats, course.municipality) == (8, "vara")


def test_of_one_course_on_several_dates_the_next_is_told() -> None:
    assert list_courses(talk_about(), VARA).count(MOBILE) == 1


def test_when_the_next_is_full_it_keeps_its_number_and_the_one_after_it_is_told_too() -> None:
    talk = talk_about(full([the(MOBILE, "vara")]))
    answer = list_courses(talk, VARA)
    assert re.search(r"1 Mobilen från början, i morgon kl 10, Vara bibliotek +\(fullt\)", answer)
    assert "tisdag 1 december kl 10" in answer
    assert "8 december" not in answer


def test_ones_own_municipality_first_and_drop_ins_last() -> None:
    talk = talk_about()
    list_courses(talk, KALMAR)
    titles = (
        [label.partition(",")[0] for label in talk.conversation.question.labels] if talk.conversation.question else []
    )
    assert titles == [MOBILE, "Ta och spara bilder", BANKID, "Visa fler"]
    assert "1 Digitalt fika, i dag kl 13" in talk.says("4")


def test_coaching_times_are_not_in_the_list_but_told_to_who_asks() -> None:
    talk = talk_about()
    list_courses(talk, KALMAR)
    while "Visa fler" in talk.answer:
        talk.says("Visa fler")
        assert "Egen tid" not in talk.answer
    list_courses(talk, KALMAR, "kan jag boka egen tid")
    assert "Egen tid med handledare" in talk.answer


def test_far_from_every_course_that_is_said_and_another_town_may_be_named() -> None:
    talk = talk_about()
    answer = list_courses(talk, {"place": "Kiruna"})
    assert "ingen kurs nära Kiruna" in answer
    assert "Kurser" not in answer
    assert f"1 {MOBILE}" in talk.says("Vara", entities=VARA)


def test_nothing_on_offer() -> None:
    talk = talk_about(Programme())
    assert "ingen kurs nära Vara" in list_courses(talk, VARA)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("where", [VARA, KALMAR, KUNGSBACKA, MJOLBY])
def test_every_list_costs_two_sms_at_most_and_is_in_the_alphabet(where: dict[str, str], language: str) -> None:
    talk = talk_about(full([course for i, course in enumerate(coming().courses) if i % 2]), language=language)
    talk.says("hej", "greet")
    list_courses(talk, where)
    for _ in range(9):
        for beside in ("", "9", "på söndag", "31/2"):
            other = talk.fork()
            if beside:
                other.says(beside)
            assert other.segments <= 2, other.answer
            assert not unusual(other.answer)
            assert open_question(other) == "course"
        last = talk.conversation.question.labels[-1] if talk.conversation.question else ""
        if last not in ("Visa fler", "Show more"):
            return
        talk.says(str(len(talk.conversation.question.labels) if talk.conversation.question else 0))
    pytest.fail("the list never ends")


@pytest.mark.parametrize("count", [1, 4, 5, 9, 14])
def test_show_more_comes_to_every_course_once(count: int) -> None:
    talk, seen = talk_about(many(count)), list[str]()
    list_courses(talk, VARA)
    while True:
        question = talk.conversation.question
        assert question
        numbers = [option for option in question.options if option.isdecimal()]
        seen += numbers
        if len(numbers) == len(question.options):
            break
        assert len(seen) < count
        talk.says("Visa fler")
    assert seen == [str(i) for i in range(1, count + 1)]


def test_show_more_of_a_narrowed_list_stays_narrowed() -> None:
    on_tuesday = [replace(c, starts_at=c.starts_at + (i % 2) * DAY) for i, c in enumerate(many(12).courses)]
    talk = talk_about(Programme(tuple(sorted(on_tuesday, key=lambda c: c.starts_at))))
    list_courses(talk, VARA, "finns det något på onsdag")
    assert "onsdag 25 november" in talk.answer
    talk.says("Visa fler")
    assert "i morgon" not in talk.answer and "onsdag 25 november" in talk.answer


def test_a_course_of_the_rest_that_is_gone_since_is_left_out() -> None:
    talk = talk_about(many(6))
    list_courses(talk, VARA)
    shown = talk.conversation.question.options if talk.conversation.question else ()
    talk.programme = Programme(tuple(c for c in talk.programme.courses if str(c.id) in (*shown, "6")))
    assert "1 Kurs nummer 6" in talk.says("Visa fler")


def test_when_all_the_rest_is_gone_the_list_begins_anew() -> None:
    talk = talk_about(many(6))
    list_courses(talk, VARA)
    talk.programme = Programme(talk.programme.courses[:2])
    assert "1 Kurs nummer 1" in talk.says("Visa fler")


# Narrowing


@pytest.mark.parametrize(
    ("text", "there", "not_there"),
    [
        ("finns det något på tisdag", MOBILE, "bilder"),
        ("något på onsdag då", "Ta och spara bilder", MOBILE),
        ("något om bilder", "Ta och spara bilder", MOBILE),
        ("kurs i att ta foton", "Ta och spara bilder", BANKID),
        ("på torsdag om bankid", BANKID, MOBILE),
        ("kurser i morgon", MOBILE, "bilder"),
        ("kurser 25/11", "Ta och spara bilder", MOBILE),
        ("den 25 november", "Ta och spara bilder", MOBILE),
        ("idag", "Digitalt fika", MOBILE),
    ],
)
def test_by_day_and_by_what_it_is_about(text: str, there: str, not_there: str) -> None:
    talk = talk_about()
    answer = list_courses(talk, KALMAR, text)
    assert there in answer and not_there not in answer
    beside = talk_about()
    list_courses(beside, KALMAR)
    answer = beside.says(text)
    assert there in answer and not_there not in answer


def test_a_later_date_of_a_course_that_comes_every_week() -> None:
    talk = talk_about()
    assert "tisdag 8 december kl 10" in list_courses(talk, VARA, "kurser den 8 december")
    assert THERE_IS_NONE not in talk.answer
    talk.says("1")
    talk.says("JA")
    assert bookings_in(talk) == [SeatTaken(the(MOBILE, "vara", nth=2).id)]


def test_tisdag_said_on_a_tuesday_is_today_or_in_a_week() -> None:
    tuesday = MONDAY + DAY
    talk = talk_about(coming(tuesday), now=tuesday)
    assert "tisdag 1 december kl 10" in list_courses(talk, VARA, "på tisdag"), "at ten it has begun"
    earlier = tuesday - HOUR
    assert "i dag kl 10" in list_courses(talk_about(coming(earlier), now=earlier), VARA, "på tisdag")


def test_a_day_without_any_course_says_so_and_lists_all() -> None:
    talk = talk_about()
    answer = list_courses(talk, VARA, "något på söndag")
    assert THERE_IS_NONE in answer
    assert MOBILE in answer and BANKID in answer


@pytest.mark.parametrize("text", ["kurser 31 februari", "31/2", "den 29 februari"])
def test_a_day_that_no_calendar_has(text: str) -> None:
    talk = talk_about()
    answer = list_courses(talk, VARA, text)
    assert "finns inte i almanackan" in answer
    assert MOBILE in answer
    beside = talk_about()
    list_courses(beside, VARA)
    assert "finns inte i almanackan" in beside.says(text)
    assert open_question(beside) == "course"
    assert beside.segments <= 2


def test_narrowing_beside_the_numbers_then_a_number_of_the_new_list() -> None:
    every_other_day = [replace(c, starts_at=c.starts_at + (c.id % 2) * DAY) for c in many(8).courses]
    talk = talk_about(Programme(tuple(sorted(every_other_day, key=lambda c: c.starts_at))))
    list_courses(talk, VARA)
    talk.says("finns det något på onsdag")
    question = talk.conversation.question
    assert question and question.options[:3] == ("1", "3", "5")
    assert "Kurs nummer 3, onsdag 25 november" in talk.says("2")


def test_a_day_or_a_word_that_only_one_course_of_the_list_has_means_that_one() -> None:
    talk = talk_about()
    list_courses(talk, KALMAR)
    assert talk.says("på onsdag").startswith("Ta och spara bilder")
    assert open_question(talk) == "book"


def test_another_town_beside_the_numbers() -> None:
    talk = talk_about()
    list_courses(talk, KALMAR)
    assert "Vara bibliotek" in talk.says("i Vara då", "find_place", entities=VARA)
    assert "Vara bibliotek" in talk.says("Vara", entities=VARA)
    assert "Mjölby bibliotek" in talk.says("något om 1177 i Mjölby", "course_list", entities=MJOLBY)
    assert MOBILE not in talk.answer


def test_a_town_that_does_not_exist_beside_the_numbers_is_admitted_and_asked_again() -> None:
    talk = talk_about()
    list_courses(talk, KALMAR)
    assert 'Jag hittar inte "Sörblåkulla"' in talk.says("i Sörblåkulla", entities={"place_unknown": "Sörblåkulla"})
    assert "1 Mobilen från början" in talk.says("Vara", entities=VARA)


@pytest.mark.parametrize(
    ("text", "means", "there"),
    [
        ("hur flyttar jag bankid till min nya telefon", "bankid_new_phone", "1 av"),
        ("min mobil laddar inte längre alls", "phone_settings", "1 av"),
        ("ring mig på tisdag", "callback", "ringer upp dig"),
        ("kan jag få tala med en människa på torsdag", "human", "människa"),
        ("någon lurade mig på bankid i tisdags", "fraud_suspected", "114 14"),
        ("tack", "thanks", "Tack själv"),
    ],
)
def test_another_need_beside_the_numbers_is_that_need(text: str, means: str, there: str) -> None:
    """The list stays open for days; a word of it in a message must not bring it back."""
    talk = talk_about()
    list_courses(talk, KALMAR)
    talk.pass_(days=2)
    assert there in talk.says(text, means, entities={"fraud_stage": "loss"} if means == "fraud_suspected" else None)
    assert "Kurser och träffar" not in talk.answer


def test_a_long_story_that_was_not_understood_does_not_bring_the_list_back() -> None:
    talk = talk_about()
    list_courses(talk, KALMAR)
    talk.says("i tisdags var jag hos min dotter och då hände det något konstigt")
    assert "Kurser och träffar" not in talk.answer


def test_no_to_the_list_books_nothing() -> None:
    talk = talk_about()
    list_courses(talk, VARA)
    assert "bokar jag inget" in talk.says("nej tack")
    assert open_question(talk) is None


# Where


def test_the_town_is_asked_for_and_remembered() -> None:
    talk = talk_about()
    assert "I vilken ort" in talk.says("vilka kurser finns", "course_list")
    assert f"1 {MOBILE}, i morgon kl 13, Mjölby bibliotek" in talk.says("595 30", entities={"postcode": "59530"})
    talk.pass_(hours=5)
    assert "Mjölby bibliotek" in talk.says("kurser", "course_list")
    assert "ort" not in talk.answer
    assert talk.conversation.municipality == "mjolby"


def test_what_the_course_is_about_is_kept_while_the_town_is_asked() -> None:
    talk = talk_about()
    talk.says("kurs i bankid", "course_list")
    assert "BankID i lugn takt" in talk.says("Kalmar", entities=KALMAR)
    assert MOBILE not in talk.answer


def test_a_course_that_there_is_not_is_said_so_before_the_others() -> None:
    talk = talk_about()
    talk.says("kurs i swish", "course_list")
    assert "ingen kurs om just det" in talk.says("Kalmar", entities=KALMAR)
    assert MOBILE in talk.answer
    assert talk.segments <= 2


def test_who_names_no_subject_gets_the_list_as_it_is() -> None:
    talk = talk_about()
    talk.says("finns det kurser i närheten", "course_list")
    assert "just det" not in talk.says("Kalmar", entities=KALMAR)


@pytest.mark.parametrize("yes", ["ja", "JA", "okej"])
def test_a_yes_is_no_town_and_the_question_stays(yes: str) -> None:
    talk = talk_about()
    talk.says("kurs i bankid", "course_list")
    assert "vilka kurser" in talk.says(yes)
    assert "BankID i lugn takt" in talk.says("Kalmar", entities=KALMAR)


def test_a_no_takes_the_question_of_the_town_back() -> None:
    talk = talk_about()
    talk.says("kurs i bankid", "course_list")
    assert "egna ord" in talk.says("nej")
    assert open_question(talk) is None


def test_whose_municipality_is_known_is_not_asked() -> None:
    talk = talk_about()
    talk.conversation = talk.conversation.with_(municipality="vara")
    assert f"1 {MOBILE}, i morgon kl 10, Vara bibliotek" in talk.says("kurser", "course_list")


def test_a_town_that_does_not_exist_is_admitted_and_asked_again() -> None:
    talk = talk_about()
    assert 'Jag hittar inte "Sörblåkulla"' in talk.says(
        "kurser i Sörblåkulla", "course_list", entities={"place_unknown": "Sörblåkulla"}
    )
    assert f"1 {MOBILE}" in talk.says("Vara", entities=VARA)


def test_more_than_one_town_of_that_name() -> None:
    talk = talk_about()
    assert "1 Viken, Höganäs. 2 Viken, Skellefteå." in list_courses(talk, {"place": "Viken"})
    assert "ingen kurs nära Viken" in talk.says("1")


def test_a_location_on_telegram_when_the_town_is_asked_for() -> None:
    talk = talk_about(channel="telegram")
    talk.says("kurser", "course_list")
    answer = talk.says(kind=Kind.LOCATION, at=(58.26, 12.95))
    assert f"1 {MOBILE}, i morgon kl 10, Vara bibliotek" in answer
    assert "Vill du ha en plats?" in talk.presses(f"{MOBILE}, i morgon kl 10, Vara bibliotek")
    talk.presses("JA")
    assert bookings_in(talk) == [SeatTaken(the(MOBILE, "vara").id)]


def test_a_location_without_a_question_gets_the_nearest_place() -> None:
    talk = talk_about(channel="telegram")
    assert "Kurser" not in talk.says(kind=Kind.LOCATION, at=(58.26, 12.95))


def test_the_shipped_programme_has_what_these_tests_need() -> None:
    assert the(MOBILE, "vara").starts_at - MONDAY == DAY
    assert any(course.municipality == "kalmar" and course.kind == CourseKind.COACHING for course in coming().courses)
