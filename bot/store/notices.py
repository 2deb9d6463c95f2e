"""What we have written first: each notice goes out once, though processes stop, restart or run side by side."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.store.tables import NoticeRow


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


def forget(session: Session, before: datetime) -> None:
    """Drops notices of long ago."""
    session.execute(delete(NoticeRow).where(NoticeRow.at < before))
