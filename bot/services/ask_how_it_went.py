"""Asks once, two weeks after a guide, whether it helped. Never on top of something else; by the rules of bot/services/tending.py."""

from __future__ import annotations

from bot.domain.conversation import Question
from bot.domain.follow_up import SPOKEN_WITHIN, ask_later
from bot.services.tending import Step, Tending, Turn, tend
from bot.services.write_first import conversation_of, gives_way, write_first
from bot.store import follow_ups
from bot.store.follow_ups import DueQuestion


def ask_how_it_went(tending: Tending) -> int:
    """Asks everyone whose question is due; how many were asked. Raises DatabaseAway."""
    return tend(tending, Turn, _STEPS)


def _ask(turn: Turn, due: DueQuestion) -> bool:
    session, world, now = turn.session, turn.world, turn.now
    conversation = conversation_of(session, due.conversation_id)
    planned = follow_ups.take(session, due.conversation_id)
    if planned is None:
        return False
    if conversation.heard_at and now - conversation.heard_at < SPOKEN_WITHIN:
        follow_ups.plan(session, due.conversation_id, planned.flow, planned.channel, ask_later(now))
        return False
    flow = world.flows.get(planned.flow)
    if flow is None or conversation.case or conversation.position or not gives_way(conversation, now):
        return False
    told = {"title": flow.title.in_(conversation.language)}
    asks = Question("follow_up", options=(planned.flow,))
    return write_first(session, world, due.conversation_id, planned.channel, "follow_up", told, now, turn.real, asks)


_STEPS = (Step(follow_ups.due, _ask),)
