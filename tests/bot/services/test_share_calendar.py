"""The secret address of a handledare's own calendar."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.services.read_program import read_own_calendar
from bot.services.share_calendar import made_at, renew, revoke
from bot.store import users
from bot.store.database import Database
from bot.store.tables import AuditRow, CalendarTokenRow, UserRow
from tests.stand_ins import MONDAY, WORLD, SettableClock


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def account(database: Database) -> Callable[[str], int]:
    def make(name: str) -> int:
        with database.writing() as session:
            return users.add(session, f"{name}@bibliotek.example", name, "handledare", "no password", MONDAY).id

    return make


def works(database: Database, clock: SettableClock, token: str) -> bool:
    return read_own_calendar(database, clock, WORLD, token) is not None


def test_it_works_until_it_is_revoked(database: Database, clock: SettableClock, account: Callable[[str], int]) -> None:
    karin = account("karin")
    assert made_at(database, karin) is None
    token = renew(database, clock, karin)
    assert len(token) >= 40
    assert works(database, clock, token)
    assert made_at(database, karin) == MONDAY
    revoke(database, clock, karin)
    revoke(database, clock, karin)
    assert not works(database, clock, token)
    assert made_at(database, karin) is None
    with database.reading() as session:
        acts = session.scalars(select(AuditRow.act).where(AuditRow.user_id == karin).order_by(AuditRow.id)).all()
    assert acts == ["calendar_made", "calendar_revoked"]


def test_a_new_one_ends_the_old_one_and_no_other(
    database: Database, clock: SettableClock, account: Callable[[str], int]
) -> None:
    karin, bo = account("karin"), account("bo")
    old, others = renew(database, clock, karin), renew(database, clock, bo)
    clock.pass_(days=3)
    new = renew(database, clock, karin)
    assert new != old
    assert [works(database, clock, token) for token in (old, new, others)] == [False, True, True]
    assert made_at(database, karin) == clock.at


def test_only_a_hash_of_it_is_stored(database: Database, clock: SettableClock, account: Callable[[str], int]) -> None:
    token = renew(database, clock, account("karin"))
    with database.reading() as session:
        stored = session.scalars(select(CalendarTokenRow.token_hash)).one()
        assert not works(database, clock, stored)
        detail = session.scalars(select(AuditRow.detail)).all()
    assert token not in stored and all(token not in text for text in detail)


def test_a_disabled_account_has_no_calendar(
    database: Database, clock: SettableClock, account: Callable[[str], int]
) -> None:
    karin = account("karin")
    token = renew(database, clock, karin)
    with database.writing() as session:
        session.get_one(UserRow, karin).disabled_at = MONDAY
    assert not works(database, clock, token)


@pytest.mark.parametrize("token", ["", "x", "x" * 101, "å\x00", "' OR 1=1 --"])
def test_what_is_no_token_opens_nothing(
    database: Database, clock: SettableClock, account: Callable[[str], int], token: str
) -> None:
    renew(database, clock, account("karin"))
    assert not works(database, clock, token)
