"""Danger first, in every state; and silence after STOPP."""

from __future__ import annotations

import re

import pytest

from bot.domain.case import Reason, Urgency
from bot.domain.conversation import Language
from bot.domain.events import Answered, OptedIn, OptedOut, Priority
from bot.domain.message import Kind
from tests.bot.engine.talk import SATURDAY, Talk

KINDS = ["life", "suicide", "violence", "fire", "poison", "missing", "other"]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("removed", [(), ("personnummer", "kortnummer", "kod", "lösenord")])
def test_112_comes_first_before_the_introduction(kind: str, language: Language, removed: tuple[str, ...]) -> None:
    talk = Talk(language=language, now=SATURDAY)
    answer = talk.says("x", "emergency", entities={"emergency_kind": kind}, removed=removed, language=language)
    assert "112" in answer[:40]
    assert answer.index("112") < answer.index("automatisk" if language == "sv" else "automatic")
    assert talk.segments <= 3
    assert bool(removed) == any(warning in answer for warning in ("Skicka aldrig", "Never send"))
    opened = talk.opened(Reason.EMERGENCY)
    assert (opened.urgency, opened.topic) == (Urgency.CRITICAL, "emergency")
    assert not re.search(r"(jag|vi) har (ringt|larmat|kontaktat)|I have called", answer)
    again = talk.says("x", "emergency", entities={"emergency_kind": kind}, removed=removed, language=language)
    assert "112" in again[:40]
    assert talk.segments <= 2


@pytest.mark.parametrize("danger", [("emergency", "emergency_kind"), ("fraud_suspected", "fraud_stage")])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_crime_that_was_over_long_ago_gets_advice_and_no_alarm(danger: tuple[str, str], language: Language) -> None:
    talk = Talk(language=language)
    talk.says("swish", "swish", language=language)
    step = talk.step
    intent, entity = danger
    answer = talk.says("i fjol", intent, entities={entity: "over"}, rule="long_ago", language=language)
    assert "114 14" in answer and "116 006" in answer
    assert talk.segments <= 2
    assert talk.case is None
    assert talk.step == step
    talk.says("STOPP")
    talk.says("STOPP")
    talk.says("i fjol", intent, entities={entity: "over"}, language=language)
    assert talk.case is None


def test_suicidal_thoughts_get_the_line_and_violence_its_own() -> None:
    assert "90101" in Talk().says("orkar inte leva", "emergency", entities={"emergency_kind": "suicide"})
    assert "114 14" in Talk().says("han slår mig", "emergency", entities={"emergency_kind": "violence"})
    assert "1177" in Talk().says("ont", "emergency")


def test_danger_overtakes_other_messages() -> None:
    talk = Talk()
    talk.says("brand", "emergency")
    assert [event.priority for event in talk.events if isinstance(event, Answered)] == [Priority.DANGER]


def test_who_writes_again_in_danger_is_told_that_a_person_answers_and_112() -> None:
    talk = Talk()
    talk.says("han andas inte", "emergency")
    answer = talk.says("vad ska jag göra")
    assert "112" in answer and "90101" in answer
    assert "En människa läser" in answer
    talk.pass_(minutes=2)
    assert talk.says("hallå") == ""
    talk.pass_(minutes=10)
    assert "112" in talk.says("svara då")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("stage", "urgency"),
    [
        ("now", Urgency.CRITICAL),
        ("loss", Urgency.HIGH),
        ("unsure", Urgency.HIGH),
        (None, Urgency.HIGH),
        ("attempt", None),
    ],
)
def test_fraud(stage: str | None, urgency: Urgency | None, language: Language) -> None:
    talk = Talk(language=language, now=SATURDAY)
    answer = talk.says(
        "x",
        "fraud_suspected",
        entities={"fraud_stage": stage} if stage else {},
        removed=("kod", "personnummer"),
        language=language,
    )
    for told in ("114 14", "112", "bank", "koder" if language == "sv" else "codes"):
        assert told in answer
    assert talk.segments <= 3
    assert [case.urgency for case in talk.cases] == ([urgency] if urgency else [])
    assert all(case.reason == Reason.FRAUD and case.topic == "fraud_suspected" for case in talk.cases)
    assert talk.says("y", "fraud_suspected", entities={"fraud_stage": stage or "loss"}, language=language)
    assert talk.segments <= 2


def test_a_loss_told_after_an_attempt_raises_the_case() -> None:
    talk = Talk()
    talk.says("konstigt sms från posten", "fraud_suspected", entities={"fraud_stage": "attempt"})
    assert not talk.cases
    talk.says("jag tryckte på länken och gav kortet", "fraud_suspected", entities={"fraud_stage": "loss"})
    assert talk.opened(Reason.FRAUD).urgency == Urgency.HIGH
    talk.says("dom ringer nu igen", "fraud_suspected", entities={"fraud_stage": "now"})
    assert talk.case and talk.case.urgency == Urgency.CRITICAL


def test_more_about_the_same_attempt_is_answered_inside_its_guide() -> None:
    talk = Talk()
    talk.says("konstigt sms från posten", "fraud_suspected", entities={"fraud_stage": "attempt"})
    talk.says("klart")
    step = talk.step
    answer = talk.says("var ett mejl", "fraud_suspected", entities={"fraud_stage": "attempt"})
    assert talk.step == step, "the guide does not begin anew"
    assert answer
    assert not talk.cases


