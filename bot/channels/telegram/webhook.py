"""How updates come in: POST /telegram/webhook, or polling by a loop of our own that stores before it acknowledges.

The library's own updater is not used: it acknowledges updates before we have stored them. Update ids may start anew at random after a week
of silence (Bot API), so after six days without an update the stored offset is not used; what comes twice is known by its key.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram.inbound import NotForUs, Read, read_update
from bot.services.ports import Clock
from bot.services.receive_message import Intake, receive_message
from bot.store import leases
from bot.store.database import DatabaseAway

_POLL_S = 25
_LEASE = timedelta(seconds=60)
_STALE = timedelta(days=6)
_KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]
_LONGEST_BODY = 1024 * 1024

_log = structlog.get_logger(__name__)


def make_bot(token: str, api_base: str) -> Bot:
    """The library's client, with the API at another address when asked (LOTSEN_TELEGRAM_API_BASE)."""
    request = HTTPXRequest(connection_pool_size=32, pool_timeout=10.0)
    polling = HTTPXRequest(connection_pool_size=2, read_timeout=_POLL_S + 10.0)
    return Bot(token, base_url=f"{api_base}/bot", base_file_url=f"{api_base}/file/bot", request=request, get_updates_request=polling)


@dataclass(slots=True)
class TelegramIntake:
    """Stores updates. `receiver` names the bot, so that two bots' updates are told apart."""

    bot: Bot
    intake: Intake
    clock: Clock
    pool: Executor
    receiver: str

    async def store(self, data: dict[str, Any]) -> None:
        """Stores one update; one that cannot be read is logged and passed over. Raises DatabaseAway."""
        try:
            read = read_update(data, self.bot, self.receiver)
        except NotForUs as reason:
            _log.info("update passed over", reason=str(reason))
            return
        except Exception as error:
            _log.warning("update cannot be read", error=type(error).__name__, keys=sorted(data)[:8])
            return
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self.pool, receive_message, self.intake, read.received, self.clock())
        if read.callback_id:
            await self._acknowledge(read)

    async def _acknowledge(self, read: Read) -> None:
        try:
            await self.bot.answer_callback_query(read.callback_id or "")
        except TelegramError as error:
            _log.info("button not acknowledged", error=type(error).__name__)


def make_webhook(telegram: TelegramIntake, secret: str) -> APIRouter:
    """POST /telegram/webhook. Anything stored or not for us gets 200, or Telegram would send it again and again."""
    router = APIRouter(prefix="/telegram")

    @router.post("/webhook")
    async def webhook(request: Request) -> Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            _log.warning("webhook refused", path="/telegram/webhook", reason="secret")
            return Response("secret", 403, media_type="text/plain")
        if int(request.headers.get("Content-Length") or 0) > _LONGEST_BODY:
            return Response(status_code=413)
        try:
            data = await request.json()
        except ValueError:
            return Response("no JSON", 400, media_type="text/plain")
        try:
            if isinstance(data, dict):
                await telegram.store(data)
        except DatabaseAway as error:
            _log.error("database away", path="/telegram/webhook", error=str(error))
            return Response("try again later", 503, media_type="text/plain", headers={"Retry-After": "5"})
        return Response(status_code=200)

    return router


async def announce_webhook(bot: Bot, url: str, secret: str) -> None:
    """Tells Telegram where updates go; goes on trying while it cannot be reached."""
    await _until_done(lambda: bot.set_webhook(url, secret_token=secret, allowed_updates=_KINDS), "webhook not set")


async def poll(telegram: TelegramIntake, owner: str) -> None:
    """Asks for updates for ever. Only one process does at a time; each update is stored before the offset moves past it."""
    await _until_done(lambda: telegram.bot.delete_webhook(), "webhook not removed")
    name, heard = f"telegram-poll:{telegram.receiver}", telegram.clock()
    try:
        while True:
            try:
                offset = await _in_pool(telegram, _take, telegram, name, owner)
                if offset is None:
                    await asyncio.sleep(5)
                    continue
                fresh = telegram.clock() - heard < _STALE
                updates = await _get_updates(telegram.bot, offset if fresh else 0)
                for update in updates:
                    await telegram.store(update)
                    await _in_pool(telegram, _advance, telegram, name, owner, int(update["update_id"]) + 1)
                heard = telegram.clock() if updates else heard
            except InvalidToken:
                _log.error("telegram refuses the token", hint="look at LOTSEN_TELEGRAM_TOKEN")
                await asyncio.sleep(30)
            except (TelegramError, DatabaseAway) as error:
                _log.warning("polling interrupted", error=type(error).__name__)
                await asyncio.sleep(2)
            except asyncio.CancelledError:
                raise
            except Exception as error:
                _log.error("polling failed", error=type(error).__name__, exc_info=True)
                await asyncio.sleep(5)
    finally:
        telegram.pool.submit(_release, telegram, name, owner)


async def _get_updates(bot: Bot, offset: int) -> list[dict[str, Any]]:
    """Raw updates: the library's own reading fails for a whole batch when one of it is malformed."""
    found = await bot.do_api_request(
        "get_updates",
        api_kwargs={"offset": offset, "timeout": _POLL_S, "allowed_updates": _KINDS},
        read_timeout=_POLL_S + 10,
    )
    return [update for update in found if isinstance(update, dict) and "update_id" in update]


async def _in_pool(telegram: TelegramIntake, function: Callable[..., Any], *arguments: Any) -> Any:
    return await asyncio.get_running_loop().run_in_executor(telegram.pool, function, *arguments)


def _take(telegram: TelegramIntake, name: str, owner: str) -> int | None:
    with telegram.intake.database.writing() as session:
        return leases.take(session, name, owner, telegram.clock(), _LEASE)


def _advance(telegram: TelegramIntake, name: str, owner: str, offset: int) -> None:
    with telegram.intake.database.writing() as session:
        leases.advance(session, name, owner, offset)


def _release(telegram: TelegramIntake, name: str, owner: str) -> None:
    with telegram.intake.database.writing() as session:
        leases.release(session, name, owner)


async def _until_done(attempt: Callable[[], Any], problem: str) -> None:
    pause = 1.0
    while True:
        try:
            await attempt()
            return
        except TelegramError as error:
            _log.warning(problem, error=type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(60.0, pause * 2)


