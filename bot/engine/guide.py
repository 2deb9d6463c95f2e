"""Moves through flows: starts them, goes on, goes back, helps the one who is stuck, and leaves them."""

from __future__ import annotations

from bot.domain.case import Reason
from bot.domain.conversation import Position, Question
from bot.domain.events import Priority
from bot.engine import limits, route
from bot.engine.flow import Flow, Option, ScreenError, Step
from bot.engine.steps import RUN
from bot.engine.steps.guide_step import buttons
from bot.engine.walk import Walk
from bot.engine.words import holds

SAFETY = ("emergency", "fraud_suspected")


def start(walk: Walk, flow: Flow) -> None:
    """Begins `flow`, or goes on where it was left. Another open guide is put aside and offered again later."""
    conversation = walk.conversation
    if conversation.position and conversation.position.flow != flow.name:
        pause(walk)
    left = next((position for position in walk.conversation.paused if position.flow == flow.name), None)
    if left and flow.name not in SAFETY and flow.kind == "guide":
        walk.say("resumed")
        resume(walk, left)
        return
    walk.set(
        position=None, question=None, paused=tuple(p for p in walk.conversation.paused if p.flow != flow.name)
    )
    if flow.name in SAFETY:
        walk.priority = Priority.DANGER
    trail = _decided_in_advance(walk, flow.steps)
    walk.set(position=Position(flow.name, "", trail))
    _go_through(walk, flow, route.route(flow, trail))


def forward(walk: Walk) -> None:
    """The step after the open one."""
    position, flow = _open(walk)
    walk.set(position=Position(flow.name, position.step, position.trail), question=None)
    _go_through(walk, flow, route.after(flow, position))


def choose(walk: Walk, step: Step, option_id: str) -> None:
    """Takes one option of the open question and goes on from there."""
    position, flow = _open(walk)
    trail = (*(t for t in position.trail if t[0] != step.id), (step.id, option_id, True))
    moved = Position(flow.name, step.id, trail)
    walk.set(position=moved, question=None)
    _go_through(walk, flow, route.after(flow, moved))


def back(walk: Walk) -> None:
    """The guide step or question before the open one; at the first one says so and repeats it."""
    position, flow = _open(walk)
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
    position, flow = _open(walk)
    step = flow.step(position.step) or _first_waiting(flow, position)
    walk.set(position=Position(flow.name, step.id, position.trail, position.stuck), question=None)
    RUN[step.kind](walk, flow, step)


def resume(walk: Walk, left: Position) -> None:
    """Goes on with a guide that was left, at the step it was left."""
    walk.set(
        position=Position(left.flow, left.step, left.trail),
        paused=tuple(p for p in walk.conversation.paused if p.flow != left.flow),
        question=None,
    )
    if left.flow in walk.world.flows:
        repeat(walk)
    else:
        walk.set(position=None)
        walk.say("what_i_do")


def stuck(walk: Walk) -> None:
    """The first time a second explanation, the second time the offer of a person."""
    position, flow = _open(walk)
    step = flow.step(position.step) or _first_waiting(flow, position)
    if error := screen_error(walk, flow, step):
        explain(walk, error)
        return
    times = position.stuck + walk.conversation.not_understood + 1
    walk.set(position=Position(flow.name, step.id, position.trail, position.stuck + 1))
    if times >= limits.STUCK_BEFORE_PERSON:
        offer_person(walk, Reason.STUCK)
    elif step.if_stuck:
        walk.say("stuck_kindly")
        walk.say_text(step.if_stuck)
        walk.say("stuck_footer")
        _step_buttons(walk)
    else:
        walk.say("stuck_kindly")
        RUN[step.kind](walk, flow, step)


def screen_error(walk: Walk, flow: Flow, step: Step) -> ScreenError | None:
    """The usual error that the resident's words tell of, on this step or anywhere in the flow."""
    return next((e for e in (*step.errors, *flow.errors) if holds(walk.incoming.text, e.when)), None)


def explain(walk: Walk, error: ScreenError) -> None:
    """Answers a usual error; the step stays open. The same error told again counts as stuck."""
    position, flow = _open(walk)
    mark = f"error:{error.id}"
    told = any(step == mark for step, _, _ in position.trail)
    trail = position.trail if told else (*position.trail, (mark, position.step, False))
    walk.set(position=Position(flow.name, position.step, trail, position.stuck + 1))
    if told and position.stuck + 1 >= limits.STUCK_BEFORE_PERSON:
        offer_person(walk, Reason.STUCK)
        return
    walk.say_text(error.say)
    walk.say("stuck_footer")
    _step_buttons(walk)


