"""Cases: the queue of what a person must deal with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case as sql_case
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.case import Reason, Status, Urgency, gravest, highest
from bot.domain.conversation import OpenCase
from bot.domain.introduction import shown_name
from bot.store.tables import CaseNoteRow, CaseRow, UserRow


@dataclass(frozen=True, slots=True)
class NewCase:
    """What a case is opened with."""

    conversation_id: int | None
    address: str | None
    channel: str
    language: str
    municipality: str | None
    unit: str | None
    team: str
    reason: Reason
    urgency: Urgency
    topic: str | None
    summary: str


def open_of(session: Session, conversation_id: int) -> CaseRow | None:
    """The conversation's open case."""
    return session.scalar(
        select(CaseRow).where(CaseRow.conversation_id == conversation_id, CaseRow.status != Status.RESOLVED)
    )


def latest_of(session: Session, conversation_id: int) -> CaseRow | None:
    """The conversation's newest case, open or not."""
    return session.scalar(
        select(CaseRow).where(CaseRow.conversation_id == conversation_id).order_by(CaseRow.id.desc()).limit(1)
    )


def seen_by_engine(session: Session, row: CaseRow | None) -> OpenCase | None:
    """An open case as the engine knows it."""
    if row is None or row.status == Status.RESOLVED:
        return None
    user = session.get(UserRow, row.claimed_by) if row.claimed_by else None
    return OpenCase(
        Status(row.status),
        Urgency(row.urgency),
        tuple(Reason(r) for r in row.reasons),
        shown_name(user.shown_as, user.name) if user else None,
        (user.municipality, user.unit) if user else (None, None),
        (row.municipality, row.unit),
    )


def open_or_add(session: Session, new: NewCase, now: datetime) -> tuple[CaseRow, bool]:
    """Opens a case, or adds the reason to the one that is open; the second value tells whether it grew more urgent or is new.

    Urgency never falls; the topic that is known stays.
    """
    row = open_of(session, new.conversation_id) if new.conversation_id is not None else None
    if row is None:
        row = CaseRow(
            conversation_id=new.conversation_id,
            address=new.address,
            channel=new.channel,
            language=new.language,
            municipality=new.municipality,
            unit=new.unit,
            team=new.team,
            status=Status.WAITING,
            urgency=new.urgency,
            reasons=[new.reason],
            topic=new.topic,
            summary=new.summary,
            opened_at=now,
            waiting_since=now,
        )
        session.add(row)
        session.flush()
        return row, True
    before = row.urgency
    if new.reason not in row.reasons:
        row.reasons = [*row.reasons, new.reason]
        note(session, row.id, f"Ny anledning: {new.reason}. {new.summary}", now, kind="event")
    row.urgency = highest((Urgency(row.urgency), new.urgency))
    row.topic = row.topic or new.topic
    row.version += 1
    return row, row.urgency != before


def note(
    session: Session, case_id: int, text: str, now: datetime, kind: str = "note", user_id: int | None = None
) -> None:
    """Writes a note on a case."""
    session.add(CaseNoteRow(case_id=case_id, at=now, user_id=user_id, kind=kind, text=text))


def notes(session: Session, case_id: int) -> list[CaseNoteRow]:
    """All notes of a case, oldest first."""
    return list(
        session.scalars(select(CaseNoteRow).where(CaseNoteRow.case_id == case_id).order_by(CaseNoteRow.id)).all()
    )


def queue(
    session: Session, statuses: Collection[Status], municipality: str | None = None, limit: int = 500
) -> list[CaseRow]:
    """Cases of these statuses: most urgent first, then waiting longest."""
    rank = sql_case({"critical": 0, "high": 1, "normal": 2}, value=CaseRow.urgency, else_=3)
    query = (
        select(CaseRow)
        .where(CaseRow.status.in_(statuses))
        .order_by(rank, func.coalesce(CaseRow.waiting_since, CaseRow.opened_at), CaseRow.id)
        .limit(limit)
    )
    if municipality:
        query = query.where((CaseRow.municipality == municipality) | CaseRow.municipality.is_(None))
    return list(session.scalars(query).all())


def listed(session: Session, address: str | None = None, status: str | None = None) -> list[CaseRow]:
    """Cases in the order they were opened; of one address, of one status, or all."""
    query = select(CaseRow).order_by(CaseRow.id)
    if address:
        query = query.where(CaseRow.address == address)
    if status:
        query = query.where(CaseRow.status == status)
    return list(session.scalars(query).all())


def reason_of(row: CaseRow) -> Reason:
    """The gravest of a case's reasons."""
    return gravest(row.reasons)


def of_conversation(session: Session, conversation_id: int) -> list[CaseRow]:
    """All cases of a conversation, newest first."""
    query = select(CaseRow).where(CaseRow.conversation_id == conversation_id).order_by(CaseRow.id.desc())
    return list(session.scalars(query).all())


def count_by_status(session: Session) -> dict[str, int]:
    """How many cases there are of each status."""
    rows = session.execute(select(CaseRow.status, func.count()).group_by(CaseRow.status)).all()
    return {row[0]: row[1] for row in rows}
