"""Which function runs a step of which type."""

from __future__ import annotations

from collections.abc import Callable

from bot.engine.flow import Flow, Step
from bot.engine.steps import act, ask, choose, find_place, guide_step, open_case, say
from bot.engine.walk import Walk

RUN: dict[str, Callable[[Walk, Flow, Step], None]] = {
    "step": guide_step.run,
    "say": say.run,
    "choose": choose.run,
    "ask": ask.run,
    "find_place": find_place.run,
    "open_case": open_case.run,
    "act": act.run,
}
