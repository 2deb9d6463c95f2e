"""What is lent: its kinds, the units of each, and who borrows or waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

_LIVE = "status IN ('queued', 'offered', 'out')"
_HELD = "status IN ('offered', 'out')"


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "loan_types",
        sa.Column("id", _number(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=True),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("wiping", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_types")),
        sa.UniqueConstraint("key", name=op.f("uq_loan_types_key")),
    )
    op.create_index(op.f("ix_loan_types_municipality_unit"), "loan_types", ["municipality", "unit"])
    op.create_table(
        "loan_units",
        sa.Column("id", _number(), nullable=False),
        sa.Column("type_id", _number(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("home", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        _reference("loan_units", "type_id", "loan_types"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_units")),
        sa.UniqueConstraint("type_id", "label", name=op.f("uq_loan_units_type_id_label")),
    )
    op.create_table(
        "loans",
        sa.Column("id", _number(), nullable=False),
        sa.Column("type_id", _number(), nullable=False),
        sa.Column("unit_id", _number(), nullable=True),
        sa.Column("conversation_id", _number(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("queued_at", sa.DateTime(), nullable=False),
        sa.Column("offered_at", sa.DateTime(), nullable=True),
        sa.Column("fetch_by", sa.DateTime(), nullable=True),
        sa.Column("handed_out_at", sa.DateTime(), nullable=True),
        sa.Column("handed_out_by", _number(), nullable=True),
        sa.Column("handed_out_place", sa.String(length=64), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("returned_at", sa.DateTime(), nullable=True),
        sa.Column("received_by", _number(), nullable=True),
        sa.Column("returned_place", sa.String(length=64), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        _reference("loans", "type_id", "loan_types"),
        _reference("loans", "unit_id", "loan_units"),
        _reference("loans", "conversation_id", "conversations"),
        _reference("loans", "handed_out_by", "users"),
        _reference("loans", "received_by", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loans")),
    )
    op.create_index(op.f("ix_loans_type_id_status"), "loans", ["type_id", "status"])
    op.create_index(op.f("ix_loans_conversation_id_status"), "loans", ["conversation_id", "status"])
    op.create_index(
        "uq_loans_live", "loans", ["type_id", "conversation_id"], unique=True, sqlite_where=sa.text(_LIVE), postgresql_where=sa.text(_LIVE)
    )
    op.create_index("uq_loans_held", "loans", ["unit_id"], unique=True, sqlite_where=sa.text(_HELD), postgresql_where=sa.text(_HELD))


def downgrade() -> None:
    for table in ("loans", "loan_units", "loan_types"):
        op.drop_table(table)
