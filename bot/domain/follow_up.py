"""When the one who finished a guide is asked whether it helped."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.domain.quiet_hours import after_quiet

AFTER = timedelta(days=14)
SPOKEN_WITHIN = timedelta(days=1)
"""Who wrote so lately is in the middle of something; the question is put off by as much."""

_FROM = time(10)
"""Who is woken by a machine's question does not like the machine."""


def ask_at(finished_at: datetime) -> datetime:
    """Two weeks after the guide was finished, in the day."""
    return after_quiet(finished_at + AFTER, _FROM)


def ask_later(now: datetime) -> datetime:
    """A day on, in the day."""
    return after_quiet(now + SPOKEN_WITHIN, _FROM)
