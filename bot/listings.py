"""What the commands print: cases and messages out as plain data (docs/operating.md names the fields), and the first account."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from bot.services.accounts import add_user
from bot.services.ports import Clock
from bot.store import bookings as booking_store
from bot.store import cases as case_store
from bot.store import outbox as outbox_store
from bot.store import users
from bot.store.database import Database

FIRST_ACCOUNT = "admin@lotsen.example"


def cases(database: Database, address: str | None, status: str | None) -> list[dict[str, Any]]:
    """Cases, oldest first."""
    with database.reading() as session:
        return [
            {
                "id": row.id,
                "status": row.status,
                "urgency": row.urgency,
                "topic": row.topic,
                "reason": str(case_store.reason_of(row)),
                "reasons": list(row.reasons),
                "address": row.address,
                "channel": row.channel,
                "municipality": row.municipality,
                "opened_at": _time(row.opened_at),
            }
            for row in case_store.listed(session, address, status)
        ]


def outbox(database: Database, address: str | None) -> list[dict[str, Any]]:
    """Messages out, oldest first."""
    with database.reading() as session:
        return [
            {
                "id": row.id,
                "address": row.address,
                "channel": row.channel,
                "text": row.text,
                "status": row.status,
                "attempts": row.attempts,
                "provider_id": row.provider_id,
                "segments": row.segments,
                "error": row.error,
                "queued_at": _time(row.queued_at),
            }
            for row in outbox_store.listed(session, address)
        ]


def bookings(database: Database, address: str | None) -> list[dict[str, Any]]:
    """Bookings, oldest first. `starts_at` is the first meeting, `place` a place's id."""
    with database.reading() as session:
        return [
            {
                "id": booking.id,
                "course": course.title["sv"],
                "place": course.place,
                "starts_at": _time(course.starts_at),
                "status": booking.status,
                "address": text,
                "for_whom": booking.for_whom,
            }
            for booking, course, text in booking_store.listed(session, address)
        ]


def first_account(database: Database, clock: Clock) -> tuple[str, str] | None:
    """Makes an admin account when there is no account at all: its address and password; None otherwise."""
    with database.reading() as session:
        if users.any_user(session):
            return None
    password = secrets.token_urlsafe(12)
    add_user(database, clock, FIRST_ACCOUNT, "admin", password, name="Admin")
    return FIRST_ACCOUNT, password


def _time(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
