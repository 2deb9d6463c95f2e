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
