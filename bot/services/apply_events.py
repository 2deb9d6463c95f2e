"""Makes a turn's events true: rows in the outbox and the cases. Runs inside the turn's own write."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.case import Status, after
from bot.domain.events import (
    Answered,
    BookingCancelled,
    CaseNoted,
    CaseOpened,
    CaseReopened,
    GuideFinished,
    GuideShared,
    JoinAnswered,
    JoinWanted,
    LinkAnswered,
    LinkDoubted,
    LinkEnded,
    LinkScoped,
    LinkWanted,
    LoanCancelled,
    LoanExtended,
    LoanWanted,
    NewOwner,
    OptedIn,
    OptedOut,
    Remarked,
    SeatAccepted,
    SeatTaken,
    StandingTold,
)
from bot.domain.follow_up import ask_at
from bot.engine.advance import Turn
from bot.engine.world import World
from bot.services import join_addresses
from bot.services.alert_duty import alert_duty, calm
from bot.services.book_course import Who, accept, book, cancel, wait
from bot.services.by_link import do_by_link
from bot.services.lend_things import lend
from bot.services.link_relatives import end_all, link_relatives
from bot.services.new_owner import new_owner
from bot.services.queue_answer import queue_answer as queue_answer
from bot.store import attendance, cases, conversations, follow_ups, outbox, users
from bot.store.tables import AddressRow, CaseRow, RemarkRow


def apply_events(
    session: Session, world: World, conversation_id: int, turn: Turn, channel: str, now: datetime, real: datetime
) -> bool:
    """`now` is business time, `real` real time. True when a message waits to be sent. Raises NotAsItWas when a chair or loan that the turn gave is gone."""
    address = conversations.address_of(session, conversation_id, channel)
    waits = False
    resident_wrote(session, conversation_id, now)  # first, so that what is opened or grows now is told of as it stands
    for event in turn.events:
        match event:
            case Answered():
                queue_answer(session, conversation_id, address, event, now, real, author="bot")
                waits = True
            case CaseOpened():
                waits |= _open_case(session, world, conversation_id, address, turn, event, now, real)
            case SeatTaken() | BookingCancelled() | CaseNoted() if event.link_id is not None:
                do_by_link(session, event, conversation_id, now)
            case GuideShared() | StandingTold():
                do_by_link(session, event, conversation_id, now)
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
                waits |= end_all(session, world, conversation_id, now, real)
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
            case LinkWanted() | LinkAnswered() | LinkDoubted() | LinkScoped() | LinkEnded():
                waits |= link_relatives(session, world, event, conversation_id, channel, now, real)
            case JoinWanted():
                waits |= join_addresses.want(session, world, event, conversation_id, now, real)
            case JoinAnswered():
                join_addresses.answer(session, event, conversation_id, now)
            case Remarked():
                session.add(
                    RemarkRow(
                        conversation_id=conversation_id,
                        municipality=turn.conversation.municipality,
                        at=now,
                        kind=event.kind,
                        text=event.text,
                    )
                )
    for event in turn.events:
        if isinstance(event, NewOwner):  # last, so that what was said now goes along
            waits |= new_owner(session, world, event, conversation_id, now, real)
    return waits


def _open_case(
    session: Session,
    world: World,
    conversation_id: int,
    address: AddressRow,
    turn: Turn,
    event: CaseOpened,
    now: datetime,
    real: datetime,
) -> bool:
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


def resident_wrote(session: Session, conversation_id: int, now: datetime, who: str = "Invånaren") -> None:
    """A message from somebody whose case waits for them puts it back among those that wait for us.

    `who` is named in the note when somebody wrote for them. It waits for whoever has it; when they are not at work it waits for anybody, and is in the queue.
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
        why = f"{name} är inte på plats." if name else "Ingen hade ärendet."
        cases.note(session, row.id, f"{who} skrev. {why} Ärendet ligger i kön.", now, kind="event")
    row.version += 1
