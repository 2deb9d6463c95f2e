"""Keeps the places of the database: fills them in from config/places at start, and lets each process follow what the console changes.

What was edited in the console wins: the file is not asked about that place again. A place that left the files leaves the database too, unless the
console has edited it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from bot.domain.opening_hours import STOCKHOLM
from bot.domain.place import Place
from bot.engine.world import World
from bot.place_documents import Document, DocumentUnreadable, document_of, place_of
from bot.services.ports import Clock
from bot.store import places
from bot.store.clock import business_time
from bot.store.database import Database, DatabaseAway
from bot.store.tables import PlaceRow

LOOK_EVERY = timedelta(seconds=2)
"""An edit in another process counts at the latest after this; in its own at once."""

_log = structlog.get_logger(__name__)


def keep_places(database: Database, configured: Iterable[Place], clock: Clock) -> int:
    """Makes the database follow the files; how many places were changed. Safe to run in several processes at once."""
    wanted = {place.id: (place.municipality, document_of(place)) for place in configured}
    with database.reading() as session:
        known = {row.id: row for row in places.listed(session)}
    missing = [place_id for place_id in wanted if place_id not in known]
    stale = [row.id for row in known.values() if _is_stale(row, wanted)]
    done = 0
    for place_id in (*missing, *stale):
        with database.writing() as session:
            done += _follow_file(session, place_id, wanted, business_time(session, clock()))
    return done


def _is_stale(row: PlaceRow, wanted: Mapping[str, tuple[str, Document]]) -> bool:
    if row.origin != places.CONFIG:
        return False
    if row.id not in wanted:
        return row.removed_at is None
    return row.removed_at is not None or (row.municipality, row.document) != wanted[row.id]


def _follow_file(session: Session, place_id: str, wanted: Mapping[str, tuple[str, Document]], now: datetime) -> bool:
    row = places.locked(session, place_id)
    if row is None:
        return places.add(session, place_id, *wanted[place_id], places.CONFIG, now)
    if not _is_stale(row, wanted):
        return False
    if place_id not in wanted:
        places.remove(row, places.CONFIG, now)
        return True
    row.municipality, document = wanted[place_id]
    row.removed_at = None
    places.change(row, document, places.CONFIG, now)
    return True


def place_of_row(row: PlaceRow) -> Place:
    """The place; a removed one ended the day before, so that it is never named as help but courses still know it. Raises DocumentUnreadable."""
    place = place_of(row.document, row.municipality)
    if row.removed_at is None:
        return place
    last = row.removed_at.astimezone(STOCKHOLM).date() - timedelta(days=1)
    return replace(place, valid_to=min(last, place.valid_to or last))


class CurrentWorld:
    """The world with the places as the database has them now; call it for each turn. Until they can be read, those of the configuration count.

    Without `samples` a sample place is left out, whoever put it there.
    """

    def __init__(
        self, database: Database, world: World, clock: Clock, samples: bool = True, look_every: timedelta = LOOK_EVERY
    ) -> None:
        self._database = database
        self._world = world
        self._clock = clock
        self._samples = samples
        self._look_every = look_every
        self._lock = threading.Lock()
        self._sign: places.Sign | None = None
        self._looked_at = datetime.min.replace(tzinfo=UTC)

    def __call__(self) -> World:
        """One thread looks; the others go on with what is known."""
        if abs(self._clock() - self._looked_at) >= self._look_every and self._lock.acquire(blocking=self._sign is None):
            try:
                if abs(self._clock() - self._looked_at) >= self._look_every:
                    self._looked_at = self._clock()
                    self._look()
            finally:
                self._lock.release()
        return self._world

    def look_again(self) -> None:
        """Something was changed just now: the next call looks."""
        self._looked_at = datetime.min.replace(tzinfo=UTC)

    def _look(self) -> None:
        try:
            with self._database.reading() as session:
                sign = places.sign(session)
                if sign == self._sign:
                    return
                rows = places.listed(session)
        except (DatabaseAway, ProgrammingError) as error:  # the second: PostgreSQL without our tables
            _log.warning("places not read; those known before count", error=type(error).__name__)
            return
        self._sign = sign
        if rows:
            self._world = replace(
                self._world, places=tuple(place for place in _readable(rows) if self._samples or not place.sample)
            )


def _readable(rows: Iterable[PlaceRow]) -> Iterable[Place]:
    for row in rows:
        try:
            yield place_of_row(row)
        except DocumentUnreadable as unreadable:
            _log.error(
                "a place cannot be read and is left out",
                place=row.id,
                faults=[str(fault) for fault in unreadable.faults],
            )


def samples_of_the_console(database: Database) -> list[str]:
    """Ids of sample places that the console keeps, which no file can replace; empty where there is no table yet, or no database."""
    try:
        with database.reading() as session:
            rows = places.listed(session)
    except (DatabaseAway, ProgrammingError):
        return []
    return [
        row.id for row in rows if row.origin == places.CONSOLE and row.removed_at is None and row.document.get("sample")
    ]
