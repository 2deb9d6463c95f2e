"""Deaths, loneliness and aches: a warm word, no alarm, and what was asked or open is kept."""

from __future__ import annotations

import pytest

from bot.domain.case import Reason
from tests.bot.engine.talk import Talk

BEREAVED, LONELY, AILING = {"ordinary": "bereaved"}, {"ordinary": "lonely"}, {"ordinary": "ailing"}


@pytest.mark.parametrize(("told", "word"), [(BEREAVED, "Jag beklagar"), (LONELY, "Äldrelinjen")])
def test_a_warm_word_and_a_person(told: dict[str, str], word: str) -> None:
    talk = Talk()
    answer = talk.says("det är tungt", "out_of_scope", entities=told)
    assert word in answer
    assert "112" not in answer
    assert not talk.cases
    assert talk.segments <= 3
    talk.says("ja", "affirm")
    assert talk.reasons == [Reason.ASKED]


def test_an_ache_gets_the_number_for_care_and_no_person() -> None:
    talk = Talk()
    assert "1177" in talk.says("ont i foten", "out_of_scope", entities=AILING)
    assert talk.conversation.question is None
    assert not talk.cases


def test_the_same_again_offers_the_person_without_the_warm_word() -> None:
    talk = Talk()
    talk.says("jag är så ensam", "out_of_scope", entities=LONELY)
    answer = talk.says("så ensam", "out_of_scope", entities=LONELY)
    assert "Äldrelinjen" not in answer
    assert "JA" in answer


def test_an_open_step_waits() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    step = talk.step
    answer = talk.says("mamma dog i torsdags", "out_of_scope", entities=BEREAVED)
    assert "Jag beklagar" in answer
    assert "Steg 1" in answer
    assert talk.step == step
    assert talk.conversation.question is None
    assert talk.segments <= 2


def test_being_stuck_in_a_guide_is_answered_by_the_guide() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    answer = talk.says("det går inte, jag är änka", "stuck", entities=BEREAVED)
    assert "en sak i taget" not in answer


def test_an_open_question_is_asked_again() -> None:
    talk = Talk()
    talk.says("jag är så ensam", "out_of_scope", entities=LONELY)
    question = talk.conversation.question
    answer = talk.says("maken dog i våras", "out_of_scope", entities=BEREAVED)
    assert "en sak i taget" in answer
    assert talk.conversation.question == question


def test_a_need_goes_first_with_a_word_of_sorrow() -> None:
    talk = Talk()
    answer = talk.says("min man dog, hur skaffar jag swish", "swish", entities=BEREAVED)
    assert "Jag beklagar." in answer
    assert talk.step is not None
    assert "en sak i taget" not in answer


def test_who_settles_the_matters_of_the_dead_is_not_told_to_sit_beside_them() -> None:
    talk = Talk()
    assert "en sak i taget" in talk.says("hur gör jag med hans räkningar", "relative_help", entities=BEREAVED)
