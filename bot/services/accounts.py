"""Looking after accounts: who may sign in, as what and where. Who does it is looked at again within each change, since they may have been changed
themselves meanwhile. Nobody changes their own account here, so an administrator is always left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.account import ROLES, Standing, gives, may_manage, reaches
from bot.domain.duty import Organisation
from bot.domain.password import SHORTEST
from bot.services import sign_in_codes
from bot.services.passwords import hashed
from bot.services.ports import Clock
from bot.store import accounts, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import UserRow


class AccountFault(ValueError):
    """The account cannot be made or changed as asked; the message says why."""


class AccountNotFound(Exception):
    """There is no such account, or none that this person may see."""


class AccountRefusal(Exception):
    """It may not be done; `why` is self, reach, exists, email, where or disabled."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account in the list. `seen_at` and `disabled_at` are business time; `mine` is the viewer's own."""

    id: int
    email: str
    name: str
    shown_as: str
    role: str
    municipality: str | None
    unit: str | None
    seen_at: datetime | None
    has_code: bool
    disabled_at: datetime | None
    mine: bool
    may_manage: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What a change works with: who does it, to whom, within which transaction. `now` is business time."""

    session: Session
    now: datetime
    actor: UserRow
    user: UserRow

    def note(self, act: str, detail: str = "") -> None:
        users.audit(self.session, self.now, self.actor.id, act, detail=detail, about=self.user.id)


def add_user(
    database: Database,
    clock: Clock,
    email: str,
    role: str,
    password: str,
    name: str = "",
    municipality: str | None = None,
    unit: str | None = None,
) -> int:
    """Makes an account, as whoever runs Lotsen does. Raises AccountFault."""
    if role not in ROLES:
        raise AccountFault(f"{role!r} is no role; choose one of {', '.join(ROLES)}")
    if not is_email(email):
        raise AccountFault(f"{email!r} is no e-mail address")
    if len(password) < SHORTEST:
        raise AccountFault(f"the password must have at least {SHORTEST} characters")
    with database.writing() as session:
        if users.by_email(session, email):
            raise AccountFault(f"there is already an account for {email}")
        now = business_time(session, clock())
        shown = name or email.partition("@")[0].replace(".", " ").title()
        user_id = users.add(session, email, shown, role, hashed(password), now, municipality, unit).id
        users.audit(session, now, None, "account_add", about=user_id)
        return user_id


def is_email(text: str) -> bool:
    """Whether it looks like an e-mail address."""
    return "@" in text.strip("@ ") and len(text) <= 254 and not any(character.isspace() for character in text.strip())


def standing(user: UserRow, organisation: Organisation) -> Standing:
    """What an account is. A municipality may be stored by id or by name."""
    ours = organisation.municipality(user.municipality) if user.municipality else None
    return Standing(user.role, ours.id if ours else user.municipality or None, user.unit or None)


def reach(user: UserRow, organisation: Organisation) -> accounts.Where:
    """Whose accounts somebody may see, for the database."""
    if not user.municipality:
        return (), None
    ours = organisation.municipality(user.municipality)
    names = (user.municipality, ours.id, ours.name) if ours else (user.municipality,)
    return tuple(dict.fromkeys(names)), user.unit or None


class AccountDesk:
    """For those who look after accounts. Everything raises DatabaseAway."""

    def __init__(self, database: Database, clock: Clock, organisation: Callable[[], Organisation]) -> None:
        self._database = database
        self._clock = clock
        self.organisation = organisation

    def listed(self, actor: UserRow) -> tuple[list[AccountLine], datetime]:
        """The accounts that `actor` may see, and business time."""
        with self._database.reading() as session:
            rows = accounts.listed(session, reach(actor, self.organisation()))
            return [self._line(actor, row) for row in rows], business_time(session, self._clock())

    def one(self, actor: UserRow, user_id: int) -> AccountLine:
        """One of them. Raises AccountNotFound."""
        with self._database.reading() as session:
            return self._line(actor, self._seen(actor, session.get(UserRow, user_id)))

    def places(self, actor: UserRow) -> list[tuple[str | None, str | None]]:
        """Where `actor` may put accounts: municipality and unit by id, None for all of them."""
        mine, organisation = standing(actor, self.organisation()), self.organisation()
        everywhere: list[tuple[str | None, str | None]] = [(None, None)]
        for each in organisation.municipalities:
            everywhere += [(each.id, None), *((each.id, unit.id) for unit in each.units)]
        return [(town, unit) for town, unit in everywhere if reaches(mine, Standing("", town, unit))]

    def change(self, actor: UserRow, user_id: int, role: str, municipality: str | None, unit: str | None) -> None:
        """Gives an account another role or place. Raises AccountNotFound, AccountRefusal."""
        with self.managing(actor, user_id) as held:
            self.may_give(held.actor, role, municipality, unit)
            before = standing(held.user, self.organisation())
            after = Standing(role, municipality, unit)
            if before == after:
                return
            held.user.role, held.user.municipality, held.user.unit = role, municipality, unit
            held.note("account_role", f"{_said(before)} -> {_said(after)}")

    def disable(self, actor: UserRow, user_id: int) -> None:
        """The account cannot be used any more; its sessions and links end. Raises AccountNotFound, AccountRefusal."""
        with self.managing(actor, user_id) as held:
            close(held.session, held.user, held.now)
            held.note("account_disable")

    def enable(self, actor: UserRow, user_id: int) -> None:
        """The account can be used again. Raises AccountNotFound, AccountRefusal."""
        with self.managing(actor, user_id) as held:
            held.user.disabled_at = None
            held.note("account_enable")

    def end_sessions(self, actor: UserRow, user_id: int) -> None:
        """Signs somebody out everywhere. Raises AccountNotFound, AccountRefusal."""
        with self.managing(actor, user_id) as held:
            users.close_sessions(held.session, user_id)
            held.note("sessions_end")

    def reset_code(self, actor: UserRow, user_id: int) -> None:
        """The phone with the code is lost. For administrators only: together with a link for a password it is the way into somebody's account.

        Raises AccountNotFound, AccountRefusal.
        """
        with self.managing(actor, user_id) as held:
            if held.actor.role != "admin":
                raise AccountRefusal("reach")
            reset(held.session, held.user)
            held.note("code_reset")

    @contextmanager
    def managing(self, actor: UserRow, user_id: int) -> Iterator[Held]:
        """A change to somebody's account. Raises AccountNotFound, AccountRefusal."""
        if actor.id == user_id:
            raise AccountRefusal("self")
        with self._database.writing() as session:
            rows = accounts.locked(session, (actor.id, user_id))
            by, user = rows.get(actor.id), rows.get(user_id)
            if by is None or by.disabled_at:
                raise AccountRefusal("reach")
            found, organisation = self._seen(by, user), self.organisation()
            if not may_manage(standing(by, organisation), standing(found, organisation)):
                raise AccountRefusal("reach")
            yield Held(session, business_time(session, self._clock()), by, found)

    def may_give(self, actor: UserRow, role: str, municipality: str | None, unit: str | None) -> None:
        """Raises AccountRefusal unless `actor` may make an account that."""
        if role not in gives(actor.role) or (municipality, unit) not in self.places(actor):
            raise AccountRefusal("where")

    def _seen(self, actor: UserRow, user: UserRow | None) -> UserRow:
        organisation = self.organisation()
        if user is None or not reaches(standing(actor, organisation), standing(user, organisation)):
            raise AccountNotFound
        return user

    def _line(self, actor: UserRow, row: UserRow) -> AccountLine:
        organisation = self.organisation()
        mine = row.id == actor.id
        managed = not mine and may_manage(standing(actor, organisation), standing(row, organisation))
        return AccountLine(
            row.id, row.email, row.name, row.shown_as, row.role, row.municipality, row.unit, row.seen_at, bool(row.totp_secret), row.disabled_at,
            mine, managed,
        )  # fmt: skip


def close(session: Session, user: UserRow, now: datetime) -> None:
    """The account cannot be used from `now` (business time) on."""
    user.disabled_at = user.disabled_at or now
    users.close_sessions(session, user.id)
    accounts.withdraw(session, user.email, now)


def reset(session: Session, user: UserRow) -> None:
    """Without a code at sign-in, and signed out everywhere."""
    sign_in_codes.clear(user)
    users.close_sessions(session, user.id)


def _said(what: Standing) -> str:
    return " ".join(filter(None, (what.role, what.municipality, what.unit)))
