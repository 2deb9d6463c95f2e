"""Accounts as somebody who looks after them sees them, and the links that are out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, true, update
from sqlalchemy.orm import Session

from bot.store.tables import InvitationRow, UserRow

Where = tuple[tuple[str, ...], str | None]
"""The names of a municipality (empty: all of them) and a unit (None: all of it)."""


def within(where: Where) -> ColumnElement[bool]:
    """The accounts of that municipality and unit."""
    names, unit = where
    if not names:
        return true()
    ours: ColumnElement[bool] = UserRow.municipality.in_(names)
    return and_(ours, UserRow.unit == unit) if unit else ours


def listed(session: Session, where: Where) -> list[UserRow]:
    """Those who can sign in first, by name."""
    query = (
        select(UserRow)
        .where(within(where))
        .order_by(UserRow.disabled_at.is_not(None), func.lower(UserRow.name), UserRow.id)
    )
    return list(session.scalars(query))


def locked(session: Session, ids: Iterable[int]) -> dict[int, UserRow]:
    """These accounts, locked in the order of their ids, so that two who change each other come one after the other."""
    query = select(UserRow).where(UserRow.id.in_(set(ids))).order_by(UserRow.id).with_for_update()
    return {row.id: row for row in session.scalars(query)}


def other_admins(session: Session, user_id: int) -> int:
    """How many administrators can sign in beside this one. The rows are locked."""
    query = (
        select(UserRow)
        .where(UserRow.role == "admin", UserRow.disabled_at.is_(None))
        .order_by(UserRow.id)
        .with_for_update()
    )
    return sum(row.id != user_id for row in session.scalars(query))


def open_links(session: Session) -> list[InvitationRow]:
    """Links to a new account that are neither used nor withdrawn, the latest first; some may be too old."""
    query = select(InvitationRow).where(
        InvitationRow.user_id.is_(None), InvitationRow.used_at.is_(None), InvitationRow.withdrawn_at.is_(None)
    )
    return list(session.scalars(query.order_by(InvitationRow.id.desc())))


def link(session: Session, token_hash: str, lock: bool = False) -> InvitationRow | None:
    """The link with this token."""
    query = select(InvitationRow).where(InvitationRow.token_hash == token_hash)
    return session.scalar(query.with_for_update() if lock else query)


def withdraw(session: Session, email: str, now: datetime) -> None:
    """No link that was made for this address counts any more."""
    out = (InvitationRow.email == email) & InvitationRow.used_at.is_(None) & InvitationRow.withdrawn_at.is_(None)
    session.execute(update(InvitationRow).where(out).values(withdrawn_at=now))
