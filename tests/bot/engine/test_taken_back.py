"""Who was taken for being in danger, and says that it was a mistake."""

from __future__ import annotations

import pytest

from bot.domain.case import Reason, Urgency
from bot.domain.events import CaseNoted
from tests.bot.engine.talk import Talk


def _after_alarm(danger: str = "emergency") -> Talk:
    talk = Talk()
    talk.says("flytta bankid", "bankid_new_phone")
    talk.says("KLART")
    talk.says("det brinner", danger, entities={"fraud_stage": "loss"})
    assert talk.case is not None
    return talk


@pytest.mark.parametrize(
    "text",
    [
        "nej det var inget, jag menade spisen",
        "allt är bra, jag skrev fel",
        "ingen fara",
        "oj falskt alarm",
        "det var ett missförstånd",
        "jag skojade bara",
        "behöver ingen ambulans",
        "alla mår bra",
        "sorry false alarm",
        "nej, det var inget, han kom upp nu",
        "nej de va inge farligt han är uppe igen",
        "nu är han uppe igen",
        "det är ingen fara, han hade bara somnat",
        "never mind, he got up",
        "no its ok he is up now.",
        "hon kom upp själv!",
    ],
)
@pytest.mark.parametrize(
    ("danger", "told"),
    [("emergency", ("så bra att det inte är fara", "90101")), ("fraud_suspected", ("läser ändå", "ring banken"))],
)
def test_a_kind_answer_the_guide_and_a_note(text: str, danger: str, told: tuple[str, str]) -> None:
    talk = _after_alarm(danger)
    before = talk.case
    answer = talk.says(text)
    assert all(words in answer for words in told) and "112" in answer
    assert talk.segments <= 2
    assert talk.step is not None and talk.step[0] == "bankid_new_phone"
    assert [event.text for event in talk.events if isinstance(event, CaseNoted)] == [text]
    assert talk.case == before
    assert "3 av" in talk.says("KLART")


def test_blows_that_were_nothing_are_not_called_good() -> None:
    talk = Talk()
    talk.says("min man slår mig", "emergency", entities={"emergency_kind": "violence"})
    answer = talk.says("nej det var inget")
    assert "020-50 50 50" in answer and "112" in answer
    assert "så bra" not in answer
    assert talk.segments <= 2


def test_urgency_does_not_fall() -> None:
    talk = _after_alarm()
    talk.says("det var inget")
    assert talk.case is not None
    assert (talk.case.urgency, Reason.EMERGENCY in talk.case.reasons) == (Urgency.CRITICAL, True)


@pytest.mark.parametrize(
    "text",
    [
        "det var inget men han slår mig",
        "ingen fara säger han",
        "han säger att det är inget",
        "det var inget, han var bara arg",
        "det är inget, han slog bara till mig lite",
        "hon sa att det var inget",
        "nu är han uppe på taket",
        "nu är han inte uppe",
        "it was nothing, he just hit me",
        "det är inget, jag orkar inte",
        "det är inte bra",
        "vad ska jag göra",
    ],
)
def test_words_that_take_nothing_back(text: str) -> None:
    assert "så bra att det inte är fara" not in _after_alarm().says(text)


def test_a_danger_told_by_a_rule_is_never_taken_back() -> None:
    talk = _after_alarm()
    answer = talk.says("falskt alarm, det brinner hos grannen", "emergency", rule="fire")
    assert "112" in answer[:40]


def test_who_has_the_case_answers_it_alone() -> None:
    talk = _after_alarm()
    talk.handledare("claim")
    assert "så bra" not in talk.says("det var inget")


def test_without_a_danger_it_is_ordinary_talk() -> None:
    talk = Talk()
    talk.says("MÄNNISKA")
    assert "så bra" not in talk.says("det var inget")
