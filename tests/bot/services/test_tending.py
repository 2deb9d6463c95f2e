"""The loop that looks for what is due: each one by itself, in its hours, and no fault keeps the others waiting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.services.tending import Step, Tending, Turn, tend
from bot.store import clock as business
from bot.store.database import Database, DatabaseAway
from tests.groups import COURSE_WORLD, KALMAR_LIBRARY
from tests.stand_ins import MONDAY, CountedWakeup, SettableClock

NIGHT = MONDAY.replace(hour=23)


@dataclass(frozen=True)
class _Due:
    conversation_id: int


@dataclass
class _Stand:
    """Three are due; `done` are those that were done. `fails` is raised for the first of them."""

    tending: Tending
    clock: SettableClock
    wakeup: CountedWakeup
    done: list[int]
    fails: Exception | None = None
    before: Callable[[], None] = lambda: None

    def find(self, session: Session, now: datetime) -> list[_Due]:
        return [_Due(1), _Due(2), _Due(3)]

    def do(self, turn: Turn, due: _Due) -> bool:
        if self.fails and due.conversation_id == 1:
            raise self.fails
        self.done.append(due.conversation_id)
        self.before()
        return due.conversation_id != 2

    def tend(self, knows_its_hours: bool = False) -> int:
        return tend(self.tending, Turn, (Step(self.find, self.do, knows_its_hours),))


@pytest.fixture
def stand(database: Database) -> _Stand:
    clock, wakeup = SettableClock(), CountedWakeup()
    return _Stand(Tending(database, lambda: COURSE_WORLD, clock, wakeup), clock, wakeup, [])


def test_each_is_done_and_those_who_were_written_to_are_counted(stand: _Stand) -> None:
    assert stand.tend() == 2
    assert (stand.done, stand.wakeup.woken_for_outbox) == ([1, 2, 3], 1)


def test_nobody_is_woken_for_nothing(stand: _Stand) -> None:
    assert tend(stand.tending, Turn, (Step(lambda *_: [_Due(2)], stand.do),)) == 0
    assert stand.wakeup.woken_for_outbox == 0


def test_a_fault_of_one_does_not_keep_the_others_waiting(stand: _Stand) -> None:
    stand.fails = RuntimeError("broken")
    assert stand.tend() == 1
    assert stand.done == [2, 3]


def test_a_database_that_is_away_ends_the_round(stand: _Stand) -> None:
    stand.fails = DatabaseAway("away")
    with pytest.raises(DatabaseAway):
        stand.tend()
    assert stand.done == []


def test_in_the_quiet_hours_only_what_knows_its_hours(stand: _Stand) -> None:
    stand.clock.at = NIGHT
    assert stand.tend() == 0
    assert stand.done == []
    assert stand.tend(knows_its_hours=True) == 2


def test_business_time_says_whether_it_is_night(stand: _Stand) -> None:
    with stand.tending.database.writing() as session:
        business.move(session, timedelta(hours=12))
    assert stand.tend() == 0
    assert stand.done == []


def test_when_the_night_comes_in_the_middle_the_others_wait(stand: _Stand) -> None:
    def night_comes() -> None:
        stand.clock.at = NIGHT

    stand.before = night_comes
    assert stand.tend() == 1
    assert stand.done == [1]


def test_a_place_by_its_name(stand: _Stand, database: Database) -> None:
    with database.reading() as session:
        turn = Turn(session, COURSE_WORLD, MONDAY, MONDAY)
        assert turn.place(KALMAR_LIBRARY.id) == "Stadsbiblioteket"
        assert turn.place("gone") is turn.place(None) is None
