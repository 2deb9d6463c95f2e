"""Business time: real time and an offset."""

from __future__ import annotations

from datetime import timedelta

from bot.store import clock
from bot.store.database import Database
from tests.stand_ins import MONDAY


def test_business_time_is_real_time_until_it_is_moved(database: Database) -> None:
    with database.reading() as session:
        assert clock.business_time(session, MONDAY) == MONDAY


def test_moves_add_up_and_reset_takes_them_back(database: Database) -> None:
    for days in (14, 1):
        with database.writing() as session:
            clock.move(session, timedelta(days=days))
    with database.reading() as session:
        assert clock.business_time(session, MONDAY) == MONDAY + timedelta(days=15)
    with database.writing() as session:
        clock.reset(session)
    with database.reading() as session:
        assert clock.offset(session) == timedelta()


def test_every_process_follows_it(database: Database, database_url: str) -> None:
    other = Database(database_url)
    with other.writing() as session:
        clock.move(session, timedelta(hours=3))
    with database.reading() as session:
        assert clock.offset(session) == timedelta(hours=3)
    other.close()


def test_a_move_of_many_years_fits(database: Database) -> None:
    with database.writing() as session:
        clock.move(session, timedelta(days=365 * 100))
    with database.reading() as session:
        assert clock.offset(session) == timedelta(days=365 * 100)
