"""What somebody has begun to write about a case: one text for each person, case and kind (reply, note)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.store.tables import DraftRow, UserRow

REPLY, NOTE = "reply", "note"
KINDS = (REPLY, NOTE)


def keep(session: Session, case_id: int, user_id: int, kind: str, text: str, now: datetime) -> None:
    """Keeps the text in place of the one before."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(DraftRow).values(case_id=case_id, user_id=user_id, kind=kind, text=text, written_at=now)
    changed = {"text": text, "written_at": now}
    session.execute(row.on_conflict_do_update(index_elements=["case_id", "user_id", "kind"], set_=changed))


def of(session: Session, case_id: int, user_id: int) -> dict[str, str]:
    """The texts by kind."""
    rows = select(DraftRow.kind, DraftRow.text).where(DraftRow.case_id == case_id, DraftRow.user_id == user_id)
    return {row.kind: row.text for row in session.execute(rows)}


def begun_by_others(session: Session, case_id: int, user_id: int, since: datetime) -> list[tuple[str, datetime]]:
    """Which colleagues have begun a reply since then, and when they last wrote on it. What they wrote is theirs alone."""
    query = (
        select(UserRow.name, DraftRow.written_at)
        .join(UserRow, UserRow.id == DraftRow.user_id)
        .where(DraftRow.case_id == case_id, DraftRow.kind == REPLY, DraftRow.user_id != user_id)
        .where(DraftRow.written_at >= since)
        .order_by(UserRow.name, UserRow.id)
    )
    return [(row.name, row.written_at) for row in session.execute(query)]


def remove(session: Session, case_id: int, user_id: int, kind: str) -> None:
    """It was sent, or emptied."""
    this = (DraftRow.case_id == case_id, DraftRow.user_id == user_id, DraftRow.kind == kind)
    session.execute(delete(DraftRow).where(*this))


def forget(session: Session, before: datetime) -> None:
    """Drops those that nobody has touched since."""
    session.execute(delete(DraftRow).where(DraftRow.written_at < before))
