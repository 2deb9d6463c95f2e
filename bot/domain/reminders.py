"""When those who have booked are reminded: the day before, and the same morning. And when those who wait are told that they wait in vain. Never in the night."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.domain.course import LATEST_ANSWER
from bot.domain.opening_hours import STOCKHOLM
from bot.domain.quiet_hours import QUIET_UNTIL

_DAY_BEFORE_AT = time(10)


class Reminder(StrEnum):
    """Which of the two."""

    DAY_BEFORE = "day_before"
    SAME_DAY = "same_day"


def due_at(reminder: Reminder, starts_at: datetime) -> datetime:
    """When the reminder of a meeting goes out: at ten the day before, or when the quiet hours end on the day itself."""
    day = starts_at.astimezone(STOCKHOLM).date()
    if reminder == Reminder.DAY_BEFORE:
        day, at = day - timedelta(days=1), _DAY_BEFORE_AT
    else:
        at = QUIET_UNTIL
    return datetime.combine(day, at, STOCKHOLM).astimezone(starts_at.tzinfo)


def due_reminder(starts_at: datetime, booked_at: datetime, now: datetime) -> Reminder | None:
    """The reminder of a meeting that is due and not yet out of date; None before the first, and when it was booked after it was due.

    Who books in the afternoon for tomorrow needs no reminder the same afternoon, and gets the one in the morning.
    """
    if now >= starts_at:
        return None
    for reminder in (Reminder.SAME_DAY, Reminder.DAY_BEFORE):
        due = due_at(reminder, starts_at)
        if due <= now:
            return reminder if booked_at < due and due < starts_at else None
    return None


def waits_until(queued_at: datetime, starts_at: datetime) -> datetime:
    """When it is over for one in the queue of a meeting: when nobody is asked any more; for one who came to the queue later than that, at the start."""
    latest = starts_at - LATEST_ANSWER
    return latest if queued_at < latest else starts_at