def open_error(walk: Walk) -> ScreenError | None:
    """screen_error for the open step; None when no guide is open."""
    if walk.conversation.position is None:
        return None
    position, flow = _open(walk)
    step = flow.step(position.step)
    return screen_error(walk, flow, step) if step and step.kind == "step" else None


def leave(walk: Walk) -> None:
    """AVBRYT: the guide is put aside; how to take it up again is told once."""
    pause(walk)
    walk.set(question=None, needs=())
    walk.say("left_guide")


def pause(walk: Walk) -> None:
    """Puts the open guide aside, to be offered again. Pages and safety flows are not kept."""
    position = walk.conversation.position
    flow = walk.world.flows.get(position.flow) if position else None
    if position and flow and flow.kind == "guide" and flow.name not in SAFETY:
        others = tuple(p for p in walk.conversation.paused if p.flow != position.flow)
        kept = (*others, Position(position.flow, position.step, position.trail))[-limits.PAUSED_KEPT :]
        walk.set(paused=kept)
    walk.set(position=None)


def offer_person(walk: Walk, reason: Reason) -> None:
    """Offers a person; JA opens the case."""
    walk.say("offer_person")
    walk.set(question=Question("person", about=str(reason)))
    walk.offer(walk.world.texts.get("button_yes", walk.language), "JA")
    walk.offer(walk.world.texts.get("button_no", walk.language), "NEJ")


def offer_what_waits(walk: Walk) -> None:
    """After a guide or a greeting: the next need that was told, else the guide that was left last."""
    conversation = walk.conversation
    if conversation.question or conversation.case:
        return
    needs = [name for name in conversation.needs if name in walk.world.flows]
    if needs:
        walk.set(needs=tuple(needs[1:]), question=Question("next_need", options=(needs[0],)))
        walk.say("offer_need", title=walk.title(walk.world.flows[needs[0]]).lower())
    elif conversation.paused and conversation.paused[-1].flow in walk.world.flows:
        left = conversation.paused[-1]
        flow = walk.world.flows[left.flow]
        at, of = route.number(flow, left)
        walk.set(question=Question("resume", options=(left.flow,)))
        walk.say("offer_resume", title=walk.title(flow), at=str(at), of=str(of))
    else:
        return
    walk.offer(walk.world.texts.get("button_yes", walk.language), "JA")
    walk.offer(walk.world.texts.get("button_no", walk.language), "NEJ")


def _open(walk: Walk) -> tuple[Position, Flow]:
    position = walk.conversation.position
    assert position is not None, "no guide is open"
    return position, walk.world.flows[position.flow]


def _first_waiting(flow: Flow, position: Position) -> Step:
    """Where to go on when a removed step names none that takes over."""
    return next(step for step in route.route(flow, position.trail) if step.waits)


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
            start(walk, walk.world.flows[step.target])
            return
        RUN[step.kind](walk, flow, step)
        if step.waits:
            return
    _end(walk, flow)


def _end(walk: Walk, flow: Flow) -> None:
    walk.set(position=None)
    if flow.kind == "guide":
        walk.say("guide_done")
        offer_what_waits(walk)
        if walk.conversation.question is None:
            walk.say("anything_else")


def _is_decided(walk: Walk, step: Step) -> bool:
    position = walk.conversation.position
    return bool(position and any(step.id == decided for decided, _, _ in position.trail))


def _decided_in_advance(walk: Walk, steps: tuple[Step, ...]) -> route.Trail:
    """Branches, and the questions that the starting message has already answered."""
    trail: list[tuple[str, str, bool]] = []
    for step in steps:
        option: Option | None = None
        if step.kind == "branch":
            option = next((o for o in step.options if _holds(walk, o)), step.options[-1])
        elif step.kind == "choose":
            named = [o for o in step.options if holds(walk.incoming.text, o.words)]
            option = named[0] if len(named) == 1 else None
        if option:
            trail.append((step.id, option.id, False))
            trail.extend(_decided_in_advance(walk, option.steps))
        else:
            for other in step.options:
                trail.extend(_decided_in_advance(walk, other.steps))
    return tuple(trail)


def _holds(walk: Walk, option: Option) -> bool:
    condition = option.condition
    if condition is None:
        return True
    if condition.entity:
        return any(e.entity == condition.entity and e.value in condition.values for e in walk.understanding.entities)
    if condition.words:
        return holds(walk.incoming.text, condition.words)
    return condition.channel == walk.incoming.channel


def _step_buttons(walk: Walk) -> None:
    position, flow = _open(walk)
    step = flow.step(position.step)
    if step:
        buttons(walk, flow, step)
