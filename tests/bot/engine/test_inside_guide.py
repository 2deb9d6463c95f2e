"""What is said in the middle of a guide: common questions, usual troubles, other needs, and what was told before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.engine import limits
from bot.engine.words import holds
from tests.bot.engine.talk import Talk, world


def _in_bankid() -> Talk:
    talk = Talk()
    talk.says("flytta bankid", "bankid_new_phone")
    talk.says("KLART")
    return talk


@pytest.mark.parametrize("means", [None, "app_install", "stuck", "about_bot"])
def test_a_common_question_is_answered_and_the_step_kept(means: str | None) -> None:
    talk = _in_bankid()
    step = talk.step
    answer = talk.says("var hittar jag App Store?", means)
    assert "blå ruta" in answer
    assert "KLART" in answer
    assert talk.step == step
    assert "3 av" in talk.says("KLART")


def test_a_common_question_is_not_counted_as_stuck() -> None:
    talk = _in_bankid()
    talk.says("vad är en app")
    talk.says("vad är bluetooth")
    assert "människa hjälper dig" not in talk.answer
    assert "inte ditt fel" in talk.says("FASTNAT")


def test_with_nothing_open_a_common_question_is_a_need_like_any_other() -> None:
    talk = Talk()
    assert "1 av" in talk.says("vad är bankid", "bankid_get")


def test_the_asides_do_not_fire_on_what_guides_are_begun_with() -> None:
    titles = [title for flow in world().flows.values() for title in (flow.title.sv, flow.title.en)]
    assert [(aside.id, title) for aside in world().asides for title in titles if holds(title, aside.when)] == []


def test_a_usual_trouble_is_known_before_another_need() -> None:
    """Half of the guides say what something costs or whether BankID is needed; the answer of another page or guide would lead away."""
    flow = world().flows["bankid_new_phone"]
    talk = _in_bankid()
    step = talk.step
    answer = talk.says(flow.errors[0].when[0], "phone_settings")
    assert flow.errors[0].say.sv[:20] in answer
    assert talk.step == step


def test_who_asks_for_a_person_or_tells_at_length_of_something_else_gets_that() -> None:
    trouble = world().flows["bankid_new_phone"].errors[0].when[0]
    talk = _in_bankid()
    talk.says(f"{trouble} så jag vill prata med en människa", "human")
    assert talk.case
    talk = _in_bankid()
    talk.says(f"{trouble} och det är inte viktigt längre, nu vill jag ha hjälp med swish i stället", "swish")
    assert talk.step and talk.step[0] == "swish"


def test_a_device_that_was_told_is_not_asked_for_again() -> None:
    asked = Talk()
    asked.says("skanna ett papper", "print_scan", entities={})
    told = Talk()
    told.says("hej jag har en iphone", "greet", entities={"device": "iphone"})
    assert dict(told.conversation.known) == {"device": "iphone"}
    told.says("skanna ett papper", "print_scan")
    assert told.conversation.position
    assert told.conversation.known["device"] == "iphone"


def test_what_was_told_is_forgotten_after_a_long_silence_and_after_stopp() -> None:
    talk = Talk()
    talk.says("hej", "greet", entities={"bank": "Nordea", "relation": "mamma"})
    assert dict(talk.conversation.known) == {"bank": "Nordea", "relation": "mamma"}
    talk.pass_(days=limits.INTRODUCTION_AGAIN / timedelta(days=1))
    talk.says("hej", "greet")
    assert dict(talk.conversation.known) == {}
    talk.says("hej", "greet", entities={"bank": "Nordea"})
    talk.says("STOPP")
    talk.says("hej", "greet")
    assert dict(talk.conversation.known) == {}


def test_what_did_not_work_after_all_leads_back_to_the_last_step() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    while talk.step:
        talk.says("KLART")
    answer = talk.says("det funkade inte", "stuck")
    assert "inte ditt fel" in answer
    assert talk.step and talk.step[0] == "swish"
    assert "människa" in talk.says("det går fortfarande inte", "stuck")


def test_the_whole_footer_is_said_once_in_a_guide() -> None:
    talk = Talk()
    assert talk.says("swish", "swish").endswith("FASTNAT om det inte går.")
    assert talk.says("KLART").endswith("Svara KLART eller FASTNAT.")


def test_an_errand_gets_time_and_keeps_the_step() -> None:
    talk = _in_bankid()
    talk.says("xyz")
    step = talk.step
    answer = talk.says("det brinner i knutarna här haha", entities={"ordinary": "yes"})
    assert "ta den tid du behöver" in answer.casefold() and "KLART" in answer
    assert talk.step == step
    assert "människa hjälper dig" not in talk.says("xyz")


def test_a_question_beside_an_errand_is_a_question() -> None:
    talk = _in_bankid()
    assert "ta den tid" not in talk.says("strax tillbaka, kostar det något?", entities={"ordinary": "yes"})
    assert "ta den tid" not in talk.says("strax tillbaka, swish", "swish", entities={"ordinary": "yes"})
    assert "ta den tid" not in Talk().says("strax tillbaka", entities={"ordinary": "yes"})


def test_another_way_of_the_same_guide_is_begun_anew_when_it_was_meant_instead() -> None:
    talk = Talk()
    talk.says("hur läser jag min journal", "health_1177")
    first = talk.step
    assert "1 av" in talk.says("nej jag menade boka tid hos doktorn", "health_1177")
    assert talk.step != first


@pytest.mark.parametrize(
    "text", ["vad menas med bankdosa", "vad betyder bankdosa", "vad e en bankdosa", "vad menar du med bankdosa"]
)
def test_what_a_word_is_may_be_asked_in_many_ways(text: str) -> None:
    talk = Talk()
    talk.says("jag har glömt koden", "bankid_locked")
    step = talk.step
    assert "liten räknare" in talk.says(text, "online_banking")
    assert talk.step == step


def test_what_is_likely_to_be_stuck_gets_the_second_explanation() -> None:
    talk = Talk()
    talk.says("internet är borta", "internet_connection")
    assert "Ingen fara" in talk.says("det lyser rött", "stuck", accepted=False)


def test_trouble_that_is_over_ends_the_steps_kindly_and_keeps_them() -> None:
    talk = Talk()
    talk.says("nätet funkar inte", "internet_connection")
    talk.says("KLART")
    assert "Så bra att det ordnade sig" in talk.says("nu funkar det igen", "next", accepted=False)
    assert talk.step is None
    assert "2 av" in talk.says("FORTSÄTT")


def test_in_a_fraud_nothing_is_over_by_a_word() -> None:
    talk = Talk()
    talk.says("de har tagit mina pengar", "fraud_suspected", entities={"fraud_stage": "attempt"})
    assert "ordnade sig" not in talk.says("nu funkar det igen", "next", accepted=False)


def test_another_way_of_the_same_guide_is_taken_at_its_first_step() -> None:
    talk = Talk()
    talk.says("jag ska logga in på 1177", "health_1177")
    assert talk.step == ("health_1177", "log-in")
    assert "Recept" in talk.says("recept", "health_1177")
    step = talk.step
    talk.says("logga in", "health_1177")
    assert talk.step == step
    talk.says("KLART")
    later = talk.step
    talk.says("journal", "health_1177")
    assert talk.step == later
    assert "1 av" in talk.says("hur ser jag min journal", "health_1177")


@pytest.mark.parametrize("text", ["de har min kod nu", "nu har de tagit mina pengar", "nu har jag en kniv", "hoppa"])
def test_a_likely_klart_that_may_be_a_danger_moves_nothing(text: str) -> None:
    talk = Talk()
    talk.says("swish", "swish")
    step = talk.step
    talk.says(text, "next", accepted=False)
    assert talk.step == step
