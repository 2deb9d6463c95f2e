"""Places as the database keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.store.tables import PlaceRow

CONFIG, CONSOLE = "config", "console"
"""Where a place was written last: what the console wrote is not taken from the file any more."""

Sign = tuple[int, int]


def sign(session: Session) -> Sign:
    """Differs whenever a place was added or changed: rows are never deleted, and every change makes a version larger by one."""
    count, versions = session.execute(
        select(func.count(), func.coalesce(func.sum(PlaceRow.version), 0)).select_from(PlaceRow)
    ).one()
    return int(count), int(versions)


def listed(session: Session) -> list[PlaceRow]:
    """Every place, removed ones too, by municipality and id."""
    return list(session.scalars(select(PlaceRow).order_by(PlaceRow.municipality, PlaceRow.id)))


def locked(session: Session, place_id: str) -> PlaceRow | None:
    """The place, held until the transaction ends."""
    return session.scalar(
        select(PlaceRow).where(PlaceRow.id == place_id).with_for_update().execution_options(populate_existing=True)
    )


def add(
    session: Session,
    place_id: str,
    municipality: str,
    document: Mapping[str, Any],
    origin: str,
    now: datetime,
    by: int | None = None,
) -> bool:
    """A new place; False when there is one of that id already."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(PlaceRow).values(
        id=place_id,
        municipality=municipality,
        document=dict(document),
        origin=origin,
        changed_at=now,
        changed_by=by,
        version=1,
    )
    return session.scalar(row.on_conflict_do_nothing().returning(PlaceRow.id)) is not None


def change(row: PlaceRow, document: Mapping[str, Any], origin: str, now: datetime, by: int | None = None) -> None:
    """Puts another document in the place's stead. The caller holds the row."""
    row.document = dict(document)
    row.origin = origin
    _touch(row, now, by)


def remove(row: PlaceRow, origin: str, now: datetime, by: int | None = None) -> None:
    """Takes the place away; the row stays, so that courses and bookings still know its name."""
    row.removed_at = now
    row.origin = origin
    _touch(row, now, by)


def restore(row: PlaceRow, now: datetime, by: int | None = None) -> None:
    """Brings a removed place back as it was."""
    row.removed_at = None
    _touch(row, now, by)


def _touch(row: PlaceRow, now: datetime, by: int | None) -> None:
    row.changed_at, row.changed_by = now, by
    row.version += 1
