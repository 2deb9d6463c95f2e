"""Writes to a resident who has not just written: a reminder, a free seat, a date that changed. Never after STOPP."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.domain.conversation import Conversation, Question
from bot.domain.events import Answered, Button, Priority
from bot.engine.world import World
from bot.services.queue_answer import queue_answer
from bot.store import cases, conversations

STILL_TALKING = timedelta(minutes=10)
"""A question of ours that has waited longer for its answer gives way to a newer one."""
_KEPT = ("danger", "time", "meanwhile")
"""Kinds of question that never give way: to one in danger, and to one who waits for a person."""


def conversation_of(session: Session, conversation_id: int) -> Conversation:
    """The conversation, held until the transaction ends so that no turn changes it meanwhile."""
    row = conversations.lock(session, conversation_id)
    return Conversation.from_json(row.state, cases.seen_by_engine(session, cases.latest_of(session, conversation_id)))


def write_first(
    session: Session,
    world: World,
    conversation_id: int,
    channel: str,
    key: str,
    values: dict[str, str],
    now: datetime,
    real: datetime,
    asks: Question | None = None,
) -> bool:
    """Queues the text `key`; False when the resident has said STOPP or cannot be reached.

    `asks` is opened with JA and NEJ, unless the resident is in the middle of another question. A guide's own question comes back afterwards.
    """
    if not may_be_written_to(session, conversation_id, channel):
        return False
    conversation = conversation_of(session, conversation_id)
    address = conversations.address_of(session, conversation_id, channel)
    language, texts = conversation.language, world.texts
    free = gives_way(conversation, now)
    buttons = (Button(texts.get("button_yes", language), "JA"), Button(texts.get("button_no", language), "NEJ"))
    answer = Answered(texts.get(key, language, **values), buttons if asks and free else (), Priority.REMINDER)
    queue_answer(session, conversation_id, address, answer, now, real, author="bot")
    if asks and free:
        conversations.change_state(session, conversation_id, conversation.with_(question=asks))
    return True


def may_be_written_to(session: Session, conversation_id: int, channel: str) -> bool:
    """Whether the resident has not said STOPP, and can be reached by that channel."""
    address = conversations.address_of(session, conversation_id, channel)
    return not (conversation_of(session, conversation_id).opted_out or address.opted_out_at or address.blocked_at)


def gives_way(conversation: Conversation, now: datetime) -> bool:
    """Whether a question may be opened: none is being answered, and none is open that never gives way."""
    return not is_answering(conversation, now) and not (conversation.question and conversation.question.kind in _KEPT)


def is_answering(conversation: Conversation, now: datetime) -> bool:
    """Whether the resident is about to answer a question of ours, so that their next JA or NEJ would be taken for the wrong one."""
    question, heard = conversation.question, conversation.heard_at
    if question is None or question.soft or question.kind == "choose":
        return False
    return heard is not None and now - heard < STILL_TALKING
