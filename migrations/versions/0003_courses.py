"""Courses, their meetings and leaders, bookings, and notices that went out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None

_LIVE = "status != 'cancelled'"


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "courses",
        sa.Column("id", _number(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("bring", sa.JSON(), nullable=False),
        sa.Column("cost", sa.JSON(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", _number(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _reference("courses", "created_by", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses")),
        sa.UniqueConstraint("key", name=op.f("uq_courses_key")),
    )
    op.create_index(op.f("ix_courses_municipality_ends_at"), "courses", ["municipality", "ends_at"])
    op.create_table(
        "course_meetings",
        sa.Column("id", _number(), nullable=False),
        sa.Column("course_id", _number(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("moved_at", sa.DateTime(), nullable=True),
        _reference("course_meetings", "course_id", "courses"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_meetings")),
    )
    op.create_index(op.f("ix_course_meetings_course_id_starts_at"), "course_meetings", ["course_id", "starts_at"])
    op.create_table(
        "course_leaders",
        sa.Column("id", _number(), nullable=False),
        sa.Column("course_id", _number(), nullable=False),
        sa.Column("user_id", _number(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("helper", sa.Boolean(), nullable=False),
        sa.Column("away", sa.Boolean(), nullable=False),
        _reference("course_leaders", "course_id", "courses"),
        _reference("course_leaders", "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_leaders")),
    )
    op.create_index(op.f("ix_course_leaders_course_id"), "course_leaders", ["course_id"])
    op.create_table(
        "bookings",
        sa.Column("id", _number(), nullable=False),
        sa.Column("course_id", _number(), nullable=False),
        sa.Column("conversation_id", _number(), nullable=False),
        sa.Column("for_whom", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("booked_by", _number(), nullable=True),
        sa.Column("booked_at", sa.DateTime(), nullable=False),
        sa.Column("queued_at", sa.DateTime(), nullable=False),
        sa.Column("offered_until", sa.DateTime(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        _reference("bookings", "course_id", "courses"),
        _reference("bookings", "conversation_id", "conversations"),
        _reference("bookings", "booked_by", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
    )
    op.create_index(op.f("ix_bookings_course_id"), "bookings", ["course_id"])
    op.create_index(op.f("ix_bookings_conversation_id_status"), "bookings", ["conversation_id", "status"])
    op.create_index(
        "uq_bookings_live",
        "bookings",
        ["course_id", "conversation_id", "for_whom"],
        unique=True,
        sqlite_where=sa.text(_LIVE),
        postgresql_where=sa.text(_LIVE),
    )
    op.create_table(
        "notices",
        sa.Column("id", _number(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("kind", "about", name=op.f("uq_notices_kind_about")),
    )
    op.create_index(op.f("ix_notices_at"), "notices", ["at"])


def downgrade() -> None:
    for table in ("notices", "bookings", "course_leaders", "course_meetings", "courses"):
        op.drop_table(table)
