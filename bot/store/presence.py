"""Who has the page of a case open, and who of them writes. All times are real time.

A page says so every 15 seconds, and at most every 5 while somebody types; who has not been heard of for GONE_AFTER is gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.store.tables import PresenceRow, UserRow

GONE_AFTER = timedelta(seconds=40)
"""Two signs may be lost on the way."""
STOPPED_AFTER = timedelta(seconds=12)
"""Without a letter for so long, nobody writes any more."""


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who looks at a case right now."""

    user_id: int
    name: str
    types: bool


def seen(session: Session, case_id: int, user_id: int, types: bool, real: datetime) -> None:
    """Somebody has the case open, and types or not."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    changed = {"seen_at": real, "typed_at": real} if types else {"seen_at": real}
    row = insert(PresenceRow).values(case_id=case_id, user_id=user_id, **changed)
    session.execute(row.on_conflict_do_update(index_elements=["case_id", "user_id"], set_=changed))


def stopped(session: Session, case_id: int, user_id: int) -> None:
    """What they wrote is sent."""
    row = session.get(PresenceRow, (case_id, user_id))
    if row is not None:
        row.typed_at = None


def others(session: Session, case_id: int, user_id: int, real: datetime) -> tuple[Present, ...]:
    """Everybody else who looks at the case, by name."""
    rows = session.execute(
        select(PresenceRow.user_id, UserRow.name, PresenceRow.typed_at)
        .join(UserRow, UserRow.id == PresenceRow.user_id)
        .where(PresenceRow.case_id == case_id, PresenceRow.user_id != user_id, PresenceRow.seen_at > real - GONE_AFTER)
        .order_by(UserRow.name, UserRow.id)
    )
    return tuple(Present(id_, name, at is not None and at > real - STOPPED_AFTER) for id_, name, at in rows)


def version(session: Session, case_id: int, user_id: int, real: datetime) -> str:
    """Changes when somebody else comes, goes, begins to write or stops; not while they go on as they were."""
    return ".".join(f"{one.user_id}{'w' * one.types}" for one in others(session, case_id, user_id, real))


def forget(session: Session, before: datetime) -> None:
    """Drops who has not been seen since."""
    session.execute(delete(PresenceRow).where(PresenceRow.seen_at < before))
