"""Whether anything at all was written to the database: one question that costs next to nothing, for all who wait for something to change."""

from __future__ import annotations

import sqlite3
import threading
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import Database, DatabaseAway


class Changes:
    """A stamp that is another one after every write that was committed, by whatever process. Safe to ask from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._own: Any = None
        self._asking = threading.Lock()

    def stamp(self) -> str:
        """The stamp as it is now. Raises DatabaseAway."""
        return self._of_sqlite() if self._database.is_sqlite else self._of_postgresql()

    def close(self) -> None:
        """Lets the connection go that is kept on SQLite."""
        with self._asking:
            if self._own is not None:
                self._own.close()
            self._own = None

    def _of_sqlite(self) -> str:
        """Counts other connections' commits (https://www.sqlite.org/pragma.html#pragma_data_version), so it needs a connection of its own that never writes."""
        with self._asking:
            try:
                if self._own is None:
                    self._own = self._database.engine.raw_connection()
                    self._own.detach()
                cursor = self._own.cursor()
                return str(cursor.execute("PRAGMA data_version").fetchone()[0])
            except (sqlite3.Error, SQLAlchemyError) as error:
                self._own = None
                raise DatabaseAway(type(error).__name__) from error

    def _of_postgresql(self) -> str:
        """Which transactions have ended, and which have begun before one of those and not ended (xmin:xmax:xip_list)."""
        with self._database.reading() as session:
            return str(session.scalar(text("SELECT pg_current_snapshot()::text")))
