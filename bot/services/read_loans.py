"""The loan desk as the unit that lends sees it. Nobody else sees who borrows, or what (OSL 40:3): they see numbers alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.duty import Organisation
from bot.domain.loan import LIVE, LoanStatus, UnitState, is_late
from bot.services.ports import Clock
from bot.services.viewer import Viewer, viewer
from bot.services.work_loans import LoanNotFound, lends
from bot.store import conversations, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import LoanRow, LoanTypeRow, LoanUnitRow, UserRow


@dataclass(frozen=True, slots=True)
class LoanLine:
    """A loan with its unit's label; `address` is None for who may not see it. `number` is the place in the queue, from 1."""

    id: int
    type_id: int
    title: dict[str, str]
    status: LoanStatus
    address: str | None
    unit_id: int | None
    label: str | None
    place: str | None
    queued_at: datetime
    fetch_by: datetime | None
    handed_out_at: datetime | None
    due_at: datetime | None
    late: bool
    number: int = 0


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One thing. `reserved` is the loan that it is put aside for or out on."""

    id: int
    type_id: int
    title: dict[str, str]
    label: str
    home: str
    place: str
    state: UnitState
    changed_at: datetime
    wiping: tuple[str, ...]
    contents: dict[str, list[str]]
    loan: LoanLine | None


@dataclass(frozen=True, slots=True)
class TypeCount:
    """How a type stands, in numbers. `lender` is the unit's id."""

    title: dict[str, str]
    municipality: str
    lender: str
    free: int
    aside: int
    out: int
    late: int
    waiting: int
    to_wipe: int
    away: int


@dataclass(frozen=True, slots=True)
class LoanList:
    """The desk at the business time `now`: numbers of every type that may be seen, and the rows of the viewer's own unit."""

    counts: tuple[TypeCount, ...]
    late: tuple[LoanLine, ...]
    out: tuple[LoanLine, ...]
    aside: tuple[LoanLine, ...]
    waiting: tuple[LoanLine, ...]
    to_wipe: tuple[UnitLine, ...]
    free: tuple[UnitLine, ...]
    away: tuple[UnitLine, ...]
    lends: bool
    """Whether the viewer belongs to a unit, so that rows may be shown at all."""
    now: datetime


def loan_list(database: Database, clock: Clock, user: UserRow, organisation: Organisation) -> LoanList:
    """All that may be seen. Raises DatabaseAway."""
    with database.reading() as session:
        now = business_time(session, clock())
        who = viewer(user, organisation)
        types = [
            row
            for row in session.scalars(select(LoanTypeRow).order_by(LoanTypeRow.municipality, LoanTypeRow.id))
            if _may_count(row, who)
        ]
        own = {row.id: row for row in types if lends(user, row, organisation)}
        lines = _lines(session, own, now, named=user.role != "reader")
        held = {line.unit_id: line for line in lines if line.unit_id is not None}
        units = [_unit(row, own[row.type_id], held.get(row.id)) for row in _units(session, own)]
        return LoanList(
            counts=tuple(_count(session, row, now) for row in types),
            late=tuple(line for line in lines if line.late),
            out=tuple(line for line in lines if line.status == LoanStatus.OUT and not line.late),
            aside=tuple(line for line in lines if line.status == LoanStatus.OFFERED),
            waiting=tuple(line for line in lines if line.status == LoanStatus.QUEUED),
            to_wipe=tuple(unit for unit in units if unit.state == UnitState.TO_WIPE),
            free=tuple(unit for unit in units if unit.state == UnitState.IN and unit.loan is None),
            away=tuple(unit for unit in units if unit.state == UnitState.AWAY),
            lends=bool(user.unit and user.municipality),
            now=now,
        )


