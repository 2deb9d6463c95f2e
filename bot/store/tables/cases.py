"""Cases, and what handledare note about them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base, Id, kept


class CaseRow(Base):
    """What a person must deal with. At most one open case for each conversation."""

    __tablename__ = "cases"
    __table_args__ = (
        Index(
            "uq_cases_open_conversation",
            "conversation_id",
            unique=True,
            sqlite_where=text("status != 'resolved'"),
            postgresql_where=text("status != 'resolved'"),
        ),
        Index(None, "status", "waiting_since"),
        Index(
            "ix_cases_lists",
            "status",
            "resolved_at",
            "id",
            "municipality",
            "unit",
            "urgency",
            "topic",
            "channel",
            "language",
        ),  # all that a list asks
        Index(
            "ix_cases_topics",
            "status",
            "topic",
            "resolved_at",
            "id",
            "municipality",
            "unit",
            "urgency",
            "channel",
            "language",
        ),  # and those about one thing
        Index(None, "conversation_id", "id"),
        Index(None, "address"),
        kept("case"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))
    address: Mapped[str | None] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8), default="sv")
    municipality: Mapped[str | None] = mapped_column(String(64))
    unit: Mapped[str | None] = mapped_column(String(64))
    team: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(16))
    urgency: Mapped[str] = mapped_column(String(16))
    reasons: Mapped[list[str]]
    topic: Mapped[str | None] = mapped_column(String(64))
    summary: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime]
    waiting_since: Mapped[datetime | None]
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    claimed_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(32))
    version: Mapped[int] = mapped_column(default=0)
    opened_by: Mapped[int | None] = mapped_column(
        ForeignKey("users.id")
    )  # at the desk or on the phone, by this handledare
    person_name: Mapped[str | None] = mapped_column(String(80))
    helped: Mapped[str] = mapped_column(
        Text, default="", server_default=""
    )  # what helped, for the next who meets the same
    alarm: Mapped[int] = mapped_column(
        default=0, server_default="0"
    )  # how many have been reminded that it waits: team, samordnare, everyone
    alerts: Mapped[int] = mapped_column(
        default=0, server_default="0"
    )  # how often the duty list was written to while nobody took it
    alert_at: Mapped[datetime | None]  # when it is written to next


class DraftRow(Base):
    """What somebody has begun to write about a case and not sent."""

    __tablename__ = "drafts"
    __table_args__ = (kept("short"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)  # reply, note
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]


class HeldReplyRow(Base):
    """How a case stood before a reply that its writer may take back for a moment, so that it can be as it was."""

    __tablename__ = "held_replies"
    __table_args__ = (Index(None, "case_id", "message_id"), kept("short"))

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    status: Mapped[str] = mapped_column(String(16))
    waiting_since: Mapped[datetime | None]
    introduced: Mapped[int] = mapped_column(default=0)  # characters before what was written: who writes
    held_at: Mapped[datetime]  # real time
    undone_at: Mapped[datetime | None]


class PresenceRow(Base):
    """Who has the page of a case open. Both times are real time."""

    __tablename__ = "presence"
    __table_args__ = (kept("short"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime]
    typed_at: Mapped[datetime | None]


class CaseNoteRow(Base):
    """What was noted on a case, and what was done with it. Append-only."""

    __tablename__ = "case_notes"
    __table_args__ = (Index(None, "case_id", "id"), kept("case"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(16))  # note, resident, relative, event, call
    text: Mapped[str] = mapped_column(Text)
