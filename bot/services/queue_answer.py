"""Stores what is said to somebody and puts it in the outbox."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.domain.events import Answered
from bot.domain.sms_text import prepare, split
from bot.store.tables import AddressRow, MessageRow, OutboxRow


def queue_answer(
    session: Session,
    conversation_id: int,
    address: AddressRow,
    answer: Answered,
    now: datetime,
    real: datetime,
    author: str,
    user_id: int | None = None,
    case_id: int | None = None,
    held: timedelta = timedelta(0),
) -> int:
    """Stores what is said and puts it in the outbox, in parts when it is longer than a channel takes; returns the message's id.

    No part goes before it has been `held` for so long.
    """
    text = prepare(answer.text).text if address.channel == "sms" else answer.text
    message = MessageRow(
        conversation_id=conversation_id,
        at=now,
        direction="out",
        author=author,
        user_id=user_id,
        channel=address.channel,
        text=text,
    )
    session.add(message)
    session.flush()
    parts = split(text, 1600 if address.channel == "sms" else 4000)
    for i, part in enumerate(parts):
        last = i == len(parts) - 1
        session.add(
            OutboxRow(
                conversation_id=conversation_id,
                message_id=message.id,
                case_id=case_id,
                address=address.text,
                channel=address.channel,
                sender=address.sender or "",
                text=part,
                buttons=[{"label": b.label, "says": b.says} for b in answer.buttons] if last else [],
                segments=prepare(part).segments if address.channel == "sms" else 1,
                priority=answer.priority,
                queued_at=real,
                next_attempt_at=real + held,
            )
        )
    return message.id
