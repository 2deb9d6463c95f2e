"""Reading the audit log, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from bot.store import accounts
from bot.store.tables import AuditRow, CaseRow, UserRow


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; None is everything. `since` and `until` (not included) are business time."""

    person: int | None = None
    case: int | None = None
    act: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def rows(
    session: Session,
    wanted: Wanted,
    where: accounts.Where,
    cases: ColumnElement[bool],
    most: int,
    before: int | None = None,
    after: int | None = None,
) -> Sequence[AuditRow]:
    """At most that many rows, newest first: what was done by or to accounts of `where`, or with `cases`. `before` or `after` the row of that id."""
    query = select(AuditRow).where(_seen(where, cases), *_as_wanted(wanted)).limit(most)
    if after is not None:
        return session.scalars(query.where(AuditRow.id > after).order_by(AuditRow.id)).all()[::-1]
    if before is not None:
        query = query.where(AuditRow.id < before)
    return session.scalars(query.order_by(AuditRow.id.desc())).all()


def _seen(where: accounts.Where, cases: ColumnElement[bool]) -> ColumnElement[bool]:
    if not where[0]:
        return true()
    people = select(UserRow.id).where(accounts.within(where))
    return or_(
        AuditRow.user_id.in_(people),
        AuditRow.about_id.in_(people),
        AuditRow.case_id.in_(select(CaseRow.id).where(cases)),
    )


def _as_wanted(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.person is not None:
        found.append((AuditRow.user_id == wanted.person) | (AuditRow.about_id == wanted.person))
    if wanted.case is not None:
        found.append(AuditRow.case_id == wanted.case)
    if wanted.act is not None:
        found.append(AuditRow.act == wanted.act)
    if wanted.since is not None:
        found.append(AuditRow.at >= wanted.since)
    if wanted.until is not None:
        found.append(AuditRow.at < wanted.until)
    return found
