"""A notice goes out once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot.store import notices
from bot.store.database import Database
from bot.store.tables import NoticeRow
from tests.stand_ins import MONDAY


def test_the_first_may_send_it_and_nobody_after(database: Database) -> None:
    with database.writing() as session:
        assert notices.take(session, "day_before", "booking:1", MONDAY)
        assert not notices.take(session, "day_before", "booking:1", MONDAY)
    with database.writing() as session:
        assert not notices.take(session, "day_before", "booking:1", MONDAY + timedelta(days=1))


def test_other_kinds_and_other_bookings_are_others(database: Database) -> None:
    with database.writing() as session:
        assert notices.take(session, "day_before", "booking:1", MONDAY)
        assert notices.take(session, "same_day", "booking:1", MONDAY)
        assert notices.take(session, "day_before", "booking:2", MONDAY)
    with database.reading() as session:
        assert notices.sent(session, "day_before", ["booking:1", "booking:2", "booking:3"]) == {
            "booking:1",
            "booking:2",
        }
        assert notices.sent(session, "same_day", ["booking:1", "booking:2"]) == {"booking:1"}
        assert notices.sent(session, "moved", ["booking:1"]) == set()
        assert notices.sent(session, "day_before", []) == set()


def test_what_was_not_kept_may_be_sent_again(database: Database) -> None:
    with database.writing() as session:
        assert notices.take(session, "moved", "booking:1", MONDAY)
        session.rollback()
    with database.writing() as session:
        assert notices.take(session, "moved", "booking:1", MONDAY)


def test_two_rows_of_one_notice_cannot_be(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add_all(NoticeRow(kind="moved", about="booking:1", at=MONDAY) for _ in range(2))


def test_those_of_long_ago_are_dropped(database: Database) -> None:
    with database.writing() as session:
        notices.take(session, "moved", "old", MONDAY - timedelta(days=100))
        notices.take(session, "moved", "new", MONDAY)
        notices.forget(session, MONDAY - timedelta(days=90))
    with database.reading() as session:
        assert session.scalar(select(func.count(NoticeRow.id))) == 1
        assert notices.sent(session, "moved", ["old", "new"]) == {"new"}


def test_the_longest_name_of_a_booking_fits(database: Database) -> None:
    longest = f"booking:{2**62}:{2**62}:202612011000:1123090000"
    with database.writing() as session:
        assert notices.take(session, "day_before", longest, MONDAY)
    with database.reading() as session:
        assert notices.sent(session, "day_before", [longest]) == {longest}


def test_what_is_owed_is_settled_once(database: Database) -> None:
    with database.writing() as session:
        notices.owe(session, "booking_taken_back", "2", MONDAY)
        notices.owe(session, "booked_for_you", "1", MONDAY)
        notices.owe(session, "other", "3", MONDAY)
    with database.writing() as session:
        assert notices.owed(session, ["booked_for_you", "booking_taken_back"]) == ["2", "1"]
        assert not notices.settle(session, "booked_for_you", "2")
        assert notices.settle(session, "booking_taken_back", "2")
        assert not notices.settle(session, "booking_taken_back", "2")
    with database.writing() as session:
        assert notices.owed(session, ["booked_for_you", "booking_taken_back"]) == ["1"]


def test_what_is_owed_has_not_gone_out(database: Database) -> None:
    with database.writing() as session:
        notices.owe(session, "moved", "1", MONDAY)
        assert notices.sent(session, "moved", ["1"]) == set()
