"""The two kinds of transaction, and a database that is away."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.store import clock
from bot.store.database import Database, DatabaseAway, turn_to_wal
from bot.store.tables import SenderRow
from tests.stand_ins import MONDAY

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def test_what_is_written_is_kept_and_what_fails_is_not(database: Database) -> None:
    with database.writing() as session:
        clock.move(session, timedelta(hours=1))

    def fail_half_way() -> None:
        with database.writing() as session:
            clock.move(session, timedelta(hours=1))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with database.reading() as session:
        assert clock.offset(session) == timedelta(hours=1)


def test_what_a_reader_changes_is_not_kept(database: Database) -> None:
    with database.reading() as session:
        clock.move(session, timedelta(hours=1))
        session.flush()
    with database.reading() as session:
        assert clock.offset(session) == timedelta()


def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    with database.writing() as writer:
        clock.move(writer, timedelta(hours=1))
        writer.flush()
        with database.reading() as session:
            assert clock.offset(session) == timedelta()


def test_a_postgresql_address_is_spoken_with_psycopg() -> None:
    for url in ("postgresql://a@127.0.0.1:1/b", "postgres://a@127.0.0.1:1/b", "postgresql+psycopg://a@127.0.0.1:1/b"):
        database = Database(url)
        assert database.engine.dialect.driver == "psycopg"
        database.close()


def test_a_server_that_does_not_answer_is_away() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/none?connect_timeout=2")
    with pytest.raises(DatabaseAway), database.reading() as session:
        session.execute(text("SELECT 1"))
    assert not database.ready()
    database.close()


@ON_SQLITE
def test_a_locked_sqlite_file_is_away_and_works_again_afterwards(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database.PATIENCE_MS", 20)
    database = Database(database_url)
    other = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseAway, match="locked"), database.writing() as session:
        clock.move(session, timedelta(hours=1))
    other.execute("ROLLBACK")
    other.close()
    with database.writing() as session:
        clock.move(session, timedelta(hours=2))
    with database.reading() as session:
        assert clock.offset(session) == timedelta(hours=2)
    database.close()


@ON_POSTGRESQL
def test_a_cut_connection_is_away_and_the_next_transaction_gets_a_new_one(database: Database) -> None:
    def cut_while_writing() -> None:
        with database.writing() as session, database.reading() as other:
            own = session.scalar(text("SELECT pg_backend_pid()"))
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": own})
            clock.move(session, timedelta(hours=1))

    with pytest.raises(DatabaseAway):
        cut_while_writing()
    with database.reading() as session:
        assert clock.offset(session) == timedelta()


@ON_SQLITE
def test_a_sqlite_writer_has_the_lock_from_the_beginning(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("SELECT 1"))
        other = sqlite3.connect(database.url.removeprefix("sqlite:///"), timeout=0.01, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


@ON_SQLITE
def test_sqlite_checks_what_refers_to_what_and_lets_readers_read(database: Database) -> None:
    with database.reading() as session:
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"


@pytest.fixture
def new_file(tmp_path: Path) -> Iterator[tuple[sqlite3.Connection, sqlite3.Connection]]:
    """Two on a file of which nothing is written yet; SQLite waits for neither."""
    one, other = (sqlite3.connect(tmp_path / "new.db", timeout=0, isolation_level=None) for _ in range(2))
    other.execute("BEGIN IMMEDIATE")
    yield one, other
    one.close()
    other.close()


def test_who_opens_a_new_file_waits_for_another_that_does(
    new_file: tuple[sqlite3.Connection, sqlite3.Connection],
) -> None:
    one, other = new_file
    waits = []

    def pause(seconds: float) -> None:
        waits.append(seconds)
        other.execute("COMMIT")

    turn_to_wal(one.cursor(), 60_000, pause)
    assert len(waits) == 1
    assert one.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_who_opens_a_new_file_does_not_wait_for_ever(
    new_file: tuple[sqlite3.Connection, sqlite3.Connection],
) -> None:
    one, _ = new_file
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        turn_to_wal(one.cursor(), 20)


def test_an_error_does_not_tell_what_was_stored(database: Database) -> None:
    """Errors are logged, and what is stored is personal."""

    def store(*rows: SenderRow) -> None:
        with database.writing() as session:
            session.add_all(rows)

    first, again = (SenderRow(sender="a secret", free_at=MONDAY) for _ in range(2))
    store(first)
    with pytest.raises(IntegrityError) as raised:
        store(again)
    said = str(raised.value).splitlines()
    assert not any("a secret" in line for line in said if not line.startswith("DETAIL"))
