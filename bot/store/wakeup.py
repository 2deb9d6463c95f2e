"""Wakes idle workers: in this process at once, and on PostgreSQL in every process, by LISTEN and NOTIFY.

A lost wake-up does no harm: workers also look by themselves now and then.
"""

from __future__ import annotations

import threading

import psycopg
import structlog
from sqlalchemy import text

from bot.store.database import Database, DatabaseAway

_CHANNEL = "lotsen"
_RECONNECT_S = 2.0

_log = structlog.get_logger(__name__)


class Signal:
    """Something that many threads wait for and any can set. Each waiter sees every setting once."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._count = 0

    def set(self) -> None:
        with self._condition:
            self._count += 1
            self._condition.notify_all()

    @property
    def count(self) -> int:
        """How often it was set; taken before looking for work, so that nothing set meanwhile is missed."""
        return self._count

    def wait(self, seen: int, timeout_s: float) -> None:
        """Returns once it has been set more often than `seen`, or after the time-out."""
        with self._condition:
            self._condition.wait_for(lambda: self._count > seen, timeout_s)


class LocalWakeup:
    """Wakes the workers of this process."""

    def __init__(self) -> None:
        self.turns_signal = Signal()
        self.outbox_signal = Signal()

    def turns(self) -> None:
        """A conversation is due."""
        self.turns_signal.set()

    def outbox(self) -> None:
        """A message waits to be sent."""
        self.outbox_signal.set()

    def start(self) -> None:
        """Nothing to listen to."""

    def stop(self) -> None:
        """Lets waiting workers go."""
        self.turns_signal.set()
        self.outbox_signal.set()


class PostgresWakeup(LocalWakeup):
    """Wakes the workers of every process on the same database."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="listen", daemon=True)

    def turns(self) -> None:
        super().turns()
        self._notify("turns")

    def outbox(self) -> None:
        super().outbox()
        self._notify("outbox")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        super().stop()

    def _notify(self, what: str) -> None:
        try:
            with self._database.writing() as session:
                session.execute(text("SELECT pg_notify(:channel, :what)"), {"channel": _CHANNEL, "what": what})
        except DatabaseAway:
            pass  # other processes look by themselves

    def _listen(self) -> None:
        address = self._database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        while not self._stopping.is_set():
            try:
                with psycopg.connect(address, autocommit=True) as connection:
                    connection.execute(f"LISTEN {_CHANNEL}")
                    while not self._stopping.is_set():
                        for notice in connection.notifies(timeout=1.0):
                            (super().turns if notice.payload == "turns" else super().outbox)()
            except psycopg.Error as error:
                _log.warning("not listening", error=type(error).__name__)
                self._stopping.wait(_RECONNECT_S)


def wakeup_for(database: Database) -> LocalWakeup:
    """The kind of wake-up that a database allows."""
    return LocalWakeup() if database.is_sqlite else PostgresWakeup(database)
