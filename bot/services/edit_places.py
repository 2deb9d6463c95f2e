"""What a samordnare does with places: add, change, say that all is right, remove, bring back. Each is one transaction with its audit row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.domain.opening_hours import STOCKHOLM
from bot.domain.place_names import fold
from bot.place_documents import Document, document_of, place_of
from bot.services.ports import Clock
from bot.services.viewer import Viewer
from bot.store import places, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import PlaceRow

_LONGEST_ID = 60


class PlaceNotFound(Exception):
    """There is no such place, or whoever asks may not change it."""


class PlaceChanged(Exception):
    """Somebody else changed the place meanwhile; who, is the message (empty when it was the configuration)."""


@dataclass(frozen=True, slots=True)
class PlaceDesk:
    """Where places are edited. `changed` is called after every change, so that this process looks at once."""

    database: Database
    clock: Clock
    changed: Callable[[], None] = lambda: None

    def add(self, who: Viewer, municipality: str, document: Mapping[str, Any]) -> str:
        """A new place; its id, made of its name. Raises PlaceNotFound for another's municipality, DocumentUnreadable, DatabaseAway."""
        _allowed(who, municipality)
        with self.database.writing() as session:
            now = business_time(session, self.clock())
            for place_id in _ids(municipality, str(document.get("name", ""))):
                made = _checked({**document, "id": place_id}, municipality)
                if places.add(session, place_id, municipality, made, places.CONSOLE, now, who.user_id):
                    break
            users.audit(session, now, who.user_id, "place_add", detail=place_id)
        self.changed()
        return place_id

    def change(self, who: Viewer, place_id: str, municipality: str, document: Mapping[str, Any], version: int) -> None:
        """Puts `document` in the place's stead; its id stays. `version` is the one that was seen.

        Nothing is written when nothing differs. Raises PlaceNotFound, PlaceChanged, DocumentUnreadable, DatabaseAway.
        """
        _allowed(who, municipality)
        with self._held(who, place_id) as (session, row, now):
            made = _checked({**document, "id": place_id}, municipality)
            if (row.document, row.municipality) == (made, municipality):
                return
            if row.version != version:
                raise PlaceChanged(users.name_of(session, row.changed_by) or "")
            fields = sorted(key for key in {*made, *row.document} if made.get(key) != row.document.get(key))
            row.municipality = municipality
            places.change(row, made, places.CONSOLE, now, who.user_id)
            users.audit(session, now, who.user_id, "place_change", detail=f"{place_id}: {', '.join(fields)}")
        self.changed()

    def verify(self, who: Viewer, place_id: str, by: str) -> None:
        """Everything about the place was made sure of today, by the role or unit `by`. Raises PlaceNotFound, DatabaseAway."""
        with self._held(who, place_id) as (session, row, now):
            today = now.astimezone(STOCKHOLM).date().isoformat()
            document = {key: value for key, value in row.document.items() if key != "sample"}
            made = _checked({**document, "verified_at": today, "verified_by": by}, row.municipality)
            if made == row.document:
                return
            places.change(row, made, places.CONSOLE, now, who.user_id)
            users.audit(session, now, who.user_id, "place_verify", detail=place_id)
        self.changed()

    def remove(self, who: Viewer, place_id: str) -> None:
        """Takes the place away from residents. Raises PlaceNotFound, DatabaseAway."""
        with self._held(who, place_id) as (session, row, now):
            if row.removed_at is not None:
                return
            places.remove(row, places.CONSOLE, now, who.user_id)
            users.audit(session, now, who.user_id, "place_remove", detail=place_id)
        self.changed()

    def restore(self, who: Viewer, place_id: str) -> None:
        """Brings a removed place back. Raises PlaceNotFound, DatabaseAway."""
        with self._held(who, place_id) as (session, row, now):
            if row.removed_at is None:
                return
            places.restore(row, now, who.user_id)
            users.audit(session, now, who.user_id, "place_restore", detail=place_id)
        self.changed()

    @contextmanager
    def _held(self, who: Viewer, place_id: str) -> Iterator[tuple[Session, PlaceRow, datetime]]:
        with self.database.writing() as session:
            row = places.locked(session, place_id)
            if row is None:
                raise PlaceNotFound(place_id)
            _allowed(who, row.municipality)
            yield session, row, business_time(session, self.clock())


def may_edit(who: Viewer, municipality: str) -> bool:
    """Whether the place belongs to whoever looks; their role is the page's business."""
    return not who.municipalities or municipality in who.municipalities


def _allowed(who: Viewer, municipality: str) -> None:
    if not may_edit(who, municipality):
        raise PlaceNotFound(municipality)


def _checked(document: Mapping[str, Any], municipality: str) -> Document:
    """The same place always has the same document. Raises DocumentUnreadable."""
    return document_of(place_of(document, municipality))


def _ids(municipality: str, name: str) -> Iterator[str]:
    """ "kalmar-stadsbibliotek" for Kalmar stadsbibliotek in Kalmar, then the same with a number."""
    words = fold(f"{municipality} {name}").split()
    short = [word for at, word in enumerate(words) if word not in words[:at]]
    base = re.sub(r"[^a-z0-9-]", "", "-".join(short))[:_LONGEST_ID].strip("-") or "plats"
    yield base
    for number in range(2, 1000):
        yield f"{base}-{number}"
