"""One database, SQLite or PostgreSQL, and the two kinds of transaction on it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

PATIENCE_MS = 5_000
"""How long a SQLite writer waits for another; a write of ours takes milliseconds."""
_WRITES = "lotsen_writes"
_AGAIN_AFTER_S = 0.005
_WAL = "PRAGMA journal_mode=WAL"


class DatabaseAway(Exception):
    """The database cannot be reached or is locked; nothing was changed, and trying again later may help."""


class Database:
    """Hands out sessions. `reading` sees one state of things; `writing` commits at the end, or rolls back on an exception.

    `patience_ms` is how long a SQLite writer waits for another before it gives up with DatabaseAway; PATIENCE_MS when it is not given.
    """

    def __init__(self, url: str, patience_ms: int | None = None) -> None:
        self.url = _with_driver(url)
        self.is_sqlite = self.url.startswith("sqlite")
        self.engine = _engine(self.url, PATIENCE_MS if patience_ms is None else patience_ms)
        self._writer = self.engine.execution_options(**{_WRITES: True})

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reading only. Raises DatabaseAway."""
        with _told(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is committed when the block ends. Raises DatabaseAway."""
        with _told(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    def ready(self) -> bool:
        """Whether the database answers and has tables."""
        try:
            with self.reading() as session:
                session.execute(text("SELECT offset_seconds FROM clock"))
        except (DatabaseAway, DBAPIError):
            return False
        return True

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (OperationalError, PoolTimeout) as error:
        raise DatabaseAway(str(error).splitlines()[0]) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise DatabaseAway(str(error).splitlines()[0]) from error
        raise


def _with_driver(url: str) -> str:
    """PostgreSQL is spoken with psycopg 3, whether the address says so or not."""
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _engine(url: str, patience_ms: int) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(
            url, hide_parameters=True, pool_pre_ping=True, pool_size=20, max_overflow=20, pool_timeout=5
        )
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": patience_ms / 1000},
        pool_size=20,
        max_overflow=20,
    )
    event.listen(engine, "connect", lambda connection, record: _on_sqlite_connect(connection, patience_ms))
    event.listen(engine, "begin", _on_sqlite_begin)
    return engine


def _on_sqlite_connect(connection: Any, patience_ms: int) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={patience_ms}")
    turn_to_wal(cursor, patience_ms)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def turn_to_wal(cursor: sqlite3.Cursor, patience_ms: int, pause: Callable[[float], None] = time.sleep) -> None:
    """Lets readers and a writer work side by side; waits up to `patience_ms` for others that use a file still without it.

    Raises sqlite3.OperationalError when they use it longer. SQLite does not wait by itself here, whatever its
    busy_timeout: of two that turn a new file at once it refuses one, as two that both read and want to write would wait
    for each other (sqlite.org/c3ref/busy_handler.html).
    """
    until = time.monotonic() + patience_ms / 1000
    while True:
        try:
            cursor.execute(_WAL)
        except sqlite3.OperationalError:
            if time.monotonic() >= until:
                raise
            pause(_AGAIN_AFTER_S)
        else:
            return


def _on_sqlite_begin(connection: Connection) -> None:
    """A writer takes the write lock at once, so that it never fails half-way for having read first."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
