"""Things to lend, and people who want them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from bot.domain.address import Address
from bot.domain.loan import Loan, LoanStatus, LoanType, Shelf
from bot.domain.loan_plan import LoanPlan, PlannedUnit
from bot.services.plan_loans import plan_loans
from bot.store import conversations, users
from bot.store.database import Database
from bot.store.tables import LoanRow, LoanUnitRow, UserRow
from tests.stand_ins import MONDAY

LIBRARY, BRANCH = "kalmar-stadsbibliotek", "kalmar-lindsdal"
TABLET = LoanType(
    1, {"sv": "Surfplatta", "en": "Tablet"}, "kalmar", 28, (LIBRARY,), (LIBRARY,), tags=("surfplatt*", "platt*")
)
LAPTOP = LoanType(
    2,
    {"sv": "Bärbar dator", "en": "Laptop"},
    "kalmar",
    14,
    (LIBRARY, BRANCH),
    (),
    2,
    {"sv": ("dator", "laddare"), "en": ("laptop", "charger")},
    ("dator*",),
)


def shelf(*loans: Loan, types: tuple[LoanType, ...] = (TABLET, LAPTOP)) -> Shelf:
    return Shelf(types, loans)


def plan(
    units: int = 1, plan_id: str = "platta", days: int = 28, municipality: str = "kalmar", unit: str = "bibliotek"
) -> LoanPlan:
    """One type with so many units, the first at the main library, the others at the branch."""
    made = tuple(PlannedUnit(f"Platta {i + 1}", BRANCH if i else LIBRARY) for i in range(units))
    return LoanPlan(
        plan_id,
        municipality,
        unit,
        {"sv": "Surfplatta", "en": "Tablet"},
        days,
        made,
        ("Logga ut", "Ladda"),
        tags=("surfplatt*",),
    )


def stock(database: Database, *plans: LoanPlan, at: datetime = MONDAY) -> None:
    plan_loans(database, plans or (plan(),), lambda: at)


def person(database: Database, address: str) -> int:
    """The conversation of somebody who has written."""
    with database.writing() as session:
        _, conversation = conversations.begin(session, Address(address), "kalmar", "bibliotek", MONDAY)
        return conversation.id


def librarian(
    database: Database, municipality: str | None = "kalmar", unit: str | None = "bibliotek", role: str = "handledare"
) -> UserRow:
    with database.writing() as session:
        name = f"{role}-{municipality}-{unit}"
        return users.add(session, f"{name}@bibliotek.example", name, role, "no password", MONDAY, municipality, unit)


def loans(database: Database) -> list[LoanRow]:
    with database.reading() as session:
        return list(session.scalars(select(LoanRow).order_by(LoanRow.id)))


def statuses(database: Database) -> list[str]:
    return [row.status for row in loans(database)]


def unit_states(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(LoanUnitRow.state).order_by(LoanUnitRow.id)))


__all__ = [
    "BRANCH", "LAPTOP", "LIBRARY", "TABLET", "LoanPlan", "LoanRow", "LoanStatus", "PlannedUnit", "librarian", "loans", "person", "plan", "shelf", "statuses", "stock", "unit_states",
]  # fmt: skip
