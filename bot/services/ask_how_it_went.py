"""Asks once, two weeks after a guide, whether it helped. Never in the night, never after STOPP, never on top of something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.conversation import Conversation, Question
from bot.domain.events import Answered, Button, Priority
from bot.domain.follow_up import SPOKEN_WITHIN, ask_later
from bot.domain.quiet_hours import is_quiet
from bot.engine.world import World
from bot.services.apply_events import queue_answer
from bot.services.ports import Clock, Wakeup
from bot.store import cases, conversations, follow_ups
from bot.store.clock import business_time
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Asking:
    """All that asking needs."""

    database: Database
    world: Callable[[], World]
    clock: Clock
    wakeup: Wakeup


def ask_how_it_went(asking: Asking) -> int:
    """Asks everyone whose question is due; how many were asked. Safe to run in several processes at once."""
    asked = 0
    while (was_asked := _one(asking)) is not None:
        asked += was_asked
    if asked:
        asking.wakeup.outbox()
    return asked


def _one(asking: Asking) -> bool | None:
    """Takes one question that is due: whether it was asked, or None when none is due or it is night."""
    real = asking.clock()
    with asking.database.writing() as session:
        now = business_time(session, real)
        conversation_id = None if is_quiet(now) else follow_ups.due(session, now)
        if conversation_id is None:
            return None
        row = conversations.lock(session, conversation_id)
        planned = follow_ups.take(session, conversation_id)
        if planned is None:
            return False
        case = cases.seen_by_engine(session, cases.latest_of(session, conversation_id))
        conversation = Conversation.from_json(row.state, case)
        if conversation.heard_at and now - conversation.heard_at < SPOKEN_WITHIN:
            follow_ups.plan(session, conversation_id, planned.flow, planned.channel, ask_later(now))
            return False
        return _ask(session, asking.world(), conversation_id, conversation, planned.flow, planned.channel, now, real)


def _ask(
    session: Session, world: World, conversation_id: int, conversation: Conversation, name: str, channel: str, now: datetime, real: datetime
) -> bool:
    flow = world.flows.get(name)
    address = conversations.address_of(session, conversation_id, channel)
    busy = bool(conversation.opted_out or conversation.case or conversation.position)
    if flow is None or busy or address.opted_out_at or address.blocked_at:
        return False
    language, texts = conversation.language, world.texts
    title = flow.title.in_(language)
    buttons = (Button(texts.get("button_yes", language), "JA"), Button(texts.get("button_no", language), "NEJ"))
    answer = Answered(texts.get("follow_up", language, title=title), buttons, Priority.REMINDER)
    queue_answer(session, conversation_id, address, answer, now, real, author="bot")
    conversations.change_state(session, conversation_id, conversation.with_(question=Question("follow_up", options=(name,))))
    return True
