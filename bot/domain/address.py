"""Where a person is reached: a phone number (SMS) or a Telegram chat."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import phonenumbers

Channel = Literal["sms", "telegram"]

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_SWEDEN = 46
_TELEGRAM = re.compile(r"tg:(-?[1-9][0-9]{0,18})")


class AddressError(ValueError):
    """An address is an E.164 number (+46701740605) or tg:<chat id>. What was written instead is not told: it may be personal data."""

    def __init__(self, fault: str = "this is no address") -> None:
        super().__init__(f"{fault}: write +46701740605 or tg:4711")


def as_dialled(number: str) -> str:
    """An E.164 number as people write it: 070-174 06 90 in Sweden, with +47 and the like elsewhere. What is no number stays as it is."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    form = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if parsed.country_code == _SWEDEN
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, form)


@dataclass(frozen=True, slots=True)
class Address:
    """One way to reach a person. `text` is E.164 or `tg:<chat id>`, as contract lists print it."""

    text: str

    def __post_init__(self) -> None:
        if not (_E164.fullmatch(self.text) or _TELEGRAM.fullmatch(self.text)):
            raise AddressError

    @property
    def channel(self) -> Channel:
        return "telegram" if self.text.startswith("tg:") else "sms"

    @property
    def chat_id(self) -> int:
        """The Telegram chat id. Raises AddressError for a phone number."""
        found = _TELEGRAM.fullmatch(self.text)
        if found is None:
            raise AddressError("a phone number has no chat id")
        return int(found.group(1))

    @property
    def takes_sms(self) -> bool:
        """Whether it is a number that may be a mobile phone's: a landline can only be phoned."""
        if self.channel != "sms":
            return False
        kind = phonenumbers.number_type(phonenumbers.parse(self.text))
        return kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)

    @property
    def shown(self) -> str:
        """The address as a log line or a list may show it: the last three digits only."""
        return f"...{self.text[-3:]}"

    @classmethod
    def parse(cls, written: str) -> Address:
        """Reads an address as people and providers write it ("070-174 06 05", "+46701740605", "tg:4711").

        A sender that is no phone number (a short code, a name such as "1177") is refused with AddressError.
        """
        text = written.strip()
        if _TELEGRAM.fullmatch(text):
            return cls(text)
        try:
            number = phonenumbers.parse(text, "SE")
        except phonenumbers.NumberParseException as error:
            raise AddressError from error
        if not phonenumbers.is_possible_number(number) or any(c.isalpha() for c in text):
            raise AddressError
        return cls(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
