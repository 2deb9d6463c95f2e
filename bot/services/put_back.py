"""A case goes back to the queue because whoever has it is not at work. The resident keeps their place in it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.case import Status
from bot.services.hold_case import change_status
from bot.store import cases, conversations
from bot.store.attendance import DueCase
from bot.store.tables import CaseRow


def hold(session: Session, due: DueCase) -> CaseRow:
    """The case as it is now, and its conversation before it, kept from everyone else until the transaction ends."""
    if due.conversation_id is not None:
        conversations.lock(session, due.conversation_id)
    return session.get_one(CaseRow, due.case_id, with_for_update=True, populate_existing=True)


def put_back(session: Session, row: CaseRow, why: str, now: datetime, user_id: int | None = None) -> None:
    """Nobody has the case any more. Where the resident waits it is in the queue again; where we wait for them it goes there when they write.

    `why` is noted; the case is held by the caller.
    """
    if row.status == Status.CLAIMED:
        change_status(session, row, "release")
        row.waiting_since = row.waiting_since or now
        why = f"{why} Ärendet ligger i kön igen."
    else:
        row.version += 1
        if row.conversation_id is not None:
            conversations.bump(session, row.conversation_id)
    row.claimed_by = row.claimed_at = None
    cases.note(session, row.id, why, now, "event", user_id)
