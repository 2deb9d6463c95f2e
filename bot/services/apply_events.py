"""Makes a turn's events true: rows in the outbox and the cases. Runs inside the turn's own write."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.domain.case import Status, after
from bot.domain.events import (
    Answered,
    BookingCancelled,
    CaseNoted,
    CaseOpened,
    CaseReopened,
    GuideFinished,
    LoanCancelled,
    LoanExtended,
    LoanWanted,
    OptedIn,
    OptedOut,
    Remarked,
    SeatAccepted,
    SeatTaken,
)
from bot.domain.follow_up import ask_at
from bot.domain.sms_text import prepare, split
from bot.engine.advance import Turn
from bot.engine.world import World
from bot.services.alert_duty import alert_duty, calm
from bot.services.book_course import Who, accept, book, cancel, wait
from bot.services.lend_things import lend
from bot.store import attendance, cases, conversations, follow_ups, outbox, users
from bot.store.tables import AddressRow, CaseRow, MessageRow, OutboxRow, RemarkRow


def apply_events(session: Session, world: World, conversation_id: int, turn: Turn, channel: str, now: datetime, real: datetime) -> bool:
    """`now` is business time, `real` real time. True when a message waits to be sent. Raises NotAsItWas when a chair or loan that the turn gave is gone."""
    address = conversations.address_of(session, conversation_id, channel)
    waits = False
    _resident_wrote(session, conversation_id, now)  # first, so that what is opened or grows now is told of as it stands
    for event in turn.events:
        match event:
            case Answered():
                queue_answer(session, conversation_id, address, event, now, real, author="bot")
                waits = True
            case CaseOpened():
                waits |= _open_case(session, world, conversation_id, address, turn, event, now, real)
            case CaseNoted():
                row = cases.open_of(session, conversation_id)
                if row:
                    cases.note(session, row.id, event.text, now, kind="resident")
            case CaseReopened():
                _reopen(session, conversation_id, now)
            case OptedOut():
                address.opted_out_at = now
                outbox.cancel_pending(session, address.text)
                follow_ups.forget(session, conversation_id)
            case OptedIn():
                address.opted_out_at = None
            case GuideFinished():
                follow_ups.plan(session, conversation_id, event.flow, channel, ask_at(now))
            case SeatTaken():
                who = Who(conversation_id, channel, event.for_whom)
                (wait if event.waits else book)(session, event.course_id, who, now)
            case SeatAccepted():
                accept(session, event.booking_id, conversation_id, now)
            case BookingCancelled():
                cancel(session, event.booking_id, conversation_id, now)
            case LoanWanted() | LoanExtended() | LoanCancelled():
                lend(session, world.places, event, Who(conversation_id, channel), now)
            case Remarked():
                session.add(RemarkRow(conversation_id=conversation_id, municipality=turn.conversation.municipality, at=now, kind=event.kind, text=event.text))
    return waits


def queue_answer(
    session: Session,
    conversation_id: int,
    address: AddressRow,
    answer: Answered,
    now: datetime,
    real: datetime,
    author: str,
    user_id: int | None = None,
    case_id: int | None = None,
    held: timedelta = timedelta(0),
) -> int:
    """Stores what is said and puts it in the outbox, in parts when it is longer than a channel takes; returns the message's id.

    No part goes before it has been `held` for so long.
    """
    text = prepare(answer.text).text if address.channel == "sms" else answer.text
    message = MessageRow(
        conversation_id=conversation_id, at=now, direction="out", author=author, user_id=user_id, channel=address.channel, text=text
    )
    session.add(message)
    session.flush()
    parts = split(text, 1600 if address.channel == "sms" else 4000)
    for i, part in enumerate(parts):
        last = i == len(parts) - 1
        session.add(
            OutboxRow(
                conversation_id=conversation_id,
                message_id=message.id,
                case_id=case_id,
                address=address.text,
                channel=address.channel,
                sender=address.sender or "",
                text=part,
                buttons=[{"label": b.label, "says": b.says} for b in answer.buttons] if last else [],
                segments=prepare(part).segments if address.channel == "sms" else 1,
                priority=answer.priority,
                queued_at=real,
                next_attempt_at=real + held,
            )
        )
    return message.id


def _open_case(session: Session, world: World, conversation_id: int, address: AddressRow, turn: Turn, event: CaseOpened, now: datetime, real: datetime) -> bool:
    conversation = turn.conversation
    team = world.organisation.team(conversation.municipality, conversation.unit)
    new = cases.NewCase(
        conversation_id=conversation_id,
        address=address.text,
        channel=address.channel,
        language=conversation.language,
        municipality=conversation.municipality,
        unit=conversation.unit,
        team=team.id,
        reason=event.reason,
        urgency=event.urgency,
        topic=event.topic,
        summary=event.summary,
    )
    row, grew = cases.open_or_add(session, new, now)
    return grew and alert_duty(session, row, team, world.organisation, real)


def _reopen(session: Session, conversation_id: int, now: datetime) -> None:
    """It is nobody's, whoever had it: whether they are at work is seen when they take it again."""
    row: CaseRow | None = cases.latest_of(session, conversation_id)
    if row is not None and row.status == Status.RESOLVED:
        row.status = after(Status(row.status), "reopen")
        row.resolved_at = row.claimed_by = row.claimed_at = None
        row.waiting_since = now
        row.version += 1
        calm(session, row)
        cases.note(session, row.id, "Öppnat igen: det fungerade inte.", now, kind="event")


def _resident_wrote(session: Session, conversation_id: int, now: datetime) -> None:
    """A message from somebody whose case waits for them puts it back among those that wait for us.

    It waits for whoever has it; when they are not at work it waits for anybody, and is in the queue.
    """
    row = cases.open_of(session, conversation_id)
    if row is None:
        return
    before, had = Status(row.status), row.claimed_by
    there = attendance.is_at_work(session, had, now)
    row.status = after(before, "resident_wrote" if there else "wrote_to_nobody")
    if before == Status.ANSWERED or row.waiting_since is None:
        row.waiting_since = now
    if before != Status.WAITING and not there:
        row.claimed_by = row.claimed_at = None
        calm(session, row)
        name = users.name_of(session, had)
        who = f"{name} är inte på plats." if name else "Ingen hade ärendet."
        cases.note(session, row.id, f"Invånaren skrev. {who} Ärendet ligger i kön.", now, kind="event")
    row.version += 1
