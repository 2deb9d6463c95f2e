"""Who looks at a case right now."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.store import presence
from bot.store.database import Database
from bot.store.presence import GONE_AFTER, STOPPED_AFTER, Present
from tests.bot.store.staffed import Staffed, staffed
from tests.stand_ins import MONDAY


@pytest.fixture
def there(database: Database) -> Staffed:
    return staffed(database)


def _sees(database: Database, there: Staffed, at: timedelta = timedelta(0)) -> tuple[Present, ...]:
    with database.reading() as session:
        return presence.others(session, there.case, there.bo, MONDAY + at)


def _version(database: Database, there: Staffed, at: timedelta) -> str:
    with database.reading() as session:
        return presence.version(session, there.case, there.bo, MONDAY + at)


def test_others_are_seen_until_nothing_is_heard_of_them(database: Database, there: Staffed) -> None:
    with database.writing() as session:
        presence.seen(session, there.case, there.anna, False, MONDAY)
        presence.seen(session, there.case, there.bo, False, MONDAY)
    assert _sees(database, there) == (Present(there.anna, "Anna", False),)
    assert len(_sees(database, there, GONE_AFTER - timedelta(seconds=1))) == 1
    assert _sees(database, there, GONE_AFTER) == ()
    with database.reading() as session:
        assert presence.others(session, there.case + 1, there.bo, MONDAY) == ()


def test_who_types_does_so_until_they_stop_or_have_sent_it(database: Database, there: Staffed) -> None:
    with database.writing() as session:
        presence.seen(session, there.case, there.anna, True, MONDAY)
        presence.seen(session, there.case, there.anna, False, MONDAY + timedelta(seconds=1))
    assert _sees(database, there, timedelta(seconds=2))[0].types
    assert not _sees(database, there, STOPPED_AFTER)[0].types
    with database.writing() as session:
        presence.stopped(session, there.case, there.anna)
        presence.stopped(session, there.case, there.bo)  # was never there
    assert not _sees(database, there, timedelta(seconds=2))[0].types


def test_the_version_changes_when_somebody_comes_writes_or_goes_and_not_while_they_stay(
    database: Database, there: Staffed
) -> None:
    seconds = timedelta(seconds=1)
    empty = _version(database, there, 0 * seconds)
    with database.writing() as session:
        presence.seen(session, there.case, there.anna, False, MONDAY)
    came = _version(database, there, 1 * seconds)
    with database.writing() as session:
        presence.seen(session, there.case, there.anna, False, MONDAY + 15 * seconds)
        presence.seen(session, there.case, there.bo, True, MONDAY + 15 * seconds)  # one's own signs are no news
    assert _version(database, there, 15 * seconds) == came
    with database.writing() as session:
        presence.seen(session, there.case, there.anna, True, MONDAY + 20 * seconds)
    types = _version(database, there, 20 * seconds)
    assert len({empty, came, types}) == 3
    assert _version(database, there, 20 * seconds + STOPPED_AFTER) == came
    assert _version(database, there, 20 * seconds + GONE_AFTER) == empty


def test_who_was_there_long_ago_is_forgotten(database: Database, there: Staffed) -> None:
    with database.writing() as session:
        presence.seen(session, there.case, there.anna, False, MONDAY)
        presence.forget(session, MONDAY)
    assert len(_sees(database, there)) == 1
    with database.writing() as session:
        presence.forget(session, MONDAY + timedelta(seconds=1))
    assert _sees(database, there) == ()
