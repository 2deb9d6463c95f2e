"""Puts a saved conversation into today's flows: content is changed while conversations last for weeks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.domain.conversation import Conversation, Position, Question
from bot.engine import route
from bot.engine.flow import Flow, Step

_OF_FLOWS = ("topics", "resume", "next_need", "meanwhile", "follow_up", "danger")
"""Kinds of question whose options are names of flows."""


def settled(flow: Flow, position: Position) -> Position:
    """The same place in today's text of the flow: a moved step at the one that took over, and a way that leads to it.

    A step that is gone without a heir becomes the first that waits. A branch nobody has decided takes its last way, as when none holds.
    """
    step = flow.step(position.step)
    trail = position.trail
    if step is not None and step not in _way(flow, trail)[1]:
        leading = tuple(_leading_to(flow.steps, step.id) or ())
        decided = {name for name, _, _ in leading}
        trail = (*(choice for choice in trail if choice[0] not in decided), *leading)
    trail, way = _way(flow, trail)
    if step is None:
        step = next((at for at in way if at.waits), way[-1])
    return Position(flow.name, step.id, trail, position.stuck)


def in_todays_flows(conversation: Conversation, flows: Mapping[str, Flow]) -> Conversation:
    """The conversation without what leads to flows that are no more."""
    position = _in_todays(conversation.position, flows)
    question = conversation.question
    if question and not _stands(question, position, flows):
        question = None
    return conversation.with_(
        position=position,
        finished=_in_todays(conversation.finished, flows),
        question=question,
        paused=tuple(settled(flows[left.flow], left) for left in conversation.paused if left.flow in flows),
        needs=tuple(name for name in conversation.needs if name in flows),
        told_by=_still_waiting(conversation),
    )


def _still_waiting(conversation: Conversation) -> dict[str, str]:
    """The words of needs that still wait; no others are kept."""
    return {name: words for name, words in conversation.told_by.items() if name in conversation.needs}


def _in_todays(position: Position | None, flows: Mapping[str, Flow]) -> Position | None:
    return settled(flows[position.flow], position) if position and position.flow in flows else None


def _stands(question: Question, position: Position | None, flows: Mapping[str, Flow]) -> bool:
    if question.kind in _OF_FLOWS:
        return all(name in flows for name in question.options)
    if question.kind == "choose":
        step = flows[position.flow].step(position.step) if position else None
        return step is not None and step.id == question.about and question.options == tuple(o.id for o in step.options)
    return True


def _way(flow: Flow, trail: route.Trail) -> tuple[route.Trail, list[Step]]:
    """The way through the flow, and the trail with every branch on it decided."""
    while True:
        way = route.route(flow, trail)
        last = way[-1] if way else None
        if last is None or last.kind != "branch" or any(last.id == name for name, _, _ in trail):
            return trail, way
        trail = (*trail, (last.id, last.options[-1].id, False))


def _leading_to(steps: Iterable[Step], step_id: str) -> list[tuple[str, str, bool]] | None:
    """The choices under which the step stands; None when it is not here."""
    for step in steps:
        if step.id == step_id:
            return []
        for option in step.options:
            inner = _leading_to(option.steps, step_id)
            if inner is not None:
                return [(step.id, option.id, step.kind == "choose"), *inner]
    return None
