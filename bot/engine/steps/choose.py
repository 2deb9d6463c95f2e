"""`choose`: a numbered question of a flow."""

from __future__ import annotations

from bot.domain.conversation import Question
from bot.engine import route
from bot.engine.flow import Flow, Step
from bot.engine.walk import Walk


def run(walk: Walk, flow: Flow, step: Step) -> None:
    assert step.text is not None and walk.conversation.position is not None
    if flow.kind == "guide":
        at, of = route.number(flow, walk.conversation.position)
        walk.say("step_number", at=str(at), of=str(of))
    walk.say_text(step.text)
    labels = tuple(option.label.in_(walk.language) for option in step.options if option.label)
    walk.parts.append(". ".join(f"{i} {label}" for i, label in enumerate(labels, 1)) + ".")
    walk.say("choose_footer")
    for i, label in enumerate(labels, 1):
        walk.offer(label, str(i))
    walk.set(question=Question("choose", tuple(option.id for option in step.options), labels, about=step.id))
