"""`ask`: an open question; the answer is noted on the open case."""

from __future__ import annotations

from bot.domain.conversation import Question
from bot.engine import callback
from bot.engine.flow import Flow, Step
from bot.engine.walk import Walk


def run(walk: Walk, flow: Flow, step: Step) -> None:
    assert step.text is not None
    walk.set(position=None)
    if step.target == "time":
        callback.asked(walk, walk.fill(step.text.in_(walk.language)))
        return
    walk.say_text(step.text)
    walk.set(question=Question(step.target or "note", soft=True))
