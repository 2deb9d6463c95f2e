"""How a reader of a poster reaches Lotsen: the number to text, Telegram, and codes for a phone's camera."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

import segno

from bot.domain.address import as_dialled
from bot.domain.duty import Municipality, Organisation

QUIET_ZONE = 4
"""Modules of white around a code, as ISO/IEC 18004 asks for."""

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What may come with a /start (https://core.telegram.org/bots/features#deep-linking)."""

Matrix = tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """`number` is E.164 and may be empty; `telegram` is the bot's name without @, or empty. `home` is the municipality that the link tells the bot."""

    number: str
    telegram: str = ""
    home: str = ""

    @property
    def shown(self) -> str:
        """The number as people write it: 070-174 06 90."""
        return as_dialled(self.number)

    @property
    def sms_link(self) -> str:
        """Opens a text to the number (RFC 5724); empty without a number."""
        return f"sms:{self.number}" if self.number else ""

    @property
    def telegram_link(self) -> str:
        """Opens a chat with the bot (https://core.telegram.org/api/links); empty without Telegram."""
        if not self.telegram:
            return ""
        start = f"?start={self.home}" if _PAYLOAD.fullmatch(self.home) else ""
        return f"https://t.me/{quote(self.telegram, safe='')}{start}"


def contact_of(organisation: Organisation, municipality: Municipality | None, telegram: str = "") -> Contact:
    """The municipality's own number, else the group's; Telegram where the municipality answers there."""
    home = municipality.id if municipality else ""
    return Contact(organisation.own_number(home), telegram if organisation.answers_on_telegram(home) else "", home)


def code(content: str) -> Matrix:
    """A QR code that may be scratched a little (level M), dark modules true, without its quiet zone."""
    return tuple(tuple(bool(module) for module in row) for row in segno.make(content, error="m", micro=False).matrix)


def code_as_svg(content: str) -> str:
    """The code as part of a page: no styles, no size of its own, black on white in any colour scheme."""
    made = segno.make(content, error="m", micro=False)
    return str(
        made.svg_inline(omitsize=True, border=QUIET_ZONE, dark="#000", light="#fff", svgclass=None, lineclass=None)
    )
