"""Those on duty are written to until somebody takes the case."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.domain.case import Urgency
from bot.services.attendance import AttendanceDesk
from bot.store.database import Database
from bot.store.tables import OutboxRow
from tests.bot.services.tended import (
    CHEF,
    TENDED,
    account,
    at,
    desk_of,
    open_case,
    row_of,
    tend,
    tended_post,
    written_to,
)
from tests.stand_ins import DUTY_PHONE, KURT, SVEA, Post


@pytest.fixture
def post(database: Database) -> Post:
    return tended_post(database)


def test_those_on_duty_are_written_to_at_night_until_somebody_takes_it(post: Post) -> None:
    anna = account(post)
    at(post, 2026, 12, 25, 2, 0)
    open_case(post, Urgency.HIGH)
    told = []
    for _ in range(36):
        before = len(written_to(post, "sms"))
        tend(post)
        told += [
            (round((post.clock() - row_of(post).opened_at).total_seconds()) // 60, to)
            for to in written_to(post, "sms")[before:]
        ]
        post.clock.pass_(minutes=1)
    assert told == [(0, DUTY_PHONE), (10, DUTY_PHONE), (15, CHEF), (20, DUTY_PHONE), (25, CHEF), (35, CHEF)]
    desk_of(post).claim(1, anna)
    post.clock.pass_(minutes=30)
    tend(post)
    assert len(written_to(post, "sms")) == 6


def test_taking_it_takes_back_what_waits_to_be_sent(post: Post) -> None:
    anna = account(post)
    open_case(post, Urgency.HIGH)
    assert tend(post) == 1
    desk_of(post).claim(1, anna)
    with post.database.reading() as session:
        assert list(session.scalars(select(OutboxRow.status))) == ["cancelled"]
    assert (row_of(post).alerts, row_of(post).alert_at) == (0, None)


def test_the_residents_own_answers_are_not_taken_back_with_it(post: Post) -> None:
    anna = account(post)
    post.says("någon har blivit lurad", "fraud_suspected")
    with post.database.reading() as session:
        before = {row.id for row in session.scalars(select(OutboxRow)) if row.address == SVEA}
    desk_of(post).claim(1, anna)
    with post.database.reading() as session:
        assert {row.status for row in session.scalars(select(OutboxRow).where(OutboxRow.id.in_(before)))} == {"queued"}
        assert {row.status for row in session.scalars(select(OutboxRow).where(OutboxRow.address == DUTY_PHONE))} == {
            "cancelled"
        }


def test_what_comes_back_to_the_queue_reaches_them_again(post: Post) -> None:
    anna = account(post)
    open_case(post, Urgency.HIGH)
    desk_of(post).claim(1, anna)
    AttendanceDesk(post.database, post.clock).go(anna, anna.id, TENDED)
    assert tend(post) == 1
    assert written_to(post, "sms") == [DUTY_PHONE]


def test_a_team_with_nobody_on_its_list_stops_nothing(post: Post) -> None:
    open_case(post, Urgency.HIGH, municipality="vara")
    open_case(post, Urgency.HIGH, address=KURT)
    assert tend(post) == 1
    assert written_to(post, "sms") == [DUTY_PHONE]
