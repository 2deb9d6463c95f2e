"""Signing in to the console: a password, then a code where the account has one; sessions."""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.services import brake, sign_in_codes
from bot.services.brake import digest
from bot.services.passwords import WrongPassword, is_right
from bot.services.ports import Clock
from bot.services.sign_in_codes import WrongCode
from bot.store import users
from bot.store.clock import business_time
from bot.store.database import Database, DatabaseAway
from bot.store.tables import UserRow

SESSION_LASTS = timedelta(hours=12)
"""A working day; then one signs in again."""
HALF_LASTS = timedelta(minutes=10)
"""How long the code may be waited for after the password."""


class CodeWanted(Exception):
    """The password is right, and this account has a code too. `stamp` changes with the password."""

    def __init__(self, user_id: int, stamp: str) -> None:
        super().__init__("a code is wanted")
        self.user_id, self.stamp = user_id, stamp


class HalfOver(Exception):
    """The password was right, but something has happened to the account since; begin again."""


def sign_in(database: Database, clock: Clock, email: str, password: str, network: str, agent: str = "") -> str:
    """The token of a new session. Raises CodeWanted, TooManyTries, WrongPassword, DatabaseAway."""
    now = clock()
    guessed = [brake.passwords_of(email), brake.from_network(network)]
    with database.reading() as session:
        brake.check(session, guessed, now)
        user = users.by_email(session, email)
    if not is_right(user.password_hash if user else None, password) or user is None or user.disabled_at:
        with database.writing() as session:
            brake.failed(session, guessed, now)
            if user is not None:
                users.audit(session, business_time(session, now), None, "sign_in_failed", about=user.id)
        raise WrongPassword
    with database.writing() as session:
        users.forget_failures(session, guessed[0].key)
        if not user.totp_secret:
            return begin(session, user.id, now, agent)
    raise CodeWanted(user.id, stamp_of(user))


def give_code(
    database: Database, clock: Clock, user_id: int, stamp: str, code: str, recovery: str, network: str, agent: str = ""
) -> str:
    """The second step, by a code of the app or else a recovery code: the token of a new session. Raises WrongCode, HalfOver, TooManyTries, DatabaseAway."""
    now = clock()
    guessed = [brake.codes_of(user_id), brake.from_network(network)]
    with database.writing() as session:
        user = session.get(UserRow, user_id, with_for_update=True)  # guesses at once come one after the other
        brake.check(session, guessed, now)
        if (
            user is None
            or user.disabled_at
            or not user.totp_secret
            or not secrets.compare_digest(stamp_of(user), stamp)
        ):
            raise HalfOver
        spent = bool(recovery.strip()) and sign_in_codes.spend(user, recovery)
        right = spent or sign_in_codes.take(user, code, now)
        if right:
            users.forget_failures(session, guessed[0].key)
            if spent:
                users.audit(session, business_time(session, now), user.id, "code_spent", about=user.id)
            return begin(session, user.id, now, agent)
        brake.failed(session, guessed, now)
        users.audit(session, business_time(session, now), None, "code_failed", about=user.id)
    raise WrongCode


def begin(session: Session, user_id: int, now: datetime, agent: str) -> str:
    """Opens a session within a transaction; its token. `now` is real time."""
    token = secrets.token_urlsafe(32)
    users.open_session(session, digest(token), user_id, now, SESSION_LASTS, agent)
    users.audit(session, business_time(session, now), user_id, "sign_in")
    return token


def stamp_of(user: UserRow) -> str:
    """Something that changes when the password does, and from which it cannot be had."""
    return digest(user.password_hash)[:16]


def signed_in(database: Database, clock: Clock, token: str) -> UserRow | None:
    """Who holds this token; it is noted once a minute that they are there."""
    if not token:
        return None
    now = clock()
    with database.reading() as session:
        found = users.of_session(session, digest(token), now)
        if found is None:
            return None
        user, row = found
        at = business_time(session, now)
    if not (_lately(row.seen_at, now) and _lately(user.seen_at, at)):
        with suppress(DatabaseAway), database.writing() as session:  # the page can be shown all the same
            users.session_seen(session, row.token_hash, now)
            users.seen(session, user.id, at)
    return user


def sign_out(database: Database, clock: Clock, token: str) -> None:
    """Ends the session."""
    with database.writing() as session:
        user_id = users.close_session(session, digest(token))
        if user_id is not None:
            users.audit(session, business_time(session, clock()), user_id, "sign_out")


def _lately(seen_at: datetime | None, now: datetime) -> bool:
    return seen_at is not None and seen_at <= now < seen_at + users.SEEN_EVERY
