"""The queue as a handledare sees it, and a cheap sign of whether anything in it has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from hashlib import blake2b
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, func, literal, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Session

from bot.domain.case import OPEN, Reason, Status, Urgency
from bot.services.ports import Clock
from bot.services.queue_filter import Filter
from bot.services.viewer import Viewer, seen_by
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import CaseRow, UserRow

PAGE = 50
"""Cases on one page of a list; those that matter most are first."""
COUNTED = 1000
"""Resolved cases are counted so far and no further: how many thousands there are helps nobody, and counting them takes its time."""
EVERYBODYS_ALARM = 3
"""From this level of alarm on every screen says that somebody has waited too long (bot/store/tables/cases.py)."""


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
    unit: str | None = None
    person_name: str | None = None
    helped: str = ""
    alarm: int = 0
    """How many have been reminded that it waits: 1 the team, 2 the samordnare, 3 everyone."""


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of a list at the business time `now`, and how many cases there are in each list that the filter lets through.

    `more` tells whether there is a page after this one. `topics`, `channels` and `languages` are those of all open cases that may be seen.
    """

    lines: tuple[CaseLine, ...]
    counts: dict[View, int]
    now: datetime
    page: int = 1
    more: bool = False
    topics: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pulse:
    """`version` changes whenever what is shown may have changed. `waiting` and `urgent` count cases that nobody has taken; `newest_urgent` is the
    newest of the urgent ones, or 0. `alarmed` counts the open cases that everybody has been reminded of."""

    version: str
    waiting: int
    urgent: int
    newest_urgent: int = 0
    alarmed: int = 0


def queue(database: Database, clock: Clock, who: Viewer, view: View, wanted: Filter = Filter(), page: int = 1) -> Queue:
    """One page of a list: open cases with the most urgent first, then waiting longest; resolved ones with the newest first. Raises DatabaseAway."""
    listed = _list(who, view, wanted).offset((page - 1) * PAGE).limit(PAGE + 1)
    with database.reading() as session:
        now = business_time(session, clock())
        ids = session.scalars(listed).all()
        found = {row.id: row for row in session.scalars(select(CaseRow).where(CaseRow.id.in_(ids)))}
        rows = [found[case_id] for case_id in ids if case_id in found]
        return Queue(
            lines=lines_of(session, rows[:PAGE]),
            counts=_counts(session, who, wanted),
            now=now,
            page=page,
            more=len(ids) > PAGE,
            **_choices(session, who),
        )


def _list(who: Viewer, view: View, wanted: Filter) -> Select[int]:
    """The ids, which an index tells by itself however many resolved cases there are."""
    listed = _in_turn(select(CaseRow.id).where(seen_by(who), *wanted.conditions()))
    match view:
        case View.RESOLVED:
            listed = listed.where(CaseRow.status == Status.RESOLVED).order_by(None)
            listed = listed.order_by(CaseRow.resolved_at.desc(), CaseRow.id.desc())
        case View.MINE:
            listed = listed.where(CaseRow.status.in_(OPEN), CaseRow.claimed_by == who.user_id)
        case View.OPEN:
            listed = listed.where(CaseRow.status.in_(OPEN))
        case View.WAITING | View.ANSWERED:
            listed = listed.where(CaseRow.status == view.value)
    return listed


def pulse(database: Database, who: Viewer) -> Pulse:
    """A few indexed counts; made to be asked every second. Raises DatabaseAway."""
    grouped = (
        select(
            CaseRow.status,
            CaseRow.urgency,
            func.count(),
            func.sum(CaseRow.version),
            func.max(CaseRow.id),
            func.sum(CaseRow.alarm),
            func.sum(sql_case((CaseRow.alarm >= EVERYBODYS_ALARM, 1), else_=0)),
        )
        .where(CaseRow.status.in_(OPEN), seen_by(who))
        .group_by(CaseRow.status, CaseRow.urgency)
        .order_by(CaseRow.status, CaseRow.urgency)
    )
    with database.reading() as session:
        rows = session.execute(grouped).all()
    waiting = [(urgency, number, newest) for status, urgency, number, _, newest, *_ in rows if status == Status.WAITING]
    urgent = [(number, newest) for urgency, number, newest in waiting if urgency != Urgency.NORMAL]
    return Pulse(
        version=";".join(".".join(map(str, row[:6])) for row in rows),
        waiting=sum(number for _, number, _ in waiting),
        urgent=sum(number for number, _ in urgent),
        newest_urgent=max((newest for _, newest in urgent), default=0),
        alarmed=sum(row[6] for row in rows),
    )


