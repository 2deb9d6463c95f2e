"""The bot's own name on Telegram, which the public pages' links need. It is asked for, so that nobody has to set it."""

from __future__ import annotations

import asyncio

import structlog
from telegram import Bot

LONGEST_PAUSE_S = 300.0
_log = structlog.get_logger(__name__)


async def own_name(bot: Bot, first_pause_s: float = 1.0) -> str:
    """The name without @; "" for a bot that has none. Goes on asking while Telegram cannot be reached."""
    pause = first_pause_s
    while True:
        try:
            return (await bot.get_me()).username or ""
        except Exception as error:
            _log.info("own name not known yet", error=type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE_S, pause * 2)
