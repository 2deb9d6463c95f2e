"""The steps of a guide that a conversation can go on from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.conversation import Language, Position
from bot.engine import route
from bot.engine.flow import Flow, Option, Step
from bot.engine.settle import settled


@dataclass(frozen=True, slots=True)
class StepChoice:
    """A step to go on from: its number, of how many on that way, its text, and the answers it stands under ("Android")."""

    id: str
    at: int
    of: int
    text: str
    under: tuple[str, ...]


def step_choices(flow: Flow, language: Language) -> list[StepChoice]:
    """The guide steps and questions that can be come to without an answer of the resident, in the order of the file.

    A step after an open question is left out: which way leads on from it is for the resident to say.
    """
    choices = []
    for step in flow.every_step():
        position = settled(flow, Position(flow.name, step.id))
        if step.kind not in ("step", "choose") or step.text is None or step not in route.route(flow, position.trail):
            continue
        at, of = route.number(flow, position)
        under = tuple(option.label.in_(language) for option in _holders(flow.steps, step.id) or () if option.label)
        choices.append(StepChoice(step.id, at, of, step.text.in_(language), under))
    return choices


def _holders(steps: Iterable[Step], step_id: str) -> tuple[Option, ...] | None:
    """The options that the step stands under, outermost first; None when it is not among `steps`."""
    for step in steps:
        if step.id == step_id:
            return ()
        for option in step.options:
            inner = _holders(option.steps, step_id)
            if inner is not None:
                return (option, *inner)
    return None
