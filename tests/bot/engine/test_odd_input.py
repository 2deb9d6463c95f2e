"""Whatever is no ordinary text: a short kind answer, never a fault, never silence."""

from __future__ import annotations

import pytest

from bot.domain.case import Reason
from bot.domain.message import Kind
from bot.domain.sms_text import unusual
from tests.bot.engine.talk import Talk

ODD = {
    "empty": "",
    "blank": " \n\t ",
    "emoji": "\U0001f600\U0001f600\U0001f600",
    "long": "bla " * 400,
    "one long word": "x" * 1600,
    "alphabets": "你好 שלום مرحبا Привет",
    "control": "\x00\x07\x1b[31m\u202e",
    "html": "<script>alert(1)</script>",
    "sql": "'; DROP TABLE cases; -- %s {0}",
    "placeholders": "{when} {title} {kontaktcenter} %(x)s",
    "surrogate": "\ud83d",
    "chain letter": "Skicka vidare till tio vänner annars " * 20,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("opening", [None, "swish", "bankid_error", "find_place", "menu"])
def test_odd_texts_get_a_kind_answer_in_every_state(text: str, opening: str | None) -> None:
    talk = Talk()
    if opening:
        talk.says("x", opening)
    answer = talk.says(text)
    assert answer
    assert not unusual(answer)
    assert "{" not in answer and "<" not in answer
    assert talk.segments <= 3
    assert talk.says(text)
    assert talk.segments <= 2


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (Kind.PHOTO, "bilden"),
        (Kind.VOICE, "röstmeddelanden"),
        (Kind.STICKER, "text"),
        (Kind.CONTACT, "numret"),
        (Kind.OTHER, "läsa"),
        (Kind.EDIT, "ändrade"),
    ],
)
def test_each_kind_as_first_message_and_in_a_guide(kind: Kind, word: str) -> None:
    talk = Talk("telegram")
    first = talk.says(kind=kind)
    assert word in first
    assert "automatiska hjälp" in first
    talk.says("swish", "swish")
    step = talk.step
    assert word in talk.says(kind=kind)
    assert talk.step == step
    assert talk.conversation.not_understood == 0
    assert not talk.cases


def test_a_picture_with_a_text_is_read_as_the_text() -> None:
    talk = Talk("telegram")
    answer = talk.says("swish funkar inte", "swish", kind=Kind.PHOTO)
    assert "bilden" in answer and "1 av" in answer
    assert "2 av" in talk.says("KLART", kind=Kind.PHOTO)
    assert talk.says("MÄNNISKA", kind=Kind.PHOTO)
    assert talk.reasons == [Reason.ASKED]


def test_start_is_a_first_answer_and_in_a_guide_leads_back_to_it() -> None:
    talk = Talk("telegram")
    first = talk.says(kind=Kind.START)
    assert "automatiska hjälp" in first and "Vad behöver du" in first
    talk.says("swish", "swish")
    talk.says("klart")
    assert "2 av 5" in talk.says(kind=Kind.START)


@pytest.mark.parametrize("text", ["klart", "tillbaka", "1", "STOPP", "MÄNNISKA", "ENGLISH", "ja", "blå grej"])
def test_an_edited_message_moves_nothing(text: str) -> None:
    talk = Talk("telegram")
    talk.says("bankid strular", "bankid_error")
    before = talk.conversation
    talk.says(text, "next", kind=Kind.EDIT)
    after = talk.conversation
    assert (after.position, after.question, after.not_understood, after.opted_out, after.language) == (
        before.position, before.question, before.not_understood, before.opted_out, before.language,
    )  # fmt: skip
    assert not talk.cases


def test_danger_in_an_edited_message_is_danger() -> None:
    assert "112" in Talk("telegram").says("hon andas inte", "emergency", kind=Kind.EDIT)[:40]


def test_an_edited_message_while_waiting_is_the_persons() -> None:
    talk = Talk("telegram")
    talk.says("MÄNNISKA")
    assert talk.says("x", kind=Kind.EDIT) == ""
