"""Replies that were held for a moment: how the case stood before each, so that it can be as it was when one is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from bot.domain.delivery import Delivery
from bot.domain.introduction import LastAnswer
from bot.store.tables import HeldReplyRow, MessageRow, OutboxRow

UNDONE = "undone"
"""What stands as the error of a message that its writer took back."""


def waiting(session: Session, case_id: int, user_id: int) -> list[HeldReplyRow]:
    """This handledare's replies of which no sender has had any part, oldest first."""
    gone = exists().where(OutboxRow.message_id == HeldReplyRow.message_id, OutboxRow.status != Delivery.QUEUED)
    left = exists().where(OutboxRow.message_id == HeldReplyRow.message_id)
    query = (
        select(HeldReplyRow)
        .where(HeldReplyRow.case_id == case_id, HeldReplyRow.user_id == user_id, HeldReplyRow.undone_at.is_(None))
        .where(left, ~gone)
        .order_by(HeldReplyRow.message_id)
    )
    return list(session.scalars(query))


def next_of(session: Session, held: HeldReplyRow) -> HeldReplyRow | None:
    """The first reply in the same case after this one that was not taken back."""
    return session.scalar(
        select(HeldReplyRow)
        .where(HeldReplyRow.case_id == held.case_id, HeldReplyRow.message_id > held.message_id)
        .where(HeldReplyRow.undone_at.is_(None))
        .order_by(HeldReplyRow.message_id)
        .limit(1)
    )


def latest_of(session: Session, case_id: int, user_id: int) -> HeldReplyRow | None:
    """This handledare's newest reply in the case that was not taken back."""
    return session.scalar(
        select(HeldReplyRow)
        .where(HeldReplyRow.case_id == case_id, HeldReplyRow.user_id == user_id, HeldReplyRow.undone_at.is_(None))
        .order_by(HeldReplyRow.message_id.desc())
        .limit(1)
    )


def take_back(session: Session, message_id: int) -> bool:
    """Takes every part out of the outbox; False, and nothing is changed, when a sender has or had one of them.

    The rows are locked: of a sender and this exactly one gets them.
    """
    rows: Sequence[OutboxRow] = session.scalars(
        select(OutboxRow)
        .where(OutboxRow.message_id == message_id)
        .order_by(OutboxRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if not rows or any(row.status != Delivery.QUEUED or row.lease_owner is not None for row in rows):
        return False
    for row in rows:
        row.status, row.error = Delivery.CANCELLED, UNDONE
    return True


def last_answer(session: Session, conversation_id: int) -> LastAnswer | None:
    """The last thing written to the resident that was not taken back; None while nothing was."""
    undone = exists().where(HeldReplyRow.message_id == MessageRow.id, HeldReplyRow.undone_at.is_not(None))
    message = session.scalar(
        select(MessageRow)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.direction == "out", ~undone)
        .order_by(MessageRow.id.desc())
        .limit(1)
    )
    if message is None:
        return None
    case_id = session.scalar(select(OutboxRow.case_id).where(OutboxRow.message_id == message.id).limit(1))
    return LastAnswer(message.user_id, case_id)


def forget(session: Session, before: datetime) -> None:
    """Drops what nobody can take back any more. What was taken back stays: it is never what was last written."""
    session.execute(delete(HeldReplyRow).where(HeldReplyRow.held_at < before, HeldReplyRow.undone_at.is_(None)))
