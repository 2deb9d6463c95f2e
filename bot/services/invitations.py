"""Links by which somebody makes an account or chooses a new password. A link is shown once to whoever made it, and works once; only a hash of its
token is stored. Its time runs in business time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.domain.account import LONGEST_NAME, LONGEST_SHOWN, Standing, may_manage
from bot.services import brake
from bot.services.accounts import AccountDesk, AccountNotFound, AccountRefusal, is_email, standing
from bot.services.brake import digest
from bot.services.passwords import chosen
from bot.services.ports import Clock
from bot.services.sign_in import CodeWanted, begin, stamp_of
from bot.store import accounts, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import InvitationRow, UserRow

INVITATION_LASTS = timedelta(days=7)
PASSWORD_LINK_LASTS = timedelta(hours=24)
_SHOWN_AFTER = timedelta(days=30)
"""How long a link that is too old stays in the list, for somebody to notice."""


class LinkOver(Exception):
    """The link is used, withdrawn, too old, or never was."""


class NameWanted(ValueError):
    """There is no name to call them by."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new link: its token, to be shown this once, whom it is for, and until when."""

    token: str
    email: str
    until: datetime


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that somebody has followed. `name` is set when it is for a new password."""

    email: str
    role: str
    municipality: str | None
    unit: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link to a new account that nobody has used yet."""

    id: int
    email: str
    role: str
    municipality: str | None
    unit: str | None
    made_by: str | None
    made_at: datetime
    until: datetime
    over: bool


class InvitationDesk:
    """For those who look after accounts. Everything raises DatabaseAway."""

    def __init__(self, database: Database, clock: Clock, desk: AccountDesk) -> None:
        self._database = database
        self._clock = clock
        self._desk = desk

    def invite(self, actor: UserRow, email: str, role: str, municipality: str | None, unit: str | None) -> Made:
        """A link to a new account. An earlier one for the same address counts no more. Raises AccountRefusal."""
        email = email.strip().casefold()
        if not is_email(email):
            raise AccountRefusal("email")
        with self._database.writing() as session:
            by = session.get_one(UserRow, actor.id)
            self._desk.may_give(by, role, municipality, unit)
            if users.by_email(session, email):
                raise AccountRefusal("exists")
            now = business_time(session, self._clock())
            accounts.withdraw(session, email, now)
            row = _row(email, Standing(role, municipality, unit), by.id, now, INVITATION_LASTS)
            token = _put(session, row)
            users.audit(session, now, by.id, "invite", detail=f"invitation:{row.id} {role}")
        return Made(token, email, row.expires_at)

    def password_link(self, actor: UserRow, user_id: int) -> Made:
        """A link to a new password for somebody. Their password works until they choose another. Raises AccountNotFound, AccountRefusal."""
        with self._desk.managing(actor, user_id) as held:
            if held.user.disabled_at:
                raise AccountRefusal("disabled")
            made = password_link(held.session, held.user, held.actor.id, held.now)
            held.note("password_link")
        return made

    def waiting(self, actor: UserRow) -> list[LinkLine]:
        """Links to new accounts that are out, of accounts that `actor` could look after."""
        with self._database.reading() as session:
            now = business_time(session, self._clock())
            rows = [
                row
                for row in accounts.open_links(session)
                if now < row.expires_at + _SHOWN_AFTER and self._mine(actor, row)
            ]
            return [
                LinkLine(
                    row.id, row.email, row.role, row.municipality, row.unit, users.name_of(session, row.made_by), row.made_at, row.expires_at,
                    row.expires_at <= now,
                )
                for row in rows
            ]  # fmt: skip

    def withdraw(self, actor: UserRow, link_id: int) -> None:
        """The link works no more; harmless when it did not. Raises AccountNotFound."""
        with self._database.writing() as session:
            row = session.get(InvitationRow, link_id, with_for_update=True)
            if row is None or row.user_id is not None or not self._mine(session.get_one(UserRow, actor.id), row):
                raise AccountNotFound
            if row.used_at or row.withdrawn_at:
                return
            now = business_time(session, self._clock())
            row.withdrawn_at = now
            users.audit(session, now, actor.id, "invite_withdraw", detail=f"invitation:{row.id}")

    def _mine(self, actor: UserRow, row: InvitationRow) -> bool:
        return may_manage(standing(actor, self._desk.organisation()), Standing(row.role, row.municipality, row.unit))


def password_link(session: Session, user: UserRow, made_by: int | None, now: datetime) -> Made:
    """Within a transaction: a link to a new password for this account; earlier ones count no more."""
    accounts.withdraw(session, user.email, now)
    row = _row(user.email, Standing(user.role, user.municipality, user.unit), made_by, now, PASSWORD_LINK_LASTS)
    row.user_id = user.id
    return Made(_put(session, row), user.email, row.expires_at)


def follow(database: Database, clock: Clock, token: str) -> OpenLink:
    """What the link is for. Raises LinkOver, DatabaseAway."""
    with database.reading() as session:
        row, user = _open(session, token, business_time(session, clock()))
        return OpenLink(row.email, row.role, row.municipality, row.unit, user.name if user else None)


def accept(
    database: Database, clock: Clock, token: str, name: str, shown_as: str, password: str, agent: str = ""
) -> str:
    """Makes the account and signs in, or sets the new password and signs in: the token of a new session.

    Raises LinkOver, NameWanted, PasswordFault, CodeWanted (the new password is set, and the account has a code too), DatabaseAway.
    """
    real = clock()
    with database.reading() as session:
        row, _ = _open(session, token, business_time(session, real))
    stored = chosen(password, row.email)
    with database.writing() as session:
        now = business_time(session, real)
        row, user = _open(session, token, now, lock=True)
        row.used_at = now
        if user is None:
            if not names(name):
                raise NameWanted
            if users.by_email(session, row.email):
                raise LinkOver
            user = users.add(
                session, row.email, names(name)[:LONGEST_NAME], row.role, stored, now, row.municipality, row.unit
            )
            user.shown_as = names(shown_as)[:LONGEST_SHOWN]
            users.audit(session, now, user.id, "account_join", detail=f"invitation:{row.id}", about=user.id)
        else:
            user.password_hash = stored
            users.close_sessions(session, user.id)
            users.forget_failures(session, brake.passwords_of(user.email).key)
            users.audit(session, now, user.id, "password_reset", about=user.id)
        if not user.totp_secret:
            return begin(session, user.id, real, agent)
    raise CodeWanted(user.id, stamp_of(user))


def names(text: str) -> str:
    """A name as it is kept: one line, without what cannot be seen."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def _open(session: Session, token: str, now: datetime, lock: bool = False) -> tuple[InvitationRow, UserRow | None]:
    row = accounts.link(session, digest(token), lock)
    if row is None or row.used_at or row.withdrawn_at or row.expires_at <= now:
        raise LinkOver
    user = session.get(UserRow, row.user_id, with_for_update=lock) if row.user_id else None
    if user is not None and user.disabled_at:
        raise LinkOver
    return row, user


def _row(email: str, what: Standing, made_by: int | None, now: datetime, lasts: timedelta) -> InvitationRow:
    return InvitationRow(
        email=email,
        role=what.role,
        municipality=what.municipality,
        unit=what.unit,
        made_by=made_by,
        made_at=now,
        expires_at=now + lasts,
    )


def _put(session: Session, row: InvitationRow) -> str:
    token = secrets.token_urlsafe(32)
    row.token_hash = digest(token)
    session.add(row)
    session.flush()
    return token
