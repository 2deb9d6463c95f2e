"""One token for each account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError, NoResultFound

from bot.store import calendar_tokens, users
from bot.store.database import Database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_last_one_counts(database: Database) -> None:
    with database.writing() as session:
        karin = users.add(session, "karin@bibliotek.example", "Karin", "handledare", "no password", NOON)
        calendar_tokens.put(session, karin.id, "a" * 64, NOON)
        calendar_tokens.put(session, karin.id, "b" * 64, NOON + timedelta(hours=1))
    with database.reading() as session:
        assert calendar_tokens.owner(session, "a" * 64) is None
        found = calendar_tokens.owner(session, "b" * 64)
        assert found is not None and found.id == karin.id
        assert calendar_tokens.made_at(session, karin.id) == NOON + timedelta(hours=1)
    with database.writing() as session:
        assert [calendar_tokens.remove(session, karin.id) for _ in range(2)] == [True, False]


def test_two_accounts_never_share_one(database: Database) -> None:
    with database.writing() as session:
        karin, bo = (
            users.add(session, f"{name}@bibliotek.example", name, "handledare", "no password", NOON).id
            for name in ("karin", "bo")
        )
        calendar_tokens.put(session, karin, "a" * 64, NOON)
    with pytest.raises(IntegrityError), database.writing() as session:
        calendar_tokens.put(session, bo, "a" * 64, NOON)


def test_nobody_has_none(database: Database) -> None:
    with pytest.raises(NoResultFound), database.writing() as session:
        calendar_tokens.put(session, 4711, "a" * 64, NOON)
