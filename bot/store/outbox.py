"""Outgoing messages: which may go now, who has them, and how far they have come.

Rules:
1. Low priority numbers go first; danger overtakes everything, also within its own conversation.
2. Within a conversation order holds: a message waits while an earlier one is being sent, or is pending, but for BLOCKS_FOR at most. On Telegram, where people
   read it as one talk, it waits for an earlier one of its kind until that is settled.
3. A number of ours sends no faster than its rate: its row is the bucket. An address or a sender that the provider told to wait is paused likewise.
4. What a sender had when it died is doubtful: it is looked up before it is tried again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select, update
from sqlalchemy import case as sql_case
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from bot.domain.delivery import PENDING, Delivery, forward
from bot.domain.events import Priority
from bot.store.tables import OutboxRow, SenderRow

BLOCKS_FOR = timedelta(minutes=2)
"""How long a stuck message keeps the next one of its conversation waiting."""
_IN_ORDER = "telegram"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message that a sender has until its lease ends."""

    id: int
    address: str
    channel: str
    sender: str
    text: str
    buttons: tuple[tuple[str, str], ...]
    attempts: int
    doubtful: bool
    tried_at: datetime | None
    doubts: int = 0
    """How often it was not known, or could not be asked, whether the provider had it."""


def claim(session: Session, channel: str, owner: str, now: datetime, lease: timedelta, rate: float) -> Outgoing | None:
    """Takes the next message of a channel that may go now; None when there is none.

    `rate` is segments a second for each of our numbers; 0 is no limit. A doubtful message is handed out to be looked up, which
    uses no rate.
    """
    earlier = aliased(OutboxRow)
    blocked = exists().where(
        earlier.conversation_id == OutboxRow.conversation_id,
        earlier.id < OutboxRow.id,
        earlier.status.in_(PENDING),
        or_(
            earlier.queued_at > now - BLOCKS_FOR,
            earlier.lease_until >= now,
            and_(earlier.channel == _IN_ORDER, earlier.priority == OutboxRow.priority),
        ),
        OutboxRow.priority > Priority.DANGER,
    )
    waiting = or_(
        OutboxRow.status.in_((Delivery.QUEUED, Delivery.DOUBTFUL)),
        and_(OutboxRow.status == Delivery.SENDING, OutboxRow.lease_until < now),
    )
    free = select(SenderRow.sender).where(SenderRow.free_at > now)
    query = (
        select(OutboxRow)
        .where(
            OutboxRow.channel == channel,
            waiting,
            OutboxRow.next_attempt_at <= now,
            ~blocked,
            *_unless_paused(channel, free),
        )
        .order_by(OutboxRow.priority, OutboxRow.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=OutboxRow)
    )
    if rate:
        query = query.where(or_(OutboxRow.status != Delivery.QUEUED, OutboxRow.sender.not_in(free)))
    row = session.scalar(query)
    if row is None:
        return None
    doubtful = row.status != Delivery.QUEUED
    if rate and not doubtful and not _take_rate(session, row.sender, now, timedelta(seconds=row.segments / rate)):
        return None
    if row.status == Delivery.SENDING:
        row.doubts += 1
    before = row.tried_at
    row.status, row.lease_owner, row.lease_until = Delivery.SENDING, owner, now + lease
    if not doubtful:
        row.attempts += 1
        row.tried_at = now
    buttons = tuple((button["label"], button["says"]) for button in row.buttons)
    tried_at = before if doubtful else now
    return Outgoing(
        row.id, row.address, row.channel, row.sender, row.text, buttons, row.attempts, doubtful, tried_at, row.doubts
    )


def _unless_paused(channel: str, free: Select[str]) -> tuple[ColumnElement[bool], ...]:
    """Only a channel whose provider tells it to wait has pauses; for the others their rows would mean the rate."""
    return (OutboxRow.address.not_in(free), OutboxRow.sender.not_in(free)) if channel == _IN_ORDER else ()


def pause(session: Session, address: str, sender: str, now: datetime, until: datetime) -> None:
    """The provider wants no more to this address until then. It says the same when it wants no more from us at all: so when two addresses are paused at
    once, the sender is."""
    others = select(SenderRow.sender).where(
        SenderRow.free_at > now, SenderRow.sender.startswith("tg:"), SenderRow.sender != address
    )
    everybody = session.scalar(others.limit(1)) is not None
    for name in (address, sender) if everybody else (address,):
        bucket = _bucket(session, name, now)
        bucket.free_at = max(bucket.free_at, until)


def forget_pauses(session: Session, now: datetime) -> None:
    """Drops pauses of people's chats that are over."""
    session.execute(delete(SenderRow).where(SenderRow.sender.startswith("tg:"), SenderRow.free_at < now))


def _bucket(session: Session, name: str, now: datetime) -> SenderRow:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(SenderRow).values(sender=name, free_at=now).on_conflict_do_nothing())
    return session.get_one(SenderRow, name, with_for_update=True, populate_existing=True)


def _take_rate(session: Session, sender: str, now: datetime, cost: timedelta) -> bool:
    bucket = _bucket(session, sender, now)
    if bucket.free_at > now:
        return False
    bucket.free_at = now + cost
    return True


def may_try(session: Session, outbox_id: int, owner: str, now: datetime, lease: timedelta) -> bool:
    """Turns a looked-up doubtful message into a new attempt by the same sender; False when it is no longer ours to try."""
    row = session.get(OutboxRow, outbox_id, with_for_update=True, populate_existing=True)
    if row is None or row.lease_owner != owner or row.status != Delivery.SENDING:
        return False
    row.attempts += 1
    row.tried_at, row.lease_until = now, now + lease
    return True


