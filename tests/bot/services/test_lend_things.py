"""The last one goes to exactly one, the queue comes before a newcomer, and nobody touches somebody else's loan."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.domain.events import Lending, LoanCancelled, LoanExtended, LoanWanted
from bot.domain.loan import LoanStatus, UnitState
from bot.services.book_course import NotAsItWas, Who
from bot.services.lend_things import lend
from bot.store import conversations, loans
from bot.store.database import Database
from bot.store.tables import Base, CaseRow, LoanRow, LoanTypeRow, LoanUnitRow, OutboxRow
from nlu.understanding import Entity
from tests.bot import lending
from tests.bot.engine.talk import world
from tests.bot.lending import BRANCH, LIBRARY, person, plan, statuses, stock
from tests.stand_ins import ASTRID, KURT, MONDAY, SVEA, Post, understood


def _lend(database: Database, event: Lending, conversation_id: int, now: datetime = MONDAY) -> LoanRow:
    with database.writing() as session:
        conversations.lock(session, conversation_id)
        return lend(session, world().places, event, Who(conversation_id, "sms"), now)


def _hand_out(database: Database, loan_id: int) -> None:
    with database.writing() as session:
        row = session.get_one(LoanRow, loan_id)
        row.status, row.handed_out_at, row.handed_out_place, row.due_at = (
            LoanStatus.OUT,
            MONDAY,
            LIBRARY,
            MONDAY + timedelta(days=28),
        )
        session.get_one(LoanUnitRow, row.unit_id).state = UnitState.OUT


def test_put_aside_where_it_is(database: Database) -> None:
    stock(database, plan(2))
    row = _lend(database, LoanWanted(1, BRANCH), person(database, SVEA))
    assert (row.status, row.unit_id) == (LoanStatus.OFFERED, 2)
    assert row.fetch_by is not None
    assert timedelta(days=7) <= row.fetch_by - MONDAY <= timedelta(days=10)


def test_none_where_it_was_said_to_be(database: Database) -> None:
    stock(database, plan(1))
    with pytest.raises(NotAsItWas):
        _lend(database, LoanWanted(1, BRANCH), person(database, SVEA))
    assert statuses(database) == []


def test_the_second_is_too_late_and_waits(database: Database) -> None:
    stock(database)
    svea, kurt = person(database, SVEA), person(database, KURT)
    _lend(database, LoanWanted(1, LIBRARY), svea)
    with pytest.raises(NotAsItWas):
        _lend(database, LoanWanted(1, LIBRARY), kurt)
    _lend(database, LoanWanted(1, waits=True), kurt)
    assert statuses(database) == ["offered", "queued"]


def test_nobody_waits_while_there_is_one(database: Database) -> None:
    stock(database)
    with pytest.raises(NotAsItWas):
        _lend(database, LoanWanted(1, waits=True), person(database, SVEA))


def test_a_newcomer_does_not_pass_the_queue(database: Database) -> None:
    stock(database)
    svea, kurt, astrid = (person(database, address) for address in (SVEA, KURT, ASTRID))
    first = _lend(database, LoanWanted(1, LIBRARY), svea)
    _lend(database, LoanWanted(1, waits=True), kurt)
    _lend(database, LoanCancelled(first.id), svea)
    with pytest.raises(NotAsItWas):
        _lend(database, LoanWanted(1, LIBRARY), astrid)


def test_not_two_of_a_kind(database: Database) -> None:
    stock(database, plan(3))
    svea = person(database, SVEA)
    _lend(database, LoanWanted(1, LIBRARY), svea)
    with pytest.raises(NotAsItWas):
        _lend(database, LoanWanted(1, BRANCH), svea)


def test_somebody_elses_loan_is_not_touched(database: Database) -> None:
    stock(database)
    svea, kurt = person(database, SVEA), person(database, KURT)
    row = _lend(database, LoanWanted(1, LIBRARY), svea)
    for event in (LoanCancelled(row.id), LoanExtended(row.id), LoanCancelled(99)):
        with pytest.raises(NotAsItWas):
            _lend(database, event, kurt)
    assert statuses(database) == ["offered"]


def test_given_up_twice(database: Database) -> None:
    stock(database)
    svea = person(database, SVEA)
    row = _lend(database, LoanWanted(1, LIBRARY), svea)
    _lend(database, LoanCancelled(row.id), svea)
    with pytest.raises(NotAsItWas):
        _lend(database, LoanCancelled(row.id), svea)
    with database.reading() as session:
        assert len(loans.free_units(session, [1])) == 1


def test_more_time_unless_somebody_waits(database: Database) -> None:
    stock(database)
    svea, kurt = person(database, SVEA), person(database, KURT)
    row = _lend(database, LoanWanted(1, LIBRARY), svea)
    with pytest.raises(NotAsItWas):
        _lend(database, LoanExtended(row.id), svea)
    _hand_out(database, row.id)
    later = MONDAY + timedelta(days=20)
    longer = _lend(database, LoanExtended(row.id), svea, later)
    assert longer.due_at is not None
    assert longer.due_at - later >= timedelta(days=28)
    _lend(database, LoanWanted(1, waits=True), kurt)
    with pytest.raises(NotAsItWas):
        _lend(database, LoanExtended(row.id), svea, later)


def test_what_is_lent_no_more(database: Database) -> None:
    stock(database)
    with database.writing() as session:
        session.get_one(LoanTypeRow, 1).retired_at = MONDAY
    svea = person(database, SVEA)
    for event in (LoanWanted(1, LIBRARY), LoanWanted(1, waits=True), LoanWanted(99, LIBRARY)):
        with pytest.raises(NotAsItWas):
            _lend(database, event, svea)


def test_two_at_once_for_the_last_one(database: Database) -> None:
    stock(database)
    wanting = [person(database, address) for address in (SVEA, KURT, ASTRID)]
    together, lost = threading.Barrier(len(wanting)), []

    def want(conversation_id: int) -> None:
        together.wait()
        try:
            _lend(database, LoanWanted(1, LIBRARY), conversation_id)
        except NotAsItWas:
            lost.append(conversation_id)

    threads = [threading.Thread(target=want, args=(conversation_id,)) for conversation_id in wanting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert statuses(database) == ["offered"]
    assert len(lost) == 2


def test_two_conversations_say_yes_to_the_last_one(database: Database) -> None:
    """Each was told that there is one; the other is told so when the turn is done again, and may wait. Nobody meets a fault."""
    stock(database)
    posts = [Post(database, world=world(), owner=f"worker {i}") for i in range(2)]
    people = (SVEA, KURT)
    for post, sender in zip(posts, people, strict=True):
        post.interpreter.told["en surfplatta i kalmar"] = understood(
            "en surfplatta i kalmar", "device_loan", entities=[Entity("place", "Kalmar", 0, 0)]
        )
        post.says("en surfplatta i kalmar", sender=sender, key=f"a{sender}")
    for post, sender in zip(posts, people, strict=True):
        post.comes("JA", sender=sender, key=f"b{sender}")
        post.clock.at += timedelta(seconds=5)
    threads = [threading.Thread(target=post.think) for post in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(statuses(database)) == ["offered", "queued"]
    with database.reading() as session:
        told = [
            session.scalars(
                select(OutboxRow.text).where(OutboxRow.address == who).order_by(OutboxRow.id.desc())
            ).first()
            for who in people
        ]
    assert sorted("undanlagd" in (text or "") for text in told) == [False, True]
    assert sorted("i kö" in (text or "") for text in told) == [False, True]
    with database.reading() as session:
        assert session.scalars(select(CaseRow)).all() == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["want", "wait", "cancel"]), st.integers(0, 3)), max_size=25))
def test_whatever_the_order_no_unit_is_promised_twice(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('order') / 'lotsen.db'}")
    Base.metadata.create_all(database.engine)
    stock(database, plan(2))
    people = [person(database, f"+467017406{20 + i}") for i in range(4)]
    for what, who in steps:
        mine = [
            row
            for row in lending.loans(database)
            if row.conversation_id == people[who] and row.status in ("offered", "queued")
        ]
        event: Lending = LoanWanted(1, waits=True) if what == "wait" else LoanWanted(1, LIBRARY if who % 2 else BRANCH)
        if what == "cancel":
            event = LoanCancelled(mine[0].id if mine else 99)
        try:
            _lend(database, event, people[who])
        except NotAsItWas:
            continue
        held = [row.unit_id for row in lending.loans(database) if row.status == "offered"]
        assert None not in held
        assert len(held) == len(set(held)) <= 2
    database.close()
