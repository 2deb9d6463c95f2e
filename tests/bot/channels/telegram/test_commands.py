"""The commands in Telegram's menu."""

from __future__ import annotations

import re

import pytest
from telegram import Bot

from bot.channels.telegram.commands import COMMANDS, ENGLISH_COMMANDS, announce_commands
from bot.domain.keywords import keyword
from tests.bot.channels.telegram.bot_api import BotApi, no

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest.mark.parametrize("command", [*COMMANDS, *ENGLISH_COMMANDS], ids=lambda command: command[0])
def test_each_is_a_keyword_and_keeps_to_telegrams_limits(command: tuple[str, str]) -> None:
    name, said = command
    assert re.fullmatch(r"[a-z0-9_]{1,32}", name) and 1 <= len(said) <= 256
    assert keyword(name) is not None


async def test_they_are_told_in_both_languages_and_again_after_a_fault(bot: Bot, api: BotApi) -> None:
    api.first["setMyCommands"] = [no(500, "Internal Server Error")]
    await announce_commands(bot, first_pause_s=0.01)
    told = api.calls("setMyCommands")
    assert [call.get("language_code") for call in told] == [None, None, "en"]
    assert told[1]["commands"][0] == {"command": "meny", "description": "Vad jag kan hjälpa till med"}
