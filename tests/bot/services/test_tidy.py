"""What is of no use any more goes; the rest stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.services.tidy import tidy
from bot.services.work_cases import CaseDesk
from bot.store import drafts, notices, presence
from bot.store.database import Database
from bot.store.tables import DraftRow, HeldReplyRow, PresenceRow, UserRow
from tests.bot.store.staffed import staffed
from tests.stand_ins import WORLD, CountedWakeup, SettableClock

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_notices_of_long_ago_go_and_later_ones_stay(database: Database) -> None:
    with database.writing() as session:
        notices.take(session, "day_before", "booking:1", NOW - timedelta(days=401))
        notices.take(session, "day_before", "booking:2", NOW - timedelta(days=399))
    assert tidy(database, NOW)
    with database.reading() as session:
        assert notices.sent(session, "day_before", ("booking:1", "booking:2")) == {"booking:2"}


def test_each_hour_is_tidied_once(database: Database) -> None:
    assert tidy(database, NOW)
    assert not tidy(database, NOW + timedelta(minutes=5))
    assert tidy(database, NOW + timedelta(hours=1))


def test_old_drafts_and_signs_of_presence_go(database: Database) -> None:
    there = staffed(database)
    with database.writing() as session:
        drafts.keep(session, there.case, there.anna, "reply", "gammalt", NOW - timedelta(days=31))
        drafts.keep(session, there.case, there.bo, "reply", "nytt", NOW - timedelta(days=29))
        presence.seen(session, there.case, there.anna, False, NOW - timedelta(days=3))
        presence.seen(session, there.case, there.bo, False, NOW)
    assert tidy(database, NOW)
    with database.reading() as session:
        assert [row.text for row in session.scalars(select(DraftRow))] == ["nytt"]
        assert [row.user_id for row in session.scalars(select(PresenceRow))] == [there.bo]


def test_of_held_replies_those_that_were_taken_back_stay(database: Database) -> None:
    there = staffed(database)
    clock = SettableClock(NOW - timedelta(days=3))
    desk = CaseDesk(database, WORLD, clock, CountedWakeup())
    with database.reading() as session:
        anna = session.get_one(UserRow, there.anna)
    desk.reply(there.case, anna, "Ett")
    desk.reply(there.case, anna, "Två")
    with database.reading() as session:
        first, _ = session.scalars(select(HeldReplyRow.message_id).order_by(HeldReplyRow.message_id))
    desk.undo(there.case, anna, first)
    assert tidy(database, NOW)
    with database.reading() as session:
        assert list(session.scalars(select(HeldReplyRow.message_id))) == [first]
