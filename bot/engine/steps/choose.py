"""`choose`: a numbered question of a flow."""

from __future__ import annotations

from bot.domain.conversation import Question
from bot.engine import helping, route
from bot.engine.flow import Flow, Step
from bot.engine.walk import Walk


def run(walk: Walk, flow: Flow, step: Step) -> None:
    assert step.text is not None
    assert walk.conversation.position is not None
    if flow.kind == "guide":
        at, of = route.number(flow, walk.conversation.position)
        walk.say("step_number", at=str(at), of=str(of))
    helping.say_step(walk, flow, step)
    asked = question(walk, step)
    walk.parts.append(numbered(asked.labels))
    walk.say("choose_footer")
    walk.may_give_way()
    offer_numbers(walk, asked.labels)
    walk.set(question=asked)


def question(walk: Walk, step: Step) -> Question:
    """The step as the question that stays open until it is answered."""
    labels = tuple(option.label.in_(walk.language) for option in step.options if option.label)
    return Question("choose", tuple(option.id for option in step.options), labels, about=step.id)


def numbered(labels: tuple[str, ...]) -> str:
    """ "1 Android. 2 Iphone." """
    return ". ".join(f"{i} {label}" for i, label in enumerate(labels, 1)) + "."


def offer_numbers(walk: Walk, labels: tuple[str, ...]) -> None:
    """A button for each label, which says its number."""
    for i, label in enumerate(labels, 1):
        walk.offer(label, str(i))
