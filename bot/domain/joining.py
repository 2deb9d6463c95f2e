"""Joining: somebody who writes from Telegram has a number that writes by SMS too, and both become one conversation.

Nobody is taken for the same person by guess: the number is asked by SMS, and only a yes from it joins. Terms: docs/glossary.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

ANSWER_WITHIN = timedelta(hours=72)
"""How long the question to the number stays open."""
TRIES = 3
"""So many times may the same person have the same number asked; after a no, never again."""
ASKED_AT_ONCE = 3
"""So many numbers may one person have asked within ANSWER_WITHIN, and so many questions may one number get: more would be fishing, or a nuisance."""


class JoinStatus(StrEnum):
    """How a wish to be joined stands. `unsent` was told to nobody: one question to a number at a time, and not too many."""

    ASKED = "asked"
    UNSENT = "unsent"
    ACCEPTED = "accepted"  # the number said yes; the conversations are joined right after
    JOINED = "joined"
    DECLINED = "declined"
    UNANSWERED = "unanswered"
    VOID = "void"  # it could not be done any more


@dataclass(frozen=True, slots=True)
class JoinQuestion:
    """An open question to this person's number: is it you who writes from Telegram?"""

    request_id: int
    asked_at: datetime
