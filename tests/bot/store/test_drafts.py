"""What somebody has begun to write."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.store import drafts
from bot.store.database import Database
from tests.bot.store.staffed import Staffed, staffed
from tests.stand_ins import MONDAY


@pytest.fixture
def there(database: Database) -> Staffed:
    return staffed(database)


def _of(database: Database, there: Staffed, user_id: int) -> dict[str, str]:
    with database.reading() as session:
        return drafts.of(session, there.case, user_id)


def test_there_is_one_text_for_each_person_and_kind(database: Database, there: Staffed) -> None:
    with database.writing() as session:
        drafts.keep(session, there.case, there.anna, "reply", "Hej", MONDAY)
        drafts.keep(session, there.case, there.anna, "reply", "Hej Svea", MONDAY + timedelta(seconds=1))
        drafts.keep(session, there.case, there.anna, "note", "ringde", MONDAY)
        drafts.keep(session, there.case, there.bo, "reply", "Bos", MONDAY)
    assert _of(database, there, there.anna) == {"reply": "Hej Svea", "note": "ringde"}
    assert _of(database, there, there.bo) == {"reply": "Bos"}
    with database.writing() as session:
        drafts.remove(session, there.case, there.anna, "reply")
        drafts.remove(session, there.case, there.anna, "reply")
    assert _of(database, there, there.anna) == {"note": "ringde"}


def test_colleagues_are_told_that_a_reply_was_begun_and_when(database: Database, there: Staffed) -> None:
    with database.writing() as session:
        drafts.keep(session, there.case, there.anna, "reply", "hemligt", MONDAY)
        drafts.keep(session, there.case, there.bo, "note", "bara en anteckning", MONDAY)
    with database.reading() as session:
        assert drafts.begun_by_others(session, there.case, there.bo, MONDAY) == [("Anna", MONDAY)]
        assert drafts.begun_by_others(session, there.case, there.bo, MONDAY + timedelta(seconds=1)) == []
        assert drafts.begun_by_others(session, there.case, there.anna, MONDAY) == []


def test_those_that_nobody_touched_since_are_dropped(database: Database, there: Staffed) -> None:
    with database.writing() as session:
        drafts.keep(session, there.case, there.anna, "reply", "gammalt", MONDAY)
        drafts.keep(session, there.case, there.anna, "note", "nytt", MONDAY + timedelta(seconds=1))
        drafts.forget(session, MONDAY + timedelta(seconds=1))
    assert _of(database, there, there.anna) == {"note": "nytt"}
