"""Moves through flows: starts them, goes on, goes back, helps the one who is stuck, and leaves them."""

from __future__ import annotations

from bot.domain.case import Reason
from bot.domain.conversation import Position
from bot.domain.events import GuideFinished, Priority
from bot.domain.said_instead import asks_or_wants
from bot.engine import helping, limits, open_step, route
from bot.engine.flow import SAFETY as SAFETY
from bot.engine.flow import Aside, Flow, Option, ScreenError, Step
from bot.engine.offers import offer_next_need, offer_person, offer_what_waits
from bot.engine.steps.guide_step import buttons, step_waits
from bot.engine.steps.run import RUN
from bot.engine.walk import Walk
from bot.engine.words import holds

_DECIDE = ("device", "bank")
"""What is remembered and answers a flow's question without asking; whom a matter concerns may change from one to the next."""


def start(walk: Walk, flow: Flow, said: str | None = None, goes_on: bool = False) -> None:
    """Begins `flow`, or goes on where it was left. Another open guide is put aside and offered again later.

    `said` is the message that tells the need, when that is not the present one: it decides branches and answers questions in advance, and whose need
    it is. `goes_on` when another flow leads here, so that it is for the same person.
    """
    if not goes_on:
        helping.begin(walk, flow, walk.incoming.text if said is None else said)
    if flow.name in walk.conversation.needs:
        walk.set(needs=tuple(name for name in walk.conversation.needs if name != flow.name))
    position = walk.conversation.position
    kept = flow.kind == "guide" and flow.name not in SAFETY
    if kept and position and position.flow == flow.name:
        _say_resumed(walk)
        repeat(walk)
        return
    left = next((p for p in walk.conversation.paused if p.flow == flow.name), None)
    pause(walk)
    if kept and left:
        _say_resumed(walk)
        resume(walk, left)
        return
    walk.set(question=None)
    if flow.name in SAFETY:
        walk.priority = Priority.DANGER
    trail = _decided_in_advance(walk, flow.steps, walk.incoming.text if said is None else said)
    walk.set(position=Position(flow.name, "", trail))
    _go_through(walk, flow, route.route(flow, trail))


def answer_page(walk: Walk, flow: Flow) -> None:
    """Answers with a page, and leaves the open guide and the open question where they are."""
    before = walk.conversation
    start(walk, flow)
    after = walk.conversation
    if after.opted_out or after.position:
        return
    if before.position:
        walk.set(position=before.position, paused=before.paused)
    if after.question is None and not walk.case_opened:
        walk.set(question=before.question)


def same_way(walk: Walk, flow: Flow) -> bool:
    """Whether the message would begin `flow` on the way that is already open, so that nothing new was told."""
    position = walk.conversation.position
    if position is None or position.flow != flow.name:
        return False
    branches = {step.id for step in flow.every_step() if step.kind == "branch"}
    decided = {step: option for step, option, _ in position.trail if step in branches}
    anew = {
        step: option
        for step, option, _ in _decided_in_advance(walk, flow.steps, walk.incoming.text)
        if step in branches
    }
    return anew == decided


def names_another_way(walk: Walk, flow: Flow) -> bool:
    """Whether the message names a way of the open flow by its words where another is open: "recept" at the first step, "hur ser jag mina provsvar" at any."""
    position = walk.conversation.position
    if position is None or position.flow != flow.name:
        return False
    if route.before(flow, position) is not None and not asks_or_wants(walk.incoming.text):
        return False
    usual = {step.id: step.options[-1].id for step in flow.every_step() if step.kind == "branch"}
    decided = {step: option for step, option, _ in position.trail if step in usual}
    return any(
        step in decided and option not in (usual[step], decided[step])
        for step, option, _ in _decided_in_advance(walk, flow.steps, walk.incoming.text)
        if step in usual
    )


def forward(walk: Walk) -> None:
    """The step after the open one."""
    position, flow = open_step.opened(walk)
    walk.set(position=Position(flow.name, position.step, position.trail), question=None)
    _go_through(walk, flow, route.after(flow, position))


