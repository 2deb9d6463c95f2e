"""When a person answers, in words."""

from __future__ import annotations

from datetime import datetime

from bot.domain.conversation import Language
from bot.domain.duty import Team
from bot.domain.opening_hours import STOCKHOLM
from bot.engine.texts import Texts

_DAYS_A_WEEK = 7
"""From so many days ahead a weekday alone would be taken for an earlier one."""


def when_answered(team: Team, now: datetime, texts: Texts, language: Language) -> str:
    """Words that end a sentence: "så snart någon är ledig", "på måndag efter klockan 9"."""
    at = team.next_on_duty(now)
    if at is None or team.on_duty(now):
        return texts.get("when_soon", language)
    local, today = at.astimezone(STOCKHOLM), now.astimezone(STOCKHOLM).date()
    ahead = (local.date() - today).days
    key = "when_today" if ahead == 0 else "when_tomorrow" if ahead == 1 else "when_weekday"
    clock = (
        f"{local:%H:%M}" if language == "en" else f"{local.hour}.{local.minute:02}" if local.minute else f"{local.hour}"
    )
    day = texts.get(f"weekday_{local.weekday()}", language)
    if ahead >= _DAYS_A_WEEK:
        day += f" {local.day}/{local.month}"
    return texts.get(key, language, clock=clock, day=day)
