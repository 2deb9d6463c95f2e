"""What handledare work with: drafts, who looks at a case, away and back, how long a case has waited, invitations, codes at sign-in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "invitations",
        sa.Column("id", number, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=True),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("user_id", number, nullable=True),
        sa.Column("made_by", number, nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_invitations_user_id")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_invitations_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    op.create_table(
        "drafts",
        sa.Column("case_id", number, autoincrement=False, nullable=False),
        sa.Column("user_id", number, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_drafts_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_drafts_user_id")),
        sa.PrimaryKeyConstraint("case_id", "user_id", "kind", name=op.f("pk_drafts")),
    )
    op.create_table(
        "presence",
        sa.Column("case_id", number, autoincrement=False, nullable=False),
        sa.Column("user_id", number, autoincrement=False, nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("typed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_presence_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_presence_user_id")),
        sa.PrimaryKeyConstraint("case_id", "user_id", name=op.f("pk_presence")),
    )
    op.create_table(
        "held_replies",
        sa.Column("message_id", number, autoincrement=False, nullable=False),
        sa.Column("case_id", number, nullable=False),
        sa.Column("user_id", number, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("waiting_since", sa.DateTime(), nullable=True),
        sa.Column("introduced", sa.Integer(), nullable=False),
        sa.Column("held_at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_held_replies_message_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_held_replies_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_held_replies_user_id")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_held_replies")),
    )
    op.create_index(op.f("ix_held_replies_case_id_message_id"), "held_replies", ["case_id", "message_id"])
    with op.batch_alter_table("users") as users:
        users.add_column(sa.Column("shown_as", sa.String(length=60), server_default="", nullable=False))
        users.add_column(sa.Column("totp_secret", sa.String(length=64), nullable=True))
        users.add_column(sa.Column("totp_used", number, nullable=True))
        users.add_column(sa.Column("recovery_hashes", sa.JSON(), server_default="[]", nullable=False))
        users.add_column(sa.Column("away_since", sa.DateTime(), nullable=True))
        users.add_column(sa.Column("back_at", sa.DateTime(), nullable=True))
        users.add_column(sa.Column("seen_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("agent", sa.String(length=120), server_default="", nullable=False))
        sessions.add_column(sa.Column("seen_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("cases") as cases:
        cases.add_column(sa.Column("opened_by", number, nullable=True))
        cases.create_foreign_key(op.f("fk_cases_opened_by"), "users", ["opened_by"], ["id"])
        cases.add_column(sa.Column("person_name", sa.String(length=80), nullable=True))
        cases.add_column(sa.Column("helped", sa.Text(), server_default="", nullable=False))
        cases.add_column(sa.Column("alarm", sa.Integer(), server_default="0", nullable=False))
        cases.add_column(sa.Column("alerts", sa.Integer(), server_default="0", nullable=False))
        cases.add_column(sa.Column("alert_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("address", existing_type=sa.String(length=40), type_=sa.String(length=254), existing_nullable=False)
    with op.batch_alter_table("audit") as audit:
        audit.add_column(sa.Column("about_id", number, nullable=True))
        audit.create_foreign_key(op.f("fk_audit_about_id"), "users", ["about_id"], ["id"])
    op.create_index(op.f("ix_audit_user_id_id"), "audit", ["user_id", "id"])
    op.create_index(op.f("ix_audit_about_id_id"), "audit", ["about_id", "id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_audit_about_id_id"), "audit")
    op.drop_index(op.f("ix_audit_user_id_id"), "audit")
    with op.batch_alter_table("audit") as audit:
        audit.drop_constraint(op.f("fk_audit_about_id"), type_="foreignkey")
        audit.drop_column("about_id")
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("address", existing_type=sa.String(length=254), type_=sa.String(length=40), existing_nullable=False)
    with op.batch_alter_table("cases") as cases:
        cases.drop_constraint(op.f("fk_cases_opened_by"), type_="foreignkey")
        for column in ("opened_by", "person_name", "helped", "alarm", "alerts", "alert_at"):
            cases.drop_column(column)
    with op.batch_alter_table("sessions") as sessions:
        for column in ("agent", "seen_at"):
            sessions.drop_column(column)
    with op.batch_alter_table("users") as users:
        for column in ("shown_as", "totp_secret", "totp_used", "recovery_hashes", "away_since", "back_at", "seen_at"):
            users.drop_column(column)
    for table in ("held_replies", "presence", "drafts", "invitations"):
        op.drop_table(table)
