"""A relative and an elder, each with a conversation, and links between them, for tests of what staff see and do."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.address import Address
from bot.domain.case import Reason, Urgency
from bot.domain.link import LASTS, LinkStatus, Scope
from bot.store import cases, conversations
from bot.store.database import Database
from bot.store.tables import CaseRow, ConversationRow, LinkRow, OutboxRow
from tests.stand_ins import KURT, MONDAY

ANNA = "tg:4711"
"""The relative, on Telegram."""


def begin(database: Database, address: str, municipality: str | None = "kalmar", unit: str | None = None) -> int:
    """Somebody who has written; their conversation."""
    with database.writing() as session:
        _, conversation = conversations.begin(session, Address(address), municipality, unit, MONDAY)
        return conversation.id


def open_case(
    database: Database,
    conversation_id: int,
    municipality: str | None = "kalmar",
    unit: str | None = None,
    at: datetime = MONDAY,
) -> int:
    """A case of theirs that nobody has taken."""
    with database.writing() as session:
        address = conversations.address_of(session, conversation_id)
        new = cases.NewCase(
            conversation_id,
            address.text,
            address.channel,
            "sv",
            municipality,
            unit,
            "team",
            Reason.ASKED,
            Urgency.NORMAL,
            None,
            "Vill ha hjälp",
        )
        row, _ = cases.open_or_add(session, new, at)
        return row.id


def link(
    database: Database,
    elder: int,
    relative: int,
    status: LinkStatus = LinkStatus.ACTIVE,
    scope: Scope = Scope.FOLLOW,
    at: datetime = MONDAY,
    name: str = "Anna",
    unit: str | None = None,
    number: str = KURT,
    **columns: object,
) -> int:
    """A link as it stands after somebody asked at `at`."""
    began = status in (LinkStatus.ACTIVE, LinkStatus.ENDED)
    values = {
        "municipality": "kalmar",
        "unit": unit,
        "relative_channel": "telegram",
        "relative_name": name,
        "elder_address": number,
        "called": "din pappa",
        "relation": "pappa",
        "reason": "",
        "started_at": at if began else None,
        "ends_at": at + LASTS if began else at + timedelta(hours=72) if status == LinkStatus.ASKED else None,
        **columns,
    }
    with database.writing() as session:
        row = LinkRow(elder_id=elder, relative_id=relative, status=status, scope=scope, asked_at=at, **values)
        session.add(row)
        session.flush()
        return row.id


def row_of(database: Database, link_id: int) -> LinkRow:
    with database.reading() as session:
        return session.get_one(LinkRow, link_id)


def written_to(database: Database, address: str) -> list[str]:
    """Every message that goes to an address, in order."""
    with database.reading() as session:
        return list(session.scalars(select(OutboxRow.text).where(OutboxRow.address == address).order_by(OutboxRow.id)))


def conversation_of(database: Database, case_id: int) -> int:
    with database.reading() as session:
        found = session.get_one(CaseRow, case_id).conversation_id
        assert found
        return found


def version_of(database: Database, conversation_id: int) -> int:
    with database.reading() as session:
        return session.get_one(ConversationRow, conversation_id).version
