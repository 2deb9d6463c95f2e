"""What is of no use any more goes; the rest stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.services.tidy import tidy
from bot.store import notices
from bot.store.database import Database

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
