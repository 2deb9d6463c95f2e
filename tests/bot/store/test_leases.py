"""What one process at a time may do, and jobs that run once a slot."""

from __future__ import annotations

from datetime import timedelta

from bot.store import leases
from bot.store.database import Database
from tests.stand_ins import MONDAY

LASTS = timedelta(seconds=30)


def _take(database: Database, owner: str, after: float = 0) -> int | None:
    with database.writing() as session:
        return leases.take(session, "polling", owner, MONDAY + timedelta(seconds=after), LASTS)


def test_one_has_it_until_its_end_and_may_prolong_it(database: Database) -> None:
    assert _take(database, "a") == 0
    assert _take(database, "b", after=29) is None
    assert _take(database, "a", after=29) == 0
    assert _take(database, "b", after=31) is None
    assert _take(database, "b", after=60) == 0
    assert _take(database, "a", after=61) is None


def test_its_value_goes_on_to_the_next_owner(database: Database) -> None:
    _take(database, "a")
    with database.writing() as session:
        assert leases.advance(session, "polling", "a", 8_000_000_000)
    assert _take(database, "b", after=60) == 8_000_000_000


def test_only_its_owner_moves_its_value(database: Database) -> None:
    _take(database, "a")
    _take(database, "b", after=60)
    with database.writing() as session:
        assert not leases.advance(session, "polling", "a", 5)
        assert not leases.advance(session, "unknown", "a", 5)
    assert _take(database, "b", after=61) == 0


def test_given_up_it_can_be_taken_at_once_but_only_by_its_owner(database: Database) -> None:
    _take(database, "a")
    with database.writing() as session:
        leases.release(session, "polling", "b")
    assert _take(database, "b", after=1) is None
    with database.writing() as session:
        leases.release(session, "polling", "a")
    assert _take(database, "b", after=1) == 0


def test_a_job_runs_once_a_slot(database: Database) -> None:
    def took(job: str, hours: int) -> bool:
        with database.writing() as session:
            return leases.take_slot(session, job, MONDAY + timedelta(hours=hours))

    assert [took("remind", 0), took("remind", 0), took("remind", 1), took("purge", 0)] == [True, False, True, True]
    with database.writing() as session:
        leases.forget_slots(session, MONDAY + timedelta(hours=1))
    assert [took("remind", 0), took("remind", 1)] == [True, False]
