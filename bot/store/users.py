"""Console accounts, their sessions, failed sign-ins, and the audit log."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bot.store.tables import AuditRow, SessionRow, SignInAttemptRow, UserRow


def by_email(session: Session, email: str) -> UserRow | None:
    """The account of that address, in any case."""
    return session.scalar(select(UserRow).where(UserRow.email == email.strip().casefold()))


def any_user(session: Session) -> bool:
    """Whether there is an account at all."""
    return session.scalar(select(UserRow.id).limit(1)) is not None


def add(session: Session, email: str, name: str, role: str, password_hash: str, now: datetime, municipality: str | None = None, unit: str | None = None) -> UserRow:
    """A new account. The caller has looked that the address is free."""
    row = UserRow(
        email=email.strip().casefold(), name=name, role=role, password_hash=password_hash, created_at=now, municipality=municipality, unit=unit
    )
    session.add(row)
    session.flush()
    return row


def open_session(session: Session, token_hash: str, user_id: int, now: datetime, lasts: timedelta) -> None:
    """A browser has signed in."""
    session.add(SessionRow(token_hash=token_hash, user_id=user_id, created_at=now, expires_at=now + lasts))


def user_of_session(session: Session, token_hash: str, now: datetime) -> UserRow | None:
    """Who is signed in with this token; None when the session is over or the account was disabled."""
    return session.scalar(
        select(UserRow)
        .join(SessionRow, SessionRow.user_id == UserRow.id)
        .where(SessionRow.token_hash == token_hash, SessionRow.expires_at > now, UserRow.disabled_at.is_(None))
    )


def close_session(session: Session, token_hash: str) -> None:
    """The browser has signed out."""
    session.execute(delete(SessionRow).where(SessionRow.token_hash == token_hash))


def failed_since(session: Session, key: str, since: datetime) -> int:
    """Failed sign-ins under this key since then."""
    query = select(func.count()).where(SignInAttemptRow.key == key, SignInAttemptRow.at > since)
    return session.scalar(query) or 0


def note_failure(session: Session, key: str, now: datetime) -> None:
    """One more failed sign-in."""
    session.add(SignInAttemptRow(key=key, at=now))


def forget_failures(session: Session, key: str) -> None:
    """A sign-in succeeded."""
    session.execute(delete(SignInAttemptRow).where(SignInAttemptRow.key == key))


def audit(session: Session, now: datetime, user_id: int | None, act: str, case_id: int | None = None, detail: str = "") -> None:
    """Who did what. `detail` holds no personal data."""
    session.add(AuditRow(at=now, user_id=user_id, act=act, case_id=case_id, detail=detail[:200]))


def name_of(session: Session, user_id: int | None) -> str | None:
    """A handledare's name; None for nobody."""
    return session.scalar(select(UserRow.name).where(UserRow.id == user_id)) if user_id else None
