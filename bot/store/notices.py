"""What we have written first: each notice goes out once, though processes stop, restart or run side by side. And what we owe: it waits for the day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.store.tables import NoticeRow

_OWED = "owed:"
"""Before the kind of what is still to be said. With it a kind has no more than the column's 24 characters."""


def sent(session: Session, kind: str, abouts: Collection[str]) -> set[str]:
    """Those of `abouts` that have gone out."""
    return set(session.scalars(select(NoticeRow.about).where(NoticeRow.kind == kind, NoticeRow.about.in_(abouts))))


def take(session: Session, kind: str, about: str, now: datetime) -> bool:
    """Whether this transaction may send it. The conversation that it goes to is held by the caller, so two cannot both be first."""
    if sent(session, kind, (about,)):
        return False
    session.add(NoticeRow(kind=kind, about=about, at=now))
    session.flush()
    return True


def owe(session: Session, kind: str, about: str, now: datetime) -> None:
    """This is still to be said, once. It must not be owed already."""
    session.add(NoticeRow(kind=_OWED + kind, about=about, at=now))
    session.flush()


def owed(session: Session, kinds: Iterable[str]) -> list[str]:
    """What of these kinds is still to be said of, the oldest first."""
    query = select(NoticeRow.about).where(NoticeRow.kind.in_([_OWED + kind for kind in kinds]))
    return list(session.scalars(query.order_by(NoticeRow.id)))


def settle(session: Session, kind: str, about: str) -> bool:
    """Whether this was owed; it is no longer. The conversation that it goes to is held by the caller."""
    found = session.scalars(select(NoticeRow).where(NoticeRow.kind == _OWED + kind, NoticeRow.about == about)).first()
    if found is None:
        return False
    session.delete(found)
    session.flush()
    return True


def forget(session: Session, before: datetime) -> None:
    """Drops notices of long ago."""
    session.execute(delete(NoticeRow).where(NoticeRow.at < before))
