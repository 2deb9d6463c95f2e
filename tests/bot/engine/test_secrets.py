"""Secrets are named by kind, never echoed, and never wanted."""

from __future__ import annotations

import pytest

from bot.domain.secrets import CARD, CODE, PASSWORD, PERSONNUMMER
from tests.bot.engine.talk import Talk


def test_as_the_first_message() -> None:
    talk = Talk()
    answer = talk.says("mitt personnummer är [personnummer] och koden är [kod]", removed=(PERSONNUMMER, CODE))
    assert "ett personnummer och en kod" in answer
    assert "Skicka aldrig" in answer
    assert "automatiska hjälp" in answer
    assert "förstod inte" not in answer
    assert talk.conversation.not_understood == 0
    assert talk.segments <= 3


def test_three_kinds_are_listed() -> None:
    assert "ett kortnummer, en kod och ett lösenord" in Talk().says("x", removed=(CARD, CODE, PASSWORD))


def test_the_need_told_with_it_is_served_all_the_same() -> None:
    talk = Talk()
    answer = talk.says("har glömt koden [kod] till bankid", "bankid_locked", removed=(CODE,))
    assert "en kod" in answer and "1 av" in answer
    assert talk.segments <= 3


@pytest.mark.parametrize("means", [None, "out_of_scope"])
def test_inside_a_guide_the_step_is_kept(means: str | None) -> None:
    talk = Talk()
    talk.says("swish", "swish")
    talk.says("klart")
    step = talk.step
    answer = talk.says("koden är [kod]", means, removed=(CODE,))
    assert "en kod" in answer
    assert "väder" not in answer and "tyvärr inte" not in answer
    assert talk.step == step
    assert talk.says("klart").startswith("3 av 5")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_with_the_next_step_it_costs_no_more_than_two(language: str) -> None:
    for need in ("swish", "bankid_get", "health_1177", "fk_login", "forgotten_password"):
        talk = Talk(language=language)  # type: ignore[arg-type]
        talk.says("x", need)
        while talk.step:
            before = talk.step
            answer = talk.says("gjort, koden var [kod]", "next", removed=(PERSONNUMMER, CARD, CODE, PASSWORD))
            assert talk.segments <= 2, answer
            if before == talk.step:
                talk.says("1")


def test_with_a_menu_number_and_with_a_keyword() -> None:
    talk = Talk()
    talk.says("nåt", fits=("bankid_get", "swish"))
    assert "1 av 5" in talk.says("2", removed=(CODE,))


def test_edited_in_later_it_is_warned_about_too() -> None:
    from bot.domain.message import Kind

    assert "en kod" in Talk("telegram").says("koden [kod]", kind=Kind.EDIT, removed=(CODE,))
