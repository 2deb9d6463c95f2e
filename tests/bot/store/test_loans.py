"""How the shelf stands."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.domain.loan import LoanStatus, UnitState
from bot.store import loans
from bot.store.database import Database
from bot.store.tables import LoanRow, LoanTypeRow, LoanUnitRow
from tests.bot.lending import BRANCH, LIBRARY, person, plan, stock
from tests.stand_ins import ASTRID, KURT, MONDAY, SVEA


def _want(
    database: Database, conversation_id: int, status: LoanStatus = LoanStatus.QUEUED, unit_id: int | None = None
) -> int:
    with database.writing() as session:
        row = LoanRow(
            type_id=1, conversation_id=conversation_id, channel="sms", status=status, queued_at=MONDAY, unit_id=unit_id
        )
        session.add(row)
        session.flush()
        return row.id


def test_a_fresh_shelf(database: Database) -> None:
    stock(database, plan(3))
    with database.reading() as session:
        (tablet,) = loans.shelf(session, None).types
    assert tablet.title_in("en") == "Tablet"
    assert tablet.homes == (BRANCH, LIBRARY)
    assert sorted(tablet.free_at) == [BRANCH, BRANCH, LIBRARY]
    assert (tablet.waiting, tablet.is_out) == (0, False)


def test_what_is_put_aside_out_or_to_wipe_is_not_free(database: Database) -> None:
    stock(database, plan(4))
    _want(database, person(database, SVEA), LoanStatus.OFFERED, 1)
    with database.writing() as session:
        session.get_one(LoanUnitRow, 2).state = UnitState.OUT
        session.get_one(LoanUnitRow, 3).state = UnitState.TO_WIPE
    with database.reading() as session:
        assert [unit.id for unit in loans.free_units(session, [1])] == [4]


def test_the_queue_is_in_order_and_everyone_knows_their_number(database: Database) -> None:
    stock(database)
    svea, kurt, astrid = (person(database, address) for address in (SVEA, KURT, ASTRID))
    for conversation in (kurt, svea, astrid):
        _want(database, conversation)
    with database.reading() as session:
        assert [row.conversation_id for row in loans.queue(session, 1)] == [kurt, svea, astrid]
        (mine,) = loans.shelf(session, svea).loans
        assert mine.number == 2
        assert loans.shelf(session, svea).types[0].is_out


def test_a_loan_that_is_over_is_no_longer_seen(database: Database) -> None:
    stock(database)
    svea = person(database, SVEA)
    _want(database, svea, LoanStatus.RETURNED)
    with database.reading() as session:
        assert loans.shelf(session, svea).loans == ()


def test_what_is_lent_no_more_is_not_told_but_ones_own_loan_is(database: Database) -> None:
    stock(database)
    svea = person(database, SVEA)
    _want(database, svea, LoanStatus.OUT, 1)
    with database.writing() as session:
        session.get_one(LoanTypeRow, 1).retired_at = MONDAY
    with database.reading() as session:
        seen = loans.shelf(session, svea)
    assert seen.types == ()
    assert [loan.status for loan in seen.loans] == [LoanStatus.OUT]


def test_the_database_itself_refuses_two_who_hold_one_unit(database: Database) -> None:
    stock(database)
    svea, kurt = person(database, SVEA), person(database, KURT)
    _want(database, svea, LoanStatus.OFFERED, 1)
    with pytest.raises(IntegrityError):
        _want(database, kurt, LoanStatus.OUT, 1)
    with pytest.raises(IntegrityError):
        _want(database, svea)
    with database.reading() as session:
        assert len(session.scalars(select(LoanRow)).all()) == 1
