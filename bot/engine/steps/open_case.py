"""`open_case`: hands the matter to a person."""

from __future__ import annotations

from bot.domain.case import URGENCY_OF
from bot.engine.flow import SAFETY, Flow, Step
from bot.engine.walk import Walk


def run(walk: Walk, flow: Flow, step: Step) -> None:
    assert step.reason is not None
    own_topic = flow.kind == "guide" or flow.name in SAFETY
    walk.open_case(step.reason, step.urgency or URGENCY_OF[step.reason], flow.name if own_topic else None)