def choose(walk: Walk, step: Step, option_id: str) -> None:
    """Takes one option of the open question and goes on from there."""
    position, flow = open_step.opened(walk)
    trail = (*(t for t in position.trail if t[0] != step.id), (step.id, option_id, True))
    moved = Position(flow.name, step.id, trail)
    walk.set(position=moved, question=None)
    _go_through(walk, flow, route.after(flow, moved))


def back(walk: Walk) -> None:
    """The guide step or question before the open one; at the first one says so and repeats it."""
    position, flow = open_step.opened(walk)
    earlier = route.before(flow, position)
    if earlier is None:
        walk.say("first_step")
        repeat(walk)
        return
    trail = tuple(t for t in position.trail if t[0] != earlier.id)
    walk.set(position=Position(flow.name, earlier.id, trail), question=None)
    RUN[earlier.kind](walk, flow, earlier)


def repeat(walk: Walk) -> None:
    """Says the open step again, in its newest wording."""
    position, flow = open_step.opened(walk)
    walk.set(position=position, question=None)
    step = open_step.current(flow, position)
    RUN[step.kind](walk, flow, step)


def resume(walk: Walk, left: Position) -> None:
    """Goes on with a guide that was left, at the step it was left."""
    walk.set(
        position=Position(left.flow, left.step, left.trail),
        paused=tuple(p for p in walk.conversation.paused if p.flow != left.flow),
        question=None,
    )
    repeat(walk)


def stuck(walk: Walk) -> None:
    """The first time a second explanation, the second time the offer of a person."""
    position, flow = open_step.opened(walk)
    step = open_step.current(flow, position)
    if step.kind == "step" and (error := open_step.screen_error(walk, flow, step)):
        explain(walk, error)
        return
    times = position.stuck + walk.conversation.not_understood + 1
    walk.set(position=Position(flow.name, step.id, position.trail, position.stuck + 1))
    if times >= limits.STUCK_BEFORE_PERSON:
        offer_person(walk, Reason.STUCK)
        return
    walk.say("stuck_kindly")
    if step.if_stuck:
        helping.say_beside(walk, flow, step.if_stuck)
        _say_stuck_footer(walk, flow, step)
    else:
        walk.may_give_way()
        RUN[step.kind](walk, flow, step)


def take_heart(walk: Walk) -> None:
    """After NEJ to the offer of a person: the open step once more, and being stuck on it is counted anew."""
    position, flow = open_step.opened(walk)
    walk.set(position=Position(flow.name, position.step, position.trail))
    repeat(walk)


def reopen(walk: Walk) -> bool:
    """Goes back to the last step of the guide that was finished last; False when there is none."""
    finished = walk.conversation.finished
    if finished is None:
        return False
    pause(walk)
    walk.set(position=Position(finished.flow, finished.step, finished.trail), question=None, finished=None)
    return True


def explain(walk: Walk, error: ScreenError) -> None:
    """Answers a usual error; the step stays open. The same error told again counts as stuck."""
    position, flow = open_step.opened(walk)
    mark = f"error:{error.id}"
    told = any(step == mark for step, _, _ in position.trail)
    trail = position.trail if told else (*position.trail, (mark, position.step, False))
    walk.set(position=Position(flow.name, position.step, trail, position.stuck + 1))
    if told and position.stuck + 1 >= limits.STUCK_BEFORE_PERSON:
        offer_person(walk, Reason.STUCK)
        return
    helping.say_beside(walk, flow, error.say)
    _say_stuck_footer(walk, flow, open_step.current(flow, position))


def explain_aside(walk: Walk, aside: Aside) -> None:
    """Answers a common question; the step stays open, and nobody is counted as stuck."""
    position, flow = open_step.opened(walk)
    helping.say_beside(walk, flow, aside.say)
    step_waits(walk, flow, open_step.current(flow, position))


