"""An elder and a relative who are linked, on a real database: rows are put in as the asking would leave them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.domain.address import Address
from bot.domain.case import Reason, Status, Urgency
from bot.domain.conversation import Position
from bot.domain.link import LASTS, LinkStatus, Scope
from bot.engine.world import World
from bot.services.tend_links import tend_links
from bot.services.tending import Tending
from bot.store import cases, conversations
from bot.store.database import Database
from bot.store.tables import CaseNoteRow, CaseRow, DeedRow, LinkRow, OutboxRow
from tests.groups import add_resident
from tests.stand_ins import MONDAY, CountedWakeup, SettableClock

ELDER = "+46701740605"
RELATIVE = "tg:4712"
OTHER = "tg:4713"


def add_link(
    database: Database,
    scope: Scope = Scope.FOLLOW,
    status: LinkStatus = LinkStatus.ACTIVE,
    elder: str = ELDER,
    relative: str = RELATIVE,
    name: str = "Anna",
    called: str = "din mamma",
    relation: str = "mamma",
    at: datetime = MONDAY,
    ends_at: datetime | None = None,
    position: Position | None = None,
    **more: Any,
) -> int:
    """A link as it stands after a yes at `at`, or as a question that was put then; its id."""
    elder_id, relative_id = add_resident(database, elder), add_resident(database, relative)
    active = status == LinkStatus.ACTIVE
    with database.writing() as session:
        row = LinkRow(
            municipality="kalmar",
            relative_id=relative_id,
            relative_channel=Address(relative).channel,
            relative_name=name,
            elder_id=elder_id,
            elder_address=elder,
            called=called,
            relation=relation,
            status=status,
            scope=scope,
            asked_at=at,
            started_at=at if active else None,
            ends_at=ends_at or at + (LASTS if active else timedelta(hours=72)),
            position=asdict(position) if position else None,
            **more,
        )
        session.add(row)
        session.flush()
        return row.id


def link(database: Database, link_id: int) -> LinkRow:
    with database.reading() as session:
        return session.get_one(LinkRow, link_id)


def change(database: Database, link_id: int, **values: Any) -> None:
    with database.writing() as session:
        row = session.get_one(LinkRow, link_id)
        for key, value in values.items():
            setattr(row, key, value)


def deeds(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        return [(row.kind, row.about) for row in session.scalars(select(DeedRow).order_by(DeedRow.id))]


def said_to(database: Database, address: str) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(OutboxRow.text).where(OutboxRow.address == address).order_by(OutboxRow.id)))


def open_case(database: Database, address: str = ELDER, status: Status = Status.WAITING, at: datetime = MONDAY) -> int:
    conversation_id = add_resident(database, address)
    with database.writing() as session:
        new = cases.NewCase(
            conversation_id,
            address,
            "sms",
            "sv",
            "kalmar",
            None,
            "kalmar",
            Reason.ASKED,
            Urgency.NORMAL,
            None,
            "Hemligt behov.",
        )
        row, _ = cases.open_or_add(session, new, at)
        row.status = status
        return row.id


def set_case(database: Database, case_id: int, status: Status) -> None:
    with database.writing() as session:
        session.get_one(CaseRow, case_id).status = status


def case_of(database: Database, case_id: int) -> CaseRow:
    with database.reading() as session:
        return session.get_one(CaseRow, case_id)


def notes_of(database: Database, case_id: int) -> list[tuple[str, str]]:
    with database.reading() as session:
        rows = session.scalars(select(CaseNoteRow).where(CaseNoteRow.case_id == case_id).order_by(CaseNoteRow.id))
        return [(row.kind, row.text) for row in rows]


def stop(database: Database, address: str) -> None:
    """This person has said STOPP."""
    conversation_id = add_resident(database, address)
    with database.writing() as session:
        conversations.address_of(session, conversation_id, Address(address).channel).opted_out_at = MONDAY


def tend(database: Database, clock: SettableClock, world: World) -> int:
    """Does what is due; how many were written to."""
    return tend_links(Tending(database, lambda: world, clock, CountedWakeup()))
