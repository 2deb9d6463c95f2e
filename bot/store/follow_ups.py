"""Questions to come about guides that were finished: one for each conversation, about the guide finished last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.store.tables import FollowUpRow


def plan(session: Session, conversation_id: int, flow: str, channel: str, due_at: datetime) -> None:
    """Plans the question, in the place of one that was planned before. `due_at` is business time."""
    row = session.get(FollowUpRow, conversation_id)
    if row is None:
        session.add(FollowUpRow(conversation_id=conversation_id, flow=flow, channel=channel, due_at=due_at))
    else:
        row.flow, row.channel, row.due_at = flow, channel, due_at


@dataclass(frozen=True, slots=True)
class DueQuestion:
    """Whom a question is due to."""

    conversation_id: int


def due(session: Session, now: datetime) -> list[DueQuestion]:
    """Whose question is due, the longest due first. `now` is business time."""
    query = select(FollowUpRow.conversation_id).where(FollowUpRow.due_at <= now)
    return [DueQuestion(conversation_id) for conversation_id in session.scalars(query.order_by(FollowUpRow.due_at))]


def take(session: Session, conversation_id: int) -> FollowUpRow | None:
    """Removes the question and gives it to the one who removed it; None when somebody else has."""
    row = session.scalars(
        select(FollowUpRow).where(FollowUpRow.conversation_id == conversation_id).with_for_update(skip_locked=True)
    ).first()
    if row is not None:
        session.expunge(row)
        forget(session, conversation_id)
    return row


def forget(session: Session, conversation_id: int) -> None:
    """Nothing will be asked."""
    session.execute(delete(FollowUpRow).where(FollowUpRow.conversation_id == conversation_id))
