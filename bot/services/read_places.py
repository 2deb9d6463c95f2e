"""Places for the console's pages: all of them, or one, with what there is to see to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.place import Place
from bot.domain.place_state import HIDING, Concern, concerns
from bot.place_documents import DocumentUnreadable, place_of
from bot.services.edit_places import PlaceNotFound, may_edit
from bot.services.ports import Clock
from bot.services.viewer import Viewer
from bot.store import places, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import CourseRow, PlaceRow


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place as it stands. `place` is as it was written, also when it was removed; `changed_by` is a name."""

    place: Place
    concerns: tuple[Concern, ...]
    removed_at: datetime | None
    changed_at: datetime
    changed_by: str | None
    version: int
    may_edit: bool

    @property
    def shown(self) -> bool:
        """Whether residents may be told of it."""
        return self.removed_at is None and not HIDING & set(self.concerns)


@dataclass(frozen=True, slots=True)
class PlacesPage:
    """Places by municipality and name, removed ones apart, at the business time `now`. `unreadable` are ids of documents that are no places."""

    lines: tuple[PlaceLine, ...]
    removed: tuple[PlaceLine, ...]
    unreadable: tuple[str, ...]
    now: datetime


def places_page(database: Database, clock: Clock, who: Viewer) -> PlacesPage:
    """Every municipality's places: what they say is public. Raises DatabaseAway."""
    with database.reading() as session:
        now = business_time(session, clock())
        lines, unreadable = _lines(session, places.listed(session), who, now)
    lines.sort(key=lambda line: (line.place.municipality, line.place.name, line.place.id))
    there = tuple(line for line in lines if line.removed_at is None)
    return PlacesPage(there, tuple(line for line in lines if line.removed_at and line.may_edit), tuple(unreadable), now)


def courses_to_come(database: Database, clock: Clock, place_id: str) -> int:
    """How many groups are still to meet at the place and are not called off. Raises DatabaseAway."""
    with database.reading() as session:
        now = business_time(session, clock())
        query = select(func.count()).where(
            CourseRow.place == place_id, CourseRow.ends_at > now, CourseRow.cancelled_at.is_(None)
        )
        return session.scalar(query) or 0


def place_page(database: Database, clock: Clock, who: Viewer, place_id: str) -> tuple[PlaceLine, datetime]:
    """One place, and business time. Raises PlaceNotFound, DatabaseAway."""
    with database.reading() as session:
        now = business_time(session, clock())
        row = session.get(PlaceRow, place_id)
        lines, _ = _lines(session, [row] if row else [], who, now)
    if not lines:
        raise PlaceNotFound(place_id)
    return lines[0], now


def _lines(session: Session, rows: Sequence[PlaceRow], who: Viewer, now: datetime) -> tuple[list[PlaceLine], list[str]]:
    lines, unreadable = [], []
    for row in rows:
        try:
            place = place_of(row.document, row.municipality)
        except DocumentUnreadable:
            unreadable.append(row.id)
            continue
        by = users.name_of(session, row.changed_by)
        found = concerns(place, now)
        lines.append(
            PlaceLine(place, found, row.removed_at, row.changed_at, by, row.version, may_edit(who, row.municipality))
        )
    return lines, unreadable
