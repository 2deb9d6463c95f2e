"""Accounts, sessions, failed sign-ins and the audit log."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.store import users
from bot.store.database import Database
from bot.store.tables import AuditRow, UserRow
from tests.stand_ins import MONDAY


@pytest.fixture
def anna(database: Database) -> UserRow:
    with database.writing() as session:
        assert not users.any_user(session)
        return users.add(session, " Anna@Kalmar.example ", "Anna", "handledare", "hash", MONDAY)


def test_an_account_is_found_in_any_case_and_is_alone_with_its_address(database: Database, anna: UserRow) -> None:
    with database.reading() as session:
        found = users.by_email(session, "ANNA@kalmar.EXAMPLE")
        assert found
        assert found.id == anna.id
        assert users.any_user(session)
        assert users.name_of(session, anna.id) == "Anna"
        assert users.name_of(session, None) is None
    with pytest.raises(IntegrityError), database.writing() as session:
        users.add(session, "anna@kalmar.example", "Another", "reader", "hash", MONDAY)


def test_a_session_ends_by_time_by_signing_out_and_with_the_account(database: Database, anna: UserRow) -> None:
    with database.writing() as session:
        for token in ("one", "two"):
            users.open_session(session, token, anna.id, MONDAY, timedelta(hours=12))

    def signed_in(token: str, hours: float = 1) -> bool:
        with database.reading() as session:
            return users.of_session(session, token, MONDAY + timedelta(hours=hours)) is not None

    assert signed_in("one")
    assert not signed_in("one", hours=12)
    assert not signed_in("three")
    with database.writing() as session:
        users.close_session(session, "one")
    assert (signed_in("one"), signed_in("two")) == (False, True)
    with database.writing() as session:
        session.get_one(UserRow, anna.id).disabled_at = MONDAY
    assert not signed_in("two")


def test_failures_are_counted_by_key_and_time_and_forgotten(database: Database) -> None:
    with database.writing() as session:
        for minutes in (0, 10, 20):
            users.note_failure(session, "key", MONDAY + timedelta(minutes=minutes))
    with database.writing() as session:
        assert users.failed_since(session, "key", MONDAY + timedelta(minutes=5)) == 2
        assert users.failed_since(session, "other", MONDAY) == 0
        users.forget_failures(session, "key")
        assert users.failed_since(session, "key", MONDAY - timedelta(days=1)) == 0


def test_the_audit_log_keeps_who_did_what_and_no_more_than_fits(database: Database, anna: UserRow) -> None:
    with database.writing() as session:
        users.audit(session, MONDAY, anna.id, "claim", None, "x" * 300)
    with database.reading() as session:
        row = session.scalars(select(AuditRow)).one()
        assert (row.user_id, row.act, len(row.detail)) == (anna.id, "claim", 200)
