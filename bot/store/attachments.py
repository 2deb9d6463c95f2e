"""Pictures and voice messages: which is to be fetched, who has it, and what came of it. A file belongs to its message, and goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Session

from bot.store.tables import AttachmentRow, MessageRow

WAITING, HERE, REFUSED, LOST = "waiting", "here", "refused", "lost"
"""Refused: it came, and is nothing that may be kept. Lost: it could not be fetched."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that this worker has until its lease ends. `content` is there when the channel handed it over with the message."""

    message_id: int
    channel: str
    kind: str
    file_id: str
    content: bytes | None
    attempts: int


def add(
    session: Session,
    message_id: int,
    channel: str,
    file_id: str,
    now: datetime,
    content: bytes | None = None,
    fault: str = "",
) -> None:
    """Keeps in mind that a file came with a message. With a `fault` it is refused at once. `now` is real time."""
    status = REFUSED if fault else WAITING
    row = AttachmentRow(
        message_id=message_id, channel=channel, file_id="" if fault else file_id, status=status, next_attempt_at=now
    )
    row.content, row.fault = None if fault else content, fault[:80]
    session.add(row)


def claim(session: Session, channel: str, owner: str, now: datetime, lasts: datetime) -> Waiting | None:
    """Takes the file that has waited longest and that nobody has; None when there is none. The lease lasts until `lasts`."""
    row = session.scalar(
        select(AttachmentRow)
        .where(
            AttachmentRow.status == WAITING,
            AttachmentRow.channel == channel,
            AttachmentRow.next_attempt_at <= now,
            or_(AttachmentRow.lease_until.is_(None), AttachmentRow.lease_until < now),
        )
        .order_by(AttachmentRow.next_attempt_at, AttachmentRow.message_id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        return None
    row.lease_owner, row.lease_until, row.attempts = owner, lasts, row.attempts + 1
    kind = session.scalars(select(MessageRow.kind).where(MessageRow.id == row.message_id)).one()
    return Waiting(row.message_id, row.channel, kind, row.file_id, row.content, row.attempts)


def put_off(session: Session, message_id: int, owner: str, until: datetime, fault: str) -> None:
    """To be tried again at `until`; nothing when it is no longer ours."""
    row = _ours(session, message_id, owner)
    if row:
        row.next_attempt_at, row.fault = until, fault[:80]
        row.lease_owner = row.lease_until = None


def settle(
    session: Session,
    message_id: int,
    owner: str,
    status: str,
    media_type: str = "",
    content: bytes | None = None,
    fault: str = "",
) -> bool:
    """Ends the waiting; False when it is no longer ours. The provider's name of the file is of no more use, and is dropped."""
    row = _ours(session, message_id, owner)
    if row is None:
        return False
    row.status, row.media_type, row.content, row.fault, row.file_id = status, media_type, content, fault[:80], ""
    row.lease_owner = row.lease_until = None
    return True


def next_attempt(session: Session, channel: str) -> datetime | None:
    """When the next file may be fetched; None when none waits. One that a worker has counts from the end of its lease."""
    leased = and_(AttachmentRow.lease_until.is_not(None), AttachmentRow.lease_until > AttachmentRow.next_attempt_at)
    at = sql_case((leased, AttachmentRow.lease_until), else_=AttachmentRow.next_attempt_at)
    earliest: datetime | None = session.scalar(
        select(func.min(at, type_=AttachmentRow.next_attempt_at.type)).where(
            AttachmentRow.status == WAITING, AttachmentRow.channel == channel
        )
    )
    return earliest


def version(session: Session, conversation_id: int) -> int:
    """How many files of the conversation are still to come; changes when one has come."""
    of_it = select(MessageRow.id).where(MessageRow.conversation_id == conversation_id)
    query = (
        select(func.count())
        .select_from(AttachmentRow)
        .where(AttachmentRow.status == WAITING, AttachmentRow.message_id.in_(of_it))
    )
    return session.scalar(query) or 0


def _ours(session: Session, message_id: int, owner: str) -> AttachmentRow | None:
    row = session.get(AttachmentRow, message_id, with_for_update=True, populate_existing=True)
    return row if row is not None and row.status == WAITING and row.lease_owner == owner else None
