"""Who is at work: whoever has not said that they are away, and has done something in the console a short while ago."""

from __future__ import annotations

from datetime import datetime, timedelta

SEEN_WITHIN = timedelta(minutes=60)
"""An open page of the console shows that it is there four times a minute, so an hour without a sign means that the screen is off, or its owner gone."""
GONE_FOR = timedelta(minutes=60)
"""A case whose handledare has not been seen for so long, while the resident waits, is nobody's any more."""


def is_away(away_since: datetime | None, back_at: datetime | None, now: datetime) -> bool:
    """Whether somebody has said that they are away. Without `back_at` they are until they say that they are back."""
    return away_since is not None and away_since <= now and (back_at is None or now < back_at)


def at_work(seen_at: datetime | None, away_since: datetime | None, back_at: datetime | None, now: datetime) -> bool:
    """Whether somebody can be expected to read what comes now. `seen_at` is when they last did something in the console."""
    return not is_away(away_since, back_at, now) and seen_at is not None and now - seen_at <= SEEN_WITHIN
