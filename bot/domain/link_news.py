"""What a relative is told, unasked, of an elder's case: that it is there, that somebody has it, that it waits for the elder, that it is closed.

That somebody took it, or that it is closed, is told as soon as may be; the rest is gathered, since a case that goes to and fro would be a stream of messages.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.case import Status

GATHERED = timedelta(hours=4)
"""So long after the last news nothing is told that can wait."""


class News(StrEnum):
    """What there is to tell."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    CLOSED = "closed"


def state_of(case_id: int | None, status: str | None) -> str:
    """How the open case stands, as it is kept; empty when none is open."""
    return f"{case_id}:{status}" if case_id is not None and status else ""


def news(told: str, state: str, last: datetime | None, now: datetime) -> News | None:
    """What is to be told at `now`, when `told` was told last, at `last`; None when there is nothing, or it can wait."""
    if told == state:
        return None
    case_id, _, status = state.partition(":")
    told_id, _, told_status = told.partition(":")
    what = News(status) if state else News.CLOSED
    taken_now = what == News.CLAIMED and not (told_id == case_id and told_status in (Status.CLAIMED, Status.ANSWERED))
    if taken_now or what == News.CLOSED:
        return what
    return what if last is None or now - last >= GATHERED else None
