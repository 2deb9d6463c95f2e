"""Words of messages, notes and cases can be found, and the queue is quick with a hundred thousand resolved cases."""

from __future__ import annotations

from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | None = None
depends_on: str | None = None

_WORDS = (
    ("words_said", "messages", ("text",)),
    ("words_noted", "case_notes", ("text",)),
    ("words_told", "cases", ("person_name", "summary", "helped")),
)
_FROM = "ÅÄÀÁÂÃÖÒÓÔÕÉÈÊËÜÙÚÛÍÌÎÏÑÇåäàáâãöòóôõéèêëüùúûíìîïñç-./:@_&+=~#?<>"
_TO = "AAAAAAOOOOOEEEEUUUUIIIINCaaaaaaoooooeeeeuuuuiiiinc              "
_INDEXES = (
    ("ix_cases_lists", "cases", ["status", "resolved_at", "id", "municipality", "unit", "urgency", "topic", "channel", "language"]),
    ("ix_cases_conversation_id_id", "cases", ["conversation_id", "id"]),
    ("ix_cases_address", "cases", ["address"]),
    ("ix_outbox_message_id", "outbox", ["message_id"]),
)


def upgrade() -> None:
    for name, table, columns in _INDEXES:
        op.create_index(op.f(name), table, columns)
    for name, table, words in _WORDS:
        for statement in _on_sqlite(name, table, words) if _is_sqlite() else _on_postgresql(name, table, words):
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for name, _, _ in _WORDS:
        for kind in ("insert", "delete", "update") if _is_sqlite() else ():
            op.get_bind().exec_driver_sql(f"DROP TRIGGER {name}_{kind}")
        op.get_bind().exec_driver_sql(f"DROP TABLE {name}" if _is_sqlite() else f"DROP INDEX {name}")
    for name, table, _ in _INDEXES:
        op.drop_index(op.f(name), table)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _on_sqlite(name: str, table: str, words: tuple[str, ...]) -> tuple[str, ...]:
    columns = ", ".join(words)
    old, new = (", ".join(f"{which}.{column}" for column in words) for which in ("old", "new"))
    put = f"INSERT INTO {name}(rowid, {columns}) VALUES (new.id, {new});"
    take = f"INSERT INTO {name}({name}, rowid, {columns}) VALUES ('delete', old.id, {old});"
    return (
        f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, content='{table}', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2', detail=none, columnsize=0)",
        f"CREATE TRIGGER {name}_insert AFTER INSERT ON {table} BEGIN {put} END",
        f"CREATE TRIGGER {name}_delete AFTER DELETE ON {table} BEGIN {take} END",
        f"CREATE TRIGGER {name}_update AFTER UPDATE OF {columns} ON {table} BEGIN {take} {put} END",
        f"INSERT INTO {name}({name}) VALUES ('rebuild')",
    )


def _on_postgresql(name: str, table: str, words: tuple[str, ...]) -> tuple[str, ...]:
    together = " || ' ' || ".join(f"coalesce({table}.{column}, '')" for column in words)
    vector = f"to_tsvector('simple'::regconfig, translate({together}, '{_FROM}', '{_TO}'))"
    return (f"CREATE INDEX {name} ON {table} USING gin (({vector}))",)
