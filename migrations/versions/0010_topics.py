"""Resolved cases about one thing are found and counted without reading all the others."""

from __future__ import annotations

from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | None = None
depends_on: str | None = None

_NAME = "ix_cases_topics"


def upgrade() -> None:
    op.create_index(op.f(_NAME), "cases", ["status", "topic", "resolved_at", "id", "municipality", "unit", "urgency", "channel", "language"])


def downgrade() -> None:
    op.drop_index(op.f(_NAME), table_name="cases")
