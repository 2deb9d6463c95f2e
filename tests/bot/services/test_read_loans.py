"""Who sees what of loans."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.address import Address
from bot.services.read_loans import LoanList, loan_list, unit_page
from bot.services.work_loans import LoanDesk, LoanNotFound
from bot.store.database import Database
from bot.store.tables import AuditRow, LoanRow, UserRow
from tests.bot.engine.talk import world
from tests.bot.lending import BRANCH, LIBRARY, librarian, person, plan, stock
from tests.stand_ins import KURT, SVEA, SettableClock


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def karin(database: Database, clock: SettableClock) -> UserRow:
    """Five tablets: one late, one out, one to wipe, one away, one in; and Kurt waits, though one is in."""
    stock(database, plan(5), plan(1, "vara-platta", municipality="vara"))
    karin = librarian(database)
    desk = LoanDesk(database, world, clock)
    desk.hand_out(1, karin, LIBRARY, Address(SVEA))
    clock.pass_(days=60)
    desk.hand_out(2, karin, BRANCH, Address("+46701740620"))
    desk.hand_out(3, karin, LIBRARY, Address("+46701740621"))
    desk.receive(3, karin, LIBRARY)
    desk.set_aside(4, karin)
    kurt = person(database, KURT)
    with database.writing() as session:
        session.add(LoanRow(type_id=1, conversation_id=kurt, channel="sms", status="queued", queued_at=clock()))
    return karin


def _list(database: Database, clock: SettableClock, user: UserRow) -> LoanList:
    return loan_list(database, clock, user, world().organisation)


def test_the_unit_that_lends_sees_all(database: Database, clock: SettableClock, karin: UserRow) -> None:
    seen = _list(database, clock, karin)
    assert [(line.address, line.label) for line in seen.late] == [(SVEA, "Platta 1")]
    assert [line.label for line in seen.out] == ["Platta 2"]
    assert [(line.address, line.number) for line in seen.waiting] == [(KURT, 1)]
    assert [unit.label for unit in (*seen.to_wipe, *seen.away, *seen.free)] == ["Platta 3", "Platta 4", "Platta 5"]
    (count,) = seen.counts
    assert (count.free, count.aside, count.out, count.late, count.waiting, count.to_wipe, count.away) == (
        1,
        0,
        2,
        1,
        1,
        1,
        1,
    )


@pytest.mark.parametrize(("municipality", "unit"), [("kalmar", "medborgarservice"), (None, None), ("kalmar", None)])
def test_others_see_numbers_alone(
    database: Database, clock: SettableClock, karin: UserRow, municipality: str | None, unit: str | None
) -> None:
    seen = _list(database, clock, librarian(database, municipality, unit, "admin"))
    assert seen.late == seen.out == seen.aside == seen.waiting == ()
    assert seen.to_wipe == seen.free == seen.away == ()
    assert seen.counts[0].out == 2
    assert len(seen.counts) == (1 if municipality else 2)


def test_a_reader_sees_no_number(database: Database, clock: SettableClock, karin: UserRow) -> None:
    seen = _list(database, clock, librarian(database, role="reader"))
    assert [line.address for line in (*seen.late, *seen.out, *seen.waiting)] == [None, None, None]


def test_one_unit_and_who_looked(database: Database, clock: SettableClock, karin: UserRow) -> None:
    unit, _ = unit_page(database, clock, karin, world().organisation, 1)
    assert unit.loan is not None
    assert (unit.loan.address, unit.loan.late, unit.wiping) == (SVEA, True, ("Logga ut", "Ladda"))
    with database.reading() as session:
        assert session.scalars(select(AuditRow.detail).where(AuditRow.act == "loan_view")).all() == ["loan 1"]


@pytest.mark.parametrize("unit_id", [1, 99])
def test_for_others_a_unit_is_not_there(database: Database, clock: SettableClock, karin: UserRow, unit_id: int) -> None:
    with pytest.raises(LoanNotFound):
        unit_page(database, clock, librarian(database, "kalmar", "medborgarservice"), world().organisation, unit_id)


def test_lateness_is_by_the_day(database: Database, clock: SettableClock, karin: UserRow) -> None:
    clock.pass_(days=-60)
    assert _list(database, clock, karin).late == ()
    clock.at += timedelta(days=40)
    assert len(_list(database, clock, karin).late) == 1
