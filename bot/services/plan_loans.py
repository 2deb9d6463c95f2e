"""Puts what config/loans lists into the database. What is there is left as it is: a handledare may have changed it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.domain.loan import UnitState
from bot.domain.loan_plan import LoanPlan
from bot.services.ports import Clock
from bot.store import loans
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import LoanTypeRow, LoanUnitRow


def plan_loans(database: Database, plans: Iterable[LoanPlan], clock: Clock) -> int:
    """Adds the types and units that are not there yet; how many units. Safe to run in several processes at once."""
    with database.reading() as session:
        known = set(
            session.execute(
                select(LoanTypeRow.key, LoanUnitRow.label).join(LoanUnitRow, LoanUnitRow.type_id == LoanTypeRow.id)
            ).all()
        )
    missing = [plan for plan in plans if any((plan.id, unit.label) not in known for unit in plan.units)]
    return sum(_added(database, plan, clock) for plan in missing)


def _added(database: Database, plan: LoanPlan, clock: Clock) -> int:
    """None when another process was adding the same at the same moment."""
    try:
        return _add(database, plan, clock)
    except IntegrityError:
        return 0


def _add(database: Database, plan: LoanPlan, clock: Clock) -> int:
    with database.writing() as session:
        now = business_time(session, clock())
        type_id = session.scalar(select(LoanTypeRow.id).where(LoanTypeRow.key == plan.id))
        if type_id is None:
            row = LoanTypeRow(
                key=plan.id,
                municipality=plan.municipality,
                unit=plan.unit,
                title=dict(plan.title),
                contents={language: list(things) for language, things in plan.contents.items()},
                wiping=list(plan.wiping),
                tags=list(plan.tags),
                days=plan.days,
                created_at=now,
            )
            session.add(row)
            session.flush()
            type_id = row.id
        loans.lock(session, type_id)
        there = set(_labels(session, type_id))
        new = [
            LoanUnitRow(
                type_id=type_id, label=unit.label, home=unit.home, place=unit.home, state=UnitState.IN, changed_at=now
            )
            for unit in plan.units
            if unit.label not in there
        ]
        session.add_all(new)
    return len(new)


def _labels(session: Session, type_id: int) -> list[str]:
    return list(session.scalars(select(LoanUnitRow.label).where(LoanUnitRow.type_id == type_id)))
