"""Removes what is of no use any more: expired sessions, old failed sign-ins, slots of periodic jobs, notices of long ago, who looked at a case,
and drafts that nobody has touched for a month. No resident's words are touched."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from bot.store import drafts, held_replies, leases, notices, outbox, presence
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import SessionRow, SignInAttemptRow

_KEPT = timedelta(days=2)
_NOTICES_KEPT = timedelta(days=400)
"""Longer than anything that a notice is about lies ahead, so that none goes out twice."""
_DRAFTS_KEPT = timedelta(days=30)


def tidy(database: Database, now: datetime) -> bool:
    """Runs once an hour over all processes; False when another process has this hour."""
    with database.writing() as session:
        if not leases.take_slot(session, "tidy", now.replace(minute=0, second=0, microsecond=0)):
            return False
        leases.forget_slots(session, now - _KEPT)
        session.execute(delete(SessionRow).where(SessionRow.expires_at < now))
        session.execute(delete(SignInAttemptRow).where(SignInAttemptRow.at < now - _KEPT))
        notices.forget(session, now - _NOTICES_KEPT)
        drafts.forget(session, business_time(session, now) - _DRAFTS_KEPT)
        presence.forget(session, now - _KEPT)
        held_replies.forget(session, now - _KEPT)
        outbox.forget_pauses(session, now)
    return True
