"""Several processes and one thing to lend."""

from __future__ import annotations

from typing import Any

import pytest

from bot.store.database import Database
from tests.bot import lending
from tests.stand_ins import MONDAY

ROUNDS = 8


@pytest.fixture
def people(database: Database) -> list[int]:
    return [lending.person(database, f"+467017406{20 + i}") for i in range(4)]


def test_the_last_one_goes_to_exactly_one(workers: Any, database: Database, people: list[int]) -> None:
    lending.stock(database)
    for round_ in range(1, ROUNDS + 1):
        assert sum(workers.together("borrow", [{"conversation": conversation} for conversation in people])) == 1
        assert lending.statuses(database).count("offered") == 1
        with database.writing() as session:
            session.get_one(lending.LoanRow, round_).status = "cancelled"


def test_two_of_four_get_the_two_that_are_in(workers: Any, database: Database, people: list[int]) -> None:
    lending.stock(
        database,
        lending.LoanPlan(
            "platta",
            "kalmar",
            "bibliotek",
            {"sv": "A", "en": "A"},
            7,
            tuple(lending.PlannedUnit(f"P{i}", lending.LIBRARY) for i in range(2)),
            ("x",),
        ),
    )
    assert sum(workers.together("borrow", [{"conversation": conversation} for conversation in people])) == 2
    assert sorted(row.unit_id or 0 for row in lending.loans(database)) == [1, 2]


def test_one_conversation_in_several_processes_gets_one(workers: Any, database: Database, people: list[int]) -> None:
    lending.stock(database, lending.plan(3))
    assert sum(workers.together("borrow", conversation=people[0])) == 1


def test_all_start_at_once_and_each_thing_is_there_once(workers: Any, database: Database) -> None:
    assert sum(workers.together("stock", units=5, at=MONDAY.isoformat())) == 5
    assert lending.unit_states(database) == ["in"] * 5
