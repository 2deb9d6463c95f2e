"""Every column that refers to a conversation is moved, and has been thought of."""

from __future__ import annotations

from sqlalchemy import select

from bot.store.database import Database
from bot.store.moving import handled, move_all, move_since, referring
from bot.store.tables import ConversationRow, MessageRow, Person
from tests.stand_ins import MONDAY


def test_every_column_that_refers_to_a_conversation_is_known() -> None:
    """A table added later fails here until it says what of it is new, and whether two rows can become one conversation's."""
    assert {f"{table.name}.{column.name}" for table, column in referring()} == handled()
    assert {f"{table.name}.{column.name}" for table, column in referring("persons")} == {
        "addresses.person_id",
        "conversations.person_id",
    }


def test_what_came_since_a_time_is_moved_or_all_of_it(database: Database) -> None:
    with database.writing() as session:
        ids = []
        for _ in range(2):
            person = Person(created_at=MONDAY)
            session.add(person)
            session.flush()
            conversation = ConversationRow(person_id=person.id, state={})
            session.add(conversation)
            session.flush()
            ids.append(conversation.id)
        for day in (1, 2, 3):
            session.add(
                MessageRow(
                    conversation_id=ids[0],
                    at=MONDAY.replace(day=day),
                    direction="in",
                    author="resident",
                    channel="sms",
                    text=f"day {day}",
                )
            )
        move_since(session, ids[0], ids[1], MONDAY.replace(day=3))
        assert session.scalars(select(MessageRow.text).where(MessageRow.conversation_id == ids[1])).all() == ["day 3"]
        move_all(session, ids[0], ids[1])
        assert session.scalars(select(MessageRow.conversation_id).distinct()).all() == [ids[1]]
