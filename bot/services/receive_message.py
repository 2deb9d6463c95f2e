"""Takes in one message from any channel: masks it, stores it once, and says when a turn is due. Nothing is thought here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.domain.address import Address
from bot.domain.duty import Organisation
from bot.domain.incoming_text import clean
from bot.domain.keywords import waits_for_more
from bot.domain.message import Kind
from bot.domain.secrets import Masked, mask, mask_together
from bot.services.late_button import says_now
from bot.services.ports import Wakeup
from bot.store import attachments, conversations, inbox
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.inbox import Pending
from bot.store.tables import AddressRow, ConversationRow, InboxRow, MessageRow, Person
from nlu.danger import DangerRules

SPLIT_WITHIN = timedelta(minutes=10)
"""A number may be split over two messages that come within this time of each other."""
LONGEST_GATHER = 4
"""Gathering ends so many times its length after the first text that waits: whoever never stops writing is answered all the same."""
LONGEST_NAME = 60
_NO_PART_OF_A_NAME = re.compile(r"[^\w .'-]|_")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A picture or voice message that came along: the provider's name of it, or its content when the channel has that. With a `fault` it is not fetched."""

    file_id: str = ""
    content: bytes | None = None
    fault: str = ""


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
    under: str = ""
    """The provider's own id of the message of ours that the button stands under."""
    carrier_opt: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    name: str = ""
    """What the sender calls themselves, when the channel tells."""
    home: str = ""
    """A municipality's id, when the sender came by a link of it; anything else is passed over."""
    file: SentFile | None = None
    album: str = ""
    """The same for pictures that were sent together. Their keys begin with it."""


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
    key = _key(received, received.key)
    text = clean(received.text)
    with intake.database.writing() as session:
        if inbox.known(session, key):
            return False
        at = business_time(session, now)
        number = intake.organisation.number(received.receiver)
        # locked, so that two messages at once see each other's halves of a number, and no turn is saved between
        found = conversations.held_of_address(session, received.sender)
        home = _home(intake, received)
        address, conversation = found or conversations.begin(
            session, received.sender, number.municipality or home, number.unit, at
        )
        _note_address(address, received)
        if home and conversation.municipality is None:
            _move_home(session, conversation, home)
        if received.pressed and received.under:
            text = says_now(session, conversation.id, received.sender.channel, received.under, text)
        masked = mask(text)
        earlier = inbox.last_incoming(session, conversation.id, at - SPLIT_WITHIN)
        if earlier is not None and text:
            masked = _mask_with_earlier(earlier, text, masked)
        waiting = inbox.pending(session, conversation.id)
        of_album = bool(received.album) and inbox.known_by_beginning(
            session, conversation.id, _key(received, received.album)
        )
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
        if received.file:
            attachments.add(
                session,
                message.id,
                received.sender.channel,
                received.file.file_id,
                now,
                received.file.content,
                received.file.fault,
            )
        silent = of_album and not text  # the first of the album is answered
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
                handled_at=now if silent else None,
            )
        )
        if silent:
            return True
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


def _key(received: Received, key: str) -> str:
    return f"{received.sender.channel}:{received.receiver}:{key}"[:160]


def _home(intake: Intake, received: Received) -> str | None:
    return received.home if received.home in {one.id for one in intake.organisation.municipalities} else None


def _move_home(session: Session, conversation: ConversationRow, home: str) -> None:
    """Somebody of whom no municipality was known has come by a municipality's link. A turn under way is done again."""
    conversation.municipality = home
    conversation.state = {**conversation.state, "municipality": home}
    conversation.version += 1
    session.get_one(Person, conversation.person_id).municipality = home


def _name(written: str) -> str:
    """A name in letters, digits and what stands between them; the rest is ornament, or worse."""
    return " ".join(_NO_PART_OF_A_NAME.sub(" ", clean(written)).split())[:LONGEST_NAME].strip()


def _note_address(address: AddressRow, received: Received) -> None:
    address.sender = received.receiver
    if name := _name(received.name):
        address.name = name
    address.blocked_at = None  # whoever writes is reachable


def _mask_with_earlier(earlier: MessageRow, text: str, alone: Masked) -> Masked:
    """Masks a number that began in the message before this one; the earlier text is masked too."""
    together = mask_together((earlier.text, text))
    if together.texts[0] == earlier.text and together.texts[1] == alone.texts[-1]:
        return alone
    earlier.text = together.texts[0]
    return Masked((together.texts[1],), tuple(dict.fromkeys((*alone.kinds, *together.kinds))))
