"""The commands that Telegram shows in its menu: words that mean the same however they are written."""

from __future__ import annotations

import asyncio

import structlog
from telegram import Bot, BotCommand

LONGEST_PAUSE_S = 300.0
COMMANDS = (
    ("meny", "Vad jag kan hjälpa till med"),
    ("manniska", "Prata med en person"),
    ("integritet", "Vad som sparas om dig"),
    ("english", "In English"),
    ("stopp", "Inga fler meddelanden"),
)
"""Command and what it does. Only a to z, digits and _ are allowed in a command (Bot API, BotCommand)."""
ENGLISH_COMMANDS = (
    ("menu", "What I can help with"),
    ("human", "Talk to a person"),
    ("privacy", "What is stored about you"),
    ("svenska", "På svenska"),
    ("stopp", "No more messages"),
)

_log = structlog.get_logger(__name__)


async def announce_commands(bot: Bot, first_pause_s: float = 1.0) -> None:
    """Tells Telegram the commands, once; goes on trying, quietly, while it cannot be reached."""
    pause = first_pause_s
    while True:
        try:
            await bot.set_my_commands([BotCommand(*command) for command in COMMANDS])
            await bot.set_my_commands([BotCommand(*command) for command in ENGLISH_COMMANDS], language_code="en")
            return
        except Exception as error:
            _log.info("commands not set yet", error=type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE_S, pause * 2)
