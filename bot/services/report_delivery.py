"""Takes in a provider's report of how far a message has come."""

from __future__ import annotations

from datetime import datetime

from bot.domain.delivery import Delivery, from_twilio
from bot.engine.world import World
from bot.services.unreachable import unreachable
from bot.store import conversations, outbox
from bot.store.clock import business_time
from bot.store.database import Database

_OPTED_OUT = "21610"


def report_delivery(
    database: Database,
    world: World,
    outbox_id: int | None,
    provider_id: str,
    status: str,
    error: str | None,
    now: datetime,
) -> bool:
    """Moves the message's state forward; False when the report changed nothing (late, twice, or not ours). Raises DatabaseAway."""
    reported = from_twilio(status)
    if reported is None:
        return False
    failed = reported in (Delivery.UNDELIVERED, Delivery.FAILED)
    with database.writing() as session:
        if failed and (conversation_id := outbox.conversation_of(session, outbox_id, provider_id)) is not None:
            conversations.lock(session, conversation_id)
        row = outbox.find(session, outbox_id, provider_id)
        if row is None or (row.provider_id and row.provider_id != provider_id):
            return False
        changed = outbox.report(session, row, reported, provider_id, error, now)
        if changed and failed:
            unreachable(session, world, row, business_time(session, now), now, opted_out=error == _OPTED_OUT)
    return changed