def leave(walk: Walk) -> None:
    """AVBRYT: the guide is put aside; how to take it up again is told once."""
    pause(walk)
    walk.set(question=None)
    walk.say("left_guide")
    offer_next_need(walk)
    if walk.conversation.question is None:
        walk.say("what_now")


def pause(walk: Walk) -> None:
    """Puts the open guide aside, to be offered again. Pages and safety flows are not kept."""
    position = walk.conversation.position
    flow = walk.world.flows.get(position.flow) if position else None
    if position and flow and flow.kind == "guide" and flow.name not in SAFETY:
        others = tuple(p for p in walk.conversation.paused if p.flow != position.flow)
        kept = (*others, Position(position.flow, position.step, position.trail))[-limits.PAUSED_KEPT :]
        walk.set(paused=kept)
    walk.set(position=None)


def _say_resumed(walk: Walk) -> None:
    walk.say("resumed")
    walk.may_give_way()


def _say_stuck_footer(walk: Walk, flow: Flow, step: Step) -> None:
    walk.say("stuck_footer")
    walk.may_give_way()
    buttons(walk, flow, step)


def _go_through(walk: Walk, flow: Flow, steps: list[Step]) -> None:
    """Runs steps until one waits for the resident, or the flow ends."""
    for count, step in enumerate(steps):
        if count >= limits.STEPS_A_TURN:
            raise RuntimeError(f"flow {flow.name!r} passes through more than {limits.STEPS_A_TURN} steps in one turn")
        if step.kind == "branch" or (step.kind == "choose" and _is_decided(walk, step)):
            continue
        position = walk.conversation.position
        trail = position.trail if position and position.flow == flow.name else ()
        walk.set(position=Position(flow.name, step.id, trail))
        if step.kind == "go":
            walk.set(position=None)
            helping.goes_on_as(walk, flow.name, step.target)
            start(walk, walk.world.flows[step.target], goes_on=True)
            return
        RUN[step.kind](walk, flow, step)
        if step.waits:
            return
    _end(walk, flow)


def _end(walk: Walk, flow: Flow) -> None:
    at = walk.conversation.position
    walk.set(position=None)
    if flow.kind == "guide":
        if at and flow.name not in SAFETY and walk.conversation.case is None:
            walk.set(finished=Position(flow.name, at.step, at.trail))
            walk.events.append(GuideFinished(flow.name))
        walk.say("guide_done")
        offer_what_waits(walk)
        if walk.conversation.question is None:
            walk.say("anything_else")


def _is_decided(walk: Walk, step: Step) -> bool:
    position = walk.conversation.position
    return bool(position and any(step.id == decided for decided, _, _ in position.trail))


def _decided_in_advance(walk: Walk, steps: tuple[Step, ...], said: str) -> route.Trail:
    """Branches, and the questions that the starting message has already answered."""
    trail: list[tuple[str, str, bool]] = []
    for step in steps:
        option: Option | None = None
        if step.kind == "branch":
            option = next((o for o in step.options if _holds(walk, o, said)), step.options[-1])
        elif step.kind == "choose":
            option = _named(step, said) or _named(
                step, " ".join(walk.conversation.known.get(name, "") for name in _DECIDE)
            )
        if option:
            trail.append((step.id, option.id, False))
            trail.extend(_decided_in_advance(walk, option.steps, said))
        else:
            for other in step.options:
                trail.extend(_decided_in_advance(walk, other.steps, said))
    return tuple(trail)


def _named(step: Step, said: str) -> Option | None:
    """The one option that the words name."""
    named = [option for option in step.options if holds(said, option.words)]
    return named[0] if len(named) == 1 else None


def _holds(walk: Walk, option: Option, said: str) -> bool:
    condition = option.condition
    if condition is None:
        return True
    if condition.entity:
        return any(e.entity == condition.entity and e.value in condition.values for e in walk.understanding.entities)
    if condition.words:
        return holds(said, condition.words)
    return condition.channel == walk.incoming.channel
