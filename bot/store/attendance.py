"""Who is at work, and the cases of those who are not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from bot.domain.attendance import at_work
from bot.domain.case import OPEN, Status, Urgency
from bot.domain.waiting import Alarm
from bot.store.tables import CaseNoteRow, CaseRow, UserRow


@dataclass(frozen=True, slots=True)
class DueCase:
    """A case that something may have to be done about."""

    case_id: int
    conversation_id: int | None


def is_at_work(session: Session, user_id: int | None, now: datetime) -> bool:
    """Whether that account is there, may sign in, and its owner is at work; False for nobody. `now` is business time."""
    user = session.get(UserRow, user_id, populate_existing=True) if user_id else None
    return user is not None and user.disabled_at is None and at_work(user.seen_at, user.away_since, user.back_at, now)


def leaves(session: Session, user_id: int, now: datetime, back_at: datetime | None) -> None:
    """They are away from now on."""
    user = session.get_one(UserRow, user_id, with_for_update=True, populate_existing=True)
    user.away_since, user.back_at = now, back_at


def returns(session: Session, user_id: int) -> None:
    """They are back."""
    user = session.get_one(UserRow, user_id, with_for_update=True, populate_existing=True)
    user.away_since = user.back_at = None


def open_cases_of(session: Session, user_id: int) -> list[DueCase]:
    """What somebody has, waiting for them or for the resident."""
    query = select(CaseRow.id, CaseRow.conversation_id).where(CaseRow.claimed_by == user_id, CaseRow.status.in_(OPEN))
    return [
        DueCase(case_id, conversation_id)
        for case_id, conversation_id in session.execute(query.order_by(CaseRow.id)).all()
    ]


def taken_and_waiting(session: Session) -> list[tuple[CaseRow, UserRow | None]]:
    """Cases that somebody has taken while the resident waits, and who."""
    query = select(CaseRow, UserRow).outerjoin(UserRow, UserRow.id == CaseRow.claimed_by)
    waits = query.where(CaseRow.status == Status.CLAIMED, CaseRow.waiting_since.is_not(None))
    return [(row, user) for row, user in session.execute(waits.order_by(CaseRow.id)).all()]


def not_all_told(session: Session) -> list[tuple[CaseRow, datetime | None]]:
    """Cases in which the resident waits and that not everyone has been told of, the one that waits longest first; and when a person last noted
    something in it."""
    waits = or_(
        CaseRow.status == Status.WAITING, (CaseRow.status == Status.CLAIMED) & CaseRow.waiting_since.is_not(None)
    )
    noted = _noted().where(CaseNoteRow.case_id == CaseRow.id).scalar_subquery()
    query = select(CaseRow, noted).where(waits, CaseRow.alarm < Alarm.EVERYONE)
    since = func.coalesce(CaseRow.waiting_since, CaseRow.opened_at)
    return [(row, at) for row, at in session.execute(query.order_by(since, CaseRow.id)).all()]


def last_noted(session: Session, case_id: int) -> datetime | None:
    """When a person last noted something in the case, a call for one."""
    return session.scalar(_noted().where(CaseNoteRow.case_id == case_id))


def _noted() -> Select[datetime | None]:
    return select(func.max(CaseNoteRow.at, type_=CaseNoteRow.at.type)).where(CaseNoteRow.user_id.is_not(None))


def to_alert(session: Session, now: datetime) -> list[DueCase]:
    """Urgent cases that nobody has taken, and whose duty list is to be written to by now. `now` is business time."""
    begun = or_(CaseRow.alert_at <= now, (CaseRow.alert_at.is_(None)) & (CaseRow.alerts == 0))
    query = select(CaseRow.id, CaseRow.conversation_id).where(
        CaseRow.status == Status.WAITING, CaseRow.urgency.in_((Urgency.HIGH, Urgency.CRITICAL)), begun
    )
    return [
        DueCase(case_id, conversation_id)
        for case_id, conversation_id in session.execute(query.order_by(CaseRow.id)).all()
    ]


def not_calmed(session: Session) -> list[DueCase]:
    """Cases that somebody has, though the duty list is still written to, and those that wait for the resident though people are reminded of them."""
    taken = CaseRow.status.in_((Status.CLAIMED, Status.ANSWERED)) & (
        (CaseRow.alerts > 0) | CaseRow.alert_at.is_not(None)
    )
    answered = (CaseRow.status == Status.ANSWERED) & (CaseRow.alarm > Alarm.NOBODY)
    query = select(CaseRow.id, CaseRow.conversation_id).where(taken | answered).order_by(CaseRow.id)
    return [DueCase(case_id, conversation_id) for case_id, conversation_id in session.execute(query).all()]


def staff(session: Session, roles: Collection[str]) -> list[UserRow]:
    """Accounts of these roles that may sign in, by name."""
    query = select(UserRow).where(UserRow.role.in_(roles), UserRow.disabled_at.is_(None))
    return list(session.scalars(query.order_by(UserRow.name, UserRow.id)))
