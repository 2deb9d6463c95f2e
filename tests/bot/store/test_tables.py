"""Rules that hold for every table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Table
from sqlalchemy.exc import IntegrityError, StatementError

from bot.domain.address import Address
from bot.store import conversations
from bot.store.database import Database
from bot.store.tables import Base, CaseRow, SenderRow

CLASSES = {
    "person",
    "conversation",
    "message",
    "case",
    "link",
    "remark",
    "programme",
    "booking",
    "loan",
    "staff",
    "audit",
    "short",
    "none",
}
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_knows_its_retention_class(table: Table) -> None:
    assert table.info.get("retention_class") in CLASSES


def test_every_constraint_has_a_name_for_migrations_to_refer_to() -> None:
    for table in Base.metadata.sorted_tables:
        assert all(constraint.name for constraint in table.constraints), table.name
        assert all(index.name and len(index.name) <= 63 for index in table.indexes), table.name


def test_a_time_comes_back_as_it_was_in_utc(database: Database) -> None:
    in_sweden = datetime(2026, 11, 23, 13, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
    with database.writing() as session:
        session.add(SenderRow(sender="+46701740605", free_at=in_sweden))
    with database.reading() as session:
        stored = session.get_one(SenderRow, "+46701740605").free_at
    assert stored == in_sweden
    assert stored.utcoffset() == timedelta()


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"), database.writing() as session:
        session.add(SenderRow(sender="+46701740605", free_at=datetime(2026, 11, 23)))


def _case(status: str, conversation: int | None = None) -> CaseRow:
    return CaseRow(
        conversation_id=conversation,
        channel="sms",
        team="t",
        status=status,
        urgency="normal",
        reasons=[],
        summary="",
        opened_at=NOON,
    )


def test_one_open_case_a_conversation_is_kept_by_the_database_itself(database: Database) -> None:
    with database.writing() as session:
        _, conversation = conversations.begin(session, Address("+46701740605"), None, None, NOON)
        number = conversation.id
        for status in ("resolved", "resolved", "waiting"):
            session.add(_case(status, number))
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(_case("claimed", number))
    with database.writing() as session:
        session.add_all((_case("waiting"), _case("waiting")))  # cases without a conversation are not held back
