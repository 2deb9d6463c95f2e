"""Incoming messages: what waits, and what has been dealt with."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.address import Address
from bot.store import conversations, inbox
from bot.store.database import Database
from bot.store.tables import InboxRow, MessageRow
from tests.stand_ins import MONDAY, SVEA


@pytest.fixture
def conversation(database: Database) -> int:
    with database.writing() as session:
        return conversations.begin(session, Address(SVEA), None, None, MONDAY)[1].id


def _message(
    conversation: int, text: str, key: str | None = None, at: datetime = MONDAY, direction: str = "in"
) -> MessageRow:
    return MessageRow(
        conversation_id=conversation,
        at=at,
        direction=direction,
        author="resident",
        channel="sms",
        text=text,
        incoming_key=key,
    )


def _stored(database: Database, conversation: int, text: str, key: str) -> int:
    with database.writing() as session:
        session.add(message := _message(conversation, text, key))
        session.flush()
        session.add(
            InboxRow(
                message_id=message.id,
                conversation_id=conversation,
                received_at=MONDAY,
                gathers=True,
                kind="location",
                removed=["kod"],
                latitude=56.66,
                longitude=16.36,
            )
        )
        return message.id


def test_what_waits_comes_oldest_first_with_all_that_a_turn_needs(database: Database, conversation: int) -> None:
    first, second = (_stored(database, conversation, text, text) for text in ("one", "two"))
    with database.reading() as session:
        waiting = inbox.pending(session, conversation)
    assert [pending.message_id for pending in waiting] == [first, second]
    assert waiting[0] == inbox.Pending(first, "one", "sms", "location", True, MONDAY, ("kod",), None, 56.66, 16.36)


def test_what_is_dealt_with_waits_no_more_and_its_position_is_forgotten(database: Database, conversation: int) -> None:
    first, second = (_stored(database, conversation, text, text) for text in ("one", "two"))
    with database.writing() as session:
        inbox.mark_handled(session, [first], MONDAY)
    with database.reading() as session:
        assert [pending.message_id for pending in inbox.pending(session, conversation)] == [second]
        row = session.get_one(InboxRow, first)
        assert (row.handled_at, row.latitude, row.longitude) == (MONDAY, None, None)


def test_a_key_is_known_once_stored_and_cannot_be_stored_twice(database: Database, conversation: int) -> None:
    _stored(database, conversation, "one", "sms:+1:SM1")
    with database.reading() as session:
        assert inbox.known(session, "sms:+1:SM1")
        assert not inbox.known(session, "sms:+2:SM1")
    with pytest.raises(IntegrityError):
        _stored(database, conversation, "again", "sms:+1:SM1")


def test_the_last_incoming_one_is_within_the_time_and_not_our_own(database: Database, conversation: int) -> None:
    with database.writing() as session:
        session.add(_message(conversation, "old", at=MONDAY - timedelta(hours=1)))
        session.add(_message(conversation, "new"))
        session.flush()
        session.add(_message(conversation, "ours", direction="out"))
    with database.reading() as session:
        last = inbox.last_incoming(session, conversation, MONDAY - timedelta(minutes=10))
        assert last
        assert last.text == "new"
        assert inbox.last_incoming(session, conversation, MONDAY + timedelta(seconds=1)) is None


def test_history_is_the_newest_in_the_order_they_were_said(database: Database, conversation: int) -> None:
    with database.writing() as session:
        for text in "abcd":
            session.add(_message(conversation, text))
            session.flush()
    with database.reading() as session:
        everything = inbox.history(session, conversation)
        assert [row.text for row in everything] == list("abcd")
        assert [row.text for row in inbox.history(session, conversation, limit=2)] == ["c", "d"]
        assert [row.text for row in inbox.history(session, conversation, after=everything[2].id)] == ["d"]
