"""Wishes to be one person on SMS and Telegram, and what a turn may know of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.joining import JoinQuestion, JoinStatus
from bot.store.tables import AddressRow, ConversationRow, JoinRow, LinkRow, MessageRow


def questions_to(session: Session, conversation_id: int, now: datetime) -> tuple[JoinQuestion, ...]:
    """The open question to this person's number. `now` is business time."""
    query = select(JoinRow).where(
        JoinRow.number_id == conversation_id, JoinRow.status == JoinStatus.ASKED, JoinRow.ends_at > now
    )
    return tuple(JoinQuestion(row.id, row.asked_at) for row in session.scalars(query.order_by(JoinRow.id)))


def lock(session: Session, request_id: int) -> JoinRow | None:
    """The wish as it is now, kept from others' changes until the transaction ends. Conversations are locked first."""
    return session.get(JoinRow, request_id, with_for_update=True, populate_existing=True)


def asks_of(session: Session, asker_id: int, number: str) -> list[JoinRow]:
    """Every time that this person gave this number, the oldest first."""
    query = select(JoinRow).where(JoinRow.asker_id == asker_id, JoinRow.number == number)
    return list(session.scalars(query.order_by(JoinRow.id)))


def numbers_asked(session: Session, asker_id: int, since: datetime) -> int:
    """How many numbers this person has given since then."""
    query = select(func.count(JoinRow.number.distinct())).where(JoinRow.asker_id == asker_id, JoinRow.asked_at >= since)
    return session.scalar(query) or 0


def questions_since(session: Session, number: str, since: datetime) -> int:
    """How many questions the number has got since then: of joining, and of relatives who want to follow."""
    asked = select(func.count()).where(
        JoinRow.number == number, JoinRow.asked_at >= since, JoinRow.status != JoinStatus.UNSENT
    )
    of_links = select(func.count()).where(
        LinkRow.elder_address == number, LinkRow.asked_at >= since, LinkRow.made_by.is_(None)
    )
    return (session.scalar(asked) or 0) + (session.scalar(of_links) or 0)


def is_open(session: Session, number: str, now: datetime) -> bool:
    """Whether the number has a question that it has not answered, or an answer that is not carried out yet."""
    query = select(JoinRow.id).where(
        JoinRow.number == number, JoinRow.status.in_((JoinStatus.ASKED, JoinStatus.ACCEPTED)), JoinRow.ends_at > now
    )
    return session.scalar(query.limit(1)) is not None


def accepted(session: Session) -> list[JoinRow]:
    """What was said yes to and is not carried out, the oldest first."""
    return list(session.scalars(select(JoinRow).where(JoinRow.status == JoinStatus.ACCEPTED).order_by(JoinRow.id)))


def over(session: Session, now: datetime) -> list[JoinRow]:
    """Questions that were not answered in time."""
    query = select(JoinRow).where(JoinRow.status == JoinStatus.ASKED, JoinRow.ends_at <= now)
    return list(session.scalars(query.order_by(JoinRow.id)))


def heard_here_at(session: Session, conversation_id: int, channel: str, before: int) -> datetime | None:
    """When the message before `before` (a message's id) came by this channel, if the person has several addresses; else None."""
    addresses = (
        select(func.count())
        .select_from(AddressRow)
        .join(ConversationRow, ConversationRow.person_id == AddressRow.person_id)
    )
    if (session.scalar(addresses.where(ConversationRow.id == conversation_id)) or 0) <= 1:
        return None
    query = select(func.max(MessageRow.at, type_=MessageRow.at.type)).where(
        MessageRow.conversation_id == conversation_id,
        MessageRow.direction == "in",
        MessageRow.channel == channel,
        MessageRow.id < before,
    )
    at: datetime | None = session.scalar(query)
    return at


def last_heard(session: Session, conversation_id: int, before: datetime) -> datetime | None:
    """When a message came last, other than those since `before`."""
    query = select(func.max(MessageRow.at, type_=MessageRow.at.type)).where(
        MessageRow.conversation_id == conversation_id, MessageRow.direction == "in", MessageRow.at < before
    )
    at: datetime | None = session.scalar(query)
    return at
