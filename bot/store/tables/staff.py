"""Accounts of the console, what belongs to them, and who did what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base, Id, kept


class UserRow(Base):
    """A console account."""

    __tablename__ = "users"
    __table_args__ = (kept("staff"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(16))
    municipality: Mapped[str | None] = mapped_column(String(64))
    unit: Mapped[str | None] = mapped_column(String(64))
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    shown_as: Mapped[str] = mapped_column(
        String(60), default="", server_default=""
    )  # to residents; empty: the first name
    totp_secret: Mapped[str | None] = mapped_column(String(64))  # base32 (RFC 4648)
    totp_used: Mapped[int | None] = mapped_column(
        Id
    )  # the time step of the last code that was taken; none is taken twice (RFC 6238, 5.2)
    recovery_hashes: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    away_since: Mapped[datetime | None]
    back_at: Mapped[datetime | None]  # none while away: until they say that they are back
    seen_at: Mapped[datetime | None]  # business time of the last thing done in the console, to the minute


class InvitationRow(Base):
    """A link by which somebody makes their account, or chooses a new password (`user_id` is set). Only a hash of its token is stored."""

    __tablename__ = "invitations"
    __table_args__ = (kept("staff"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(16))
    municipality: Mapped[str | None] = mapped_column(String(64))
    unit: Mapped[str | None] = mapped_column(String(64))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class SessionRow(Base):
    """A signed-in browser. Only a hash of its token is stored."""

    __tablename__ = "sessions"
    __table_args__ = (kept("short"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    agent: Mapped[str] = mapped_column(String(120), default="", server_default="")  # browser and system, in words
    seen_at: Mapped[datetime | None]


class CalendarTokenRow(Base):
    """The secret in the address of a handledare's own calendar; one for each account. Only its hash is stored."""

    __tablename__ = "calendar_tokens"
    __table_args__ = (kept("staff"),)

    user_id: Mapped[int] = mapped_column(Id, ForeignKey("users.id"), primary_key=True, autoincrement=False)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]


class SignInAttemptRow(Base):
    """A failed sign-in, to slow down guessing. `key` is a hash of account or network address."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index(None, "key", "at"), kept("short"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class AuditRow(Base):
    """Who saw and did what in the console. Append-only."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "user_id", "id"), Index(None, "about_id", "id"), kept("audit"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    act: Mapped[str] = mapped_column(String(40))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    detail: Mapped[str] = mapped_column(String(200), default="")
    about_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # whose account it was done to
