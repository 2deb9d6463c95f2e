"""The helper's voice: when a guide is told to somebody who helps, and when it is not."""

from __future__ import annotations

import pytest

from bot.domain.conversation import Helping
from bot.domain.relations import Helped
from bot.engine.helping import in_voice
from bot.engine.limits import FIRST_SEGMENTS, LATER_SEGMENTS
from tests.bot.engine.talk import Talk, world

MAMMA = "Mamma 84 har fått ny telefon och kommer inte åt bankid"
FLOW = "online_banking"


def _text(flow: str, step: str, name: str = "text", language: str = "sv") -> str:
    found = world().flows[flow].step(step)
    text = getattr(found, name)
    assert text is not None
    return str(text.in_(language))


def _begun(said: str = MAMMA, flow: str = FLOW, **more: object) -> Talk:
    talk = Talk(**more)  # type: ignore[arg-type]
    talk.says(said, flow)
    return talk


def _at_a_step(said: str = MAMMA) -> Talk:
    """At the first guide step; questions on the way are answered with their first option."""
    talk = _begun(said)
    while talk.conversation.question and talk.conversation.question.kind == "choose":
        talk.says("1")
    assert talk.step
    return talk


def _here(talk: Talk) -> tuple[str, str]:
    assert talk.step
    return talk.step


def _voiced(talk: Talk, vem: str = "din mamma", vems: str = "din mammas") -> bool:
    helper = _text(*_here(talk), "helper").replace("{vem}", vem).replace("{vems}", vems)
    return helper[1:] in talk.answer


def test_a_guide_for_somebody_else_is_told_to_the_helper() -> None:
    talk = _at_a_step()
    assert _voiced(talk)
    assert _text(*_here(talk)) not in talk.answer
    talk.says("KLART")
    assert _voiced(talk)


def test_the_voice_is_kept_when_the_guide_is_left_and_taken_up_again() -> None:
    talk = _at_a_step()
    talk.says("AVBRYT")
    talk.pass_(days=2)
    talk.says("FORTSÄTT")
    assert _voiced(talk)


@pytest.mark.parametrize(
    "said",
    [
        "min dotter säger att jag ska logga in på banken",
        "min man är död, jag behöver hjälp med hans konto",
        "jag kommer inte in på banken",
        "internetbanken",
    ],
)
def test_the_resident_is_spoken_to_as_ever(said: str) -> None:
    talk = _at_a_step(said)
    assert _text(*_here(talk)) in talk.answer
    assert talk.conversation.helping == ()


@pytest.mark.parametrize("said", ["det gäller mig", "Det är jag själv"])
def test_it_concerns_me_turns_it_off(said: str) -> None:
    talk = _at_a_step()
    talk.says(said, "affirm", accepted=False)
    assert _text(*_here(talk)) in talk.answer
    assert "dig" in talk.answer.split("1 av")[0]
    talk.says("IGEN")
    assert _text(*_here(talk)) in talk.answer


def test_it_concerns_my_mother_turns_it_on() -> None:
    talk = _at_a_step("internetbanken")
    talk.says("det gäller min mamma", "relative_help", accepted=False)
    assert _voiced(talk)


def test_a_need_of_ones_own_in_the_same_guide_turns_it_off() -> None:
    talk = _at_a_step()
    talk.says("AVBRYT")
    talk.says("jag vill betala mina räkningar på banken", FLOW)
    assert _text(*_here(talk)) in talk.answer


def test_another_guide_is_decided_anew() -> None:
    talk = _at_a_step()
    talk.says("jag vill ha swish", "swish")
    assert not any(one.flow == "swish" for one in talk.conversation.helping)


def test_a_further_need_of_the_same_message_is_for_the_same_person() -> None:
    talk = Talk()
    talk.says("mamma kommer inte in på banken och vill ha swish", FLOW, also=("swish",))
    talk.says("AVBRYT")
    talk.says("JA")
    assert _here(talk)[0] == "swish"
    assert talk.conversation.helping[-1] == Helping("swish", "mamma")


def test_a_guides_own_question_is_put_to_the_helper() -> None:
    talk = Talk()
    talk.says("mamma kommer inte åt bankid", "bankid_error")
    question = talk.conversation.question
    assert question
    assert question.kind == "choose"
    assert "Fråga din mamma:" in talk.answer or talk.segments <= FIRST_SEGMENTS


def test_errors_and_second_explanations_are_to_be_passed_on() -> None:
    talk = _at_a_step()
    talk.says("FASTNAT")
    if_stuck = world().flows[FLOW].step(_here(talk)[1])
    assert if_stuck
    assert if_stuck.if_stuck is None or "Säg till din mamma:" in talk.answer


def test_danger_speaks_to_whoever_writes() -> None:
    talk = Talk()
    talk.says("mamma har gett sina koder till någon", "fraud_suspected")
    assert talk.conversation.helping == ()
    assert "din mamma" not in talk.answer


def test_in_english_too() -> None:
    talk = _begun("my mother can't log in to the bank", language="en")
    while talk.conversation.question and talk.conversation.question.kind == "choose":
        talk.says("1")
    helper = _text(*_here(talk), "helper", "en").replace("{vem}", "your mother").replace("{vems}", "your mother's")
    assert helper[1:] in talk.answer


@pytest.mark.parametrize(
    "name",
    sorted(n for n, f in world().flows.items() if f.kind == "guide" and n not in ("emergency", "fraud_suspected")),
)
def test_every_step_of_every_guide_fits_in_the_helpers_voice(name: str) -> None:
    """With the longest relation, by the first options; the prefix gives way, the step does not."""
    talk = _begun("min mormor kan inte logga in", name)
    seen = 0
    while talk.step and talk.step[0] == name and seen < 40:
        seen += 1
        assert talk.segments <= (FIRST_SEGMENTS if seen == 1 else LATER_SEGMENTS), talk.answer
        question = talk.conversation.question
        if question and question.kind == "choose":
            talk.says("1")
            continue
        step = world().flows[name].step(talk.step[1])
        assert step
        if step.helper:
            assert "{vem" not in talk.answer
        stuck = talk.fork()
        stuck.says("FASTNAT")
        assert stuck.segments <= LATER_SEGMENTS
        talk.says("KLART")
    assert seen


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{vem} öppnar appen.", "Farbror Olle öppnar appen."),
        ("Be {vem} öppna. {vem} väntar.", "Be farbror Olle öppna. Farbror Olle väntar."),
        ("Klart? {vems} telefon visar en kod.", "Klart? Farbror Olles telefon visar en kod."),
        ("Se efter: {vem} ser koden i {vems} app.", "Se efter: farbror Olle ser koden i farbror Olles app."),
    ],
)
def test_a_sentence_begins_with_a_capital(text: str, said: str) -> None:
    assert in_voice(text, Helped("farbror Olle", "farbror Olle"), "sv") == said
