"""Persons, their addresses and conversations; which conversation is due, and who has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, or_, select, update
from sqlalchemy.orm import Session

from bot.domain.address import Address
from bot.domain.conversation import Conversation
from bot.store.tables import AddressRow, ConversationRow, Person


@dataclass(frozen=True, slots=True)
class Claimed:
    """A conversation that this worker has until the lease ends. `attempts` counts this turn too."""

    id: int
    version: int
    attempts: int


def of_address(session: Session, address: Address) -> tuple[AddressRow, ConversationRow] | None:
    """The address and its person's conversation; None for an address that never wrote."""
    row = session.scalar(
        select(AddressRow).where(AddressRow.text == address.text).execution_options(populate_existing=True)
    )
    if row is None:
        return None
    conversation = session.scalars(select(ConversationRow).where(ConversationRow.person_id == row.person_id)).one()
    return row, conversation


def begin(
    session: Session, address: Address, municipality: str | None, unit: str | None, now: datetime
) -> tuple[AddressRow, ConversationRow]:
    """A new person with this one address, and their conversation."""
    person = Person(municipality=municipality, unit=unit, created_at=now)
    session.add(person)
    session.flush()
    row = AddressRow(person_id=person.id, text=address.text, channel=address.channel)
    state = Conversation(municipality=municipality, unit=unit).to_json()
    conversation = ConversationRow(person_id=person.id, municipality=municipality, unit=unit, state=state)
    session.add_all((row, conversation))
    session.flush()
    return row, conversation


def address_of(session: Session, conversation_id: int, channel: str | None = None) -> AddressRow:
    """Where the person of a conversation is reached; on `channel` when they have an address there."""
    rows = session.scalars(
        select(AddressRow)
        .join(ConversationRow, ConversationRow.person_id == AddressRow.person_id)
        .where(ConversationRow.id == conversation_id)
        .order_by(AddressRow.id)
    ).all()
    return next((row for row in rows if row.channel == channel), rows[0])


def lock(session: Session, conversation_id: int) -> ConversationRow:
    """The conversation as it is now, kept from everyone else's changes until the transaction ends.

    Whoever changes a conversation and its case or its outgoing messages in one transaction locks the conversation first: two that
    lock in different orders would wait for each other. It keeps nobody from storing a message to the conversation (its key is not locked on
    PostgreSQL): two turns that write to each other's person do not wait for one another.
    """
    return session.get_one(
        ConversationRow, conversation_id, with_for_update={"key_share": True}, populate_existing=True
    )


def held_of_address(session: Session, address: Address) -> tuple[AddressRow, ConversationRow] | None:
    """Like of_address, with the conversation locked. The address may go to another conversation while its lock is waited for (one person, two addresses)."""
    found = of_address(session, address)
    while found is not None:
        locked = lock(session, found[1].id)
        found = of_address(session, address)
        if found is not None and found[1].id == locked.id:
            return found
    return None


def make_due(session: Session, conversation_id: int, at: datetime, sooner: bool) -> None:
    """Sets when a turn is due. `sooner` never puts it off; otherwise it is put off, as gathering does."""
    row = lock(session, conversation_id)
    if row.due_at is None or not sooner or at < row.due_at:
        row.due_at = at


def claim_due(session: Session, owner: str, now: datetime, lease: timedelta) -> Claimed | None:
    """Takes the conversation that has been due longest and that nobody has; None when there is none.

    On PostgreSQL rows that another worker is claiming right now are skipped; on SQLite there is one writer at a time.
    """
    row = session.scalar(
        select(ConversationRow)
        .where(
            ConversationRow.due_at <= now,
            or_(ConversationRow.lease_until.is_(None), ConversationRow.lease_until < now),
        )
        .order_by(ConversationRow.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        return None
    row.lease_owner, row.lease_until, row.attempts = owner, now + lease, row.attempts + 1
    return Claimed(row.id, row.version, row.attempts)


def next_due(session: Session) -> datetime | None:
    """When the next turn may be taken; None when nobody waits. A conversation that a worker has counts from the end of its lease."""
    leased = ConversationRow.lease_until > ConversationRow.due_at
    at = case((leased, ConversationRow.lease_until), else_=ConversationRow.due_at)
    earliest: datetime | None = session.scalar(
        select(func.min(at, type_=ConversationRow.due_at.type)).where(ConversationRow.due_at.is_not(None))
    )
    return earliest


def save(
    session: Session,
    claimed: Claimed,
    state: dict[str, Any],
    municipality: str | None,
    unit: str | None,
    due_at: datetime | None,
) -> bool:
    """Writes the turn's state and gives the conversation back; False, and nothing written, when somebody else changed it."""
    changed = session.execute(
        update(ConversationRow)
        .where(ConversationRow.id == claimed.id, ConversationRow.version == claimed.version)
        .values(
            state=state,
            municipality=municipality,
            unit=unit,
            version=claimed.version + 1,
            due_at=due_at,
            lease_owner=None,
            lease_until=None,
            attempts=0,
        )
        .execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]


def give_back(
    session: Session, claimed: Claimed, owner: str, due_at: datetime | None, forget_attempt: bool = False
) -> None:
    """Ends the lease without a turn, when it is still ours; `forget_attempt` when the turn was not at fault."""
    row = lock(session, claimed.id)
    if row.lease_owner == owner:
        row.lease_owner = row.lease_until = None
        row.due_at = due_at
        if forget_attempt:
            row.attempts = max(0, row.attempts - 1)


def change_state(session: Session, conversation_id: int, conversation: Conversation) -> None:
    """Replaces the state from outside a turn (a handledare handed back); a turn under way is done again."""
    row = lock(session, conversation_id)
    row.state = conversation.to_json()
    row.version += 1


def bump(session: Session, conversation_id: int) -> None:
    """Makes a turn under way be done again, since what it has read has changed (its case was claimed or closed)."""
    session.execute(
        update(ConversationRow)
        .where(ConversationRow.id == conversation_id)
        .values(version=ConversationRow.version + 1)
        .execution_options(synchronize_session="fetch")
    )
