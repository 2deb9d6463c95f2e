from __future__ import annotations

from dataclasses import replace

from bot.engine.plainly import read
from nlu.understanding import RankedIntent, Understanding

FRAUD = Understanding("", "fraud_suspected", 0.98, True, (RankedIntent("fraud_suspected", 0.98),), (), "sv")


def test_a_bank_that_somebody_has_is_no_danger() -> None:
    assert not read(FRAUD, "jag sa ju swedbank").accepted
    assert read(FRAUD, "jag sa ju swedbank").intent == "out_of_scope"


def test_what_says_more_stays_as_it_was_understood() -> None:
    assert read(FRAUD, "jag gav koden till swedbank") == FRAUD


def test_a_rule_of_danger_stands_above_a_fact() -> None:
    ruled = replace(FRAUD, danger_rule="rule")
    assert read(ruled, "jag har swedbank") == ruled


def test_a_new_thing_is_no_danger_but_may_be_a_need() -> None:
    assert not read(FRAUD, "min man har fått en ny telefon").accepted
    need = replace(FRAUD, intent="bankid_new_phone")
    assert read(need, "min man har fått en ny telefon") == need


def test_a_word_that_stops_nothing_is_no_stop() -> None:
    stop = replace(FRAUD, intent="stop")
    assert not read(stop, "sms").accepted
    assert read(stop, "inga fler sms") == stop


def test_a_bare_number_is_what_it_is_the_number_of() -> None:
    unread = replace(FRAUD, intent="out_of_scope", accepted=False)
    assert read(unread, "1177").intent == "health_1177"
    alarm = read(unread, "112")
    assert (alarm.intent, alarm.accepted, alarm.danger_rule is not None) == ("emergency", True, True)


def test_who_asks_whether_a_machine_answers_asks_for_no_person() -> None:
    human = replace(FRAUD, intent="human")
    assert read(human, "pratar jag med en robot nu").intent == "about_bot"
    assert read(human, "jag vill prata med en människa") == human


def test_a_regret_is_no_danger() -> None:
    emergency = replace(FRAUD, intent="emergency")
    assert not read(emergency, "nej jag ångrar mig").accepted
    assert read(emergency, "jag ångrar att jag lever") == emergency
