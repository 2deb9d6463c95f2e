"""What only one process may do at a time, and periodic jobs that run once for each slot of time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.store.tables import JobSlotRow, LeaseRow


def take(session: Session, name: str, owner: str, now: datetime, lasts: timedelta) -> int | None:
    """Takes or prolongs a lease; its value when it is ours, None while somebody else has it."""
    _ensure(session, name)
    row = session.scalars(select(LeaseRow).where(LeaseRow.name == name).with_for_update()).one()
    if row.owner not in (None, owner) and row.until is not None and row.until > now:
        return None
    row.owner, row.until = owner, now + lasts
    return row.value


def advance(session: Session, name: str, owner: str, value: int) -> bool:
    """Moves a lease's value; False when the lease is no longer ours."""
    row = session.scalar(select(LeaseRow).where(LeaseRow.name == name).with_for_update())
    if row is None or row.owner != owner:
        return False
    row.value = value
    return True


def release(session: Session, name: str, owner: str) -> None:
    """Gives a lease up, so that another process need not wait for its end."""
    row = session.scalar(select(LeaseRow).where(LeaseRow.name == name).with_for_update())
    if row is not None and row.owner == owner:
        row.owner = row.until = None


def take_slot(session: Session, job: str, slot: datetime) -> bool:
    """Whether this process is the one to run a periodic job for this slot."""
    insert = _insert(session)(JobSlotRow).values(job=job, slot=slot).on_conflict_do_nothing()
    return session.scalar(insert.returning(JobSlotRow.id)) is not None


def forget_slots(session: Session, before: datetime) -> None:
    """Removes slots that nobody can ask for any more."""
    session.execute(delete(JobSlotRow).where(JobSlotRow.slot < before))


def _ensure(session: Session, name: str) -> None:
    session.execute(_insert(session)(LeaseRow).values(name=name, value=0).on_conflict_do_nothing())


def _insert(session: Session):  # type: ignore[no-untyped-def]
    return postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
