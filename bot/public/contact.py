"""How a reader of a poster reaches Lotsen: the number to text, Telegram, and codes for a phone's camera."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

import phonenumbers
import segno

from bot.domain.duty import Municipality, Organisation

QUIET_ZONE = 4
"""Modules of white around a code, as ISO/IEC 18004 asks for."""

Matrix = tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """`number` is E.164 and may be empty; `telegram` is the bot's name without @, or empty."""

    number: str
    telegram: str = ""

    @property
    def shown(self) -> str:
        """The number as people write it: 070-174 06 90."""
        try:
            parsed = phonenumbers.parse(self.number)
        except phonenumbers.NumberParseException:
            return self.number
        swedish = parsed.country_code == 46
        form = phonenumbers.PhoneNumberFormat.NATIONAL if swedish else phonenumbers.PhoneNumberFormat.INTERNATIONAL
        return phonenumbers.format_number(parsed, form)

    @property
    def sms_link(self) -> str:
        """Opens a text to the number (RFC 5724); empty without a number."""
        return f"sms:{self.number}" if self.number else ""

    @property
    def telegram_link(self) -> str:
        """Opens a chat with the bot (https://core.telegram.org/api/links); empty without Telegram."""
        return f"https://t.me/{quote(self.telegram, safe='')}?start=program" if self.telegram else ""


def contact_of(organisation: Organisation, municipality: Municipality | None, telegram: str = "") -> Contact:
    """The municipality's own number, else the group's; Telegram where the municipality answers there."""
    own = next((number.number for number in organisation.numbers if municipality and number.municipality == municipality.id), organisation.default_number)
    answers = municipality.telegram if municipality else any(one.telegram for one in organisation.municipalities)
    return Contact(own, telegram if answers else "")


def code(content: str) -> Matrix:
    """A QR code that may be scratched a little (level M), dark modules true, without its quiet zone."""
    return tuple(tuple(bool(module) for module in row) for row in segno.make(content, error="m", micro=False).matrix)


def code_as_svg(content: str) -> str:
    """The code as part of a page: no styles, no size of its own, black on white in any colour scheme."""
    made = segno.make(content, error="m", micro=False)
    return str(made.svg_inline(omitsize=True, border=QUIET_ZONE, dark="#000", light="#fff", svgclass=None, lineclass=None))
