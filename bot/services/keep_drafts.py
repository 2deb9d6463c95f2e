"""Keeps what somebody is writing about a case, and that they are there. Secrets are masked before anything is stored."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.secrets import mask
from bot.domain.sms_text import prepare
from bot.services.ports import Clock
from bot.services.read_cases import case_line
from bot.services.viewer import Viewer
from bot.store import drafts, held_replies, presence
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import CaseNoteRow, MessageRow

LONGEST = 8000
"""Characters of a draft; more than any form takes."""
_LATE = timedelta(minutes=1)
"""How long after sending an earlier stage of the same text may still come in (from a page that was being left)."""


def keep_draft(
    database: Database, clock: Clock, who: Viewer, case_id: int, kind: str, text: str, left_over: bool = False
) -> bool:
    """Keeps the text as somebody's draft; an empty one removes it. False, and it is not kept, when it was sent already.

    `left_over` is text that a page had not been able to save when it was left; it may have been sent from elsewhere since.
    Raises CaseNotFound, DatabaseAway, ValueError for a kind that is none.
    """
    if kind not in drafts.KINDS:
        raise ValueError(f"there are no drafts of kind {kind!r}")
    case_line(database, who, case_id)
    masked = mask(text[:LONGEST]).text
    with database.writing() as session:
        real = clock()
        now = business_time(session, real)
        if not masked.strip():
            drafts.remove(session, case_id, who.user_id, kind)
            return True
        if _sent(session, who, case_id, kind, masked, now, real, left_over):
            return False
        drafts.keep(session, case_id, who.user_id, kind, masked, now)
        return True


def look_at(database: Database, clock: Clock, who: Viewer, case_id: int, types: bool) -> None:
    """Somebody has the case open, and types or not. Raises CaseNotFound, DatabaseAway."""
    case_line(database, who, case_id)
    with database.writing() as session:
        presence.seen(session, case_id, who.user_id, types, clock())


def _sent(
    session: Session, who: Viewer, case_id: int, kind: str, text: str, now: datetime, real: datetime, left_over: bool
) -> bool:
    """Whether this is how far the person had come with what they have just sent, or what is left over of all of it."""
    if kind == drafts.REPLY:
        held = held_replies.latest_of(session, case_id, who.user_id)
        if held is None:
            return False
        age, sent = real - held.held_at, session.get_one(MessageRow, held.message_id).text[held.introduced :]
    else:
        noted = session.scalar(
            select(CaseNoteRow)
            .where(CaseNoteRow.case_id == case_id, CaseNoteRow.user_id == who.user_id, CaseNoteRow.kind == "note")
            .order_by(CaseNoteRow.id.desc())
            .limit(1)
        )
        if noted is None:
            return False
        age, sent = now - noted.at, noted.text
    forms = (text.strip(), prepare(text).text)
    return (age <= _LATE and sent.startswith(forms)) or (left_over and sent in forms)
