"""What residents wished for and thought of the help, for those who plan it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.services.ports import Clock
from bot.services.viewer import Viewer
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import RemarkRow

MOST_REMARKS = 200


@dataclass(frozen=True, slots=True)
class Remark:
    """A wish or an opinion (`kind` is wish or feedback)."""

    at: datetime
    kind: str
    municipality: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Remarks:
    """The newest remarks first, at the business time `now`."""

    remarks: tuple[Remark, ...]
    now: datetime


def remarks(database: Database, clock: Clock, who: Viewer) -> Remarks:
    """The remarks of the viewer's municipalities and of none. Raises DatabaseAway."""
    query = select(RemarkRow).order_by(RemarkRow.at.desc(), RemarkRow.id.desc()).limit(MOST_REMARKS)
    if who.municipalities:
        query = query.where(RemarkRow.municipality.in_(who.municipalities) | RemarkRow.municipality.is_(None))
    with database.reading() as session:
        found = tuple(Remark(row.at, row.kind, row.municipality, row.text) for row in session.scalars(query))
        return Remarks(found, business_time(session, clock()))
