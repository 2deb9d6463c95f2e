"""When nobody is written to unasked: in the night. Answers go out at any time; what we begin ourselves waits for the day."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.domain.opening_hours import STOCKHOLM

QUIET_FROM, QUIET_UNTIL = time(20), time(8)
"""Swedish time."""


def is_quiet(at: datetime) -> bool:
    """Whether `at` is in the quiet hours."""
    local = at.astimezone(STOCKHOLM).time()
    return local >= QUIET_FROM or local < QUIET_UNTIL


def after_quiet(at: datetime, earliest: time = QUIET_UNTIL) -> datetime:
    """`at`, or the next moment when the quiet hours are over, at `earliest` on that day."""
    if not is_quiet(at):
        return at
    local = at.astimezone(STOCKHOLM)
    day = local.date() + timedelta(days=1) if local.time() >= QUIET_FROM else local.date()
    return datetime.combine(day, earliest, STOCKHOLM).astimezone(at.tzinfo)
