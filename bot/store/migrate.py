"""Brings a database to this version's schema. Safe to run again, and in several processes at once."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import text

from bot.store.database import Database

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"

_LOCK = 6_570_411
"""Key of the PostgreSQL advisory lock under which one process at a time migrates; any number that nothing else uses."""


_PATIENCE_MS = 120_000
"""A migration may take seconds, and SQLite's writers wait in no order: whoever comes last may wait for all the others."""


class SchemaUnknown(Exception):
    """The database was migrated by a newer version of Lotsen than this one."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"the database has a schema that this version does not know ({why}): "
            "start the newer version again, or restore a backup from before it was installed"
        )


def migrate(url: str) -> None:
    """Runs every migration that the database lacks, in one transaction. Raises SchemaUnknown, DatabaseAway.

    Whoever comes second waits for the first, and then finds nothing left to do: on PostgreSQL by an advisory lock, on
    SQLite by the writer's lock that the transaction begins with.
    """
    database = Database(url, _PATIENCE_MS)
    try:
        with database.writing() as session:
            if not database.is_sqlite:
                session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            config = configuration()
            config.attributes["connection"] = session.connection()
            command.upgrade(config, "head")
    except CommandError as error:
        raise SchemaUnknown(str(error)) from error
    finally:
        database.close()


def configuration() -> Config:
    """Alembic's configuration; the caller puts the connection into its attributes."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
