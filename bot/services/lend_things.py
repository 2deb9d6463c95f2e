"""What a resident does with loans. Each call counts the units with their type held, so that the last one goes to exactly one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from bot.domain.events import Lending, LoanCancelled, LoanExtended, LoanWanted
from bot.domain.loan import FETCH_WITHIN_DAYS, LoanRefusal, LoanStatus, last_moment, loan_after, longer, staffed_at
from bot.domain.place import Place
from bot.services.book_course import NotAsItWas, Who
from bot.store import loans
from bot.store.tables import LoanRow, LoanTypeRow, LoanUnitRow


def lend(session: Session, places: Iterable[Place], event: Lending, who: Who, now: datetime) -> LoanRow:
    """Makes the event true; the conversation is held by the caller. `now` is business time.

    Raises NotAsItWas when what was decided on is no longer so: the last one is taken, somebody waits, the loan is over.
    """
    match event:
        case LoanWanted(waits=True):
            return _wait(session, event.type_id, who, now)
        case LoanWanted():
            return _put_aside(session, places, event, who, now)
        case LoanExtended():
            return _extend(session, places, event.loan_id, who, now)
        case LoanCancelled():
            return _cancel(session, event.loan_id, who, now)


def offer(row: LoanRow, unit: LoanUnitRow, places: Iterable[Place], now: datetime) -> None:
    """Puts the unit aside for who waits. The type is held by the caller."""
    row.status = loan_after(LoanStatus(row.status), "offer")
    row.unit_id, row.offered_at = unit.id, now
    row.fetch_by = last_moment(now, FETCH_WITHIN_DAYS, staffed_at(places, unit.place))


def give_up(row: LoanRow, now: datetime) -> None:
    """Ends a loan that was never handed out. Raises LoanRefusal."""
    row.status = loan_after(LoanStatus(row.status), "cancel")
    row.cancelled_at, row.unit_id = now, None


def _put_aside(session: Session, places: Iterable[Place], event: LoanWanted, who: Who, now: datetime) -> LoanRow:
    type_row = _lock_lent(session, event.type_id, who)
    free = loans.free_units(session, [type_row.id])
    here = next((unit for unit in free if unit.place == event.place), None)
    if here is None or len(free) <= len(loans.queue(session, type_row.id)):
        raise NotAsItWas
    row = _add(session, type_row.id, who, now)
    offer(row, here, places, now)
    session.flush()
    return row


def _wait(session: Session, type_id: int, who: Who, now: datetime) -> LoanRow:
    type_row = _lock_lent(session, type_id, who)
    if len(loans.free_units(session, [type_row.id])) > len(loans.queue(session, type_row.id)):
        raise NotAsItWas
    return _add(session, type_row.id, who, now)


def _extend(session: Session, places: Iterable[Place], loan_id: int, who: Who, now: datetime) -> LoanRow:
    row, type_row = _lock_own(session, loan_id, who)
    if loans.queue(session, type_row.id) or row.due_at is None:
        raise NotAsItWas
    row.status = _allowed(row, "extend")
    row.due_at = longer(now, row.due_at, type_row.days, staffed_at(places, row.handed_out_place))
    return row


def _cancel(session: Session, loan_id: int, who: Who, now: datetime) -> LoanRow:
    row, _ = _lock_own(session, loan_id, who)
    _allowed(row, "cancel")
    give_up(row, now)
    return row


def _allowed(row: LoanRow, event: str) -> LoanStatus:
    try:
        return loan_after(LoanStatus(row.status), event)
    except LoanRefusal:
        raise NotAsItWas from None


def _lock_lent(session: Session, type_id: int, who: Who) -> LoanTypeRow:
    try:
        row = loans.lock(session, type_id)
    except NoResultFound:
        raise NotAsItWas from None
    if row.retired_at is not None or loans.own(session, type_id, who.conversation_id) is not None:
        raise NotAsItWas
    return row


def _lock_own(session: Session, loan_id: int, who: Who) -> tuple[LoanRow, LoanTypeRow]:
    type_id = session.scalar(
        select(LoanRow.type_id).where(LoanRow.id == loan_id, LoanRow.conversation_id == who.conversation_id)
    )
    if type_id is None:
        raise NotAsItWas
    type_row = loans.lock(session, type_id)
    return session.get_one(LoanRow, loan_id, populate_existing=True), type_row


def _add(session: Session, type_id: int, who: Who, now: datetime) -> LoanRow:
    row = LoanRow(
        type_id=type_id,
        conversation_id=who.conversation_id,
        channel=who.channel,
        status=LoanStatus.QUEUED,
        queued_at=now,
    )
    session.add(row)
    session.flush()
    return row
