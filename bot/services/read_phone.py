"""What the phone simulator shows: the messages of one address as they went, and what the other addresses have got since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.address import Address
from bot.domain.delivery import PENDING, Delivery
from bot.domain.sms_text import segments
from bot.store import conversations
from bot.store.clock import business_time, offset
from bot.store.database import Database
from bot.store.tables import AddressRow, InboxRow, MessageRow, OutboxRow

LONGEST = 200
"""So many of the newest messages are shown; a phone that has been played with for weeks still opens at once."""

_SHOWN = (Delivery.SENT, Delivery.DELIVERED, Delivery.UNDELIVERED, Delivery.FAILED)
"""What has come to a phone or will never come; what waits is only counted, and what was taken back was never seen."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message on the screen.

    `id` is "in-" or "out-" and the row's id. `key` and `receiver` are what the page sent an incoming one with. `author` is
    resident, relative, bot, handledare, or duty (an alert to the people on duty). `segments` is what it costs as SMS; 0 on Telegram.
    `status` is a Delivery for an outgoing one, else empty. `removed` are the kinds of secret that were masked.
    """

    id: str
    author: str
    kind: str
    text: str
    at: datetime
    segments: int
    key: str = ""
    receiver: str = ""
    status: str = ""
    buttons: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything the page needs. `now` is business time; `answering` tells that a turn or an answer is on its way; `newest` is the
    last message out to each address that has been used, 0 when it has got none yet."""

    bubbles: tuple[Bubble, ...]
    now: datetime
    answering: bool
    newest: dict[str, int]


def read_phone(database: Database, address: Address, others: Sequence[str], real: datetime) -> Screen:
    """The screen of `address`, with news of `others`. `real` is real time. Raises DatabaseAway."""
    with database.reading() as session:
        incoming, thinking = _incoming(session, address)
        outgoing = _outgoing(session, address)
        bubbles = [bubble for _, _, bubble in sorted((*incoming, *outgoing), key=lambda found: found[:2])]
        return Screen(
            bubbles=tuple(bubbles[-LONGEST:]),
            now=business_time(session, real),
            answering=thinking or _waits(session, address),
            newest=_newest(session, others),
        )


_Placed = tuple[datetime, int, Bubble]
"""A bubble with the real time it came and its row's id, which order it."""


def _incoming(session: Session, address: Address) -> tuple[list[_Placed], bool]:
    found = conversations.of_address(session, address)
    if found is None:
        return [], False
    rows = session.execute(
        select(MessageRow, InboxRow)
        .outerjoin(InboxRow, InboxRow.message_id == MessageRow.id)
        .where(
            MessageRow.conversation_id == found[1].id,
            MessageRow.direction == "in",
            MessageRow.channel == address.channel,
        )
        .order_by(MessageRow.id.desc())
        .limit(LONGEST)
    ).all()
    placed: list[_Placed] = []
    thinking = False
    for message, inbox in rows:
        receiver, key = _key_parts(message.incoming_key)
        bubble = Bubble(
            id=f"in-{message.id}",
            author=message.author,
            kind=message.kind,
            text=message.text,
            at=message.at,
            segments=segments(message.text) if address.channel == "sms" else 0,
            key=key,
            receiver=receiver,
            removed=tuple(inbox.removed) if inbox else (),
        )
        placed.append((inbox.received_at if inbox else message.at, message.id, bubble))
        thinking = thinking or (inbox is not None and inbox.handled_at is None)
    return placed, thinking


def _key_parts(incoming_key: str | None) -> tuple[str, str]:
    """Receiver and the page's own key, from channel:receiver:key as receive_message put them together."""
    receiver, _, key = (incoming_key or "").partition(":")[2].partition(":")
    return receiver, key


def _outgoing(session: Session, address: Address) -> list[_Placed]:
    rows = session.execute(
        select(OutboxRow, MessageRow)
        .outerjoin(MessageRow, MessageRow.id == OutboxRow.message_id)
        .where(
            OutboxRow.address == address.text,
            OutboxRow.channel == address.channel,
            OutboxRow.status.in_(_SHOWN),
        )
        .order_by(OutboxRow.id.desc())
        .limit(LONGEST)
    ).all()
    return [_placed_out(row, message, offset(session)) for row, message in rows]


def _placed_out(row: OutboxRow, message: MessageRow | None, ahead: timedelta) -> _Placed:
    moment = row.sent_at or row.tried_at or row.queued_at
    bubble = Bubble(
        id=f"out-{row.id}",
        author=message.author if message else "duty",
        kind="text",
        text=row.text,
        at=message.at if message else row.queued_at + ahead,
        segments=row.segments if row.channel == "sms" else 0,
        status=row.status,
        buttons=tuple((button["label"], button["says"]) for button in row.buttons),
    )
    return moment, row.id, bubble


def _waits(session: Session, address: Address) -> bool:
    query = select(OutboxRow.id).where(OutboxRow.address == address.text, OutboxRow.status.in_(PENDING)).limit(1)
    return session.scalar(query) is not None


def _newest(session: Session, addresses: Sequence[str]) -> dict[str, int]:
    wrote = session.scalars(select(AddressRow.text).where(AddressRow.text.in_(addresses))).all()
    got = session.execute(
        select(OutboxRow.address, func.max(OutboxRow.id))
        .where(OutboxRow.address.in_(addresses), OutboxRow.status.in_(_SHOWN))
        .group_by(OutboxRow.address)
        .order_by(OutboxRow.address)
    ).all()
    return dict.fromkeys(sorted(wrote), 0) | {row[0]: row[1] for row in got}
