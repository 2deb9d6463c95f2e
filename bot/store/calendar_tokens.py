"""Which calendars of handledare can be subscribed to: one for each account, known by a hash of its token."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.store.tables import CalendarTokenRow, UserRow


def put(session: Session, user_id: int, token_hash: str, now: datetime) -> None:
    """The account's token is this one from now on; an earlier one counts no more."""
    session.get_one(UserRow, user_id, with_for_update=True)  # two presses at once come one after the other
    row = session.get(CalendarTokenRow, user_id)
    if row is None:
        session.add(CalendarTokenRow(user_id=user_id, token_hash=token_hash, created_at=now))
    else:
        row.token_hash, row.created_at = token_hash, now


def remove(session: Session, user_id: int) -> bool:
    """No token counts any more; whether there was one."""
    return bool(
        session.scalars(
            delete(CalendarTokenRow).where(CalendarTokenRow.user_id == user_id).returning(CalendarTokenRow.user_id)
        ).all()
    )


def made_at(session: Session, user_id: int) -> datetime | None:
    """When the account's token was made; None without one."""
    return session.scalar(select(CalendarTokenRow.created_at).where(CalendarTokenRow.user_id == user_id))


def owner(session: Session, token_hash: str) -> UserRow | None:
    """Whose calendar it is; None when nobody's, or when the account was disabled."""
    return session.scalar(
        select(UserRow)
        .join(CalendarTokenRow, CalendarTokenRow.user_id == UserRow.id)
        .where(CalendarTokenRow.token_hash == token_hash, UserRow.disabled_at.is_(None))
    )