def test_what_only_sounds_like_the_danger_a_person_deals_with_is_left_to_that_person() -> None:
    talk = Talk()
    talk.says("min man har ramlat", "emergency", entities={"emergency_kind": "life"})
    talk.handledare("claim")
    assert talk.says("ja ambulansen är här nu tack", "emergency", entities={"emergency_kind": "life"}) == ""
    assert "112" in talk.says(
        "nu andas han inte", "emergency", entities={"emergency_kind": "life"}, rule="not_breathing"
    )
    assert talk.says("banken ringde och fick koden", "fraud_suspected", entities={"fraud_stage": "loss"})


def test_an_attempt_leaves_the_guide_to_be_gone_through() -> None:
    talk = Talk()
    talk.says("konstigt sms", "fraud_suspected", entities={"fraud_stage": "attempt"})
    assert "2 av" in talk.says("klart")


def test_the_guide_that_was_open_is_offered_again_after_the_danger() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    talk.says("klart")
    talk.says("konstigt sms", "fraud_suspected", entities={"fraud_stage": "attempt"})
    assert [p.flow for p in talk.conversation.paused] == ["swish"]


def test_a_greeting_days_later_does_not_lead_back_into_the_fraud() -> None:
    talk = Talk()
    talk.says("de tog allt", "fraud_suspected", entities={"fraud_stage": "loss"})
    talk.handledare("claim")
    talk.handledare("resolve")
    talk.pass_(days=4)
    assert "Stopp" not in talk.says("hej", "greet")
    assert talk.step is None


class TestStop:
    def test_one_confirmation_then_silence_until_start(self) -> None:
        talk = Talk()
        talk.says("hej", "greet")
        assert "STARTA" in talk.says("STOPP")
        assert OptedOut() in talk.events
        for text in ("hej igen", "swish", "MENY", "klart", "INTEGRITET", "ENGLISH"):
            assert talk.says(text, "swish") == ""
        assert "Välkommen tillbaka" in talk.says("START")
        assert OptedIn() in talk.events
        assert "1 av 5" in talk.says("swish", "swish")

    def test_none_where_the_carrier_has_confirmed(self) -> None:
        talk = Talk()
        assert talk.says("STOP", carrier_opt="stop") == ""
        assert talk.conversation.opted_out

    @pytest.mark.parametrize("text", ["sluta skicka sms", "inga fler sms", "Stopp!", "avregistrera"])
    def test_in_other_words(self, text: str) -> None:
        talk = Talk()
        talk.says(text)
        assert talk.conversation.opted_out

    def test_understood_as_stop(self) -> None:
        talk = Talk()
        talk.says("jag vill inte ha fler meddelanden av er", "stop")
        assert talk.conversation.opted_out

    @pytest.mark.parametrize("text", ["START", "starta"])
    def test_start_in_other_words(self, text: str) -> None:
        talk = self.stopped()
        assert talk.says(text)
        assert not talk.conversation.opted_out

    def test_start_by_telegram_and_by_the_carrier(self) -> None:
        talk = self.stopped()
        talk.says(kind=Kind.START)
        assert not talk.conversation.opted_out
        talk = self.stopped()
        talk.says("unstop", carrier_opt="start")
        assert not talk.conversation.opted_out

    def test_danger_sends_nothing_and_opens_a_silent_case(self) -> None:
        talk = self.stopped()
        assert talk.says("han andas inte", "emergency") == ""
        opened = talk.opened(Reason.EMERGENCY)
        assert opened.silent
        assert opened.urgency == Urgency.CRITICAL

    def test_a_loss_too_but_no_mere_attempt(self) -> None:
        talk = self.stopped()
        assert talk.says("konstigt sms", "fraud_suspected", entities={"fraud_stage": "attempt"}) == ""
        assert not talk.cases
        assert talk.says("gav ut koden", "fraud_suspected", entities={"fraud_stage": "loss"}) == ""
        assert talk.opened(Reason.FRAUD).silent

    def test_a_wish_for_a_person_or_to_be_forgotten_reaches_people_silently(self) -> None:
        talk = self.stopped()
        assert talk.says("MÄNNISKA") == ""
        assert talk.says("GLÖM MIG") == ""
        assert talk.reasons == [Reason.ASKED, Reason.PRIVACY]
        assert all(case.silent for case in talk.cases)

    def test_a_guide_left_by_stop_is_offered_after_start(self) -> None:
        talk = Talk()
        talk.says("swish", "swish")
        talk.says("klart")
        talk.says("STOPP")
        talk.pass_(days=3)
        talk.says("START")
        assert "steg 2 av 5" in talk.says("hej", "greet")

    def test_no_button_and_no_word_of_ours_is_one_that_the_carrier_acts_on(self) -> None:
        talk = Talk()
        talk.says("STOPP")
        assert not re.search(r"\b(STOP|END|CANCEL|QUIT|UNSUBSCRIBE|START|YES|HELP|INFO)\b", talk.answer)

    @staticmethod
    def stopped() -> Talk:
        talk = Talk()
        talk.says("STOPP")
        return talk
