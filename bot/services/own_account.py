"""What somebody does with their own account: name, password, and where they are signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.account import LONGEST_NAME, LONGEST_SHOWN
from bot.services.brake import digest
from bot.services.invitations import NameWanted, names
from bot.services.passwords import chosen
from bot.services.ports import Clock
from bot.services.sign_in_codes import check_password
from bot.store import users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import UserRow


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A browser that is signed in. `key` names it in forms; times are real time; `here` is the one that asks."""

    key: str
    agent: str
    since: datetime
    seen_at: datetime | None
    here: bool


def rename(database: Database, clock: Clock, user_id: int, name: str, shown_as: str) -> None:
    """How colleagues and how residents see one. Raises NameWanted, DatabaseAway."""
    if not names(name):
        raise NameWanted
    with database.writing() as session:
        user = session.get_one(UserRow, user_id, with_for_update=True)
        user.name, user.shown_as = names(name)[:LONGEST_NAME], names(shown_as)[:LONGEST_SHOWN]
        users.audit(session, business_time(session, clock()), user_id, "account_rename", about=user_id)


def change_password(database: Database, clock: Clock, user_id: int, token: str, old: str, new: str) -> None:
    """A new password; every other browser is signed out. Raises WrongPassword, TooManyTries, PasswordFault, DatabaseAway."""
    check_password(database, clock, user_id, old)
    with database.reading() as session:
        email = session.get_one(UserRow, user_id).email
    stored = chosen(new, email)
    with database.writing() as session:
        session.get_one(UserRow, user_id, with_for_update=True).password_hash = stored
        users.close_sessions(session, user_id, but=digest(token))
        users.audit(session, business_time(session, clock()), user_id, "password_change", about=user_id)


def sessions(database: Database, clock: Clock, user_id: int, token: str) -> list[SessionLine]:
    """Where somebody is signed in, this browser first. Raises DatabaseAway."""
    with database.reading() as session:
        rows = users.sessions_of(session, user_id, clock())
    lines = [
        SessionLine(_key(row.token_hash), row.agent, row.created_at, row.seen_at, row.token_hash == digest(token))
        for row in rows
    ]
    return sorted(lines, key=lambda line: not line.here)


def end_session(database: Database, clock: Clock, user_id: int, key: str) -> None:
    """Signs one browser out; harmless when it was. Raises DatabaseAway."""
    with database.writing() as session:
        for row in users.sessions_of(session, user_id, clock()):
            if _key(row.token_hash) == key and users.close_session(session, row.token_hash):
                users.audit(session, business_time(session, clock()), user_id, "session_end", about=user_id)


def end_others(database: Database, clock: Clock, user_id: int, token: str) -> None:
    """Signs every other browser out. Raises DatabaseAway."""
    with database.writing() as session:
        if users.close_sessions(session, user_id, but=digest(token)):
            users.audit(session, business_time(session, clock()), user_id, "sessions_end", about=user_id)


def _key(token_hash: str) -> str:
    """A page must not hold what is stored."""
    return digest(token_hash)[:16]
