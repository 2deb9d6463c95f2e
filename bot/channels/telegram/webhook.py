"""How updates come in: POST /telegram/webhook, or polling by a loop of our own that stores before it acknowledges.

The library's own updater is not used: it acknowledges updates before we have stored them.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import EndPointNotFound, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram.inbound import InGroup, Membership, NotForUs, Read, read_update
from bot.domain.message import Kind
from bot.services.note_membership import decline_group, note_membership
from bot.services.ports import Clock
from bot.services.receive_message import Intake, receive_message
from bot.store import leases
from bot.store.database import DatabaseAway

_POLL_S = 25
_LEASE = timedelta(seconds=60)
_STALE = timedelta(days=6)
"""Update ids may start anew at random after a week of silence (Bot API, getUpdates), and asking from an offset confirms everything below it:
after so long without an update the stored offset is not used. What comes twice is known by its key."""
_TRIES = 3
"""How often one update is tried that cannot be stored although the database is there; then the others need not wait for it any more."""
_KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]
_LONGEST_BODY = 1024 * 1024
_GET_UPDATES = "get_Updates"
"""getUpdates, spelt so that the library does not warn of its own method of that name."""
_OTHER_POLLS_S = 5.0
_INTERRUPTED_S = 2.0
_COURTESIES = 100
"""Calls under way at once that nobody waits for; more are left out."""

_log = structlog.get_logger(__name__)


def make_bot(token: str, api_base: str) -> Bot:
    """The library's client, with the API at another address when asked (LOTSEN_TELEGRAM_API_BASE)."""
    request = HTTPXRequest(connection_pool_size=32, pool_timeout=10.0)
    polling = HTTPXRequest(connection_pool_size=2, read_timeout=_POLL_S + 10.0)
    return Bot(
        token,
        base_url=f"{api_base}/bot",
        base_file_url=f"{api_base}/file/bot",
        request=request,
        get_updates_request=polling,
    )


@dataclass(slots=True)
class TelegramIntake:
    """Stores updates. `receiver` names the bot, so that two bots' updates are told apart. `for_groups` is what a group is told, once."""

    bot: Bot
    intake: Intake
    clock: Clock
    pool: Executor
    receiver: str
    for_groups: Callable[[], str] = lambda: ""
    courtesies: set[asyncio.Task[None]] = field(default_factory=set)
    """What is under way and that nobody waits for: it may fail, and is not tried again."""

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
        if isinstance(read, InGroup):
            await self._decline(read.chat_id)
        elif isinstance(read, Membership):
            await _in_pool(self, note_membership, self.intake.database, read.address, read.blocked, self.clock())
        else:
            stored = await _in_pool(self, receive_message, self.intake, read.received, self.clock())
            if stored and read.received.kind != Kind.EDIT:
                self._by_the_way(self._show_typing(read.received.sender.chat_id))
            if read.callback_id:
                await self._acknowledge(read)

    async def _acknowledge(self, read: Read) -> None:
        try:
            await self.bot.answer_callback_query(read.callback_id or "")
        except TelegramError as error:
            _log.info("button not acknowledged", error=type(error).__name__)

    async def _decline(self, chat_id: int) -> None:
        """In a group everybody would read what one is told: one word of it, and away."""
        said = await _in_pool(self, decline_group, self.intake.database, chat_id, self.clock())
        self._by_the_way(self._leave(chat_id, self.for_groups() if said else ""))

    async def _leave(self, chat_id: int, text: str) -> None:
        try:
            if text:
                await self.bot.send_message(chat_id, text)
        finally:
            await self.bot.leave_chat(chat_id)

    async def _show_typing(self, chat_id: int) -> None:
        await self.bot.send_chat_action(chat_id, ChatAction.TYPING)

    def _by_the_way(self, call: Coroutine[Any, Any, None]) -> None:
        """Makes a call that nothing waits for and that may fail."""
        if len(self.courtesies) >= _COURTESIES:
            call.close()
            return

        async def quietly() -> None:
            try:
                await call
            except Exception as error:
                _log.info("courtesy left out", error=type(error).__name__)

        task = asyncio.create_task(quietly())
        self.courtesies.add(task)
        task.add_done_callback(self.courtesies.discard)


def make_webhook(telegram: TelegramIntake, secret: str) -> APIRouter:
    """POST /telegram/webhook. Anything stored or not for us gets 200, or Telegram would send it again and again."""
    router = APIRouter(prefix="/telegram")

    @router.post("/webhook")
    async def webhook(request: Request) -> Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
            _log.warning("webhook refused", path="/telegram/webhook", reason="secret")
            return Response("secret", 403, media_type="text/plain")
        body = await _body(request)
        if body is None:
            return Response("too long", 413, media_type="text/plain")
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            return Response("no JSON", 400, media_type="text/plain")
        try:
            if isinstance(data, dict):
                await telegram.store(data)
        except DatabaseAway as error:
            _log.error("database away", path="/telegram/webhook", error=str(error))
            return Response("try again later", 503, media_type="text/plain", headers={"Retry-After": "5"})
        except Exception as error:  # by its kind: its text may hold the message
            _log.error("update not stored", error=type(error).__name__)
            return Response("not stored", 500, media_type="text/plain")
        return Response(status_code=200)

    return router


