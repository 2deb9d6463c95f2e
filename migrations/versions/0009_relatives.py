"""Relatives: links and what was done by them, names that a channel tells, pictures and voice messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | None = None
depends_on: str | None = None

_LIVING = sa.text("status IN ('held', 'asked', 'active')")


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "links",
        sa.Column("id", number, nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=True),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("relative_id", number, nullable=False),
        sa.Column("relative_channel", sa.String(length=16), nullable=False),
        sa.Column("relative_name", sa.String(length=60), nullable=False),
        sa.Column("elder_id", number, nullable=False),
        sa.Column("elder_address", sa.String(length=40), nullable=False),
        sa.Column("called", sa.String(length=60), nullable=False),
        sa.Column("relation", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("asked_again_at", sa.DateTime(), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("ends_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by", sa.String(length=16), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", number, nullable=True),
        sa.Column("ended_by_user", number, nullable=True),
        sa.Column("told_state", sa.String(length=32), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.Column("position", sa.JSON(), nullable=True),
        sa.Column("moved_at", sa.DateTime(), nullable=True),
        _reference("links", "relative_id", "conversations"),
        _reference("links", "elder_id", "conversations"),
        _reference("links", "made_by", "users"),
        _reference("links", "ended_by_user", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
    op.create_index("uq_links_living", "links", ["relative_id", "elder_address"], unique=True, sqlite_where=_LIVING, postgresql_where=_LIVING)
    op.create_index(op.f("ix_links_relative_id_status"), "links", ["relative_id", "status"])
    op.create_index(op.f("ix_links_elder_id_status"), "links", ["elder_id", "status"])
    op.create_index(op.f("ix_links_elder_address_asked_at"), "links", ["elder_address", "asked_at"])
    op.create_index(op.f("ix_links_status_ends_at"), "links", ["status", "ends_at"])
    op.create_table(
        "deeds",
        sa.Column("id", number, nullable=False),
        sa.Column("link_id", number, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        _reference("deeds", "link_id", "links"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deeds")),
    )
    op.create_index(op.f("ix_deeds_link_id_id"), "deeds", ["link_id", "id"])
    op.create_index(op.f("ix_deeds_told_at_at"), "deeds", ["told_at", "at"])
    op.create_table(
        "attachments",
        sa.Column("message_id", number, autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("file_id", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(), nullable=False),
        sa.Column("lease_owner", sa.String(length=64), nullable=True),
        sa.Column("lease_until", sa.DateTime(), nullable=True),
        sa.Column("fault", sa.String(length=80), nullable=False),
        _reference("attachments", "message_id", "messages"),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_attachments")),
    )
    op.create_index(op.f("ix_attachments_status_next_attempt_at"), "attachments", ["status", "next_attempt_at"])
    op.create_table(
        "joins",
        sa.Column("id", number, nullable=False),
        sa.Column("asker_id", number, nullable=False),
        sa.Column("asker_address", sa.String(length=40), nullable=False),
        sa.Column("number_id", number, nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        _reference("joins", "asker_id", "conversations"),
        _reference("joins", "number_id", "conversations"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joins")),
    )
    op.create_index(op.f("ix_joins_asker_id_asked_at"), "joins", ["asker_id", "asked_at"])
    op.create_index(op.f("ix_joins_number_id_status"), "joins", ["number_id", "status"])
    op.create_index(op.f("ix_joins_status_ends_at"), "joins", ["status", "ends_at"])
    with op.batch_alter_table("addresses") as addresses:
        addresses.add_column(sa.Column("name", sa.String(length=60), nullable=False, server_default=""))
    with op.batch_alter_table("bookings") as bookings:
        bookings.add_column(sa.Column("link_id", number, nullable=True))
        bookings.create_foreign_key(op.f("fk_bookings_link_id"), "links", ["link_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("bookings") as bookings:
        bookings.drop_constraint(op.f("fk_bookings_link_id"), type_="foreignkey")
        bookings.drop_column("link_id")
    with op.batch_alter_table("addresses") as addresses:
        addresses.drop_column("name")
    for table in ("joins", "attachments", "deeds", "links"):
        op.drop_table(table)
