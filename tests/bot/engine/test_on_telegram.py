"""What is told on Telegram alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.case import Reason
from bot.domain.message import Kind
from bot.domain.sms_text import prepare
from tests.bot.engine import talk as talk_module
from tests.bot.engine.talk import Talk

NOTICE = "inget hemligt"


@pytest.fixture
def off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kalmar answers on Telegram, Vara does not."""
    shipped = talk_module.world()
    some = tuple(
        replace(one, telegram=one.id == "kalmar")
        for one in shipped.organisation.municipalities
        if one.id in ("kalmar", "vara")
    )
    made = replace(shipped, organisation=replace(shipped.organisation, municipalities=some))
    monkeypatch.setattr(talk_module, "world", lambda: made)


def in_municipality(talk: Talk, name: str) -> Talk:
    talk.conversation = talk.conversation.with_(municipality=name)
    return talk


def test_the_first_answer_and_no_other_says_that_it_is_no_place_for_secrets() -> None:
    talk = Talk("telegram")
    assert NOTICE in talk.says("/start", kind=Kind.START)
    assert NOTICE not in talk.says("tack", "thanks")
    assert NOTICE not in Talk("sms").says("hej", "greet")


@pytest.mark.parametrize("intent", ["bankid_new_phone", "bankid_code", "menu", "find_place", "health_1177_login"])
def test_the_need_is_answered_at_once_and_the_whole_costs_no_more(intent: str) -> None:
    by_sms, on_telegram = Talk("sms").says("hjälp mig nu då", intent), Talk("telegram").says("hjälp mig nu då", intent)
    assert NOTICE in on_telegram and prepare(on_telegram).segments <= 3
    assert on_telegram.startswith(by_sms[:60])


def test_it_is_not_said_again_with_the_last_answer() -> None:
    talk = Talk("telegram")
    talk.says("hej", "greet")
    assert NOTICE not in talk.says("IGEN")


@pytest.mark.usefixtures("off")
@pytest.mark.parametrize(
    "said",
    [
        {"text": "hej", "means": "greet"},
        {"text": "", "kind": Kind.PHOTO},
        {"text": "/start", "kind": Kind.START},
        {"text": "MÄNNISKA"},
    ],
)
def test_where_telegram_is_off_one_is_shown_the_way_and_nothing_begins(said: dict[str, str]) -> None:
    talk = in_municipality(Talk("telegram"), "vara")
    for _ in range(2):
        answer = talk.says(**said)  # type: ignore[arg-type]
        assert "svarar inte på Telegram" in answer and "sms till 0" in answer and NOTICE not in answer
        assert answer.count("automatiska hjälp") == 1 and prepare(answer).segments <= 2
    assert not talk.cases


@pytest.mark.usefixtures("off")
def test_danger_is_answered_all_the_same() -> None:
    talk = in_municipality(Talk("telegram"), "vara")
    assert "112" in talk.says("hon andas inte", "emergency")[:200]
    assert [case.reason for case in talk.cases] == [Reason.EMERGENCY]


@pytest.mark.usefixtures("off")
def test_where_it_is_on_or_not_known_it_is_answered() -> None:
    assert "svarar inte" not in in_municipality(Talk("telegram"), "kalmar").says("hej", "greet")
    assert "svarar inte" not in Talk("telegram").says("hej", "greet")
    assert "svarar inte" not in in_municipality(Talk("sms"), "vara").says("hej", "greet")


@pytest.mark.usefixtures("off")
def test_privacy_and_stopp_work_there_too() -> None:
    talk = in_municipality(Talk("telegram"), "vara")
    talk.says("GLÖM MIG")
    assert [case.reason for case in talk.cases] == [Reason.PRIVACY]
    other = in_municipality(Talk("telegram"), "vara")
    other.says("STOPP")
    assert other.conversation.opted_out


def test_with_no_number_to_text_the_way_is_by_phone(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = talk_module.world()
    none = tuple(replace(one, telegram=False) for one in shipped.organisation.municipalities)
    made = replace(shipped, organisation=replace(shipped.organisation, municipalities=none, numbers=()))
    monkeypatch.setattr(talk_module, "world", lambda: made)
    answer = Talk("telegram").says("hej", "greet")
    assert "Ring" in answer and "{" not in answer


def test_a_voice_message_is_passed_on_by_ja() -> None:
    talk = Talk("telegram")
    assert "svara JA" in talk.says(kind=Kind.VOICE)
    assert [button.says for button in talk.buttons] == ["JA", "NEJ"]
    talk.says("JA")
    assert [case.reason for case in talk.cases] == [Reason.ASKED]
    assert "lyssna på det du sa" in talk.says(kind=Kind.VOICE)
    assert talk.says(kind=Kind.VOICE) == "", "said once of several in a row"
    assert "kan se den" in talk.says(kind=Kind.PHOTO)


def test_a_sticker_in_a_guide_asks_nothing() -> None:
    talk = Talk("telegram")
    talk.says("bankid på ny telefon", "bankid_new_phone")
    assert "JA" not in talk.says(kind=Kind.STICKER) and talk.conversation.question is None
    alone = Talk("telegram")
    assert "svara JA" in alone.says(kind=Kind.STICKER)