def unit_page(
    database: Database, clock: Clock, user: UserRow, organisation: Organisation, unit_id: int
) -> tuple[UnitLine, datetime]:
    """One unit with its loan, and the business time; who looks at somebody's loan is kept in the audit log. Raises LoanNotFound, DatabaseAway."""
    with database.writing() as session:
        row, now = session.get(LoanUnitRow, unit_id), business_time(session, clock())
        type_row = session.get_one(LoanTypeRow, row.type_id) if row else None
        if row is None or type_row is None or not lends(user, type_row, organisation):
            raise LoanNotFound(f"user {user.id} finds no unit {unit_id}")
        lines = _lines(session, {type_row.id: type_row}, now, named=user.role != "reader")
        held = next((line for line in lines if line.unit_id == unit_id), None)
        if held is not None and held.address is not None:
            users.audit(session, now, user.id, "loan_view", detail=f"loan {held.id}")
        return _unit(row, type_row, held), now


def _may_count(row: LoanTypeRow, who: Viewer) -> bool:
    return not who.municipalities or row.municipality in who.municipalities


def _lines(session: Session, types: dict[int, LoanTypeRow], now: datetime, named: bool) -> list[LoanLine]:
    """Live loans: first what is due soonest, then the queues in their order."""
    rows = session.scalars(select(LoanRow).where(LoanRow.type_id.in_(types), LoanRow.status.in_(LIVE))).all()
    labels = {unit.id: unit for unit in _units(session, types)}
    numbers: Counter[int] = Counter()
    lines = []
    for row in sorted(rows, key=lambda row: (row.due_at or row.fetch_by or row.queued_at, row.id)):
        unit = labels.get(row.unit_id or 0)
        if row.status == LoanStatus.QUEUED:
            numbers[row.type_id] += 1
        lines.append(
            LoanLine(
                id=row.id,
                type_id=row.type_id,
                title=types[row.type_id].title,
                status=LoanStatus(row.status),
                address=conversations.address_of(session, row.conversation_id, row.channel).text if named else None,
                unit_id=row.unit_id,
                label=unit.label if unit else None,
                place=row.handed_out_place or (unit.place if unit else None),
                queued_at=row.queued_at,
                fetch_by=row.fetch_by,
                handed_out_at=row.handed_out_at,
                due_at=row.due_at,
                late=row.status == LoanStatus.OUT and is_late(row.due_at, now),
                number=numbers[row.type_id] if row.status == LoanStatus.QUEUED else 0,
            )
        )
    return lines


def _units(session: Session, types: dict[int, LoanTypeRow]) -> list[LoanUnitRow]:
    return list(
        session.scalars(
            select(LoanUnitRow).where(LoanUnitRow.type_id.in_(types)).order_by(LoanUnitRow.type_id, LoanUnitRow.id)
        )
    )


def _unit(row: LoanUnitRow, type_row: LoanTypeRow, held: LoanLine | None) -> UnitLine:
    return UnitLine(
        row.id, row.type_id, type_row.title, row.label, row.home, row.place, UnitState(row.state), row.changed_at,
        tuple(type_row.wiping), type_row.contents, held,
    )  # fmt: skip


def _count(session: Session, row: LoanTypeRow, now: datetime) -> TypeCount:
    live = session.scalars(select(LoanRow).where(LoanRow.type_id == row.id, LoanRow.status.in_(LIVE))).all()
    loans = Counter(loan.status for loan in live)
    units = Counter(session.scalars(select(LoanUnitRow.state).where(LoanUnitRow.type_id == row.id)))
    late = sum(loan.status == LoanStatus.OUT and is_late(loan.due_at, now) for loan in live)
    return TypeCount(
        title=row.title,
        municipality=row.municipality,
        lender=row.unit,
        free=units[UnitState.IN] - loans[LoanStatus.OFFERED],
        aside=loans[LoanStatus.OFFERED],
        out=loans[LoanStatus.OUT],
        late=late,
        waiting=loans[LoanStatus.QUEUED],
        to_wipe=units[UnitState.TO_WIPE],
        away=units[UnitState.AWAY],
    )