def list_version(database: Database, who: Viewer) -> str:
    """Changes whenever a line of an open list, or how many there are, has changed; not with every message of a case. Raises DatabaseAway.

    Fifty screens with the queue would otherwise all fetch it each time that anybody writes anything. What only grows is told by its length.
    """
    # The ids first, which an index tells by itself: with the rows at once SQLite reads every resolved case too.
    open_ids = select(CaseRow.id).where(CaseRow.status.in_(OPEN))
    with database.reading() as session:
        lines = session.scalars(
            select(_line()).where(CaseRow.id.in_(open_ids), seen_by(who)).order_by(CaseRow.id)
        ).all()
    return blake2b("\n".join(lines).encode(), digest_size=8).hexdigest()


@cache
def _line() -> ColumnElement[str]:
    """What a line of the list shows, as one text made by the database: a thousand rows of values cost the server twice as much."""
    shown = (
        CaseRow.id, CaseRow.status, CaseRow.urgency, CaseRow.claimed_by, CaseRow.waiting_since, CaseRow.topic, CaseRow.alarm, CaseRow.person_name,
        CaseRow.municipality, CaseRow.unit, CaseRow.channel, CaseRow.language, func.length(CaseRow.summary), func.length(cast(CaseRow.reasons, Text)),
    )  # fmt: skip
    line: ColumnElement[str] = literal("")
    for column in shown:
        line = line.concat("|").concat(func.coalesce(cast(column, Text), ""))
    return line


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
            unit=row.unit,
            person_name=row.person_name,
            helped=row.helped,
            alarm=row.alarm,
        )
        for row in rows
    )


def _in_turn(query: Select[int]) -> Select[int]:
    rank = sql_case({Urgency.CRITICAL: 0, Urgency.HIGH: 1, Urgency.NORMAL: 2}, value=CaseRow.urgency, else_=3)
    return query.order_by(rank, func.coalesce(CaseRow.waiting_since, CaseRow.opened_at), CaseRow.id)


def _counts(session: Session, who: Viewer, wanted: Filter) -> dict[View, int]:
    these = (seen_by(who), *wanted.conditions())
    mine = sql_case((CaseRow.claimed_by == who.user_id, 1), else_=0)
    by_status = (
        select(CaseRow.status, func.count(), func.sum(mine))
        .where(CaseRow.status.in_(OPEN), *these)
        .group_by(CaseRow.status)
    )
    rows = session.execute(by_status).all()
    number = {status: count for status, count, _ in rows}
    resolved = (
        select(literal(1)).select_from(CaseRow).where(CaseRow.status == Status.RESOLVED, *these).limit(COUNTED + 1)
    )
    return {
        View.WAITING: number.get(Status.WAITING, 0),
        View.MINE: sum(ours for _, _, ours in rows),
        View.OPEN: sum(number.values()),
        View.ANSWERED: number.get(Status.ANSWERED, 0),
        View.RESOLVED: session.scalar(select(func.count()).select_from(resolved.subquery())) or 0,
    }


def _choices(session: Session, who: Viewer) -> dict[str, Any]:
    """What there is to choose a filter from."""
    columns = (CaseRow.topic, CaseRow.channel, CaseRow.language)
    rows = session.execute(select(*columns).where(CaseRow.status.in_(OPEN), seen_by(who)).distinct()).all()
    topics, channels, languages = ({row[i] for row in rows if row[i]} for i in range(3))
    return {"topics": tuple(sorted(topics)), "channels": tuple(sorted(channels)), "languages": tuple(sorted(languages))}