async def _body(request: Request) -> bytes | None:
    """The whole body; None when it is longer than any update."""
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > _LONGEST_BODY:
            return None
    return bytes(read)


async def announce_webhook(bot: Bot, url: str, secret: str) -> None:
    """Tells Telegram where updates go; goes on trying while it cannot be reached."""
    await _until_done(lambda: bot.set_webhook(url, secret_token=secret, allowed_updates=_KINDS), "webhook not set")


async def poll(telegram: TelegramIntake, owner: str) -> None:
    """Asks for updates for ever. Only one process does at a time; each update is stored before the offset moves past it."""
    await _until_done(lambda: telegram.bot.delete_webhook(), "webhook not removed")
    name = f"telegram-poll:{telegram.receiver}"
    try:
        while True:
            try:
                offset = await _in_pool(telegram, _take, telegram, name, owner)
                if offset is None:
                    await asyncio.sleep(_OTHER_POLLS_S)
                    continue
                for update in await _get_updates(telegram.bot, offset):
                    await _store(telegram, update)
                    await _in_pool(telegram, _advance, telegram, name, owner, update["update_id"] + 1)
            except (InvalidToken, EndPointNotFound):
                _log.error("telegram refuses the token", hint="look at LOTSEN_TELEGRAM_TOKEN")
                await asyncio.sleep(30)
            except RetryAfter as error:
                wait = error.retry_after
                await asyncio.sleep(wait.total_seconds() if isinstance(wait, timedelta) else wait)
            except (TelegramError, DatabaseAway) as error:
                _log.warning("polling interrupted", error=type(error).__name__)
                await asyncio.sleep(_INTERRUPTED_S)
            except Exception as error:
                _log.error("polling failed", error=type(error).__name__)
                await asyncio.sleep(_INTERRUPTED_S)
    finally:
        telegram.pool.submit(_release, telegram, name, owner)


async def _store(telegram: TelegramIntake, update: dict[str, Any]) -> None:
    """Stores one update, or gives it up. Raises DatabaseAway."""
    for attempt in range(1, _TRIES + 1):
        try:
            await telegram.store(update)
            return
        except DatabaseAway:
            raise
        except Exception as error:  # by its kind: its text may hold the message
            _log.error("update not stored", error=type(error).__name__, attempt=attempt, given_up=attempt == _TRIES)
            await asyncio.sleep(_INTERRUPTED_S)


async def _get_updates(bot: Bot, offset: int) -> list[dict[str, Any]]:
    """Raw updates: the library's own reading fails for a whole batch when one of it is malformed."""
    found = await bot.do_api_request(
        _GET_UPDATES,
        api_kwargs={"offset": offset, "timeout": _POLL_S, "allowed_updates": _KINDS},
        read_timeout=_POLL_S + 10,
    )
    return [update for update in found if isinstance(update, dict) and isinstance(update.get("update_id"), int)]


async def _in_pool(telegram: TelegramIntake, function: Callable[..., Any], *arguments: Any) -> Any:
    return await asyncio.get_running_loop().run_in_executor(telegram.pool, function, *arguments)


def _take(telegram: TelegramIntake, name: str, owner: str) -> int | None:
    """The offset to ask from; None while another process has the lease."""
    now = telegram.clock()
    with telegram.intake.database.writing() as session:
        offset = leases.take(session, name, owner, now, _LEASE)
        heard = leases.take(session, _heard(name), owner, now, _LEASE)
    if offset is None:
        return None
    return 0 if heard and now - datetime.fromtimestamp(heard, UTC) >= _STALE else offset


def _advance(telegram: TelegramIntake, name: str, owner: str, offset: int) -> None:
    with telegram.intake.database.writing() as session:
        leases.advance(session, name, owner, offset)
        leases.advance(session, _heard(name), owner, int(telegram.clock().timestamp()))


def _release(telegram: TelegramIntake, name: str, owner: str) -> None:
    with telegram.intake.database.writing() as session:
        leases.release(session, name, owner)
        leases.release(session, _heard(name), owner)


def _heard(name: str) -> str:
    """The row, held together with the lease, whose value is when an update last came (seconds since 1970): a restart must not forget it."""
    return f"{name}:heard"


async def _until_done(attempt: Callable[[], Any], problem: str) -> None:
    pause = 1.0
    while True:
        try:
            await attempt()
            return
        except Exception as error:
            _log.warning(problem, error=type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(60.0, pause * 2)
