"""What whoever runs Lotsen does with accounts, from the command line: the way back in when nobody in the console can help."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.domain.password import SHORTEST
from bot.services import brake
from bot.services.accounts import AccountFault, close, reset
from bot.services.invitations import Made, password_link
from bot.services.passwords import hashed
from bot.services.ports import Clock
from bot.store import accounts, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import UserRow

COMMAND = "command"
"""The detail of what was done so in the audit log."""


def listed(database: Database) -> list[dict[str, Any]]:
    """Every account as plain data, those who can sign in first (docs/operating.md names the fields). Raises DatabaseAway."""
    with database.reading() as session:
        return [
            {
                "email": row.email,
                "name": row.name,
                "role": row.role,
                "municipality": row.municipality,
                "unit": row.unit,
                "totp": bool(row.totp_secret),
                "seen_at": _time(row.seen_at),
                "disabled_at": _time(row.disabled_at),
            }
            for row in accounts.listed(session, ((), None))
        ]


def disable(database: Database, clock: Clock, email: str) -> None:
    """The account cannot be used any more. Raises AccountFault for an unknown one and for the last administrator, DatabaseAway."""
    with _changing(database, clock, email, "account_disable") as (session, user, now):
        if user.role == "admin" and not accounts.other_admins(session, user.id):
            raise AccountFault(f"{user.email} is the last administrator; add another first")
        close(session, user, now)


def enable(database: Database, clock: Clock, email: str) -> None:
    """The account can be used again. Raises AccountFault for an unknown one, DatabaseAway."""
    with _changing(database, clock, email, "account_enable") as (_, user, _):
        user.disabled_at = None


def set_password(database: Database, clock: Clock, email: str, password: str) -> None:
    """A new password; its sessions end, and a brake on guessing is released. Raises AccountFault, DatabaseAway."""
    if len(password) < SHORTEST:
        raise AccountFault(f"the password must have at least {SHORTEST} characters")
    with _changing(database, clock, email, "password_reset") as (session, user, now):
        user.password_hash = hashed(password)
        accounts.withdraw(session, user.email, now)
        users.close_sessions(session, user.id)
        users.forget_failures(session, brake.passwords_of(user.email).key)


def make_password_link(database: Database, clock: Clock, email: str) -> Made:
    """A link to a new password. Raises AccountFault for an unknown or disabled account, DatabaseAway."""
    with _changing(database, clock, email, "password_link") as (session, user, now):
        if user.disabled_at:
            raise AccountFault(f"{user.email} is disabled; enable it first")
        return password_link(session, user, None, now)


def reset_totp(database: Database, clock: Clock, email: str) -> None:
    """Without a code at sign-in, and signed out everywhere. Raises AccountFault for an unknown account, DatabaseAway."""
    with _changing(database, clock, email, "code_reset") as (session, user, _):
        reset(session, user)
        users.forget_failures(session, brake.codes_of(user.id).key)


@contextmanager
def _changing(database: Database, clock: Clock, email: str, act: str) -> Iterator[tuple[Session, UserRow, datetime]]:
    with database.writing() as session:
        found = users.by_email(session, email)
        if found is None:
            raise AccountFault(f"there is no account for {email}")
        user = accounts.locked(session, [found.id])[found.id]
        now = business_time(session, clock())
        yield session, user, now
        users.audit(session, now, None, act, detail=COMMAND, about=user.id)


def _time(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
