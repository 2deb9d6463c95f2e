"""When nobody is written to unasked: in the night. Answers go out at any time; what we begin ourselves waits for the day."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.domain.opening_hours import STOCKHOLM

QUIET_FROM, QUIET_UNTIL = time(20), time(8)
"""Swedish time."""
WARN_FROM, WARN_UNTIL = time(7), time(22)
"""Swedish time: when somebody may be kept from a journey in vain, though it is quiet."""
_SETS_OUT_BEFORE = time(10)
"""Who is to be somewhere by then may have set out, or made ready, before a message of the morning is read."""


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


def may_warn(at: datetime, starts_at: datetime) -> bool:
    """Whether somebody is told at `at` that what starts at `starts_at` is not held after all.

    By day always. In the quiet hours only of what starts before they end or soon after, by ten in the morning: from seven in the morning until ten at
    night. Nobody shall stand before a closed door, and nobody be woken.
    """
    if not is_quiet(at):
        return True
    local = at.astimezone(STOCKHOLM).time()
    return WARN_FROM <= local < WARN_UNTIL and starts_at <= after_quiet(at, _SETS_OUT_BEFORE)
