"""A handledare opens a case for somebody who walked in or phoned. Nothing is sent by that.

The channel of a case is where its answers go: SMS for a number that takes them. Without one there is no conversation, and the channel is how
the person came, "desk" or "phone", which no sender serves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.domain.address import Address
from bot.domain.case import URGENCY_OF, Reason, Status
from bot.domain.conversation import Conversation, Language
from bot.domain.duty import Organisation
from bot.domain.secrets import mask
from bot.engine.world import World
from bot.services.hold_case import change_status
from bot.services.ports import Clock
from bot.services.viewer import sees_case, viewer
from bot.store import cases, conversations, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import CaseRow, ConversationRow, UserRow

PRESSED_TWICE_WITHIN = timedelta(minutes=1)
"""The same case from the same handledare within this time is one press too many."""
ASKED_WITHIN = timedelta(minutes=30)
"""How long a handledare who opens another case in the same words, or the same name, is asked whether it is the same person."""


class Came(StrEnum):
    """How somebody came to the handledare."""

    DESK = "desk"
    PHONE = "phone"


class CaseElsewhere(Exception):
    """The person has an open case with another unit. That is all that may be said of it."""


class Perhaps(Exception):
    """This handledare opened `case_id` lately, perhaps for the same person: they went back and pressed again, or add what was forgotten."""

    def __init__(self, case_id: int) -> None:
        super().__init__(f"perhaps the person of case {case_id}")
        self.case_id = case_id


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the desk or on the line. `municipality` and `unit` (ids) are chosen by a handledare who works for several; else empty.

    `not_of` is the case of the last one whom the handledare says that this is not.
    """

    came: Came
    about: str
    name: str = ""
    number: Address | None = None
    topic: str | None = None
    language: Language = "sv"
    municipality: str = ""
    unit: str = ""
    not_of: int = 0


@dataclass(frozen=True, slots=True)
class OpenedFor:
    """The case; `new` is false for one that was open already."""

    case_id: int
    new: bool


def open_case_for(
    database: Database, world: Callable[[], World], clock: Clock, user: UserRow, visitor: Visitor
) -> OpenedFor:
    """Opens the case, claimed by the handledare; or finds the one that is open. Raises CaseElsewhere, Perhaps, DatabaseAway."""
    try:
        return _open(database, world().organisation, clock, user, visitor)
    except (
        IntegrityError
    ):  # the person wrote, or was helped at another desk, at this very moment: now there is something to find
        return _open(database, world().organisation, clock, user, visitor)


def _open(database: Database, organisation: Organisation, clock: Clock, user: UserRow, visitor: Visitor) -> OpenedFor:
    with database.writing() as session:
        now = business_time(session, clock())
        number = visitor.number
        conversation = None
        if number and number.takes_sms:
            begins = _home(organisation, user, visitor, None)
            conversation = conversation_of(session, organisation, number, visitor.language, begins, now)
        row = _open_one(session, user, visitor, conversation, now)
        if row is not None:
            if not sees_case(viewer(user, organisation), row):
                raise CaseElsewhere(f"user {user.id} may not see open case {row.id} of the same person")
            return OpenedFor(row.id, False)
        lately = _opened_lately(session, organisation, user, visitor, now)
        if lately is not None:
            raise Perhaps(lately.id)
        municipality, unit = _home(organisation, user, visitor, conversation)
        new = cases.NewCase(
            conversation_id=conversation.id if conversation else None,
            address=number.text if number else None,
            channel="sms" if conversation else visitor.came,
            language=visitor.language,
            municipality=municipality,
            unit=unit,
            team=organisation.team(municipality, unit).id,
            reason=Reason.ASKED,
            urgency=URGENCY_OF[Reason.ASKED],
            topic=visitor.topic,
            summary=mask(visitor.about).text,
        )
        row, _ = cases.open_or_add(session, new, now)
        row.person_name, row.opened_by = mask(visitor.name).text or None, user.id
        change_status(session, row, "claim")
        row.claimed_by, row.claimed_at = user.id, now
        users.audit(session, now, user.id, "open", row.id, visitor.came)
        return OpenedFor(row.id, True)


