"""The migrations make exactly the tables that bot/store/tables.py describes."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from bot.store.database import Database
from bot.store.migrate import SchemaUnknown, migrate
from bot.store.tables import Base, ClockRow
from bot.store.tables.word_indexes import is_word_index

VERSIONS = Path(__file__).parents[3] / "migrations" / "versions"


@pytest.fixture
def url(empty_database_url: str) -> str:
    return empty_database_url


def test_the_migrated_schema_is_the_one_that_the_tables_describe(url: str) -> None:
    migrate(url)
    database = Database(url)
    with database.engine.connect() as connection:
        known = {"compare_type": True, "include_name": lambda name, kind, _: not is_word_index(name)}
        context = MigrationContext.configure(connection, opts=known)
        assert compare_metadata(context, Base.metadata) == []
    database.close()


def test_indexes_and_constraints_are_the_same_by_name_and_columns(url: str) -> None:
    migrate(url)
    database = Database(url)
    migrated = _described(database)
    Base.metadata.drop_all(database.engine)
    Base.metadata.create_all(database.engine)
    assert len(migrated) > 40
    assert migrated == _described(database)
    database.close()


def _described(database: Database) -> dict[tuple[str, str], list[str]]:
    found = inspect(database.engine)
    described = {}
    for table in Base.metadata.tables:
        for kind in ("get_columns", "get_indexes", "get_unique_constraints", "get_foreign_keys"):
            described[table, kind] = sorted(_plain(entry) for entry in getattr(found, kind)(table))
        described[table, "get_pk_constraint"] = [_plain(found.get_pk_constraint(table))]
    return described


def _plain(entry: object) -> str:
    if isinstance(entry, dict):
        return ", ".join(f"{key}: {_plain(entry[key])}" for key in sorted(entry))
    return str(entry)


def test_migrating_again_changes_nothing_and_keeps_what_is_stored(url: str) -> None:
    migrate(url)
    database = Database(url)
    with database.writing() as session:
        session.add(ClockRow(id=1, offset_seconds=7))
    migrate(url)
    with database.reading() as session:
        assert session.get_one(ClockRow, 1).offset_seconds == 7
        assert session.scalars(text("SELECT version_num FROM alembic_version")).all() == [
            max(path.stem[:4] for path in VERSIONS.glob("0*.py"))
        ]
    database.close()


def test_a_database_is_ready_only_after_its_migration(url: str) -> None:
    database = Database(url)
    assert not database.ready()
    migrate(url)
    assert database.ready()
    database.close()


def test_a_schema_of_a_newer_version_is_refused_with_what_to_do(url: str) -> None:
    migrate(url)
    database = Database(url)
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaUnknown, match=r"9999.*newer version"):
        migrate(url)
    database.close()
