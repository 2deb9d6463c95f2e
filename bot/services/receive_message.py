"""Takes in one message from any channel: masks it, stores it once, and says when a turn is due. Nothing is thought here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from bot.domain.address import Address
from bot.domain.duty import Organisation
from bot.domain.incoming_text import clean
from bot.domain.keywords import waits_for_more
from bot.domain.message import Kind
from bot.domain.secrets import Masked, mask, mask_together
from bot.services.ports import Wakeup
from bot.store import conversations, inbox
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.inbox import Pending
from bot.store.tables import AddressRow, InboxRow, MessageRow
from nlu.danger import DangerRules

SPLIT_WITHIN = timedelta(minutes=10)
"""A number may be split over two messages that come within this time of each other."""
LONGEST_GATHER = 4
"""Gathering ends so many times its length after the first text that waits: whoever never stops writing is answered all the same."""


@dataclass(frozen=True, slots=True)
class Received:
    """A message as a channel hands it over. `key` is the provider's own id of it, unique for the channel and account."""

    key: str
    sender: Address
    receiver: str
    text: str = ""
    kind: Kind = Kind.TEXT
    pressed: bool = False
    """A button was pressed; buttons are not gathered."""
    carrier_opt: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """All that taking in needs. `gather` is how long more texts are waited for; zero turns it off."""

    database: Database
    organisation: Organisation
    danger: DangerRules
    wakeup: Wakeup
    gather: timedelta


def receive_message(intake: Intake, received: Received, now: datetime) -> bool:
    """Stores a message safely; False when it was stored before. `now` is real time. Raises DatabaseAway."""
    try:
        stored = _store(intake, received, now)
    except IntegrityError:
        # Two processes took in the same message, or the same new person's two first messages, at once: the second try finds what the first one wrote.
        stored = _store(intake, received, now)
    if stored:
        intake.wakeup.turns()
    return stored


def _store(intake: Intake, received: Received, now: datetime) -> bool:
    key = f"{received.sender.channel}:{received.receiver}:{received.key}"[:160]
    text = clean(received.text)
    with intake.database.writing() as session:
        if inbox.known(session, key):
            return False
        at = business_time(session, now)
        number = intake.organisation.number(received.receiver)
        found = conversations.of_address(session, received.sender)
        if found:  # locked, so that two messages at once see each other's halves of a number, and no turn is saved between
            conversations.lock(session, found[1].id)
        address, conversation = found or conversations.begin(session, received.sender, number.municipality, number.unit, at)
        _note_address(address, received)
        masked = mask(text)
        earlier = inbox.last_incoming(session, conversation.id, at - SPLIT_WITHIN)
        if earlier is not None and text:
            masked = _mask_with_earlier(earlier, text, masked)
        waiting = inbox.pending(session, conversation.id)
        message = MessageRow(
            conversation_id=conversation.id,
            at=at,
            direction="in",
            author="resident",
            channel=received.sender.channel,
            kind=received.kind,
            text=masked.texts[-1],
            incoming_key=key,
        )
        session.add(message)
        session.flush()
        gathers = _gathers(intake, received, masked.texts[-1])
        session.add(
            InboxRow(
                message_id=message.id,
                conversation_id=conversation.id,
                received_at=now,
                gathers=gathers,
                kind=received.kind,
                removed=list(masked.kinds),
                carrier_opt=received.carrier_opt,
                latitude=None if received.latitude is None else round(received.latitude, 2),
                longitude=None if received.longitude is None else round(received.longitude, 2),
            )
        )
        due_at = _gathered_at(intake, waiting, now) if gathers else now
        urgent = not gathers or any(not pending.gathers for pending in waiting)
        conversations.make_due(session, conversation.id, due_at, sooner=urgent)
    return True


def _gathered_at(intake: Intake, waiting: list[Pending], now: datetime) -> datetime:
    first = min((pending.received_at for pending in waiting), default=now)
    return min(now + intake.gather, first + LONGEST_GATHER * intake.gather)


def _gathers(intake: Intake, received: Received, text: str) -> bool:
    if received.kind != Kind.TEXT or received.pressed or received.carrier_opt or not intake.gather:
        return False
    return waits_for_more(text) and intake.danger.match(text) is None


def _note_address(address: AddressRow, received: Received) -> None:
    address.sender = received.receiver
    address.blocked_at = None  # whoever writes is reachable


def _mask_with_earlier(earlier: MessageRow, text: str, alone: Masked) -> Masked:
    """Masks a number that began in the message before this one; the earlier text is masked too."""
    together = mask_together((earlier.text, text))
    if together.texts[0] == earlier.text and together.texts[1] == alone.texts[-1]:
        return alone
    earlier.text = together.texts[0]
    return Masked((together.texts[1],), tuple(dict.fromkeys((*alone.kinds, *together.kinds))))
