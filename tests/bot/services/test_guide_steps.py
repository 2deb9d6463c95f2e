"""The steps of a guide to go on from."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from bot.domain.conversation import Conversation, Language
from bot.engine import route
from bot.engine.flow import Bilingual, Flow, Option, Step
from bot.flows import load_strictly
from bot.services.guide_steps import step_choices
from bot.services.work_cases import go_on_at
from tests.stand_ins import MONDAY, WORLD


def _step(name: str) -> Step:
    return Step(name, "step", Bilingual(f"{name} på svenska", f"{name} in English"))


def _option(name: str, *steps: Step, label: bool = True) -> Option:
    return Option(name, Bilingual(name.title(), name.upper()) if label else None, (), None, steps)


CHOOSE = Step(
    "which",
    "choose",
    Bilingual("Vilken?", "Which?"),
    options=(_option("android", _step("play")), _option("iphone", _step("store"), _step("wait"))),
)
BRANCH = Step(
    "old",
    "branch",
    options=(_option("is-old", _step("renew"), label=False), _option("else", _step("keep"), label=False)),
)
GUIDE = Flow("g", "guide", ("g",), Bilingual("G", "G"), (_step("first"), BRANCH, CHOOSE, _step("last")))


def test_a_choice_says_its_number_its_text_and_what_it_stands_under() -> None:
    found = {choice.id: choice for choice in step_choices(GUIDE, "sv")}
    assert list(found) == ["first", "renew", "keep", "which", "play", "store", "wait"]
    assert (found["wait"].at, found["wait"].of, found["wait"].under) == (5, 6, ("Iphone",))
    assert found["renew"].under == ()
    assert found["first"].text == "first på svenska"
    assert step_choices(GUIDE, "en")[0].text == "first in English"


def test_every_choice_of_every_shipped_guide_can_be_handed_back_at() -> None:
    guides = [flow for flow in load_strictly().flows.values() if flow.kind == "guide"]
    assert len(guides) >= 12
    for flow in guides:
        world = replace(WORLD, flows={flow.name: flow})
        for language in get_args(Language):
            choices = step_choices(flow, language)
            assert choices, flow.name
            for choice in choices:
                conversation, answer = go_on_at(
                    world, Conversation(language=language), "sms", flow.name, choice.id, MONDAY
                )
                position = conversation.position
                assert position is not None, (flow.name, choice.id)
                assert position.step == choice.id
                step = flow.step(choice.id)
                assert step is not None
                assert step.text is not None
                assert step.text.in_(language)[:20].partition("{")[0] in answer.text
                assert route.number(flow, position)[0] <= choice.of, (flow.name, choice.id)
