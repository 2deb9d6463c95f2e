"""A Bot API on loopback, and the real client that asks it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from telegram import Bot

from bot.channels.telegram.webhook import TelegramIntake, make_bot
from bot.store.database import Database
from tests.bot.channels.telegram.bot_api import TOKEN, BotApi
from tests.stand_ins import Post


@pytest.fixture
def api() -> Iterator[BotApi]:
    made = BotApi()
    yield made
    made.close()


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    made = make_bot(TOKEN, api.url)
    yield made
    await asyncio.gather(*(request.shutdown() for request in made._request))


@pytest.fixture
def post(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Post]:
    """On SQLite; on PostgreSQL too in a test that asks for `database`."""
    if "database" in request.fixturenames:
        yield Post(request.getfixturevalue("database"))
        return
    shutil.copy(request.getfixturevalue("made_sqlite"), tmp_path / "telegram.db")
    database = Database(f"sqlite:///{tmp_path / 'telegram.db'}")
    yield Post(database)
    database.close()


@pytest.fixture
def telegram(bot: Bot, post: Post) -> Iterator[TelegramIntake]:
    pool = ThreadPoolExecutor(4)
    yield TelegramIntake(bot, post.intake, post.clock, pool, "bot:4711")
    pool.shutdown()
