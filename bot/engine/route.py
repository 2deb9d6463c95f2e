"""The way through a flow, given the choices made so far, and the numbers of its steps."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.conversation import Position
from bot.engine.flow import Flow, Step

Trail = tuple[tuple[str, str, bool], ...]


def route(flow: Flow, trail: Trail) -> list[Step]:
    """The steps in order. It ends at the first choice that is not made yet, which is its last step."""
    decided = {step: option for step, option, _ in trail}
    steps: list[Step] = []
    _walk(flow.steps, decided, steps)
    return steps


def number(flow: Flow, position: Position) -> tuple[int, int]:
    """Which step this is and of how many, counting guide steps and questions that were shown.

    Where a question is still open, the longest way on from it is counted.
    """
    hidden = {step for step, _, shown in position.trail if not shown}
    way = [step for step in route(flow, position.trail) if _counts(step, hidden)]
    at = next((i for i, step in enumerate(way, 1) if step.id == position.step), len(way) or 1)
    decided = {step: option for step, option, _ in position.trail}
    return at, max(_longest(flow.steps, decided, hidden), at, 1)


def before(flow: Flow, position: Position) -> Step | None:
    """The guide step or shown question before this one; None at the first."""
    hidden = {step for step, _, shown in position.trail if not shown}
    way = [step for step in route(flow, position.trail) if _counts(step, hidden) or step.id == position.step]
    index = next((i for i, step in enumerate(way) if step.id == position.step), 0)
    return way[index - 1] if index else None


def after(flow: Flow, position: Position) -> list[Step]:
    """The steps that follow this one, in order."""
    way = route(flow, position.trail)
    index = next((i for i, step in enumerate(way) if step.id == position.step), -1)
    return way[index + 1 :]


def _walk(steps: Iterable[Step], decided: dict[str, str], out: list[Step]) -> bool:
    """Appends to `out`; False when an open choice ended the way."""
    for step in steps:
        out.append(step)
        if step.kind in ("choose", "branch"):
            if step.id not in decided:
                return False
            chosen = next((option for option in step.options if option.id == decided[step.id]), None)
            if chosen and not _walk(chosen.steps, decided, out):
                return False
    return True


def _counts(step: Step, hidden: set[str]) -> bool:
    return step.kind == "step" or (step.kind == "choose" and step.id not in hidden)


def _longest(steps: Iterable[Step], decided: dict[str, str], hidden: set[str]) -> int:
    total = 0
    for step in steps:
        total += _counts(step, hidden)
        if step.options:
            ways = [o for o in step.options if o.id == decided.get(step.id)] or list(step.options)
            total += max(_longest(option.steps, decided, hidden) for option in ways)
    return total
