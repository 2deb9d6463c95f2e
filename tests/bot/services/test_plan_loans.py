"""config/loans comes into the database once, and does not undo what a handledare did."""

from __future__ import annotations

from sqlalchemy import select

from bot.domain.loan import UnitState
from bot.services.plan_loans import plan_loans
from bot.store.database import Database
from bot.store.tables import LoanTypeRow, LoanUnitRow
from tests.bot.lending import LIBRARY, plan
from tests.stand_ins import MONDAY


def _plan(database: Database, *plans: object) -> int:
    return plan_loans(database, plans, lambda: MONDAY)  # type: ignore[arg-type]


def test_once(database: Database) -> None:
    assert _plan(database, plan(2), plan(1, "dator")) == 3
    assert _plan(database, plan(2), plan(1, "dator")) == 0
    with database.reading() as session:
        assert [row.key for row in session.scalars(select(LoanTypeRow).order_by(LoanTypeRow.id))] == ["platta", "dator"]
        first = session.get_one(LoanUnitRow, 1)
    assert (first.label, first.home, first.place, first.state) == ("Platta 1", LIBRARY, LIBRARY, UnitState.IN)


def test_a_unit_that_was_bought_is_added_and_the_others_stay(database: Database) -> None:
    _plan(database, plan(1))
    with database.writing() as session:
        session.get_one(LoanUnitRow, 1).state = UnitState.AWAY
        session.get_one(LoanTypeRow, 1).days = 14
    assert _plan(database, plan(2)) == 1
    with database.reading() as session:
        assert [row.state for row in session.scalars(select(LoanUnitRow).order_by(LoanUnitRow.id))] == [
            UnitState.AWAY,
            UnitState.IN,
        ]
        assert session.get_one(LoanTypeRow, 1).days == 14
