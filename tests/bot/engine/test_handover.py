"""A person has the conversation, or is asked to take it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.case import Reason, Status, Urgency
from bot.domain.events import CaseOpened, Remarked
from bot.domain.message import Kind
from tests.bot.engine.talk import SATURDAY, Talk


def waiting(**more: object) -> Talk:
    talk = Talk(**more)  # type: ignore[arg-type]
    talk.says("kan jag få prata med en riktig människa", "human")
    return talk


def claimed() -> Talk:
    talk = Talk()
    talk.says("swish", "swish")
    talk.says("MÄNNISKA")
    talk.handledare("claim")
    return talk


STATES = {
    "nothing said": (),
    "in a guide": (("swish", "swish"),),
    "at a guide's question": (("bankid strular", "bankid_error"),),
    "asked for a place": (("var finns hjälp", "find_place"),),
    "in the menu": (("MENY", None),),
    "not understood": (("blå grej", None),),
    "a person offered": (("blå grej", None), ("den blå", None)),
    "asked which": (("sånt där", "fits"),),
    "guide left": (("swish", "swish"), ("AVBRYT", None), ("hej", "greet")),
    "an attempt at fraud": (("konstigt sms", "fraud_suspected"),),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("means", [None, "human"])
def test_asking_opens_the_case_on_that_very_message(state: str, means: str | None) -> None:
    talk = Talk()
    for text, intent in STATES[state]:
        if intent == "fits":
            talk.says(text, fits=("swish", "bankid_get"))
        else:
            talk.says(text, intent, entities={"fraud_stage": "attempt"})
    answer = talk.says("jag vill prata med någon" if means else "MÄNNISKA", means)
    assert Reason.ASKED in talk.reasons
    assert "så snart någon är ledig" in answer
    assert talk.segments <= (3 if state == "nothing said" else 2)


def test_the_guide_that_was_open_is_told() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    talk.says("klart")
    talk.says("människa tack")
    opened = talk.opened(Reason.ASKED)
    assert opened.topic == "swish"
    assert opened.urgency == Urgency.NORMAL
    assert "steg 2 av 5" in opened.summary


@pytest.mark.parametrize(("later", "topic"), [(timedelta(minutes=5), "swish"), (timedelta(days=2), None)])
def test_a_guide_left_for_a_moment_is_still_what_it_is_about(later: timedelta, topic: str | None) -> None:
    talk = Talk()
    talk.says("swish", "swish")
    talk.says("var får jag hjälp i Vara", "find_place", entities={"place": "Vara"})
    talk.now += later
    talk.says("MÄNNISKA")
    assert talk.opened(Reason.ASKED).topic == topic


def test_who_asks_for_a_person_in_one_word_has_told_what_it_is_about_before() -> None:
    talk = Talk()
    talk.says("sonen säger att kortet är för gammalt", None)
    talk.says("MÄNNISKA")
    assert 'Skrev: "sonen säger att kortet är för gammalt"' in talk.opened(Reason.ASKED).summary


def test_what_was_told_another_day_is_another_matter() -> None:
    talk = Talk()
    talk.says("sonen säger att kortet är för gammalt", None)
    talk.now += timedelta(days=1)
    talk.says("MÄNNISKA")
    assert 'Skrev: "MÄNNISKA"' in talk.opened(Reason.ASKED).summary


def test_without_a_guide_there_is_no_topic() -> None:
    assert waiting().opened(Reason.ASKED).topic is None


def test_off_duty_the_day_is_told() -> None:
    talk = waiting(now=SATURDAY)
    assert "på måndag efter klockan 8" in talk.answer
    talk = Talk(now=SATURDAY, language="en")
    assert "on Monday after 08:00" in talk.says("a person please", "human", language="en")


def test_silent_but_for_once_in_a_while() -> None:
    talk = waiting()
    assert talk.says("jag undrar över min räkning") == ""
    talk.pass_(minutes=61)
    assert "En människa svarar" in talk.says("hallå")
    assert talk.says("är ni där") == ""


def test_asking_again_is_always_answered_and_opens_nothing_new() -> None:
    talk = waiting()
    assert "En människa svarar" in talk.says("MÄNNISKA")
    assert "En människa svarar" in talk.says("vad händer", "case_status")
    assert talk.reasons == [Reason.ASKED]


def test_a_new_reason_is_added_and_the_urgency_never_falls() -> None:
    talk = Talk()
    talk.says("har blivit lurad", "fraud_suspected", entities={"fraud_stage": "loss"})
    talk.says("MÄNNISKA")
    assert talk.case and talk.case.reasons == (Reason.FRAUD, Reason.ASKED)
    assert talk.case.urgency == Urgency.HIGH


def test_thanks_while_waiting_is_answered_warmly_and_opens_nothing() -> None:
    talk = waiting()
    assert "Varsågod" in talk.says("tack", "thanks")
    assert len(talk.cases) == 1


@pytest.mark.parametrize(
    "text",
    [
        "klart",
        "tillbaka",
        "igen",
        "fastnat",
        "MENY",
        "hej",
        "1",
        "ja",
        "nej",
        "FORTSÄTT",
        "START",
        "blå grej",
        "avbryt",
    ],
)
@pytest.mark.parametrize("means", [None, "greet", "thanks", "swish", "find_place", "stuck", "out_of_scope"])
def test_while_a_person_has_it_the_machine_is_silent(text: str, means: str | None) -> None:
    assert claimed().says(text, means) == ""


@pytest.mark.parametrize("kind", [k for k in Kind if k is not Kind.TEXT])
def test_pictures_and_the_like_are_the_persons_too(kind: Kind) -> None:
    assert claimed().says("", kind=kind, at=(56.66, 16.36)) == ""


def test_what_works_while_a_person_has_it() -> None:
    assert "112" in claimed().says("han andas inte", "emergency")
    assert "114 14" in claimed().says("jag gav ut koden", "fraud_suspected", entities={"fraud_stage": "loss"})
    assert "GLÖM MIG" in claimed().says("INTEGRITET")
    assert "English" in claimed().says("ENGLISH")
    assert "Du får inga fler" in claimed().says("STOPP")
    assert "har ditt ärende" in claimed().says("MÄNNISKA")
    assert "har ditt ärende" in claimed().says("vad händer", "case_status")
    assert "en kod" in claimed().says("koden är", removed=("kod",))
    talk = claimed()
    talk.says("GLÖM MIG")
    assert talk.reasons == [Reason.ASKED, Reason.PRIVACY]


def test_danger_during_a_case_makes_it_graver() -> None:
    talk = claimed()
    talk.says("han andas inte", "emergency")
    assert talk.case and talk.case.urgency == Urgency.CRITICAL
    assert talk.opened(Reason.EMERGENCY).topic == "emergency"


def test_a_wish_is_kept_silently() -> None:
    talk = claimed()
    assert talk.says("ÖNSKA en kurs") == ""
    assert Remarked("wish", "en kurs") in talk.events


def test_when_the_case_is_closed_the_guide_goes_on() -> None:
    talk = claimed()
    talk.handledare("resolve")
    assert talk.says("klart").startswith("2 av 5")


def test_put_back_in_the_queue_it_is_waited_for_again() -> None:
    talk = claimed()
    talk.handledare("release")
    talk.pass_(hours=2)
    assert "En människa svarar" in talk.says("hallå")


class TestStepsMeanwhile:
    def test_off_duty_a_clear_need_is_met_with_an_offer_and_yes_begins(self) -> None:
        talk = waiting(now=SATURDAY)
        offer = talk.says("glömt koden till bankid", "bankid_locked")
        assert "medan du väntar" in offer
        assert talk.step is None
        assert talk.says("ja").startswith("1 av")
        assert talk.says("klart").startswith("2 av")
        assert talk.case and talk.case.status == Status.WAITING
        assert len(talk.cases) == 1

    def test_the_way_is_chosen_by_the_message_that_told_the_need(self) -> None:
        talk = waiting(now=SATURDAY)
        talk.says("har swishat fel nummer", "swish")
        talk.says("ja")
        assert talk.step == ("swish", "wrong-contact")

    def test_no_leaves_it_to_the_person(self) -> None:
        talk = waiting(now=SATURDAY)
        talk.says("swish", "swish")
        assert "En människa svarar" in talk.says("nej")
        assert talk.step is None

    def test_on_duty_nothing_is_offered(self) -> None:
        assert waiting().says("swish", "swish") == ""

    def test_not_offered_while_somebody_has_it(self) -> None:
        talk = waiting(now=SATURDAY)
        talk.handledare("claim")
        assert talk.says("swish", "swish") == ""

    def test_taken_over_the_steps_end(self) -> None:
        talk = waiting(now=SATURDAY)
        talk.says("swish", "swish")
        talk.says("ja")
        talk.handledare("claim")
        assert talk.says("klart") == ""

    def test_an_offer_answered_after_it_was_taken_starts_nothing(self) -> None:
        talk = waiting(now=SATURDAY)
        talk.says("swish", "swish")
        talk.handledare("claim")
        assert talk.says("ja") == ""
        assert talk.step is None

    def test_stuck_meanwhile_adds_the_reason(self) -> None:
        talk = waiting(now=SATURDAY)
        talk.says("swish", "swish")
        talk.says("ja")
        talk.says("fastnat")
        talk.says("fastnat")
        talk.says("ja")
        assert talk.reasons == [Reason.ASKED, Reason.STUCK]

    def test_who_was_robbed_at_night_can_go_on_with_what_to_do(self) -> None:
        talk = Talk(now=SATURDAY)
        talk.says("de tog alla pengar", "fraud_suspected", entities={"fraud_stage": "loss"})
        assert "medan du väntar" in talk.says("klart")
        assert talk.says("ja").startswith("1 av 6")
        assert talk.says("klart").startswith("2 av 6")

    def test_who_says_klart_or_fastnat_to_the_offer_is_at_the_steps_already(self) -> None:
        talk = Talk(now=SATURDAY)
        talk.says("de tog alla pengar", "fraud_suspected", entities={"fraud_stage": "loss"})
        talk.says("klart")
        other = talk.fork()
        assert talk.says("klart").startswith("2 av 6")
        assert "inte ditt fel" in other.says("fastnat")
        assert "medan du väntar" not in other.says("klart")

    def test_hello_meanwhile_leads_back_to_the_step(self) -> None:
        talk = waiting(now=SATURDAY)
        talk.says("swish", "swish")
        talk.says("ja")
        assert "1 av 5" in talk.says("hej", "greet")


class TestCallback:
    def test_the_case_is_opened_at_once_and_the_time_noted_on_it(self) -> None:
        talk = Talk()
        assert "När passar det" in talk.says("kan ni ringa mig", "callback")
        assert talk.reasons == [Reason.CALLBACK]
        assert "antecknat" in talk.says("tisdag förmiddag")
        assert talk.notes == ["tisdag förmiddag"]

    def test_after_having_asked_for_a_person(self) -> None:
        talk = waiting()
        assert "När passar det" in talk.says("RING MIG", "callback")
        assert talk.case and talk.case.reasons == (Reason.ASKED, Reason.CALLBACK)
        talk.says("i morgon kl 10", entities={"time": "10:00"})
        assert talk.notes == ["i morgon kl 10"]

    @pytest.mark.parametrize(
        ("text", "means"),
        [
            ("tack", "thanks"),
            ("ok", None),
            ("nej", None),
            ("klart", None),
            ("hej", "greet"),
            ("vad sparas om mig", "privacy"),
        ],
    )
    def test_what_is_no_time_is_not_noted_and_the_question_stays(self, text: str, means: str | None) -> None:
        talk = Talk()
        talk.says("kan ni ringa mig", "callback")
        talk.says(text, means)
        assert talk.notes == []
        talk.says("efter klockan 13")
        assert talk.notes == ["efter klockan 13"]

    def test_in_a_guide_the_guide_is_the_topic_and_is_kept(self) -> None:
        talk = Talk()
        talk.says("swish", "swish")
        talk.says("ring mig", "callback")
        assert talk.opened(Reason.CALLBACK).topic == "swish"
        assert talk.step and talk.step[0] == "swish"

    def test_by_telegram_the_number_is_asked_for(self) -> None:
        talk = Talk("telegram")
        assert "telefonnummer" in talk.says("kan ni ringa", "callback")

    def test_when_the_case_is_closed_a_time_promises_nothing(self) -> None:
        talk = Talk()
        talk.says("ring mig", "callback")
        talk.handledare("resolve")
        assert "antecknat" not in talk.says("tisdag")
        assert talk.notes == []

    def test_while_a_person_has_it_the_wish_reaches_them(self) -> None:
        talk = claimed()
        assert "har ditt ärende" in talk.says("ring mig i stället", "callback")
        assert talk.case and Reason.CALLBACK in talk.case.reasons

    def test_a_time_given_after_it_was_taken_is_noted_silently(self) -> None:
        talk = Talk()
        talk.says("ring mig", "callback")
        talk.handledare("claim")
        assert talk.says("tisdag kl 10") == ""
        assert talk.notes == ["tisdag kl 10"]


def test_case_status_with_no_case() -> None:
    assert "inget öppet ärende" in Talk().says("vad händer med mitt ärende", "case_status")


def test_erasure_opens_a_case_at_once_and_the_step_is_kept() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    assert "bli glömd" in talk.says("GLÖM MIG")
    assert talk.reasons == [Reason.PRIVACY]
    assert [type(event) for event in talk.events].count(CaseOpened) == 1


def test_what_is_stored_is_told_and_the_step_kept() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    assert "GLÖM MIG" in talk.says("vad sparar ni om mig", "privacy")
    assert talk.says("klart").startswith("2 av 5")


def test_what_is_no_longer_needed_is_noted_and_said() -> None:
    talk = Talk()
    talk.says("ring mig", "callback")
    talk.says("på måndag")
    assert "inte behövs längre" in talk.says("nej glöm det, det behövs inte")
    assert talk.notes[-1] == "nej glöm det, det behövs inte"
    assert talk.case is not None


def test_a_danger_is_not_taken_back_so_easily() -> None:
    talk = Talk()
    talk.says("de har tagit mina pengar", "fraud_suspected", entities={"fraud_stage": "loss"})
    assert "inte behövs längre" not in talk.says("det löste sig ändå")
