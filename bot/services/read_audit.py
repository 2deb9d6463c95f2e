"""Who saw and did what (loggkontroll): a samordnare reads it for the accounts and cases of their own municipality and unit, an administrator likewise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.duty import Organisation
from bot.services.accounts import reach
from bot.services.ports import Clock
from bot.services.viewer import seen_by, viewer
from bot.store import accounts, audit_log, users
from bot.store.audit_log import Wanted
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import AuditRow, UserRow

ON_PAGE = 50
MOST_EXPORTED = 50_000
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One act. `who` None: nobody who was signed in (the system, a command, a failed sign-in). `about` is whose account it was done to, if another's."""

    id: int
    at: datetime
    who: str | None
    act: str
    case_id: int | None
    detail: str
    about: str | None


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A page of the log. `newer` and `older` are ids to go on from, None at the ends; `people` may be chosen from."""

    entries: tuple[Entry, ...]
    newer: int | None
    older: int | None
    people: tuple[tuple[int, str], ...]
    now: datetime


def audit_page(
    database: Database,
    clock: Clock,
    organisation: Organisation,
    user: UserRow,
    wanted: Wanted,
    before: int | None = None,
    after: int | None = None,
) -> AuditPage:
    """A page of what `user` may see. Raises DatabaseAway."""
    where, cases = reach(user, organisation), seen_by(viewer(user, organisation))
    with database.reading() as session:
        found = list(audit_log.rows(session, wanted, where, cases, ON_PAGE + 1, before, after))
        more = len(found) > ON_PAGE
        found = found[1:] if more and after is not None else found[:ON_PAGE]
        newer = found[0].id if found and (before is not None or (after is not None and more)) else None
        older = found[-1].id if found and (more if after is None else True) else None
        people = tuple((row.id, row.name) for row in accounts.listed(session, where))
        return AuditPage(_entries(session, found), newer, older, people, business_time(session, clock()))


def export(database: Database, clock: Clock, organisation: Organisation, user: UserRow, wanted: Wanted) -> list[Entry]:
    """The newest MOST_EXPORTED entries of what `user` may see; that they were taken out is in the log too. Raises DatabaseAway."""
    where, cases = reach(user, organisation), seen_by(viewer(user, organisation))
    taken: list[Entry] = []
    while len(taken) < MOST_EXPORTED:
        with database.reading() as session:
            found = audit_log.rows(session, wanted, where, cases, _AT_ONCE, taken[-1].id if taken else None)
            taken += _entries(session, list(found))
        if len(found) < _AT_ONCE:
            break
    taken = taken[:MOST_EXPORTED]
    with database.writing() as session:
        users.audit(session, business_time(session, clock()), user.id, "export", detail=f"audit: {len(taken)}")
    return taken


def _entries(session: Session, rows: list[AuditRow]) -> tuple[Entry, ...]:
    about = {row.id: row.about_id or _named(row.detail) for row in rows}
    ids = {row.user_id for row in rows} | set(about.values())
    names = {
        row.id: row.name
        for row in session.execute(select(UserRow.id, UserRow.name).where(UserRow.id.in_(ids - {None})))
    }
    return tuple(
        Entry(
            row.id, row.at, names.get(row.user_id or 0), row.act, row.case_id, row.detail,
            names.get(about[row.id] or 0) if about[row.id] != row.user_id else None,
        )
        for row in rows
    )  # fmt: skip


def _named(detail: str) -> int | None:
    """The account that a detail such as "user:7" names."""
    kind, _, number = detail.partition(":")
    return int(number) if kind == "user" and number.isdecimal() else None
