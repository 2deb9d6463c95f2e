"""The bot asks Telegram for its own name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.channels.telegram.own_name import own_name
from bot.channels.telegram.webhook import make_bot
from tests.bot.channels.answering import Answer
from tests.bot.channels.telegram.bot_api import BOT, TOKEN, BotApi, no


@pytest.fixture
def api() -> Iterator[BotApi]:
    opened = BotApi()
    yield opened
    opened.close()


async def test_it_is_told(api: BotApi) -> None:
    assert await own_name(make_bot(TOKEN, api.url)) == "lotsen_bot"


async def test_it_goes_on_asking_while_telegram_is_away(api: BotApi) -> None:
    api.first["getMe"] = [no(502, "Bad Gateway"), no(401, "Unauthorized")]
    assert await own_name(make_bot(TOKEN, api.url), first_pause_s=0.01) == "lotsen_bot"
    assert len(api.calls("getMe")) == 3


async def test_a_bot_without_a_name_has_none(api: BotApi) -> None:
    api.then["getMe"] = Answer(
        200, {"ok": True, "result": {key: value for key, value in BOT.items() if key != "username"}}
    )
    assert await own_name(make_bot(TOKEN, api.url)) == ""
