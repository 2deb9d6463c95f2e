"""`open_case`: hands the matter to a person."""

from __future__ import annotations

from bot.domain.case import URGENCY_OF
from bot.engine.flow import Flow, Step
from bot.engine.walk import Walk


def run(walk: Walk, flow: Flow, step: Step) -> None:
    assert step.reason is not None
    walk.open_case(step.reason, step.urgency or URGENCY_OF[step.reason], flow.name if flow.kind == "guide" else None)
