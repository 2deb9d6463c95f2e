"""Reads Telegram's updates."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from telegram import Bot, CallbackQuery, Contact, Message, Update

from bot.domain.address import Address, AddressError
from bot.domain.message import Kind
from bot.services.clean_file import LARGEST_PICTURE, LARGEST_VOICE
from bot.services.receive_message import Received, SentFile

_READ = frozenset(
    {
        *("message_id", "date", "edit_date", "chat", "from", "text", "caption", "media_group_id"),
        *("photo", "document", "voice", "audio", "video_note", "sticker", "location", "contact"),
    }
)
"""The fields of a message that are looked at."""
_GROUPS = ("group", "supergroup")
_THERE, _AWAY = ("member", "administrator", "creator", "restricted"), ("left", "kicked")
_ALBUM = re.compile(r"[0-9A-Za-z_-]{1,40}")
_FILE_ID = re.compile(r"[0-9A-Za-z_-]{1,200}")
_DIGITS = re.compile(r"[^\d+]")
_LONGEST_NUMBER = 20
_LONGEST_PAYLOAD = 64
"""Characters after /start in a link (Bot API, deep linking)."""


class NotForUs(Exception):
    """An update that asks for no answer: a channel, another bot, something Telegram has added since."""


@dataclass(frozen=True, slots=True)
class Read:
    """What somebody said. `callback_id` is set for a pressed button, which Telegram wants acknowledged."""

    received: Received
    callback_id: str | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """A person has blocked the bot in their private chat, or let it in again."""

    address: Address
    blocked: bool


@dataclass(frozen=True, slots=True)
class InGroup:
    """The bot has been put into a group, or written to in one."""

    chat_id: int


def read_update(data: dict[str, Any], bot: Bot, receiver: str) -> Read | Membership | InGroup:
    """One update. Raises NotForUs; KeyError, TypeError and the like for one that is malformed."""
    if isinstance(change := data.get("my_chat_member"), dict):
        return _membership(change)
    update = Update.de_json(_needed(data), bot)
    if update.callback_query is not None:
        return _pressed(update.callback_query, receiver)
    message = update.edited_message or update.message
    if message is None:
        raise NotForUs("an update of another kind")
    if message.chat.type in _GROUPS:
        return InGroup(message.chat.id)
    if message.chat.type != "private":
        raise NotForUs("a channel")
    if message.from_user is not None and message.from_user.is_bot:
        raise NotForUs("another bot")
    if update.edited_message is not None and not (message.text or message.caption):
        raise NotForUs("an edit without words, such as a live position that moves")
    return Read(_message(update.update_id, message, receiver, edited=update.edited_message is not None))


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
        under=str(query.message.message_id),
        name=query.from_user.first_name,
    )
    return Read(received, query.id)


def _digest(data: str) -> str:
    """A button's data as part of a key. What comes need not be what we put on the button: a changed client can send any characters."""
    return hashlib.sha256(data.encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _membership(change: dict[str, Any]) -> Membership | InGroup:
    """As it came: to the library a member's status is bound up with a dozen rights, of which Telegram adds more each year."""
    chat, kind = int(change["chat"]["id"]), change["chat"]["type"]
    before, after = change["old_chat_member"]["status"], change["new_chat_member"]["status"]
    if kind == "private":
        return Membership(Address(f"tg:{chat}"), after in _AWAY)
    if kind in _GROUPS and before not in _THERE and after in _THERE:
        return InGroup(chat)
    raise NotForUs("a change of membership that needs nothing")


def _message(update_id: int, message: Message, receiver: str, edited: bool) -> Received:
    location = message.location
    album = (
        f"album:{message.media_group_id}:"
        if message.media_group_id and _ALBUM.fullmatch(message.media_group_id)
        else ""
    )
    kind = Kind.EDIT if edited else _kind(message)
    text, payload = _words(message, kind)
    return Received(
        key=f"{album}{update_id}" if album and not edited else f"update:{update_id}",
        sender=Address(f"tg:{message.chat.id}"),
        receiver=receiver,
        text=text,
        kind=kind,
        latitude=location.latitude if location else None,
        longitude=location.longitude if location else None,
        name=message.from_user.first_name if message.from_user else "",
        home=payload,
        file=None if edited else _file(message),
        album="" if edited else album,
    )


def _words(message: Message, kind: Kind) -> tuple[str, str]:
    """What was written, and what came with the link of a /start; a command such as /meny is its word."""
    if message.contact and kind in (Kind.CONTACT, Kind.OWN_CONTACT):
        return _card(message.contact, own=kind == Kind.OWN_CONTACT), ""
    text = message.text or message.caption or ""
    if not text.startswith("/"):
        return text, ""
    word, _, rest = text[1:].partition(" ")
    word = word.partition("@")[0]
    return (word, rest.strip()[:_LONGEST_PAYLOAD]) if kind == Kind.START else (f"{word} {rest}".strip(), "")


def _card(contact: Contact, own: bool) -> str:
    """The number, E.164 where it is one (Telegram often leaves out the plus), and the first name on the card."""
    digits = _DIGITS.sub("", contact.phone_number)[:_LONGEST_NUMBER]
    national = digits.startswith(("0", "+"))
    with suppress(AddressError):  # as it was given, then: it is declined by what it is
        digits = Address.parse(digits if national else f"+{digits}").text
    return digits if own else f"{digits} {contact.first_name}".strip()


def _kind(message: Message) -> Kind:
    if (message.text or "").split(" ")[0].partition("@")[0] == "/start":
        return Kind.START
    if message.text is not None:
        return Kind.TEXT
    if message.photo or _is_picture(message):
        return Kind.PHOTO
    if message.voice or message.audio or message.video_note:
        return Kind.VOICE
    if message.sticker:
        return Kind.STICKER
    if message.location:
        return Kind.LOCATION
    if message.contact:
        own = (
            message.contact.user_id is not None
            and message.from_user is not None
            and message.contact.user_id == message.from_user.id
        )
        return Kind.OWN_CONTACT if own else Kind.CONTACT
    return Kind.OTHER


def _is_picture(message: Message) -> bool:
    return bool(message.document and (message.document.mime_type or "").startswith("image/"))


def _file(message: Message) -> SentFile | None:
    """The picture, in the largest size that may be kept, or the voice message. What it is will be seen when it is here."""
    if message.photo:
        sizes = sorted(message.photo, key=lambda size: size.width * size.height)
        fit = [size for size in sizes if (size.file_size or 0) <= LARGEST_PICTURE]
        return _named((fit or sizes[:1])[-1].file_id, None, LARGEST_PICTURE)
    if message.document and _is_picture(message):
        return _named(message.document.file_id, message.document.file_size, LARGEST_PICTURE)
    if message.voice:
        return _named(message.voice.file_id, message.voice.file_size, LARGEST_VOICE)
    if message.audio or message.video_note:
        return SentFile(fault="no voice message")
    return None


def _named(file_id: str, size: int | None, most: int) -> SentFile:
    if not _FILE_ID.fullmatch(file_id):
        return SentFile(fault="no name to fetch it by")
    return SentFile(fault="too large") if (size or 0) > most else SentFile(file_id)
