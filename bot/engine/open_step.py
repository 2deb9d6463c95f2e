"""The step that is open: what of the resident's words belongs to it, and reminding of it after something said beside it.

Apart from bot.engine.guide, which runs steps, since what a step runs may itself be said beside another.
"""

from __future__ import annotations

import re

from bot.domain.conversation import Position
from bot.engine.flow import Aside, Flow, ScreenError, Step
from bot.engine.settle import settled
from bot.engine.steps.choose import question as question_of
from bot.engine.steps.guide_step import step_waits
from bot.engine.walk import Walk
from bot.engine.words import holds

_WHAT_IS = re.compile(r"\bvad (?:menas med|menar (?:du|ni) med|betyder|innebär|e|ä)\s+", re.IGNORECASE)
"""Ways to ask what a word is; an editor writes one of them."""


def opened(walk: Walk) -> tuple[Position, Flow]:
    """The position, settled at a step that is still in its flow, and the flow. Somebody must be in one."""
    position = walk.conversation.position
    assert position is not None, "no guide is open"
    flow = walk.world.flows[position.flow]
    return (settled(flow, position) if position.step else position), flow


def current(flow: Flow, position: Position) -> Step:
    """The step that a settled position is at."""
    step = flow.step(position.step)
    assert step is not None, f"{position.step!r} was settled"
    return step


def screen_error(walk: Walk, flow: Flow, step: Step) -> ScreenError | None:
    """The usual error that the resident's words tell of, on this step or anywhere in the flow."""
    return next((e for e in (*step.errors, *flow.errors) if holds(walk.incoming.text, e.when)), None)


def error(walk: Walk) -> ScreenError | None:
    """screen_error for the open step; None when no guide is open."""
    if walk.conversation.position is None:
        return None
    position, flow = opened(walk)
    step = current(flow, position)
    return screen_error(walk, flow, step) if step.kind == "step" else None


def aside(walk: Walk) -> Aside | None:
    """The common question that the message asks; None when no guide is open at a step."""
    position = walk.conversation.position
    flow = walk.world.flows.get(position.flow) if position else None
    if position is None or flow is None or flow.kind != "guide" or not position.step:
        return None
    texts = (walk.incoming.text, _WHAT_IS.sub("vad är ", walk.incoming.text))
    return next((aside for aside in walk.world.asides if any(holds(text, aside.when) for text in texts)), None)


def choice(walk: Walk) -> Step | None:
    """The flow's own question that the resident is at."""
    if walk.conversation.position is None:
        return None
    position, flow = opened(walk)
    step = flow.step(position.step)
    return step if step and step.kind == "choose" else None


def keep_choice_open(walk: Walk) -> None:
    """A flow's own question stays open through other talk, unless something else has been asked."""
    step = choice(walk)
    if step and walk.conversation.question is None:
        walk.set(question=question_of(walk, step))


def remind(walk: Walk) -> None:
    """Says which step, or question, is still open, and what to send next."""
    position, flow = opened(walk)
    walk.set(position=position)
    step_waits(walk, flow, current(flow, position))
