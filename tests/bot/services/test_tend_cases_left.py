"""A case whose handledare is not there goes back to the queue; nights are nobody's fault."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.domain.case import Status, Urgency
from bot.store import users
from bot.store.database import Database
from bot.store.tables import CaseRow, ConversationRow, UserRow
from tests.bot.services.tended import (
    account,
    at,
    desk_of,
    notes,
    open_case,
    row_of,
    tend,
    tended_post,
    written_to,
)
from tests.stand_ins import DUTY_PHONE, KURT, Post


@pytest.fixture
def post(database: Database) -> Post:
    return tended_post(database)


def test_a_case_of_somebody_who_was_not_seen_for_an_hour_of_duty_goes_back(post: Post) -> None:
    anna = account(post)
    open_case(post)
    waiting_since = row_of(post).waiting_since
    desk_of(post).claim(1, anna)
    post.clock.pass_(minutes=59)
    tend(post)
    assert row_of(post).claimed_by == anna.id
    post.clock.pass_(minutes=1)
    tend(post)
    row = row_of(post)
    assert (row.status, row.claimed_by, row.claimed_at, row.waiting_since) == (
        Status.WAITING,
        None,
        None,
        waiting_since,
    )
    assert row.alarm == 1, "and it has waited for long"
    assert notes(post) == ["Anna har inte varit på plats på ett tag. Ärendet ligger i kön igen."]
    with post.database.reading() as session:
        assert session.scalars(select(ConversationRow.version)).one() == 2, "a turn under way is done again"


def test_nights_and_holidays_are_nobodys_fault(post: Post) -> None:
    at(post, 2026, 12, 23, 15, 45)
    anna = account(post)
    open_case(post)
    desk_of(post).claim(1, anna)
    for when in ((2026, 12, 24, 12, 0), (2026, 12, 28, 9, 44)):
        at(post, *when)
        tend(post)
        assert row_of(post).claimed_by == anna.id
    at(post, 2026, 12, 28, 9, 45)
    tend(post)
    assert row_of(post).claimed_by is None


def test_an_urgent_one_does_not_wait_for_the_morning(post: Post) -> None:
    at(post, 2026, 12, 23, 15, 45)
    anna = account(post)
    open_case(post, Urgency.HIGH)
    desk_of(post).claim(1, anna)
    post.clock.pass_(hours=1)
    tend(post)
    assert row_of(post).claimed_by is None
    assert written_to(post, "sms") == [DUTY_PHONE]


def test_who_is_seen_keeps_their_case_and_so_does_who_waits_for_the_resident(post: Post) -> None:
    anna = account(post)
    open_case(post)
    open_case(post, address=KURT)
    desk_of(post).claim(1, anna)
    desk_of(post).reply(2, anna, "Hej!")
    post.clock.pass_(minutes=50)
    with post.database.writing() as session:
        users.seen(session, anna.id, post.clock())
    post.clock.pass_(minutes=50)
    tend(post)
    assert [(row_of(post, i).status, row_of(post, i).claimed_by) for i in (1, 2)] == [
        ("claimed", anna.id),
        ("answered", anna.id),
    ]
    post.clock.pass_(hours=30)
    tend(post)
    assert [row_of(post, i).status for i in (1, 2)] == ["waiting", "answered"]


def test_who_was_given_a_case_has_an_hour_though_nobody_saw_them(post: Post) -> None:
    anna = account(post, seen_at=None)
    open_case(post)
    with post.database.writing() as session:
        row = session.get_one(CaseRow, 1)
        row.status, row.claimed_by, row.claimed_at = Status.CLAIMED, anna.id, post.clock()
    post.clock.pass_(minutes=59)
    tend(post)
    assert row_of(post).claimed_by == anna.id
    post.clock.pass_(minutes=1)
    tend(post)
    assert row_of(post).claimed_by is None


@pytest.mark.parametrize("gone", ["disabled", "nobody"])
def test_a_case_of_nobody_goes_back_at_once(post: Post, gone: str) -> None:
    anna = account(post)
    open_case(post)
    desk_of(post).claim(1, anna)
    with post.database.writing() as session:
        if gone == "disabled":
            session.get_one(UserRow, anna.id).disabled_at = post.clock()
        else:
            session.get_one(CaseRow, 1).claimed_by = None
    tend(post)
    assert row_of(post).status == "waiting"


def test_a_case_without_a_conversation_is_tended_too(post: Post) -> None:
    anna = account(post)
    open_case(post, Urgency.HIGH, address=None)
    assert tend(post) == 1
    desk_of(post).claim(1, anna)
    post.clock.pass_(hours=1)
    assert tend(post) == 1
    assert row_of(post).status == "waiting"
