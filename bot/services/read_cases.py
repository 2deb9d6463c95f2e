"""One case with its whole conversation. Reads only, but for the audit row of a case that was opened.

A case that one may not see is not found, so that its number tells nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.conversation import Conversation, Position
from bot.domain.course import Booking
from bot.domain.delivery import Delivery
from bot.domain.secrets import mask
from bot.domain.sms_text import prepare
from bot.services.ports import Clock
from bot.services.read_queue import CaseLine, lines_of, names
from bot.services.run_courses import sees
from bot.services.secrecy import hidden_from
from bot.services.viewer import Viewer, seen_by, sees_case
from bot.store import (
    attachments,
    cases,
    conversations,
    courses,
    held_replies,
    inbox,
    links,
    moving,
    outbox,
    presence,
    users,
)
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import AuditRow, CaseNoteRow, CaseRow, ConversationRow, MessageRow, OutboxRow

MOST_MESSAGES = 500
MOST_EARLIER = 20
PRESSED_TWICE_WITHIN = timedelta(minutes=1)
"""The same words from the same handledare within this time, from a page older than the first of them, are one press too many."""
_SHOWN_ACTS = ("open", "claim", "release", "resolve", "hand_back", "course_book")


class CaseNotFound(Exception):
    """There is no such case, or whoever asks may not see it."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message. `parts` are the states of what was sent for it (a long text goes in several parts), with the error if there is one."""

    id: int
    at: datetime
    author: str
    name: str | None
    channel: str
    kind: str
    text: str
    segments: int
    parts: tuple[tuple[Delivery, str | None], ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """A handledare's note (kind `note`) or call (`call`), something the resident added (`resident`), or an `event`."""

    id: int
    at: datetime
    kind: str
    name: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """What a handledare did with the case: open (`detail` is how the person came), claim, release, resolve (`detail` is the outcome), hand_back, course_book."""

    id: int
    at: datetime
    act: str
    name: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another case of the same person, and what helped there."""

    case: CaseLine
    helped: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case with all that belongs to it, at the business time `now`.

    `conversation` is what the machine knows of the person; None for somebody who came to the desk or phoned and gave no number that takes SMS.
    `hidden` are the times at which something was said with another unit, one for each stretch of it.
    """

    case: CaseLine
    unit: str | None
    person_name: str
    helped: str
    said: tuple[Said, ...]
    hidden: tuple[datetime, ...]
    noted: tuple[Noted, ...]
    done: tuple[Done, ...]
    earlier: tuple[Earlier, ...]
    conversation: Conversation | None
    booked: tuple[Booking, ...]
    opted_out: bool
    joined: bool
    """The person writes both by SMS and on Telegram."""
    cut: bool
    """There are older messages than those in `said`."""
    now: datetime

    @property
    def position(self) -> Position | None:
        """Where in a guide the resident is."""
        return self.conversation.position if self.conversation else None


def case_line(database: Database, who: Viewer, case_id: int) -> CaseLine:
    """The case as it stands. Raises CaseNotFound, DatabaseAway."""
    with database.reading() as session:
        return lines_of(session, [_found(session, who, case_id)])[0]


def case_page(database: Database, clock: Clock, who: Viewer, case_id: int) -> CasePage:
    """The case with its conversation, notes and history. Raises CaseNotFound, DatabaseAway."""
    with database.reading() as session:
        row = _found(session, who, case_id)
        named = names(session)
        now = business_time(session, clock())
        messages: list[MessageRow] = []
        earlier: tuple[Earlier, ...] = ()
        unseen: set[int] = set()
        booked: tuple[Booking, ...] = ()
        conversation, opted_out, joined = None, False, False
        if row.conversation_id is not None:
            messages = inbox.history(session, row.conversation_id, limit=MOST_MESSAGES)
            unseen = _unseen(session, who, row.conversation_id)
            earlier = _earlier(session, who, row)
            conversation = Conversation.from_json(session.get_one(ConversationRow, row.conversation_id).state)
            booked = tuple(
                booking
                for booking in courses.booked_by(session, row.conversation_id, now)
                if sees(who, booking.course.municipality)
            )
            opted_out = conversations.address_of(session, row.conversation_id, row.channel).opted_out_at is not None
            joined = all(moving.address_on(session, row.conversation_id, channel) for channel in ("sms", "telegram"))
        acts = select(AuditRow).where(AuditRow.case_id == row.id, AuditRow.act.in_(_SHOWN_ACTS)).order_by(AuditRow.id)
        return CasePage(
            case=lines_of(session, [row])[0],
            unit=row.unit,
            person_name=row.person_name or "",
            helped=row.helped,
            said=_said(session, [message for message in messages if message.id not in unseen], named),
            hidden=_gaps(messages, unseen),
            noted=tuple(
                Noted(n.id, n.at, n.kind, named.get(n.user_id or 0), n.text) for n in cases.notes(session, row.id)
            ),
            done=tuple(Done(a.id, a.at, a.act, named.get(a.user_id or 0), a.detail) for a in session.scalars(acts)),
            earlier=earlier,
            conversation=conversation,
            booked=booked,
            opted_out=opted_out,
            joined=joined,
            cut=len(messages) == MOST_MESSAGES,
            now=now,
        )


def last_heard(page: CasePage) -> Said | None:
    """The last that the resident, or a relative, wrote."""
    return next((said for said in reversed(page.said) if said.author in ("resident", "relative")), None)


def unread(database: Database, clock: Clock, who: Viewer, case_id: int, heard: int | None) -> bool:
    """Whether they have written since `heard`, the id of the last that was seen; None when a page does not tell. Raises CaseNotFound, DatabaseAway."""
    last = last_heard(case_page(database, clock, who, case_id)) if heard is not None else None
    return last is not None and heard is not None and last.id > heard


def note_view(database: Database, clock: Clock, who: Viewer, case_id: int) -> None:
    """Keeps in the audit log that somebody opened the case. Raises DatabaseAway."""
    with database.writing() as session:
        users.audit(session, business_time(session, clock()), who.user_id, "view", case_id)


def case_version(database: Database, who: Viewer, case_id: int, real: datetime) -> str:
    """Changes whenever the page of the case may have changed for this viewer; cheap. `real` is real time. Raises CaseNotFound, DatabaseAway.

    What stands after the bar changes with who else looks and writes, and tells nothing new of the case.
    """
    with database.reading() as session:
        row = _found(session, who, case_id)
        there = presence.version(session, case_id, who.user_id, real)
        if row.conversation_id is None:
            return f"{row.version}|{there}"
        newest = session.scalar(
            select(func.max(MessageRow.id)).where(MessageRow.conversation_id == row.conversation_id)
        )
        sent = (
            select(OutboxRow.status, func.count())
            .where(OutboxRow.conversation_id == row.conversation_id)
            .group_by(OutboxRow.status)
            .order_by(OutboxRow.status)
        )
        states = ".".join(f"{status}{number}" for status, number in session.execute(sent))
        family, files = links.version(session, row.conversation_id), attachments.version(session, row.conversation_id)
        return f"{row.version};{newest};{states};{family};{files}|{there}"


def replied_just_now(database: Database, clock: Clock, who: Viewer, case_id: int, text: str, seen_version: int) -> bool:
    """Whether this very reply was just sent by the same handledare, from a page that shows the case before it (a button pressed twice)."""
    with database.reading() as session:
        row = _found(session, who, case_id)
        if row.version == seen_version or row.conversation_id is None:
            return False
        held = held_replies.latest_of(session, case_id, who.user_id)
        if held is None:
            return False
        last, masked = session.get_one(MessageRow, held.message_id), mask(text).text
        same = last.text[held.introduced :] in (masked, prepare(masked).text)
        return same and _just_now(session, clock, last.at)


def noted_just_now(database: Database, clock: Clock, who: Viewer, case_id: int, text: str, seen_version: int) -> bool:
    """The same for a note."""
    with database.reading() as session:
        row = _found(session, who, case_id)
        if row.version == seen_version:
            return False
        last = session.scalar(
            select(CaseNoteRow)
            .where(CaseNoteRow.case_id == case_id, CaseNoteRow.kind == "note")
            .order_by(CaseNoteRow.id.desc())
            .limit(1)
        )
        same = last is not None and last.user_id == who.user_id and last.text == mask(text).text
        return same and last is not None and _just_now(session, clock, last.at)


def _just_now(session: Session, clock: Clock, at: datetime) -> bool:
    return business_time(session, clock()) - at <= PRESSED_TWICE_WITHIN


def _found(session: Session, who: Viewer, case_id: int) -> CaseRow:
    row = session.scalar(select(CaseRow).where(CaseRow.id == case_id, seen_by(who)))
    if row is None:
        raise CaseNotFound(f"user {who.user_id} finds no case {case_id}")
    return row


def _unseen(session: Session, who: Viewer, conversation_id: int) -> set[int]:
    return set(
        session.scalars(select(MessageRow.id).where(MessageRow.conversation_id == conversation_id, hidden_from(who)))
    )


def _gaps(messages: Sequence[MessageRow], unseen: Collection[int]) -> tuple[datetime, ...]:
    """When each stretch of messages that may not be seen began."""
    before = [None, *messages]
    return tuple(
        message.at
        for last, message in zip(before, messages, strict=False)
        if message.id in unseen and (last is None or last.id not in unseen)
    )


def _earlier(session: Session, who: Viewer, row: CaseRow) -> tuple[Earlier, ...]:
    others = cases.of_conversation(session, row.conversation_id) if row.conversation_id is not None else []
    seen = [other for other in others if other.id != row.id and sees_case(who, other)][:MOST_EARLIER]
    return tuple(Earlier(line, other.helped) for line, other in zip(lines_of(session, seen), seen, strict=True))


def _said(session: Session, messages: Sequence[MessageRow], named: Mapping[int, str]) -> tuple[Said, ...]:
    sent = outbox.of_messages(session, [message.id for message in messages if message.direction == "out"])
    return tuple(
        Said(
            id=message.id,
            at=message.at,
            author=message.author,
            name=named.get(message.user_id or 0),
            channel=message.channel,
            kind=message.kind,
            text=message.text,
            segments=sum(part.segments for part in sent.get(message.id, ())),
            parts=tuple((Delivery(part.status), part.error) for part in sent.get(message.id, ())),
        )
        for message in messages
    )
