"""Where help is."""

from __future__ import annotations

import pytest

from bot.domain.message import Kind
from bot.domain.sms_text import unusual
from tests.bot.engine.talk import SATURDAY, Talk

WHERE = "I vilken ort är du"


def test_by_postcode_at_once() -> None:
    talk = Talk()
    answer = talk.says("var finns hjälp nära 595 30", "find_place", entities={"postcode": "59530"})
    assert "Mjölby" in answer
    assert "öppet nu till" in answer
    assert talk.segments <= 3


def test_without_a_place_it_is_asked_and_the_answer_found() -> None:
    talk = Talk()
    assert WHERE in talk.says("var kan jag få hjälp", "find_place")
    assert "Kalmar stadsbibliotek" in talk.says("i kalmar", entities={"place": "Kalmar"})


def test_the_town_is_remembered_for_the_next_question() -> None:
    talk = Talk()
    talk.says("hjälp i Vara", "find_place", entities={"place": "Vara"})
    talk.pass_(days=2)
    assert "Vara" in talk.says("var var det man fick hjälp", "find_place")
    assert talk.conversation.municipality == "vara"


def test_another_town_afterwards() -> None:
    talk = Talk()
    talk.says("nära 595 30", "find_place", entities={"postcode": "59530"})
    assert "Kungsbacka" in talk.says("i kungsbaka då", entities={"place": "Kungsbacka"})
    assert "hittar inte" in talk.says("i Sörblåkulla", entities={"place_unknown": "Sörblåkulla"})
    assert "Mjölby" in talk.says("59530", entities={"postcode": "59530"})


def test_what_does_not_exist_is_admitted_and_asked_again() -> None:
    talk = Talk()
    answer = talk.says("hjälp i Sörblåkulla", "find_place", entities={"place_unknown": "Sörblåkulla"})
    assert 'Jag hittar inte "Sörblåkulla"' in answer
    assert "postnummer" in answer
    assert "00000" in talk.says("000 00", entities={"postcode": "00000"})


def test_a_postcode_nearby_is_said_to_be_a_guess() -> None:
    answer = Talk().says("392 99", "find_place", entities={"postcode": "39299"})
    assert "verkar vara nära Kalmar" in answer


def test_more_than_one_town_of_that_name() -> None:
    talk = Talk()
    answer = talk.says("jag bor i Viken", "find_place", entities={"place": "Viken"})
    assert "1 Viken, Höganäs. 2 Viken, Skellefteå." in answer
    assert "från 1 till 2" in talk.says("3")
    assert "Viken" in talk.says("tvåan")


def test_named_in_words_instead_of_a_number() -> None:
    talk = Talk()
    talk.says("jag bor i Viken", "find_place", entities={"place": "Viken"})
    assert "Kalmar stadsbibliotek" in talk.says("nej i kalmar", entities={"place": "Kalmar"})


def test_far_from_every_place_ones_own_library_is_named() -> None:
    answer = Talk().says("hjälp i Kiruna", "find_place", entities={"place": "Kiruna"})
    assert "biblioteket där" in answer
    assert "Kalmar" not in answer


def test_by_position_alone() -> None:
    talk = Talk("telegram")
    answer = talk.says(kind=Kind.LOCATION, at=(56.66, 16.36))
    assert "Kalmar stadsbibliotek" in answer
    assert "automatiska hjälp" in answer


def test_on_a_weekend_it_tells_when_it_opens() -> None:
    answer = Talk(now=SATURDAY).says("mjölby", "find_place", entities={"place": "Mjölby"})
    assert "öppnar" in answer or "öppet nu" in answer


@pytest.mark.parametrize("need", ["pension", "fk_parental"])
def test_what_the_help_is_about_is_remembered_while_the_town_is_asked(need: str) -> None:
    talk = Talk()
    talk.says("vill söka", need)
    assert "ort" in talk.says("vart kan jag gå", "find_place")
    assert "Servicekontoret i Kalmar" in talk.says("kalmar", entities={"place": "Kalmar"})


@pytest.mark.parametrize("name", ["قرية", "\U0001f600" * 60, "{when}", "x" * 200, '<script>alert("x")</script>'])
def test_odd_names_stay_within_the_alphabet_and_the_price(name: str) -> None:
    talk = Talk()
    talk.says("hej", "greet")
    answer = talk.says(name, "find_place", entities={"place_unknown": name})
    assert not unusual(answer)
    assert talk.segments <= 2


def test_a_guide_that_was_open_is_kept_for_later() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    talk.says("klart")
    talk.says("var finns hjälp i kalmar", "find_place", entities={"place": "Kalmar"})
    assert "steg 2 av 5" in talk.says("klart")


def test_another_need_is_no_town() -> None:
    talk = Talk()
    talk.says("var finns hjälp", "find_place")
    assert "1 av" in talk.says("hur skaffar jag bankid i Kalmar", "bankid_get", entities={"place": "Kalmar"})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("när stänger dom", "öppet nu till 20"),
        ("har de öppet på lördag", "lördag 28 november: 10-16"),
        ("hur kommer jag dit", "Kalmar stadsbibliotek"),
        ("öppettider imorgon", "i morgon: "),
    ],
)
def test_what_is_asked_about_the_place_just_told_of(text: str, told: str) -> None:
    talk = Talk()
    talk.says("var kan jag få hjälp i kalmar", "find_place", entities={"place": "Kalmar"})
    assert told in talk.says(text, "stuck" if "dit" in text else None)
    assert talk.segments <= 2


def test_another_need_is_no_question_of_the_place() -> None:
    talk = Talk()
    talk.says("var kan jag få hjälp i kalmar", "find_place", entities={"place": "Kalmar"})
    assert "1 av" in talk.says("öppnar de inte mitt bankid", "bankid_locked")


def test_opening_hours_of_nowhere_ask_where() -> None:
    assert WHERE in Talk().says("när stänger dom")


def test_where_and_a_town_are_enough() -> None:
    assert "Vara bibliotek" in Talk().says(
        "var får man hjälp i Vara", "menu", accepted=False, entities={"place": "Vara"}
    )


@pytest.mark.parametrize("means", ["fraud_suspected", "about_bot", None])
@pytest.mark.parametrize("text", ["och telefonnummer", "vad har dom för nummer", "kan jag ringa dit"])
def test_a_telephone_number_that_we_do_not_have_is_said_so(text: str, means: str | None) -> None:
    talk = Talk()
    talk.says("var kan jag få hjälp i kalmar", "find_place", entities={"place": "Kalmar"})
    assert "Telefonnumret till Kalmar stadsbibliotek" in talk.says(text, means, accepted=False)
    assert talk.case is None


def test_a_fraud_about_a_number_is_a_fraud() -> None:
    talk = Talk()
    talk.says("var kan jag få hjälp i kalmar", "find_place", entities={"place": "Kalmar"})
    assert "114 14" in talk.says(
        "de bad mig ringa dit och jag gav koden", "fraud_suspected", entities={"fraud_stage": "loss"}
    )


@pytest.mark.parametrize("text", ["och imorgon då", "på söndag?", "i morgon", "what about tomorrow", "och i helgen"])
def test_another_day_after_a_place_is_its_hours_then(text: str) -> None:
    talk = Talk()
    talk.says("var kan jag gå i Vara", "find_place", entities={"place": "Vara"})
    assert "Vara bibliotek, " in talk.says(text, "goodbye", accepted=False)
    assert talk.conversation.not_understood == 0


def test_in_a_guide_tomorrow_is_a_pause() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    assert "FORTSÄTT" in talk.says("imorgon", "goodbye", accepted=False)
