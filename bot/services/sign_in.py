"""Console accounts: passwords, sign-in with a brake on guessing, sessions."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.services.ports import Clock
from bot.store import users
from bot.store.database import Database
from bot.store.tables import UserRow

ROLES = ("handledare", "samordnare", "admin", "reader")
SESSION_LASTS = timedelta(hours=12)
"""A working day; then one signs in again."""
SHORTEST_PASSWORD = 12
"""NIST SP 800-63B asks for length, not for kinds of characters."""
TRIES = 5
TRIES_WITHIN = timedelta(minutes=15)

_hasher = PasswordHasher()
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$2ZQ8bZSkpv2mwHmEQZ7bUnRSV1WkSgGJSNoXK5Xk3xM"
"""Verified against when the account does not exist, so that the answer takes as long."""


class TooManyTries(Exception):
    """Too many failed sign-ins under this account or from this address; wait a quarter of an hour."""


class WrongPassword(Exception):
    """No such account and password."""


class AccountFault(ValueError):
    """The account cannot be made as asked; the message says why."""


def add_user(database: Database, clock: Clock, email: str, role: str, password: str, name: str = "", municipality: str | None = None, unit: str | None = None) -> int:
    """Makes an account. Raises AccountFault."""
    if role not in ROLES:
        raise AccountFault(f"{role!r} is no role; choose one of {', '.join(ROLES)}")
    if "@" not in email.strip("@ "):
        raise AccountFault(f"{email!r} is no e-mail address")
    if len(password) < SHORTEST_PASSWORD:
        raise AccountFault(f"the password must have at least {SHORTEST_PASSWORD} characters")
    with database.writing() as session:
        if users.by_email(session, email):
            raise AccountFault(f"there is already an account for {email}")
        shown = name or email.partition("@")[0].replace(".", " ").title()
        return users.add(session, email, shown, role, _hasher.hash(password), clock(), municipality, unit).id


def sign_in(database: Database, clock: Clock, email: str, password: str, network: str) -> str:
    """The token of a new session. Raises TooManyTries, WrongPassword, DatabaseAway."""
    now = clock()
    keys = [_hash(f"account:{email.strip().casefold()}"), _hash(f"network:{network}")]
    with database.reading() as session:
        if any(users.failed_since(session, key, now - TRIES_WITHIN) >= TRIES * (1 + 3 * i) for i, key in enumerate(keys)):
            raise TooManyTries
        user = users.by_email(session, email)
    if not _right(user, password) or user is None or user.disabled_at:
        with database.writing() as session:
            for key in keys:
                users.note_failure(session, key, now)
        raise WrongPassword
    token = secrets.token_urlsafe(32)
    with database.writing() as session:
        users.forget_failures(session, keys[0])
        users.open_session(session, _hash(token), user.id, now, SESSION_LASTS)
        users.audit(session, now, user.id, "sign_in")
    return token


def signed_in(database: Database, clock: Clock, token: str) -> UserRow | None:
    """Who holds this token."""
    if not token:
        return None
    with database.reading() as session:
        return users.user_of_session(session, _hash(token), clock())


def sign_out(database: Database, token: str) -> None:
    """Ends the session."""
    with database.writing() as session:
        users.close_session(session, _hash(token))


def _right(user: UserRow | None, password: str) -> bool:
    try:
        _hasher.verify(user.password_hash if user else _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return user is not None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
