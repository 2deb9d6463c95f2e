"""Puts an e-mail to staff in the outbox. The first line is its subject. Nothing personal goes by e-mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bot.domain.delivery import Delivery
from bot.domain.events import Priority
from bot.store.tables import OutboxRow


def queue_email(session: Session, to: str, text: str, real: datetime, case_id: int | None = None) -> None:
    """`real` is real time. The caller has looked that there is a mail server (Organisation.writes_email): without one the row would wait for ever."""
    session.add(
        OutboxRow(
            case_id=case_id,
            address=to,
            channel="email",
            sender="",
            text=text,
            buttons=[],
            priority=Priority.DANGER if case_id else Priority.ANSWER,
            queued_at=real,
            next_attempt_at=real,
        )
    )


def emailed(session: Session, to: str, text: str, since: datetime, case_id: int) -> bool:
    """Whether this very letter about the case has gone to them, or is about to, since the real time `since`."""
    same = exists().where(
        OutboxRow.address == to, OutboxRow.channel == "email", OutboxRow.case_id == case_id, OutboxRow.text == text
    )
    return bool(
        session.scalar(select(same.where(OutboxRow.queued_at >= since, OutboxRow.status != Delivery.CANCELLED)))
    )