def conversation_of(
    session: Session,
    organisation: Organisation,
    number: Address,
    language: Language,
    home: tuple[str | None, str | None],
    now: datetime,
) -> ConversationRow:
    """The conversation of a number that takes SMS, locked; begun in this language, at home in this municipality and unit, when the number never wrote."""
    found = conversations.of_address(session, number)
    if found:
        return conversations.lock(session, found[1].id)
    address, conversation = conversations.begin(session, number, *home, now)
    address.sender = sender_of(organisation, *home)
    conversation.state = Conversation.from_json(conversation.state).with_(language=language).to_json()
    return conversation


def _open_one(
    session: Session, user: UserRow, visitor: Visitor, conversation: ConversationRow | None, now: datetime
) -> CaseRow | None:
    """The person's open case: by conversation, by a number that takes no SMS, or one that was made a moment ago by the same press."""
    if conversation is not None:
        return cases.open_of(session, conversation.id)
    alone = (
        select(CaseRow)
        .where(CaseRow.conversation_id.is_(None), CaseRow.status != Status.RESOLVED)
        .order_by(CaseRow.id.desc())
    )
    if visitor.number is not None:
        return session.scalar(alone.where(CaseRow.address == visitor.number.text).limit(1))
    return session.scalar(
        alone.where(
            CaseRow.opened_by == user.id,
            CaseRow.opened_at >= now - PRESSED_TWICE_WITHIN,
            CaseRow.address.is_(None),
            CaseRow.channel == visitor.came,
            CaseRow.summary == mask(visitor.about).text,
            func.coalesce(CaseRow.person_name, "") == mask(visitor.name).text,
            CaseRow.id > visitor.not_of,
        ).limit(1)
    )


def _opened_lately(
    session: Session, organisation: Organisation, user: UserRow, visitor: Visitor, now: datetime
) -> CaseRow | None:
    """The open case of this handledare that may be the same person's: of the same name, or in the same words and neither of another name nor number."""
    name, words = _plain(mask(visitor.name).text), _plain(mask(visitor.about).text)
    opened = select(CaseRow).where(
        CaseRow.opened_by == user.id,
        CaseRow.opened_at >= now - ASKED_WITHIN,
        CaseRow.status != Status.RESOLVED,
        CaseRow.id > visitor.not_of,
    )
    for row in session.scalars(opened.order_by(CaseRow.id.desc())):
        known = _plain(row.person_name or "")
        others = visitor.number and row.address not in (None, visitor.number.text)
        same = known == name if name and known else _plain(row.summary) == words and not others
        if same and sees_case(viewer(user, organisation), row):
            return row
    return None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _home(
    organisation: Organisation, user: UserRow, visitor: Visitor, conversation: ConversationRow | None
) -> tuple[str | None, str | None]:
    """Whose the case is: the handledare's own unit, else the one that they chose, else where the person has written."""
    own = organisation.municipality(user.municipality) if user.municipality else None
    if user.municipality:
        chosen = visitor.unit if own and visitor.municipality == own.id else None
        return own.id if own else user.municipality, user.unit or chosen or None
    if visitor.municipality:
        return visitor.municipality, visitor.unit or None
    return (conversation.municipality, conversation.unit) if conversation else (None, None)


def sender_of(organisation: Organisation, municipality: str | None, unit: str | None) -> str:
    """The number of ours that SMS go from: the unit's own, the municipality's, or the group's."""
    ours = [number for number in organisation.numbers if municipality and number.municipality == municipality]
    own = next((number for number in ours if unit and number.unit == unit), ours[0] if ours else None)
    return own.number if own else organisation.default_number
