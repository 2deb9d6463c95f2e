"""The indexes by which words are found in messages, notes and cases: SQLite's FTS5, PostgreSQL's GIN over tsvector.

Neither stores a text a second time: what is masked, changed or deleted in a table is so in its index, in the same transaction. FTS5 is kept by triggers
(https://www.sqlite.org/fts5.html, 4.4.3 External content tables), so whoever makes one of these tables anew (Alembic's batch mode) makes its triggers
anew too. PostgreSQL indexes an expression, so a query must write it as it stands here.

Both find the same: words are whole runs of letters and digits, in any case, with and without the dots of å, ä and ö (many residents have none on
their phone). No stems: PostgreSQL's `swedish` cuts endings off names and other languages too, drops words like "inte", and SQLite has nothing like it.
The beginning of a word finds its endings instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, MetaData, event

from bot.domain.found_words import FOLD
from bot.store.tables.base import Base

_APART = "-./:@_&+=~#?<>"
"""Signs that PostgreSQL's parser would keep within a word (an address, a number with a sign); SQLite parts words at all of them."""


@dataclass(frozen=True, slots=True)
class WordIndex:
    """The index `name` of the words in some columns of a table."""

    name: str
    table: str
    columns: tuple[str, ...]

    @property
    def vector(self) -> str:
        """PostgreSQL's expression, of columns that are named with their table."""
        together = " || ' ' || ".join(f"coalesce({self.table}.{column}, '')" for column in self.columns)
        into = FOLD[1] + " " * len(_APART)
        return f"to_tsvector('simple'::regconfig, translate({together}, '{FOLD[0] + _APART}', '{into}'))"

    def sqlite(self) -> tuple[str, ...]:
        """What makes the index on SQLite, and fills it."""
        name, table, columns = self.name, self.table, ", ".join(self.columns)
        old, new = (", ".join(f"{which}.{column}" for column in self.columns) for which in ("old", "new"))
        # Names only, of our own tables.
        put = f"INSERT INTO {name}(rowid, {columns}) VALUES (new.id, {new});"  # noqa: S608
        take = f"INSERT INTO {name}({name}, rowid, {columns}) VALUES ('delete', old.id, {old});"  # noqa: S608
        return (
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5({columns}, content='{table}', content_rowid='id', "
            "tokenize='unicode61 remove_diacritics 2', detail=none, columnsize=0)",
            f"CREATE TRIGGER IF NOT EXISTS {name}_insert AFTER INSERT ON {table} BEGIN {put} END",
            f"CREATE TRIGGER IF NOT EXISTS {name}_delete AFTER DELETE ON {table} BEGIN {take} END",
            f"CREATE TRIGGER IF NOT EXISTS {name}_update AFTER UPDATE OF {columns} ON {table} BEGIN {take} {put} END",
            f"INSERT INTO {name}({name}) VALUES ('rebuild')",  # noqa: S608
        )

    def postgresql(self) -> tuple[str, ...]:
        """What makes the index on PostgreSQL."""
        return (f"CREATE INDEX IF NOT EXISTS {self.name} ON {self.table} USING gin (({self.vector}))",)


SAID = WordIndex("words_said", "messages", ("text",))
NOTED = WordIndex("words_noted", "case_notes", ("text",))
TOLD = WordIndex("words_told", "cases", ("person_name", "summary", "helped"))
WORD_INDEXES = (SAID, NOTED, TOLD)


def is_word_index(name: str | None) -> bool:
    """Whether a table or index of the database belongs to these, and to no table that Python knows."""
    return bool(name) and any(str(name).startswith(index.name) for index in WORD_INDEXES)


@event.listens_for(Base.metadata, "after_create")
def _make(target: MetaData, connection: Connection, **_: Any) -> None:
    for index in WORD_INDEXES:
        for statement in index.sqlite() if connection.dialect.name == "sqlite" else index.postgresql():
            connection.exec_driver_sql(statement)


@event.listens_for(Base.metadata, "before_drop")
def _drop(target: MetaData, connection: Connection, **_: Any) -> None:
    if connection.dialect.name == "sqlite":
        for index in WORD_INDEXES:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {index.name}")
