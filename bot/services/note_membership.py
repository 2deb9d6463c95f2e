"""Somebody has blocked the bot, or let it in again: messages that nobody would get are taken back, and whoever has the case is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from bot.domain.address import Address
from bot.store import cases, conversations, notices, outbox
from bot.store.clock import business_time
from bot.store.database import Database

_GROUP = "group_declined"


def note_membership(database: Database, address: Address, blocked: bool, now: datetime) -> None:
    """Keeps it. What comes twice changes nothing more. `now` is real time. Raises DatabaseAway."""
    with database.writing() as session:
        found = conversations.held_of_address(session, address)
        if found is None:
            return
        row, conversation = found
        session.refresh(row, with_for_update=True)
        if blocked == (row.blocked_at is not None):
            return
        at = business_time(session, now)
        row.blocked_at = at if blocked else None
        if blocked:
            outbox.cancel_pending(session, address.text)
        case = cases.open_of(session, conversation.id)
        if case:
            said = (
                "Personen har blockerat oss i Telegram. Svar kommer inte fram dit."
                if blocked
                else "Personen har öppnat för oss i Telegram igen."
            )
            cases.note(session, case.id, said, at, kind="event")


def decline_group(database: Database, chat_id: int, now: datetime) -> bool:
    """Whether this group is to be told that we answer in private only: once, however often we are put there. Raises DatabaseAway."""
    try:
        with database.writing() as session:
            return notices.take(session, _GROUP, str(chat_id), business_time(session, now))
    except IntegrityError:  # another process was first
        return False
