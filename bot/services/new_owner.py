"""A number that was silent for a year has a new owner: they begin anew, and what is old stays with the one who had it before.

Runs inside the turn's own write: the old conversation is held, and the new one is nobody's yet. What the number has said since the silence goes along;
links of the old end, and those concerned are told. Bookings and loans of the old stay as they are, but nothing more is written to the number of them.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.case import Reason, Urgency
from bot.domain.conversation import Conversation
from bot.domain.events import NewOwner
from bot.domain.link import EndedBy
from bot.engine.world import World
from bot.services.link_relatives import end_all
from bot.store import cases, inbox, moving
from bot.store.tables import AddressRow, ConversationRow, MessageRow

_NEWER = timedelta(days=180)
"""What came so long after the last message belongs to the sitting that made somebody ask."""


def new_owner(
    session: Session, world: World, event: NewOwner, conversation_id: int, now: datetime, real: datetime
) -> bool:
    """Parts the number from who had it; True when somebody was written to. Everything else of the turn has been done."""
    address = moving.address_on(session, conversation_id, "sms")
    if address is None:
        return False
    old = session.get_one(ConversationRow, conversation_id, populate_existing=True)
    state = Conversation.from_json(old.state)
    since = _since(session, conversation_id, event.heard_at) or now
    number, sender = address.text, address.sender
    new_id = moving.begin_anew(session, address, old, state, now).id
    if moving.address_on(session, conversation_id, "telegram") is None:
        _leave_no_address(session, old, sender, now)
    moving.move_since(session, conversation_id, new_id, since)
    _tell_case(session, conversation_id, now)
    if event.asked_person:
        _keep_what_was_asked(session, world, conversation_id, new_id, number, now)
    old = session.get_one(ConversationRow, conversation_id)
    old.state = Conversation(
        language=state.language, municipality=old.municipality, unit=old.unit, heard_at=event.heard_at
    ).to_json()
    old.due_at = None
    if inbox.pending(session, new_id):
        session.get_one(ConversationRow, new_id).due_at = real
    return end_all(session, world, conversation_id, now, real, EndedBy.NEW_OWNER)


def _since(session: Session, conversation_id: int, heard_at: datetime) -> datetime | None:
    query = select(func.min(MessageRow.at, type_=MessageRow.at.type)).where(
        MessageRow.conversation_id == conversation_id,
        MessageRow.direction == "in",
        MessageRow.channel == "sms",
        MessageRow.at > heard_at + _NEWER,
    )
    at: datetime | None = session.scalar(query)
    return at


def _leave_no_address(session: Session, old: ConversationRow, sender: str | None, now: datetime) -> None:
    """Who had the number can be reached nowhere; nothing that is due to them goes out."""
    session.add(
        AddressRow(
            person_id=old.person_id,
            text=f"gone:{old.id}:{now:%Y%m%d}",
            channel="sms",
            sender=sender,
            opted_out_at=now,
            blocked_at=now,
        )
    )
    session.flush()


def _tell_case(session: Session, old_id: int, now: datetime) -> None:
    if case := cases.open_of(session, old_id):
        cases.note(session, case.id, "Numret har en ny ägare. Svar kan inte längre skickas dit.", now, kind="event")
        case.version += 1


def _keep_what_was_asked(session: Session, world: World, old_id: int, new_id: int, number: str, now: datetime) -> None:
    """What the new owner asked for was added to a case of the old one's that was still open: they get a case of their own."""
    case = cases.open_of(session, old_id)
    if case is None or cases.open_of(session, new_id) is not None:
        return
    conversation = session.get_one(ConversationRow, new_id)
    team = world.organisation.team(conversation.municipality, conversation.unit)
    language = Conversation.from_json(conversation.state).language
    new = cases.NewCase(
        new_id, number, "sms", language, conversation.municipality, conversation.unit, team.id, Reason.ASKED, Urgency(case.urgency), None,
        "Numret har en ny ägare, som bad om en människa. Läs vad de skrev.",
    )  # fmt: skip
    cases.open_or_add(session, new, now)