def sent(session: Session, outbox_id: int, provider_id: str, now: datetime) -> None:
    """The provider has it."""
    row = _locked(session, outbox_id)
    if row.status == Delivery.CANCELLED:  # it had gone before it could be taken back
        row.status = Delivery.SENT
    row.status = forward(Delivery(row.status), Delivery.SENT)
    row.provider_id, row.sent_at = provider_id, row.sent_at or now
    row.lease_owner = row.lease_until = None
    if row.status == Delivery.SENT:
        row.error = None


def put_off(session: Session, outbox_id: int, owner: str, until: datetime, status: Delivery, error: str) -> None:
    """To be tried again (queued) or looked up (doubtful) at `until`; nothing when somebody else has settled it meanwhile."""
    row = _locked(session, outbox_id)
    if row.lease_owner == owner and row.status == Delivery.SENDING:
        row.status, row.next_attempt_at, row.error = status, until, error[:200]
        row.lease_owner = row.lease_until = None
        row.doubts += status == Delivery.DOUBTFUL


def failed(session: Session, outbox_id: int, error: str) -> OutboxRow:
    """A permanent error: it is not tried again."""
    row = _locked(session, outbox_id)
    row.status = forward(Delivery(row.status), Delivery.FAILED)
    row.error = error[:200]
    row.lease_owner = row.lease_until = None
    return row


def report(
    session: Session, row: OutboxRow, reported: Delivery, provider_id: str, error: str | None, now: datetime
) -> bool:
    """A status report: moves forward and never back; True when it changed the state. It also settles doubts."""
    before = row.status
    row.status = forward(Delivery(row.status), reported)
    row.provider_id = row.provider_id or provider_id
    if row.status != before:
        row.sent_at = row.sent_at or now
        row.lease_owner = row.lease_until = None
        row.error = error or (None if reported in (Delivery.SENT, Delivery.DELIVERED) else row.error)
    return row.status != before


def find(session: Session, outbox_id: int | None, provider_id: str) -> OutboxRow | None:
    """The message that a report is about: by our own id, else by the provider's."""
    if outbox_id is not None:
        return session.get(OutboxRow, outbox_id, with_for_update=True, populate_existing=True)
    return session.scalar(select(OutboxRow).where(OutboxRow.provider_id == provider_id).with_for_update())


def conversation_of(session: Session, outbox_id: int | None, provider_id: str = "") -> int | None:
    """Whose message it is, by our own id, else by the provider's; None for one of no conversation, or for no message."""
    is_it = OutboxRow.id == outbox_id if outbox_id is not None else OutboxRow.provider_id == provider_id
    return session.scalar(select(OutboxRow.conversation_id).where(is_it).limit(1))


def known_provider_ids(session: Session, provider_ids: Sequence[str]) -> set[str]:
    """Which of these the outbox already has under another message."""
    found = session.scalars(select(OutboxRow.provider_id).where(OutboxRow.provider_id.in_(provider_ids)))
    return {provider_id for provider_id in found if provider_id}


def cancel_pending(session: Session, address: str, keep_from: int | None = None) -> None:
    """Takes back what has not been sent to an address (STOPP). What a sender has right now may still go, but is not tried again."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.address == address, OutboxRow.status.in_(PENDING), OutboxRow.id < (keep_from or 2**62))
        .values(status=Delivery.CANCELLED)
        .execution_options(synchronize_session=False)
    )


def next_attempt(session: Session, channel: str) -> datetime | None:
    """When the next message of a channel may be tried; None when none waits.

    A queued one may be held back after this by an earlier one of its conversation; one that is being sent counts from the end of its lease.
    """
    bucket_free = and_(OutboxRow.status == Delivery.QUEUED, SenderRow.free_at > OutboxRow.next_attempt_at)
    paused = aliased(SenderRow)
    at = sql_case(
        (OutboxRow.status == Delivery.SENDING, OutboxRow.lease_until),
        (bucket_free, SenderRow.free_at),
        (paused.free_at > OutboxRow.next_attempt_at, paused.free_at),
        else_=OutboxRow.next_attempt_at,
    )
    earliest: datetime | None = session.scalar(
        select(func.min(at, type_=OutboxRow.next_attempt_at.type))
        .outerjoin(SenderRow, SenderRow.sender == OutboxRow.sender)
        .outerjoin(paused, paused.sender == OutboxRow.address)
        .where(OutboxRow.channel == channel, OutboxRow.status.in_(PENDING))
    )
    return earliest


def _locked(session: Session, outbox_id: int) -> OutboxRow:
    return session.get_one(OutboxRow, outbox_id, with_for_update=True, populate_existing=True)


def listed(session: Session, address: str | None = None) -> list[OutboxRow]:
    """Messages out, oldest first; of one address, or all."""
    query = select(OutboxRow).order_by(OutboxRow.id)
    return list(session.scalars(query.where(OutboxRow.address == address) if address else query).all())


def of_messages(session: Session, message_ids: Sequence[int]) -> dict[int, list[OutboxRow]]:
    """The outgoing rows of these messages (a long one has several parts)."""
    found: dict[int, list[OutboxRow]] = {}
    for row in session.scalars(select(OutboxRow).where(OutboxRow.message_id.in_(message_ids)).order_by(OutboxRow.id)):
        if row.message_id is not None:
            found.setdefault(row.message_id, []).append(row)
    return found
