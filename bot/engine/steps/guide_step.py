"""`step`: one numbered step of a guide, with what to reply."""

from __future__ import annotations

from bot.engine import helping, route
from bot.engine.flow import Flow, Step
from bot.engine.steps import choose
from bot.engine.walk import Walk


def run(walk: Walk, flow: Flow, step: Step) -> None:
    assert step.text is not None
    assert walk.conversation.position is not None
    if walk.conversation.case and not walk.conversation.meanwhile:
        # Who waits for a person gets no more steps, and is told so instead of what to reply.
        helping.say_step(walk, flow, step)
        return
    at, of = route.number(flow, walk.conversation.position)
    walk.say("step_number", at=str(at), of=str(of))
    helping.say_step(walk, flow, step)
    earlier = route.before(flow, walk.conversation.position)
    first = earlier is None or earlier.kind != "step"
    walk.say("last_step_footer" if at == of else "step_footer" if first else "later_step_footer")
    walk.may_give_way()
    buttons(walk, flow, step)


def step_waits(walk: Walk, flow: Flow, step: Step) -> None:
    """Which step is still open and what to send next, after something that was said beside it. A question of the guide is told with its numbers."""
    assert walk.conversation.position is not None
    if step.kind == "choose":
        asked = choose.question(walk, step)
        walk.parts.append(choose.numbered(asked.labels))
        walk.may_give_way()
        walk.say("choose_footer")
        choose.offer_numbers(walk, asked.labels)
        return
    at, of = route.number(flow, walk.conversation.position)
    walk.say("step_waits", at=str(at), of=str(of))
    walk.may_give_way()
    buttons(walk, flow, step)


def buttons(walk: Walk, flow: Flow, step: Step) -> None:
    """KLART and FASTNAT, and from step 2 TILLBAKA."""
    if walk.conversation.position is None or step.kind != "step":
        return
    texts = walk.world.texts
    at, _ = route.number(flow, walk.conversation.position)
    walk.offer(texts.get("button_next", walk.language), "KLART")
    if at > 1:
        walk.offer(texts.get("button_back", walk.language), "TILLBAKA")
    walk.offer(texts.get("button_stuck", walk.language), "FASTNAT")
