"""Run by Alembic. bot/store/migrate.py hands it the connection, with the transaction already begun."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from bot.store.tables import Base
from bot.store.tables.word_indexes import is_word_index

connection: Connection | None = context.config.attributes.get("connection")
if connection is None:
    raise RuntimeError(
        "migrations are run by `lotsen migrate`, which knows the database; alembic's own command does not"
    )
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    compare_type=True,
    include_name=lambda name, kind, parents: not is_word_index(name),
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
