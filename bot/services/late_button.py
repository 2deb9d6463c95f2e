"""A button under a message that is not the newest any more: what is meant by it now, so that it never answers another question or moves another guide."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.keywords import Keyword, keyword
from bot.store.tables import OutboxRow

_STEP_WORDS = frozenset({Keyword.NEXT, Keyword.BACK, Keyword.STUCK, Keyword.REPEAT})
_NOW = "IGEN"
"""What stands open now is told once more."""


def says_now(session: Session, conversation_id: int, channel: str, message_id: str, says: str) -> str:
    """What the button says now: its word while it is the newest of its kind; of an older choice the label, of an older step or question IGEN."""
    own = session.scalar(
        select(OutboxRow)
        .where(
            OutboxRow.provider_id == message_id,
            OutboxRow.conversation_id == conversation_id,
            OutboxRow.channel == channel,
        )
        .order_by(OutboxRow.id.desc())
    )
    if own is None:
        return says
    word = keyword(says)
    newer = _words_of_newer(session, own)
    late = _is_step(newer) if word in _STEP_WORDS else bool(newer)
    if not late:
        return says
    if says.isdecimal():
        return next((button["label"] for button in own.buttons if button["says"] == says), _NOW)
    return _NOW if word in _STEP_WORDS or word in (Keyword.YES, Keyword.NO) else says


def _words_of_newer(session: Session, own: OutboxRow) -> list[str]:
    """The words of the buttons that have been sent since, of every message."""
    query = select(OutboxRow.buttons).where(
        OutboxRow.conversation_id == own.conversation_id,
        OutboxRow.channel == own.channel,
        OutboxRow.id > own.id,
        OutboxRow.provider_id.is_not(None),
    )
    return [button["says"] for buttons in session.scalars(query) for button in buttons]


def _is_step(words: list[str]) -> bool:
    return any(keyword(word) in _STEP_WORDS for word in words)
