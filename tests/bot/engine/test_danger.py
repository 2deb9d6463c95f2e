"""In doubt the resident is asked, with 112 in the question; what the open guide knows as a usual trouble is no alarm."""

from __future__ import annotations

import pytest

from bot.domain.case import Reason
from nlu.understanding import Entity, RankedIntent, Understanding
from tests.bot.engine import talk as talks
from tests.bot.engine.talk import Talk


def _doubts(
    monkeypatch: pytest.MonkeyPatch, name: str, likely: float, accepted: bool = False, rule: str | None = None
) -> None:
    """The interpreter takes the next messages for a danger, this surely."""
    monkeypatch.setattr(
        talks, "understood",
        lambda text, *_: Understanding(text, name, likely, accepted, (RankedIntent(name, likely),), (), "sv", rule),
    )  # fmt: skip


def test_a_doubt_about_life_is_asked_with_112(monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Talk()
    talk.says("swish", "swish")
    with monkeypatch.context() as patched:
        _doubts(patched, "emergency", 0.6)
        answer = talk.says("händerna darrar så jag kommer åt fel ruta")
    assert "112" in answer[:80]
    assert talk.case is None
    talk.says("NEJ")
    assert "1 av" in talk.answer
    assert talk.step and talk.step[0] == "swish"
    with monkeypatch.context() as patched:
        _doubts(patched, "emergency", 0.6)
        assert "112" not in talk.says("händerna darrar igen")


def test_a_yes_to_the_doubt_is_an_emergency(monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Talk()
    talk.says("swish", "swish")
    with monkeypatch.context() as patched:
        _doubts(patched, "emergency", 0.6)
        talk.says("han bara ligger där")
    assert talk.says("JA").startswith("Ring 112")
    assert talk.reasons == [Reason.EMERGENCY]


def test_a_yes_to_the_doubt_about_fraud_is_taken_for_a_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Talk()
    with monkeypatch.context() as patched:
        _doubts(patched, "fraud_suspected", 0.35)
        assert "lurat dig" in talk.says("det kom en faktura från ett bolag")
    assert "spärra" in talk.says("ja").casefold()
    assert talk.reasons == [Reason.FRAUD]


def test_too_little_doubt_is_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Talk()
    with monkeypatch.context() as patched:
        _doubts(patched, "fraud_suspected", 0.15)
        assert "lurat dig" not in talk.says("det kom en faktura")


@pytest.mark.parametrize(("likely", "rule", "alarm"), [(0.8, None, False), (0.95, None, True), (0.8, "a-rule", True)])
def test_a_usual_trouble_of_the_open_step_is_no_alarm(
    monkeypatch: pytest.MonkeyPatch, likely: float, rule: str | None, alarm: bool
) -> None:
    talk = Talk()
    talk.says("flytta bankid", "bankid_new_phone")
    with monkeypatch.context() as patched:
        _doubts(patched, "emergency", likely, accepted=True, rule=rule)
        talk.says("gamla är borta")
    assert bool(talk.cases) is alarm
    assert (talk.step == ("bankid_new_phone", "keep-old")) is not alarm


@pytest.mark.parametrize(
    ("stage", "rule", "alarm"),
    [("loss", None, False), ("attempt", "a-rule", False), ("loss", "a-rule", True), ("now", "a-rule", True)],
)
def test_a_usual_trouble_is_no_fraud_unless_a_rule_tells_of_a_loss(
    stage: str, rule: str | None, alarm: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = Talk()
    talk.says("flytta bankid", "bankid_new_phone")
    found = (Entity("fraud_stage", stage, 0, 0),)
    monkeypatch.setattr(
        talks, "understood",
        lambda text, *_: Understanding(text, "fraud_suspected", 0.95, True, (RankedIntent("fraud_suspected", 0.95),), found, "sv", rule),
    )  # fmt: skip
    talk.says("gamla är borta")
    assert bool(talk.cases) is alarm


def test_a_code_sent_to_us_is_no_fraud(monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Talk()
    _doubts(monkeypatch, "fraud_suspected", 0.7, accepted=True)
    answer = talk.says("min kod är [kod]", removed=("kod",))
    assert "Skicka aldrig" in answer
    assert talk.case is None


def test_money_that_is_gone_is_asked_about_in_the_guide_it_was_taken_for() -> None:
    talk = Talk()
    talk.says("hur skaffar jag swish", "swish")
    assert "Har någon lurat dig" in talk.says("min dotter har swishat bort pengar", "swish")
    assert "1 av" in talk.says("NEJ")
    assert "Har någon lurat dig" not in talk.says("min dotter har swishat bort pengar", "swish")


def test_money_that_is_gone_and_a_yes_is_a_fraud() -> None:
    talk = Talk()
    talk.says("min son har blivit av med pengar via swish", "swish")
    talk.says("JA")
    assert talk.step and talk.step[0] == "fraud_suspected"
