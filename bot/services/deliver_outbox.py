"""Sends one message of the outbox: claim it, hand it to the provider outside any transaction, and keep what came of it.

A send whose answer never came is looked up before it is tried again. Where a channel has no look-up (Telegram), it is at least once, and doubts are counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from bot.domain.delivery import Delivery
from bot.engine.world import World
from bot.services.ports import Clock, LookUpAway, Refused, Sender, SendResult, Sent, TryLater
from bot.services.unreachable import unreachable
from bot.store import conversations, outbox
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.outbox import Outgoing

LEASE = timedelta(seconds=45)
"""Longer than a provider's time-out (10 s) and look-up together."""
LOOK_UP_AFTER = timedelta(seconds=2)
"""A provider may list a message a moment after it took it."""
GIVE_UP_AFTER = 16
"""Attempts, or vain look-ups, with growing pauses, an hour and more in all; then a person is told that this cannot be sent."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Delivering:
    """All that sending needs. `rate` is segments a second for each of our numbers; 0 is no limit."""

    database: Database
    sender: Sender
    clock: Clock
    owner: str
    rate: float
    world: World


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 1, 2, 4, ... seconds, at most ten minutes."""
    return timedelta(seconds=min(600, 2 ** max(0, attempts - 1)))


def deliver_one(delivering: Delivering) -> bool:
    """Sends the next message that may go now; False when there is none. Raises DatabaseAway."""
    with delivering.database.writing() as session:
        outgoing = outbox.claim(
            session, delivering.sender.channel, delivering.owner, delivering.clock(), LEASE, delivering.rate
        )
    if outgoing is None:
        return False
    if outgoing.doubtful:
        if _was_taken(delivering, outgoing):
            return True
        outgoing = replace(outgoing, attempts=outgoing.attempts + 1)
    _settle(delivering, outgoing, delivering.sender.send(outgoing))
    return True


def _was_taken(delivering: Delivering, outgoing: Outgoing) -> bool:
    """Settles a doubtful message when it was taken after all or cannot be looked up now; False when it is to be sent."""
    try:
        candidates = delivering.sender.candidates(outgoing)
    except LookUpAway as error:
        if outgoing.doubts >= GIVE_UP_AFTER:
            _fail(delivering, outgoing, Refused(str(error)), delivering.clock())
            return True
        with delivering.database.writing() as session:
            again = delivering.clock() + pause(max(outgoing.attempts, outgoing.doubts))
            outbox.put_off(session, outgoing.id, delivering.owner, again, Delivery.DOUBTFUL, str(error))
        return True
    with delivering.database.writing() as session:
        _hold_conversation(
            session, outgoing
        )  # two doubtful messages to one person must not settle on the same provider id
        taken = outbox.known_provider_ids(session, candidates)
        found = next((candidate for candidate in candidates if candidate not in taken), None)
        if found:
            outbox.sent(session, outgoing.id, found, delivering.clock())
            return True
        return not outbox.may_try(session, outgoing.id, delivering.owner, delivering.clock(), LEASE)


def _settle(delivering: Delivering, outgoing: Outgoing, result: SendResult) -> None:
    now = delivering.clock()
    match result:
        case Sent():
            with delivering.database.writing() as session:
                outbox.sent(session, outgoing.id, result.provider_id, now)
        case TryLater() if outgoing.attempts < GIVE_UP_AFTER:
            status = Delivery.DOUBTFUL if result.doubtful else Delivery.QUEUED
            wait = result.after or pause(outgoing.attempts)
            if result.doubtful:
                wait = max(wait, LOOK_UP_AFTER)
            _log.warning(
                "send put off",
                outbox=outgoing.id,
                error=result.error,
                attempt=outgoing.attempts,
                doubtful=result.doubtful,
            )
            with delivering.database.writing() as session:
                outbox.put_off(session, outgoing.id, delivering.owner, now + wait, status, result.error)
                if result.after and outgoing.channel == "telegram":
                    outbox.pause(session, outgoing.address, outgoing.sender, now, now + wait)
        case TryLater():
            _fail(delivering, outgoing, Refused(result.error), now)
        case Refused():
            _fail(delivering, outgoing, result, now)


def _fail(delivering: Delivering, outgoing: Outgoing, refused: Refused, now: datetime) -> None:
    """A permanent error stops and shows: on the message, on the address, and as a case when a person waits for the answer."""
    _log.error("send refused", outbox=outgoing.id, error=refused.error)
    with delivering.database.writing() as session:
        _hold_conversation(session, outgoing)
        row = outbox.failed(session, outgoing.id, refused.error)
        if row.status != Delivery.FAILED:  # it has come through by another attempt
            return
        unreachable(session, delivering.world, row, business_time(session, now), now, refused.opted_out)


def _hold_conversation(session: Session, outgoing: Outgoing) -> None:
    conversation_id = outbox.conversation_of(session, outgoing.id)
    if conversation_id is not None:
        conversations.lock(session, conversation_id)
