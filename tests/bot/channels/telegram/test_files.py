"""Files fetched with the real client from a Bot API on loopback."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from structlog.testing import capture_logs
from telegram import Bot

from bot.channels.telegram import files
from bot.channels.telegram.files import TelegramFiles
from bot.channels.telegram.webhook import make_bot
from bot.services.attachments import Away, Gone
from bot.services.clean_file import Unfit
from tests.bot.channels.answering import Answer, free_port
from tests.bot.channels.telegram.bot_api import TOKEN, BotApi, no

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


async def fetch(bot: Bot, most: int = 1000) -> bytes:
    """Off the event loop, as the file worker calls it."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, TelegramFiles(bot, loop).fetch, "AgAD-1", most)


async def test_a_file_is_read_where_telegram_says(bot: Bot, api: BotApi) -> None:
    api.files["AgAD-1.jpg"] = b"x" * 1000
    assert await fetch(bot) == b"x" * 1000
    assert api.calls("getFile") == [{"file_id": "AgAD-1"}]


async def test_no_more_is_read_than_may_be(bot: Bot, api: BotApi) -> None:
    api.files["AgAD-1.jpg"] = b"x" * 1001
    with pytest.raises(Unfit, match="too large"):
        await fetch(bot)


async def test_a_file_that_says_that_it_is_too_large_is_not_read(bot: Bot, api: BotApi) -> None:
    api.then["getFile"] = Answer(
        200, {"ok": True, "result": {"file_id": "f", "file_unique_id": "u", "file_path": "p/f", "file_size": 1001}}
    )
    with pytest.raises(Unfit, match="too large"):
        await fetch(bot)


@pytest.mark.parametrize("path", ["/etc/passwd", "http://10.0.0.1/x", "../../bot/getMe", None])
async def test_a_path_that_leads_elsewhere_is_not_followed(bot: Bot, api: BotApi, path: str | None) -> None:
    found = {"file_id": "f", "file_unique_id": "u", **({"file_path": path} if path else {})}
    api.then["getFile"] = Answer(200, {"ok": True, "result": found})
    with suppress(Gone):
        assert await fetch(bot) == b"", "it is asked for below the bot's own files, where there is nothing"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (no(400, "Bad Request: wrong file_id or the file is temporarily unavailable"), Gone),
        (no(400, "Bad Request: file is too big"), Unfit),
        (no(403, "Forbidden: bot was blocked by the user"), Gone),
        (no(429, "Too Many Requests: retry after 9", retry_after=9), Away),
        (no(500, "Internal Server Error"), Away),
        (no(401, "Unauthorized"), Away),
        (Answer(200, raw=b"<html>"), Away),
        (Answer(200, {"ok": True, "result": {}}), Away),
        (Answer(closes=True), Away),
    ],
)
async def test_what_telegram_answers_decides_what_is_done(
    bot: Bot, api: BotApi, answer: Answer, error: type[Exception]
) -> None:
    api.then["getFile"] = answer
    with pytest.raises(error) as raised:
        await fetch(bot)
    if isinstance(raised.value, Away) and "wait" in str(raised.value):
        assert raised.value.after == timedelta(seconds=9)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(404, raw=b""), Gone),
        (Answer(500, raw=b""), Away),
        (Answer(302, raw=b""), Away),
        (Answer(closes=True), Away),
    ],
)
async def test_a_file_that_is_not_given_is_told_without_the_token(
    bot: Bot, api: BotApi, answer: Answer, error: type[Exception]
) -> None:
    api.then["photos/AgAD-1.jpg"] = answer
    with capture_logs() as logs, pytest.raises(error) as raised:
        await fetch(bot)
    assert TOKEN not in str(raised.value) + str(logs) and raised.value.__cause__ is None


async def test_telegram_that_is_away_is_asked_again_later() -> None:
    bot = make_bot(TOKEN, f"http://127.0.0.1:{free_port()}")
    with pytest.raises(Away):
        await fetch(bot)
    await asyncio.gather(*(request.shutdown() for request in bot._request))


async def test_a_file_that_never_ends_is_left(bot: Bot, api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_WAIT_S", 0.2)
    api.then["getFile"] = Answer(200, {"ok": True, "result": {}}, waits=1.0)
    with pytest.raises(Away, match="in time"):
        await fetch(bot)
