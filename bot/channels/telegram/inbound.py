"""Reads Telegram's updates."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from telegram import Bot, CallbackQuery, Message, Update

from bot.domain.address import Address
from bot.domain.message import Kind
from bot.services.receive_message import Received

_READ = frozenset(
    {
        *("message_id", "date", "edit_date", "chat", "from", "text", "caption"),
        *("photo", "document", "voice", "audio", "video_note", "sticker", "location", "contact"),
    }
)
"""The fields of a message that are looked at."""


class NotForUs(Exception):
    """An update that asks for no answer: a group, another bot, a change of membership, something Telegram has added since."""


@dataclass(frozen=True, slots=True)
class Read:
    """What an update says. `callback_id` is set for a pressed button, which Telegram wants acknowledged."""

    received: Received
    callback_id: str | None = None


def read_update(data: dict[str, Any], bot: Bot, receiver: str) -> Read:
    """One update. Raises NotForUs; KeyError, TypeError and the like for one that is malformed."""
    update = Update.de_json(_needed(data), bot)
    if update.callback_query is not None:
        return _pressed(update.callback_query, receiver)
    if update.edited_message is not None:
        if not (update.edited_message.text or update.edited_message.caption):
            raise NotForUs("an edit without words, such as a live position that moves")
        return Read(_message(update.update_id, update.edited_message, receiver, edited=True))
    if update.message is not None:
        return Read(_message(update.update_id, update.message, receiver))
    raise NotForUs("an update of another kind")


def _needed(data: dict[str, Any]) -> dict[str, Any]:
    """The update with only what is read of it: a reply or a preview that the library cannot read must not cost somebody their answer."""
    needed = {key: _only(_READ, value) for key, value in data.items() if key in ("message", "edited_message")}
    if isinstance(query := data.get("callback_query"), dict):
        needed["callback_query"] = {**query, "message": _only(_READ, query.get("message"))}
    return {**needed, "update_id": data["update_id"]}


def _only(keys: frozenset[str], value: Any) -> Any:
    return {key: value[key] for key in value if key in keys} if isinstance(value, dict) else value


def _pressed(query: CallbackQuery, receiver: str) -> Read:
    """A button. The same button of the same message pressed twice is one message."""
    if query.message is None or query.data is None or query.message.chat.type != "private":
        raise NotForUs("a button without a private message")
    chat = query.message.chat.id
    received = Received(
        key=f"press:{chat}:{query.message.message_id}:{_digest(query.data)}",
        sender=Address(f"tg:{chat}"),
        receiver=receiver,
        text=query.data,
        pressed=True,
    )
    return Read(received, query.id)


def _digest(data: str) -> str:
    """A button's data as part of a key. What comes need not be what we put on the button: a changed client can send any characters."""
    return hashlib.sha256(data.encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _message(update_id: int, message: Message, receiver: str, edited: bool = False) -> Received:
    if message.chat.type != "private":
        raise NotForUs("a group")
    if message.from_user is not None and message.from_user.is_bot:
        raise NotForUs("another bot")
    location = message.location
    return Received(
        key=f"update:{update_id}",
        sender=Address(f"tg:{message.chat.id}"),
        receiver=receiver,
        text=_text(message),
        kind=Kind.EDIT if edited else _kind(message),
        latitude=location.latitude if location else None,
        longitude=location.longitude if location else None,
    )


def _text(message: Message) -> str:
    """What was written; a command such as /meny is its word."""
    text = message.text or message.caption or ""
    if text.startswith("/"):
        word, _, rest = text[1:].partition(" ")
        return f"{word.partition('@')[0]} {rest}".strip()
    return text


def _kind(message: Message) -> Kind:
    if (message.text or "").split(" ")[0].partition("@")[0] == "/start":
        return Kind.START
    if message.text is not None:
        return Kind.TEXT
    if message.photo or (message.document and (message.document.mime_type or "").startswith("image/")):
        return Kind.PHOTO
    if message.voice or message.audio or message.video_note:
        return Kind.VOICE
    if message.sticker:
        return Kind.STICKER
    if message.location:
        return Kind.LOCATION
    if message.contact:
        return Kind.CONTACT
    return Kind.OTHER
