"""Sends on Telegram. There is no look-up of what was sent, so a doubtful message is sent again and counted: at least once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from bot.domain.address import Address
from bot.domain.events import SHARE_CONTACT
from bot.services.ports import Refused, SendResult, Sent, TryLater
from bot.store.outbox import Outgoing

TIMEOUT_S = 10.0
_WAIT_S = 20.0
"""For the whole call; then it is doubtful."""
_BUTTONS_A_ROW = 3
_LONGEST_CALLBACK = 64
"""Bytes of callback_data (Bot API)."""


class TelegramSender:
    """The way out on Telegram. `loop` is where the bot lives; send is called from other threads."""

    channel = "telegram"

    def __init__(self, bot: Bot, loop: asyncio.AbstractEventLoop) -> None:
        self._bot = bot
        self._loop = loop

    def send(self, outgoing: Outgoing) -> SendResult:
        """Hands one message to Telegram."""
        future = asyncio.run_coroutine_threadsafe(self._send(outgoing), self._loop)
        try:
            return future.result(_WAIT_S)
        except TimeoutError:
            future.cancel()
            return TryLater("Telegram did not answer in time", doubtful=True)

    def candidates(self, outgoing: Outgoing) -> tuple[str, ...]:
        """Telegram cannot be asked what was sent."""
        return ()

    async def _send(self, outgoing: Outgoing) -> SendResult:
        try:
            made = await self._bot.send_message(
                chat_id=Address(outgoing.address).chat_id,
                text=outgoing.text,
                reply_markup=keyboard(outgoing.buttons),
                read_timeout=TIMEOUT_S,
                connect_timeout=TIMEOUT_S,
            )
        except RetryAfter as error:
            wait = error.retry_after
            return TryLater(
                "Telegram asks us to wait", after=wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
            )
        except Forbidden as error:
            return Refused(f"403 {error.message}", unreachable=True)
        except ChatMigrated:
            return Refused("the chat has become a group", unreachable=True)
        except BadRequest as error:  # a NetworkError to the library, but trying again cannot help
            return Refused(f"400 {error.message}")
        except InvalidToken:
            return TryLater("Telegram refuses the token", after=timedelta(minutes=1))
        except NetworkError as error:  # a time-out among them
            return TryLater(f"no answer from Telegram ({type(error).__name__})", doubtful=not _never_connected(error))
        except Exception as error:  # also an answer that cannot be read: it may well have been taken
            return TryLater(f"Telegram has a fault ({type(error).__name__})", doubtful=True)
        return Sent(str(made.message_id))


def _never_connected(error: NetworkError) -> bool:
    """Whether the error came before anything was said: no connection, or none free in our own pool."""
    return isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)


def keyboard(buttons: tuple[tuple[str, str], ...]) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    """Buttons under the message: short ones side by side, long ones in a row each.

    Telegram lets a contact be shared by a button in the place of the letters only; then all stand there, once, and say their labels.
    """
    if not buttons:
        return None
    if any(says == SHARE_CONTACT for _, says in buttons):
        keys = [[KeyboardButton(label[:64], request_contact=says == SHARE_CONTACT or None)] for label, says in buttons]
        return ReplyKeyboardMarkup(keys, resize_keyboard=True, one_time_keyboard=True)
    made = [InlineKeyboardButton(label[:64], callback_data=_data(says)) for label, says in buttons]
    wide = any(len(label) > 14 for label, _ in buttons)
    step = 1 if wide else _BUTTONS_A_ROW
    return InlineKeyboardMarkup([made[i : i + step] for i in range(0, len(made), step)])


def _data(says: str) -> str:
    return says.encode()[:_LONGEST_CALLBACK].decode(errors="ignore")
