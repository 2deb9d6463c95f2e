"""The queue as a handledare sees it, and a cheap sign of whether anything in it has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, func, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Session

from bot.domain.case import OPEN, Reason, Status, Urgency
from bot.services.ports import Clock
from bot.services.viewer import Viewer, seen_by
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import CaseRow, UserRow

MOST_LINES = 200
"""Cases of one list on a page; those that matter most are first."""


class View(StrEnum):
    """The lists that the queue has."""

    WAITING = "waiting"
    MINE = "mine"
    OPEN = "open"
    ANSWERED = "answered"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case without its conversation. `handledare` is the name of who has it (or had it when it was resolved)."""

    id: int
    status: Status
    urgency: Urgency
    reasons: tuple[Reason, ...]
    topic: str | None
    summary: str
    municipality: str | None
    channel: str
    language: str
    address: str | None
    opened_at: datetime
    waiting_since: datetime | None
    resolved_at: datetime | None
    outcome: str | None
    claimed_by: int | None
    handledare: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Queue:
    """One list of cases at the business time `now`, and how many there are in each list."""

    lines: tuple[CaseLine, ...]
    counts: dict[View, int]
    now: datetime


@dataclass(frozen=True, slots=True)
class Pulse:
    """`version` changes whenever what is shown may have changed. `waiting` and `urgent` count cases that nobody has taken."""

    version: str
    waiting: int
    urgent: int


def queue(database: Database, clock: Clock, who: Viewer, view: View) -> Queue:
    """One list: open cases with the most urgent first, then waiting longest; resolved ones with the newest first. Raises DatabaseAway."""
    wanted = _in_turn(select(CaseRow).where(seen_by(who)).limit(MOST_LINES))
    match view:
        case View.RESOLVED:
            wanted = wanted.where(CaseRow.status == Status.RESOLVED).order_by(None)
            wanted = wanted.order_by(CaseRow.resolved_at.desc(), CaseRow.id.desc())
        case View.MINE:
            wanted = wanted.where(CaseRow.status.in_(OPEN), CaseRow.claimed_by == who.user_id)
        case View.OPEN:
            wanted = wanted.where(CaseRow.status.in_(OPEN))
        case View.WAITING | View.ANSWERED:
            wanted = wanted.where(CaseRow.status == view.value)
    with database.reading() as session:
        now = business_time(session, clock())
        return Queue(lines_of(session, session.scalars(wanted).all()), _counts(session, who), now)


def pulse(database: Database, who: Viewer) -> Pulse:
    """A few indexed counts; made to be asked every second. Raises DatabaseAway."""
    grouped = (
        select(CaseRow.status, CaseRow.urgency, func.count(), func.sum(CaseRow.version), func.max(CaseRow.id))
        .where(CaseRow.status.in_(OPEN), seen_by(who))
        .group_by(CaseRow.status, CaseRow.urgency)
        .order_by(CaseRow.status, CaseRow.urgency)
    )
    with database.reading() as session:
        rows = session.execute(grouped).all()
    waiting = [(urgency, number) for status, urgency, number, _, _ in rows if status == Status.WAITING]
    return Pulse(
        version=";".join(
            f"{status}.{urgency}.{number}.{total}.{last}" for status, urgency, number, total, last in rows
        ),
        waiting=sum(number for _, number in waiting),
        urgent=sum(number for urgency, number in waiting if urgency != Urgency.NORMAL),
    )


def names(session: Session) -> dict[int, str]:
    """Every account's name by id; an installation has tens of them."""
    return dict(session.execute(select(UserRow.id, UserRow.name)).all())


def lines_of(session: Session, rows: Sequence[CaseRow]) -> tuple[CaseLine, ...]:
    """The rows with names instead of numbers."""
    who = names(session) if rows else {}
    return tuple(
        CaseLine(
            id=row.id,
            status=Status(row.status),
            urgency=Urgency(row.urgency),
            reasons=tuple(Reason(reason) for reason in row.reasons),
            topic=row.topic,
            summary=row.summary,
            municipality=row.municipality,
            channel=row.channel,
            language=row.language,
            address=row.address,
            opened_at=row.opened_at,
            waiting_since=row.waiting_since,
            resolved_at=row.resolved_at,
            outcome=row.outcome,
            claimed_by=row.claimed_by,
            handledare=who.get(row.claimed_by) if row.claimed_by else None,
            version=row.version,
        )
        for row in rows
    )


def _in_turn(query: Select[CaseRow]) -> Select[CaseRow]:
    rank = sql_case({Urgency.CRITICAL: 0, Urgency.HIGH: 1, Urgency.NORMAL: 2}, value=CaseRow.urgency, else_=3)
    return query.order_by(rank, func.coalesce(CaseRow.waiting_since, CaseRow.opened_at), CaseRow.id)


def _counts(session: Session, who: Viewer) -> dict[View, int]:
    by_status = select(CaseRow.status, func.count()).where(seen_by(who)).group_by(CaseRow.status)
    number = dict(session.execute(by_status).all())
    mine = select(func.count()).where(CaseRow.status.in_(OPEN), CaseRow.claimed_by == who.user_id, seen_by(who))
    return {
        View.WAITING: number.get(Status.WAITING, 0),
        View.MINE: session.scalar(mine) or 0,
        View.OPEN: sum(number.get(status, 0) for status in OPEN),
        View.ANSWERED: number.get(Status.ANSWERED, 0),
        View.RESOLVED: number.get(Status.RESOLVED, 0),
    }
