"""What did not get there: the address is marked, a person is told, and whoever was answered in vain waits for us again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.case import Reason, Status, Urgency, after
from bot.engine.world import World
from bot.services.alert_duty import alert_duty
from bot.services.put_back import put_back
from bot.store import attendance, cases, conversations, outbox, users
from bot.store.tables import AddressRow, CaseRow, ConversationRow, MessageRow, OutboxRow


def unreachable(session: Session, world: World, row: OutboxRow, now: datetime, real: datetime, opted_out: bool) -> None:
    """Notes that an address cannot be reached. One that opted out has chosen so: it opens no case. `now` is business time, `real` real time."""
    address = session.scalar(select(AddressRow).where(AddressRow.text == row.address))
    if address is None:
        return
    if opted_out:
        _opt_out(session, address, now)
        if row.conversation_id is not None and _is_a_reply(session, row):
            _wait_again(
                session, cases.open_of(session, row.conversation_id), "personen har sagt STOPP. Ring i stället.", now
            )
        return
    address.blocked_at = address.blocked_at or now
    if row.conversation_id is None:
        return
    conversation = conversations.lock(session, row.conversation_id)
    team = world.organisation.team(conversation.municipality, conversation.unit)
    new = cases.NewCase(
        conversation_id=conversation.id,
        address=row.address,
        channel=row.channel,
        language=conversation.state.get("language", "sv"),
        municipality=conversation.municipality,
        unit=conversation.unit,
        team=team.id,
        reason=Reason.UNREACHABLE,
        urgency=Urgency.HIGH,
        topic=None,
        summary=f"Svaret kom inte fram ({row.error}). Försök nå personen på ett annat sätt.",
    )
    case, grew = cases.open_or_add(session, new, now)
    _wait_again(session, case, "försök nå personen på ett annat sätt.", now)
    conversation.version += 1
    if grew:
        alert_duty(session, case, team, world.organisation, real)


def _opt_out(session: Session, address: AddressRow, now: datetime) -> None:
    address.opted_out_at = address.opted_out_at or now
    own = session.scalars(select(ConversationRow.id).where(ConversationRow.person_id == address.person_id)).one()
    conversation = conversations.lock(session, own)
    conversation.state = {**conversation.state, "opted_out": True}
    conversation.version += 1
    outbox.cancel_pending(session, address.text)


def _is_a_reply(session: Session, row: OutboxRow) -> bool:
    message = session.get(MessageRow, row.message_id) if row.message_id else None
    return message is not None and message.author == "handledare"


def _wait_again(session: Session, case: CaseRow | None, why: str, now: datetime) -> None:
    """A case that waited for the resident waits for us: for whoever answered, or for anybody when they are not at work."""
    if case is None or case.status != Status.ANSWERED:
        return
    case.status = after(Status.ANSWERED, "undelivered")
    case.waiting_since = now
    case.version += 1
    cases.note(session, case.id, f"Svaret kom inte fram: {why}", now, kind="event")
    if not attendance.is_at_work(session, case.claimed_by, now):
        name = users.name_of(session, case.claimed_by)
        put_back(session, case, f"{name} är inte på plats." if name else "Ingen hade ärendet.", now)
