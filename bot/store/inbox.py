"""Incoming messages: stored once, dealt with once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.store.tables import InboxRow, MessageRow


@dataclass(frozen=True, slots=True)
class Pending:
    """An incoming message that no turn has dealt with yet."""

    message_id: int
    text: str
    channel: str
    kind: str
    gathers: bool
    received_at: datetime
    removed: tuple[str, ...]
    carrier_opt: str | None
    latitude: float | None
    longitude: float | None


def known(session: Session, incoming_key: str) -> bool:
    """Whether this very message has been stored before."""
    return session.scalar(select(MessageRow.id).where(MessageRow.incoming_key == incoming_key)) is not None


def known_by_beginning(session: Session, conversation_id: int, beginning: str) -> bool:
    """Whether a message of this conversation has been stored whose key begins so."""
    begins = MessageRow.incoming_key.startswith(beginning, autoescape=True)
    return (
        session.scalar(select(MessageRow.id).where(MessageRow.conversation_id == conversation_id, begins).limit(1))
        is not None
    )


def pending(session: Session, conversation_id: int) -> list[Pending]:
    """What a conversation's next turns have to deal with, oldest first."""
    rows = session.execute(
        select(InboxRow, MessageRow)
        .join(MessageRow, MessageRow.id == InboxRow.message_id)
        .where(InboxRow.conversation_id == conversation_id, InboxRow.handled_at.is_(None))
        .order_by(InboxRow.message_id)
    ).all()
    return [
        Pending(
            message.id,
            message.text,
            message.channel,
            row.kind,
            row.gathers,
            row.received_at,
            tuple(row.removed),
            row.carrier_opt,
            row.latitude,
            row.longitude,
        )
        for row, message in rows
    ]


def mark_handled(session: Session, message_ids: Sequence[int], at: datetime) -> None:
    """A turn has dealt with these. A shared position is forgotten with it."""
    session.execute(
        update(InboxRow)
        .where(InboxRow.message_id.in_(message_ids))
        .values(handled_at=at, latitude=None, longitude=None)
        .execution_options(synchronize_session=False)
    )


def last_incoming(session: Session, conversation_id: int, since: datetime) -> MessageRow | None:
    """The person's newest message since `since`, to notice a number that was split over two."""
    return session.scalar(
        select(MessageRow)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.direction == "in", MessageRow.at >= since)
        .order_by(MessageRow.id.desc())
        .limit(1)
    )


def history(session: Session, conversation_id: int, after: int = 0, limit: int = 500) -> list[MessageRow]:
    """The newest `limit` messages with an id above `after`, oldest first."""
    rows = session.scalars(
        select(MessageRow)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.id > after)
        .order_by(MessageRow.id.desc())
        .limit(limit)
    ).all()
    return list(reversed(rows))
