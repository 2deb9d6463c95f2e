"""The loan desk: out, in at any place, wiped before the next one, and shut to every other unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.address import Address
from bot.domain.events import LoanWanted
from bot.domain.loan import LoanRefusal, LoanStatus
from bot.services.book_course import Who
from bot.services.lend_things import lend
from bot.services.work_loans import LoanDesk, LoanNotFound, NoSuchPlace, NotWiped, UnitTaken, WaitsAhead
from bot.store import conversations
from bot.store.database import Database
from bot.store.tables import AuditRow, LoanUnitRow, Person, UserRow
from tests.bot.engine.talk import world
from tests.bot.lending import BRANCH, LIBRARY, librarian, loans, person, plan, statuses, stock, unit_states
from tests.stand_ins import ASTRID, KURT, MONDAY, SVEA, SettableClock


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def desk(database: Database, clock: SettableClock) -> LoanDesk:
    stock(database, plan(2))
    return LoanDesk(database, world, clock)


@pytest.fixture
def karin(database: Database) -> UserRow:
    return librarian(database)


def _wants(database: Database, address: str, place: str = LIBRARY, waits: bool = False) -> int:
    conversation_id = person(database, address)
    with database.writing() as session:
        conversations.lock(session, conversation_id)
        return lend(session, world().places, LoanWanted(1, place, waits), Who(conversation_id, "sms"), MONDAY).id


def test_out_to_a_number_and_back_elsewhere(
    database: Database, desk: LoanDesk, karin: UserRow, clock: SettableClock
) -> None:
    row = desk.hand_out(1, karin, LIBRARY, Address(SVEA))
    assert row.due_at is not None
    assert row.due_at - clock() >= timedelta(days=28)
    assert unit_states(database) == ["out", "in"]
    desk.receive(1, karin, BRANCH)
    assert unit_states(database) == ["to_wipe", "in"]
    with database.reading() as session:
        assert session.get_one(LoanUnitRow, 1).place == BRANCH
        assert session.get_one(LoanUnitRow, 1).home == LIBRARY
        acts = session.execute(select(AuditRow.act, AuditRow.detail).order_by(AuditRow.id)).all()
    assert [(act, detail) for act, detail in acts] == [("loan_hand_out", "loan 1, unit 1"), ("loan_receive", "unit 1")]
    (loan,) = loans(database)
    assert (loan.status, loan.handed_out_place, loan.returned_place, loan.received_by) == (
        LoanStatus.RETURNED,
        LIBRARY,
        BRANCH,
        karin.id,
    )


def test_it_is_wiped_before_the_next_one(database: Database, desk: LoanDesk, karin: UserRow) -> None:
    desk.hand_out(1, karin, LIBRARY, Address(SVEA))
    desk.receive(1, karin, LIBRARY)
    with pytest.raises(LoanRefusal):
        desk.hand_out(1, karin, LIBRARY, Address(KURT))
    for ticked in ((), (0,), (1, 2)):
        with pytest.raises(NotWiped):
            desk.wipe(1, karin, ticked)
    desk.wipe(1, karin, (0, 1))
    assert desk.hand_out(1, karin, LIBRARY, Address(KURT)).status == LoanStatus.OUT


def test_what_was_put_aside_is_for_that_person(database: Database, desk: LoanDesk, karin: UserRow) -> None:
    loan_id = _wants(database, SVEA)
    with pytest.raises(UnitTaken):
        desk.hand_out(1, karin, LIBRARY, Address(KURT))
    with pytest.raises(UnitTaken):
        desk.set_aside(1, karin)
    assert desk.hand_out(1, karin, LIBRARY, loan_id=loan_id).id == loan_id
    assert statuses(database) == ["out"]


def test_who_has_one_put_aside_may_get_another_one_of_it(database: Database, desk: LoanDesk, karin: UserRow) -> None:
    loan_id = _wants(database, SVEA)
    row = desk.hand_out(2, karin, BRANCH, Address(SVEA))
    assert (row.id, row.unit_id) == (loan_id, 2)
    assert desk.hand_out(1, karin, LIBRARY, Address(KURT)).unit_id == 1


def test_somebody_at_the_desk_does_not_pass_the_queue(database: Database, desk: LoanDesk, karin: UserRow) -> None:
    desk.hand_out(1, karin, LIBRARY, Address("+46701740620"))
    desk.hand_out(2, karin, BRANCH, Address("+46701740621"))
    _wants(database, SVEA, waits=True)
    _wants(database, KURT, waits=True)
    desk.receive(1, karin, LIBRARY)
    desk.wipe(1, karin, (0, 1))
    for address in (ASTRID, KURT):
        with pytest.raises(WaitsAhead):
            desk.hand_out(1, karin, LIBRARY, Address(address))
    assert desk.hand_out(1, karin, LIBRARY, Address(SVEA)).status == LoanStatus.OUT


def test_not_two_of_a_kind_to_one_person(desk: LoanDesk, karin: UserRow) -> None:
    desk.hand_out(1, karin, LIBRARY, Address(SVEA))
    with pytest.raises(LoanRefusal) as refused:
        desk.hand_out(2, karin, LIBRARY, Address(SVEA))
    assert refused.value.state == LoanStatus.OUT


def test_a_place_of_somebody_else(database: Database, desk: LoanDesk, karin: UserRow) -> None:
    for place in ("vara-bibliotek", "nowhere", ""):
        with pytest.raises(NoSuchPlace):
            desk.hand_out(1, karin, place, Address(SVEA))
    assert statuses(database) == []


def test_more_time_unless_somebody_waits(
    database: Database, desk: LoanDesk, karin: UserRow, clock: SettableClock
) -> None:
    row = desk.hand_out(1, karin, LIBRARY, Address(SVEA))
    desk.hand_out(2, karin, LIBRARY, Address(KURT))
    clock.pass_(days=20)
    desk.extend(row.id, karin)
    assert (loans(database)[0].due_at or MONDAY) - clock() >= timedelta(days=28)
    _wants(database, ASTRID, waits=True)
    with pytest.raises(WaitsAhead):
        desk.extend(row.id, karin)


def test_out_of_the_queue(database: Database, desk: LoanDesk, karin: UserRow) -> None:
    loan_id = _wants(database, SVEA)
    desk.cancel(loan_id, karin)
    assert statuses(database) == ["cancelled"]
    with pytest.raises(LoanRefusal):
        desk.cancel(loan_id, karin)


def test_set_aside_and_back(database: Database, desk: LoanDesk, karin: UserRow) -> None:
    desk.set_aside(1, karin)
    with pytest.raises(LoanRefusal):
        desk.hand_out(1, karin, LIBRARY, Address(SVEA))
    desk.put_back(1, karin)
    assert unit_states(database) == ["to_wipe", "in"]


_ACTS: list[Callable[[LoanDesk, UserRow], object]] = [
    lambda desk, user: desk.hand_out(2, user, BRANCH, Address(KURT)),
    lambda desk, user: desk.hand_out(1, user, LIBRARY, loan_id=1),
    lambda desk, user: desk.receive(1, user, LIBRARY),
    lambda desk, user: desk.wipe(1, user, (0, 1)),
    lambda desk, user: desk.set_aside(1, user),
    lambda desk, user: desk.put_back(1, user),
    lambda desk, user: desk.extend(1, user),
    lambda desk, user: desk.cancel(1, user),
]


@pytest.mark.parametrize("act", _ACTS)
@pytest.mark.parametrize(
    ("municipality", "unit"),
    [("kalmar", "medborgarservice"), ("kalmar", None), ("vara", "bibliotek"), (None, None), (None, "bibliotek")],
)
def test_for_every_other_unit_it_is_not_there(
    database: Database,
    desk: LoanDesk,
    act: Callable[[LoanDesk, UserRow], object],
    municipality: str | None,
    unit: str | None,
) -> None:
    _wants(database, SVEA)
    stranger = librarian(database, municipality, unit, "admin")
    with pytest.raises(LoanNotFound):
        act(desk, stranger)
    assert statuses(database) == ["offered"]
    assert unit_states(database) == ["in", "in"]
    with database.reading() as session:
        assert session.scalars(select(AuditRow)).all() == []
        assert len(session.scalars(select(Person)).all()) == 1  # nobody was begun for KURT


def test_the_municipality_may_be_written_by_name(database: Database, desk: LoanDesk) -> None:
    assert desk.hand_out(1, librarian(database, "Kalmar"), LIBRARY, Address(SVEA)).status == LoanStatus.OUT


def test_what_is_not_there(database: Database, desk: LoanDesk, karin: UserRow) -> None:
    for act in (
        lambda: desk.receive(99, karin, LIBRARY),
        lambda: desk.extend(99, karin),
        lambda: desk.hand_out(1, karin, LIBRARY, loan_id=99),
    ):
        with pytest.raises(LoanNotFound):
            act()
