"""Reads what the phone page sends."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.domain.address import Address, AddressError
from bot.domain.incoming_text import LONGEST as LONGEST_TELEGRAM
from bot.domain.message import Kind
from bot.domain.sms_text import LONGEST as LONGEST_SMS
from bot.services.receive_message import Received, SentFile

NUMBERS = tuple(f"+467017406{last:02}" for last in range(5, 100))
"""070-174 06 05 to 070-174 06 99: mobile numbers that PTS has set aside for books and films, so they are nobody's."""
CHATS = tuple(f"tg:{chat}" for chat in range(4711, 4720))
TELEGRAM_RECEIVER = "telegram"

LONGEST_TEXT = {"sms": LONGEST_SMS, "telegram": LONGEST_TELEGRAM}
"""Characters that each channel takes in one message."""

LONGEST_FILE = 4 * 1024 * 1024
"""Bytes of a picture or voice message."""
SAMPLE_PICTURE = Path(__file__).resolve().parent / "static" / "sample.png"
"""What the page's Photo button sends: a telephone's screen with a fault on it."""

_KEY = re.compile(r"[A-Za-z0-9-]{4,64}")
_SMS_KINDS = (Kind.TEXT,)
_TELEGRAM_KINDS = tuple(kind for kind in Kind if kind != Kind.OTHER)


class BadMessage(ValueError):
    """What the page sent cannot be a message. `code` is for the page, the text for whoever reads the answer; neither repeats what was sent."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def played(channels: Collection[str]) -> tuple[str, ...]:
    """The addresses that the phone plays when it stands in for `channels`. All others are real people's: neither read nor written as."""
    return (NUMBERS if "sms" in channels else ()) + (CHATS if "telegram" in channels else ())


def read_address(written: object, channels: Collection[str]) -> Address:
    """One of the phone's own addresses. Raises BadMessage."""
    if not isinstance(written, str) or written not in played(channels):
        raise BadMessage(
            "address", "address: must be one that the phone plays, +46701740605 to ...699 or tg:4711 to tg:4719"
        )
    return Address(written)


def read_message(raw: bytes, channels: Collection[str], numbers: Collection[str]) -> Received:
    """One message, as the page sends it: JSON with key, address, text, kind, pressed, latitude, longitude, receiver and file.

    `numbers` are ours that may be texted, the usual one first. Raises BadMessage.
    """
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        raise BadMessage("json", "the body must be JSON") from None
    if not isinstance(data, dict):
        raise BadMessage("json", "the body must be a JSON object")
    sender = read_address(data.get("address"), channels)
    key = data.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise BadMessage("key", "key: must be 4 to 64 letters, digits and hyphens, new for each message")
    kind, text, home = _kind(data, sender), _text(data, sender), ""
    if sender.channel == "telegram" and kind in (Kind.TEXT, Kind.START) and text.startswith("/"):
        kind, text, home = _command(text)
    if kind in (Kind.CONTACT, Kind.OWN_CONTACT):
        text = _card(text)
    latitude, longitude = _position(data) if kind == Kind.LOCATION else (None, None)
    return Received(
        key=key,
        sender=sender,
        receiver=TELEGRAM_RECEIVER if sender.channel == "telegram" else _receiver(data, tuple(numbers)),
        text=text,
        kind=kind,
        pressed=sender.channel == "telegram" and data.get("pressed") is True,
        latitude=latitude,
        longitude=longitude,
        home=home,
        file=_file(data, kind),
    )


def _kind(data: dict[str, Any], sender: Address) -> Kind:
    kinds = _SMS_KINDS if sender.channel == "sms" else _TELEGRAM_KINDS
    kind = data.get("kind", "text")
    if kind not in kinds:
        raise BadMessage("kind", f"kind: {sender.channel} takes {', '.join(kinds)}")
    return Kind(kind)


def _text(data: dict[str, Any], sender: Address) -> str:
    text = data.get("text", "")
    if not isinstance(text, str):
        raise BadMessage("text", "text: must be a string")
    longest = LONGEST_TEXT[sender.channel]
    if len(text) > longest:
        raise BadMessage(
            "too_long",
            f"text: {sender.channel} takes at most {longest} characters in one message, this has {len(text)}",
        )
    return text


def _command(text: str) -> tuple[Kind, str, str]:
    """A command means its word, as it does to the Telegram channel: /meny is "meny"; what stands after /start is a link's municipality."""
    word, _, rest = text[1:].partition(" ")
    if word == "start":
        return Kind.START, word, rest.strip()
    return Kind.TEXT, f"{word} {rest}".strip(), ""


def _card(text: str) -> str:
    """A card's number in E.164, where it is one, and the name on it."""
    number, _, name = text.strip().partition(" ")
    with suppress(AddressError):
        number = Address.parse(number).text
    return f"{number} {name}".strip()


def _file(data: dict[str, Any], kind: Kind) -> SentFile | None:
    """What came as `file`, in base64; without it a picture is a sample, so that there is something to look at in the console."""
    given = data.get("file")
    if kind not in (Kind.PHOTO, Kind.VOICE):
        return None
    if given is None:
        return SentFile(content=SAMPLE_PICTURE.read_bytes()) if kind == Kind.PHOTO else None
    try:
        content = base64.b64decode(given, validate=True) if isinstance(given, str) else b""
    except ValueError:
        content = b""
    if not content or len(content) > LONGEST_FILE:
        raise BadMessage("file", f"file: must be base64 of at most {LONGEST_FILE} bytes")
    return SentFile(content=content)


def _position(data: dict[str, Any]) -> tuple[float, float]:
    return _degrees(data.get("latitude"), 90), _degrees(data.get("longitude"), 180)


def _degrees(written: object, most: int) -> float:
    if (
        isinstance(written, bool) or not isinstance(written, int | float) or not -most <= written <= most
    ):  # NaN, which JSON may hold here, is in no range
        raise BadMessage("location", "latitude and longitude: must be degrees, at most 90 and 180")
    return float(written)


def _receiver(data: dict[str, Any], numbers: tuple[str, ...]) -> str:
    receiver = data.get("receiver") or numbers[0]
    if receiver not in numbers:
        raise BadMessage("receiver", "receiver: must be one of our own numbers")
    return str(receiver)
