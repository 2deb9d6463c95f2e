"""What a person sent, as the engine sees it: already masked, free of any channel's own objects."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.address import Channel


class Kind(StrEnum):
    """What an incoming message is."""

    TEXT = "text"
    START = "start"  # Telegram's /start
    PHOTO = "photo"
    VOICE = "voice"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"  # somebody's card: the text is the number and the name on it
    OWN_CONTACT = "own_contact"  # the sender's own number, shared by Telegram's button
    EDIT = "edit"  # a text that was changed afterwards
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One or several texts read together. `text` is masked; `removed` names the kinds of secret that were taken out."""

    text: str
    channel: Channel
    kind: Kind = Kind.TEXT
    removed: tuple[str, ...] = ()
    carrier_opt: str | None = None
    """"stop" or "start" when the carrier has itself acted on the word and confirmed it (Twilio's OptOutType)."""
    latitude: float | None = None
    longitude: float | None = None
    """A shared position, rounded to two decimals (about a kilometre); it is not kept."""
