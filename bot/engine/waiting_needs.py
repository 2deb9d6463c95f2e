"""Needs that wait for their turn: kept with the words they were told by, and offered when nothing else is open."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.sms_text import prepare
from bot.domain.told_needs import is_for_later
from bot.engine import limits, offers, open_step, route, where
from bot.engine.flow import SAFETY, Flow
from bot.engine.walk import Walk


def keep(walk: Walk, names: tuple[str, ...], told_by: Mapping[str, str]) -> None:
    """Keeps further needs of this message. A town that it names belongs to the one that people and places meet."""
    conversation = walk.conversation
    kept = {name: words[: limits.SAID_KEPT] for name, words in told_by.items() if name in names}
    walk.set(needs=tuple(dict.fromkeys((*conversation.needs, *names))), told_by={**conversation.told_by, **kept})
    located = where.named_in(walk) if any(walk.world.flows[name].kind == "page" for name in names) else None
    if located and len(located) == 1:
        where.remember(walk, located[0])


def keep_for_later(walk: Walk, flow: Flow) -> bool:
    """A need that the resident puts after the guide which has just begun ("och sen undrar jag ..."); False when it is to be met now."""
    position = walk.conversation.position
    here = walk.world.flows.get(position.flow) if position else None
    if (
        position is None
        or here is None
        or here.kind != "guide"
        or here.name in SAFETY
        or flow.name in (here.name, *SAFETY)
    ):
        return False
    if route.before(here, position) is not None or not is_for_later(walk.incoming.text):
        return False
    keep(walk, (flow.name,), {flow.name: walk.incoming.text})
    walk.say("need_later", title=walk.title(flow))
    open_step.remind(walk)
    return True


def offer_beside(walk: Walk) -> None:
    """Offers the next need after an answer that leaves nothing open, where there is room for it."""
    conversation = walk.conversation
    question = conversation.question
    asked_where = walk.world.texts.get("ask_where", walk.language) in walk.parts
    answered_where = (
        question is not None and question.kind == "place" and conversation.near is not None and not asked_where
    )
    if conversation.position or not conversation.needs or (question and not answered_where):
        return
    offer = walk.world.texts.get("offer_need", walk.language, title=walk.title(walk.world.flows[conversation.needs[0]]))
    first = conversation.introduced_at is None
    introduction = walk.world.texts.get("introduction", walk.language) if first else ""
    whole = " ".join((introduction, *walk.parts, offer))
    if prepare(whole).segments <= (limits.FIRST_SEGMENTS if first else limits.LATER_SEGMENTS):
        walk.set(question=None)
        offers.offer_next_need(walk)
