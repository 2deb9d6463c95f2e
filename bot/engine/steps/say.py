"""`say`: text that is sent together with what follows."""

from __future__ import annotations

from bot.engine.flow import Flow, Step
from bot.engine.walk import Walk


def run(walk: Walk, flow: Flow, step: Step) -> None:
    assert step.text is not None
    walk.say_text(step.text)
