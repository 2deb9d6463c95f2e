"""Fetches files that people sent: getFile tells where one is, and it is read from there, no further than it may be large."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
from telegram import Bot
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.services.attachments import Away, Gone
from bot.services.clean_file import Unfit

TIMEOUT_S = 10.0
"""For each step of the way; a file that trickles in ends with _WAIT_S."""
_WAIT_S = 30.0


class TelegramFiles:
    """Where the files of the Telegram channel come from. `loop` is where the bot lives; fetch is called from other threads."""

    channel = "telegram"

    def __init__(self, bot: Bot, loop: asyncio.AbstractEventLoop) -> None:
        self._bot = bot
        self._loop = loop

    def fetch(self, file_id: str, most: int) -> bytes:
        """The file, of at most `most` bytes. Raises Away, Gone or Unfit."""
        future = asyncio.run_coroutine_threadsafe(self._fetch(file_id, most), self._loop)
        try:
            return future.result(_WAIT_S)
        except TimeoutError:
            future.cancel()
            raise Away("Telegram did not answer in time") from None

    async def _fetch(self, file_id: str, most: int) -> bytes:
        try:
            found = await self._bot.get_file(file_id, read_timeout=TIMEOUT_S, connect_timeout=TIMEOUT_S)
        except RetryAfter as error:
            wait = error.retry_after
            raise Away(
                "Telegram asks us to wait", wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
            ) from None
        except BadRequest as error:
            if "too big" in error.message.lower():  # more than Telegram lets a bot download
                raise Unfit("too large") from None
            raise Gone("Telegram does not have it") from None
        except Forbidden:
            raise Gone("Telegram does not give it") from None
        except TelegramError as error:
            raise Away(f"no answer from Telegram ({type(error).__name__})") from None
        except Exception as error:  # an answer that cannot be read
            raise Away(f"Telegram has a fault ({type(error).__name__})") from None
        if (found.file_size or 0) > most:
            raise Unfit("too large")
        where = found.file_path or ""
        if not where.startswith(f"{self._bot.base_file_url}/") or ".." in where:
            raise Gone("Telegram does not tell where it is")
        return await _read(where, most)


async def _read(where: str, most: int) -> bytes:
    """What lies there. The address holds the token: no error may tell it."""
    read = bytearray()
    try:
        async with (
            httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False) as client,
            client.stream("GET", where) as answer,
        ):
            if answer.status_code in (404, 410):
                raise Gone("Telegram does not have it")
            if answer.status_code != httpx.codes.OK:
                raise Away(f"{answer.status_code} from Telegram's files")
            async for chunk in answer.aiter_bytes():
                read += chunk
                if len(read) > most:
                    raise Unfit("too large")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Away(f"no answer from Telegram's files ({type(error).__name__})") from None
    return bytes(read)
