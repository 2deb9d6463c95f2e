"""Loans as they stand: what is on the shelf, who has what, who waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bot.domain.loan import HELD, LIVE, Loan, LoanStatus, LoanType, Shelf, UnitState
from bot.store.tables import LoanRow, LoanTypeRow, LoanUnitRow


@dataclass(frozen=True, slots=True)
class DueLoan:
    """A loan that something is due for."""

    loan_id: int
    conversation_id: int
    type_id: int


def shelf(session: Session, conversation_id: int | None) -> Shelf:
    """All that is lent, in the order in which it was added, and the conversation's own loans."""
    types = types_as_seen(session, session.scalars(select(LoanTypeRow).order_by(LoanTypeRow.id)).all())
    own: list[Loan] = []
    if conversation_id is not None and types:
        rows = session.scalars(_live().where(LoanRow.conversation_id == conversation_id).order_by(LoanRow.id)).all()
        own = [_loan(session, row, types[row.type_id]) for row in rows]
    return Shelf(tuple(seen for seen in types.values() if seen.homes), tuple(own))


def types_as_seen(session: Session, rows: Iterable[LoanTypeRow]) -> dict[int, LoanType]:
    """Types as residents are told of them, by id. One that is lent no more has no homes and nothing free."""
    by_id = {row.id: row for row in rows}
    homes: defaultdict[int, set[str]] = defaultdict(set)
    free: defaultdict[int, list[str]] = defaultdict(list)
    lent = [type_id for type_id, row in by_id.items() if row.retired_at is None]
    for type_id, home in session.execute(
        select(LoanUnitRow.type_id, LoanUnitRow.home).where(LoanUnitRow.type_id.in_(lent))
    ):
        homes[type_id].add(home)
    for unit in free_units(session, lent):
        free[unit.type_id].append(unit.place)
    queued = (
        select(LoanRow.type_id, func.count())
        .where(LoanRow.type_id.in_(lent), LoanRow.status == LoanStatus.QUEUED)
        .group_by(LoanRow.type_id)
    )
    waiting = dict(session.execute(queued).all())
    return {
        type_id: LoanType(
            id=type_id,
            title=row.title,
            municipality=row.municipality,
            days=row.days,
            homes=tuple(sorted(homes[type_id])),
            free_at=tuple(free[type_id]),
            waiting=waiting.get(type_id, 0),
            contents={language: tuple(things) for language, things in row.contents.items()},
            tags=tuple(row.tags),
        )
        for type_id, row in by_id.items()
    }


def free_units(session: Session, types: Iterable[int]) -> list[LoanUnitRow]:
    """Units on the shelf that are put aside for nobody, oldest first."""
    held = select(LoanRow.unit_id).where(LoanRow.status.in_(HELD), LoanRow.unit_id.is_not(None))
    query = select(LoanUnitRow).where(
        LoanUnitRow.type_id.in_(list(types)), LoanUnitRow.state == UnitState.IN, LoanUnitRow.id.not_in(held)
    )
    return list(session.scalars(query.order_by(LoanUnitRow.id)))


def lock(session: Session, type_id: int) -> LoanTypeRow:
    """The type, held until the transaction ends, so that its units can be counted and given. Raises NoResultFound.

    Whoever holds a conversation too holds it before the type.
    """
    query = select(LoanTypeRow).where(LoanTypeRow.id == type_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def queue(session: Session, type_id: int) -> list[LoanRow]:
    """Who waits for one, first come first."""
    query = select(LoanRow).where(LoanRow.type_id == type_id, LoanRow.status == LoanStatus.QUEUED)
    return list(session.scalars(query.order_by(LoanRow.queued_at, LoanRow.id)))


def own(session: Session, type_id: int, conversation_id: int) -> LoanRow | None:
    """The live loan of this type that a conversation has."""
    return session.scalar(_live().where(LoanRow.type_id == type_id, LoanRow.conversation_id == conversation_id))


def held_by(session: Session, unit_id: int) -> LoanRow | None:
    """The loan that a unit is put aside for, or is out on."""
    return session.scalar(select(LoanRow).where(LoanRow.unit_id == unit_id, LoanRow.status.in_(HELD)))


def waiting(session: Session, now: datetime) -> list[DueLoan]:
    """Everyone in a queue, first come first."""
    return _due(
        session, select(LoanRow).where(LoanRow.status == LoanStatus.QUEUED).order_by(LoanRow.queued_at, LoanRow.id)
    )


def not_fetched(session: Session, now: datetime) -> list[DueLoan]:
    """What was put aside and not fetched in time."""
    return _due(
        session,
        select(LoanRow).where(LoanRow.status == LoanStatus.OFFERED, LoanRow.fetch_by < now).order_by(LoanRow.id),
    )


def out_until(session: Session, before: datetime) -> list[LoanRow]:
    """Loans that are to be back before this, those that are late too."""
    return list(
        session.scalars(
            select(LoanRow).where(LoanRow.status == LoanStatus.OUT, LoanRow.due_at < before).order_by(LoanRow.id)
        )
    )


def due_loan(row: LoanRow) -> DueLoan:
    return DueLoan(row.id, row.conversation_id, row.type_id)


def _live() -> Select[LoanRow]:
    return select(LoanRow).where(LoanRow.status.in_(LIVE))


def _due(session: Session, query: Select[LoanRow]) -> list[DueLoan]:
    return [due_loan(row) for row in session.scalars(query)]


def _loan(session: Session, row: LoanRow, seen: LoanType) -> Loan:
    place = row.handed_out_place
    if place is None and row.unit_id is not None:
        place = session.get_one(LoanUnitRow, row.unit_id).place
    number = 0
    if row.status == LoanStatus.QUEUED:
        number = next((i for i, waits in enumerate(queue(session, row.type_id), 1) if waits.id == row.id), 1)
    return Loan(row.id, seen, LoanStatus(row.status), place, row.fetch_by, row.due_at, number)
