"""Console accounts, their sessions, failed sign-ins, and the audit log."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from bot.store.tables import AuditRow, SessionRow, SignInAttemptRow, UserRow

SEEN_EVERY = timedelta(minutes=1)
"""How often it is written down that somebody is at work."""


def by_email(session: Session, email: str) -> UserRow | None:
    """The account of that address, in any case."""
    return session.scalar(select(UserRow).where(UserRow.email == email.strip().casefold()))


def any_user(session: Session) -> bool:
    """Whether there is an account at all."""
    return session.scalar(select(UserRow.id).limit(1)) is not None


def add(
    session: Session,
    email: str,
    name: str,
    role: str,
    password_hash: str,
    now: datetime,
    municipality: str | None = None,
    unit: str | None = None,
) -> UserRow:
    """A new account. The caller has looked that the address is free."""
    row = UserRow(
        email=email.strip().casefold(),
        name=name,
        role=role,
        password_hash=password_hash,
        created_at=now,
        municipality=municipality,
        unit=unit,
    )
    session.add(row)
    session.flush()
    return row


def seen(session: Session, user_id: int, now: datetime) -> None:
    """They do something in the console. Written once a minute at most; `now` is business time, which a test's clock may have moved back."""
    stale = or_(UserRow.seen_at.is_(None), UserRow.seen_at <= now - SEEN_EVERY, UserRow.seen_at > now)
    session.execute(update(UserRow).where(UserRow.id == user_id, stale).values(seen_at=now))


def open_session(
    session: Session, token_hash: str, user_id: int, now: datetime, lasts: timedelta, agent: str = ""
) -> None:
    """A browser has signed in; `agent` says which, in words."""
    session.add(
        SessionRow(
            token_hash=token_hash, user_id=user_id, created_at=now, expires_at=now + lasts, agent=agent, seen_at=now
        )
    )


def of_session(session: Session, token_hash: str, now: datetime) -> tuple[UserRow, SessionRow] | None:
    """Who is signed in with this token, and the session; None when it is over or the account was disabled."""
    found = session.execute(
        select(UserRow, SessionRow)
        .join(SessionRow, SessionRow.user_id == UserRow.id)
        .where(SessionRow.token_hash == token_hash, SessionRow.expires_at > now, UserRow.disabled_at.is_(None))
    ).one_or_none()
    return (found[0], found[1]) if found else None


def session_seen(session: Session, token_hash: str, now: datetime) -> None:
    """The browser has asked for something; `now` is real time."""
    session.execute(update(SessionRow).where(SessionRow.token_hash == token_hash).values(seen_at=now))


def sessions_of(session: Session, user_id: int, now: datetime) -> list[SessionRow]:
    """Where somebody is signed in, the latest sign-in first."""
    query = select(SessionRow).where(SessionRow.user_id == user_id, SessionRow.expires_at > now)
    return list(session.scalars(query.order_by(SessionRow.created_at.desc(), SessionRow.token_hash)))


def close_session(session: Session, token_hash: str) -> int | None:
    """The browser has signed out: whose it was; None when there is no such session."""
    gone = session.scalars(
        delete(SessionRow).where(SessionRow.token_hash == token_hash).returning(SessionRow.user_id)
    ).all()
    return next(iter(gone), None)


def close_sessions(session: Session, user_id: int, but: str = "") -> int:
    """Signs somebody out everywhere, but for the session of this token's hash; how many sessions that ended."""
    ended = delete(SessionRow).where(SessionRow.user_id == user_id, SessionRow.token_hash != but)
    return len(session.scalars(ended.returning(SessionRow.token_hash)).all())


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


def audit(
    session: Session,
    now: datetime,
    user_id: int | None,
    act: str,
    case_id: int | None = None,
    detail: str = "",
    about: int | None = None,
) -> None:
    """Who did what, in business time. `detail` holds no personal data; `about` is the account that it was done to."""
    session.add(AuditRow(at=now, user_id=user_id, act=act, case_id=case_id, detail=detail[:200], about_id=about))


def name_of(session: Session, user_id: int | None) -> str | None:
    """A handledare's name; None for nobody."""
    return session.scalar(select(UserRow.name).where(UserRow.id == user_id)) if user_id else None
