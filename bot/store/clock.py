"""Business time: real time plus an offset that `lotsen clock` moves in development. Every process follows it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.tables import ClockRow


def business_time(session: Session, real: datetime) -> datetime:
    """Business time at the real time `real`."""
    return real + offset(session)


def offset(session: Session) -> timedelta:
    """How far business time is ahead."""
    seconds = session.scalar(select(ClockRow.offset_seconds).where(ClockRow.id == 1))
    return timedelta(seconds=seconds or 0)


def move(session: Session, by: timedelta) -> None:
    """Moves business time ahead by `by`."""
    row = session.get(ClockRow, 1) or ClockRow(id=1, offset_seconds=0)
    row.offset_seconds += round(by.total_seconds())
    session.add(row)


def reset(session: Session) -> None:
    """Makes business time real time again."""
    row = session.get(ClockRow, 1)
    if row:
        row.offset_seconds = 0
