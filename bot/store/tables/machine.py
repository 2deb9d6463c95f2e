"""What processes need to work side by side."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base, Id, kept


class SenderRow(Base):
    """The rate bucket of one sending number: when it may send again."""

    __tablename__ = "senders"
    __table_args__ = (kept("none"),)

    sender: Mapped[str] = mapped_column(String(40), primary_key=True)
    free_at: Mapped[datetime]


class LeaseRow(Base):
    """Something that only one process may do at a time, and how far it has come (Telegram's polling and its offset)."""

    __tablename__ = "leases"
    __table_args__ = (kept("none"),)

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner: Mapped[str | None] = mapped_column(String(64))
    until: Mapped[datetime | None]
    value: Mapped[int] = mapped_column(Id, default=0)


class JobSlotRow(Base):
    """A periodic job that has been taken for a slot of time: the one who could insert the row runs it."""

    __tablename__ = "job_slots"
    __table_args__ = (UniqueConstraint("job", "slot"), kept("short"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    job: Mapped[str] = mapped_column(String(64))
    slot: Mapped[datetime]


class ClockRow(Base):
    """How far business time is ahead of real time; one row, moved by `lotsen clock` in development."""

    __tablename__ = "clock"
    __table_args__ = (kept("none"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    offset_seconds: Mapped[int] = mapped_column(Id, default=0)
