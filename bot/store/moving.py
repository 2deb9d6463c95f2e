"""Moves what belongs to a conversation to another one: everything when two are one person, what is new when a number has a new owner.

Every column that refers to a conversation is found in the tables themselves, so that one added later is moved too. What a part of a conversation
is, time decides, and how stands in _SINCE: a column that is not there is refused, for nobody has thought of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Table, select, update
from sqlalchemy.orm import Session

from bot.domain.conversation import Conversation
from bot.store.tables import AddressRow, Base, ConversationRow, MessageRow, Person


def referring(table: str = "conversations") -> list[tuple[Table, Column[int]]]:
    """Every column that refers to an id of the table."""
    return [
        (holder, key.parent)
        for holder in Base.metadata.sorted_tables
        for key in sorted(holder.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table.name == table
    ]


def move_all(session: Session, source: int, target: int) -> None:
    """Everything that refers to the conversation `source` refers to `target` afterwards. What cannot stand twice has been settled before."""
    _move(session, target, lambda table, column: column == source)


def move_since(session: Session, source: int, target: int, since: datetime) -> None:
    """What came to `source` at `since` (business time) or later belongs to `target` afterwards."""
    ids = tuple(
        session.scalars(select(MessageRow.id).where(MessageRow.conversation_id == source, MessageRow.at >= since))
    )

    def which(table: Table, column: Column[int]) -> ColumnElement[bool]:
        return (column == source) & _SINCE[f"{table.name}.{column.name}"](table, ids, since)

    _move(session, target, which)


def _move(session: Session, target: int, which: Callable[[Table, Column[int]], ColumnElement[bool]]) -> None:
    session.flush()
    for table, column in referring():
        session.execute(update(table).where(which(table, column)).values({column.name: target}))
    session.expire_all()


def _at(column: str) -> Callable[[Table, tuple[int, ...], datetime], ColumnElement[bool]]:
    return lambda table, messages, since: table.c[column] >= since


def _of_messages(table: Table, messages: tuple[int, ...], since: datetime) -> ColumnElement[bool]:
    return table.c["id" if table.name == "messages" else "message_id"].in_(messages)


def _always(table: Table, messages: tuple[int, ...], since: datetime) -> ColumnElement[bool]:
    return table.c.conversation_id.is_not(None)


_SINCE: Mapping[str, Callable[[Table, tuple[int, ...], datetime], ColumnElement[bool]]] = {
    "messages.conversation_id": _of_messages,
    "inbox.conversation_id": _of_messages,
    "outbox.conversation_id": _of_messages,
    "cases.conversation_id": _at("opened_at"),
    "remarks.conversation_id": _at("at"),
    "follow_ups.conversation_id": _always,  # a question is planned for two weeks ahead: an old one was asked long ago
    "bookings.conversation_id": _at("queued_at"),
    "loans.conversation_id": _at("queued_at"),
    "links.relative_id": _at("asked_at"),
    "links.elder_id": _at("asked_at"),
    "joins.asker_id": _at("asked_at"),
    "joins.number_id": _at("asked_at"),
}


def handled() -> frozenset[str]:
    """The columns of which it is known what is new."""
    return frozenset(_SINCE)


def address_on(session: Session, conversation_id: int, channel: str) -> AddressRow | None:
    """Where the person of the conversation is reached by that channel, and by no other."""
    query = (
        select(AddressRow)
        .join(ConversationRow, ConversationRow.person_id == AddressRow.person_id)
        .where(ConversationRow.id == conversation_id, AddressRow.channel == channel)
        .order_by(AddressRow.id)
    )
    return session.scalars(query.execution_options(populate_existing=True)).first()


def begin_anew(
    session: Session, address: AddressRow, was: ConversationRow, state: Conversation, now: datetime
) -> ConversationRow:
    """A new person who has this address, and a conversation in `state`. Nothing of the one that it `was` goes along."""
    person = Person(municipality=was.municipality, unit=was.unit, created_at=now)
    session.add(person)
    session.flush()
    conversation = ConversationRow(
        person_id=person.id, municipality=was.municipality, unit=was.unit, state=state.to_json()
    )
    session.add(conversation)
    address.person_id = person.id
    session.flush()
    return conversation
