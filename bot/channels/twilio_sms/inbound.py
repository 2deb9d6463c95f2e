"""Reads Twilio's incoming-message form."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.address import Address, AddressError
from bot.domain.message import Kind
from bot.services.receive_message import Received

_OPT = {"STOP": "stop", "START": "start"}
"""OptOutType, sent with Advanced Opt-Out: Twilio has then acted and answered itself. HELP changes nothing here."""


class MalformedForm(ValueError):
    """A field that every incoming message has is missing."""


class CannotBeAnswered(ValueError):
    """The sender is a name or a short code, not a phone number: an advertisement or an alert, and nobody to answer."""


def read_form(form: Mapping[str, str]) -> Received:
    """One incoming message. Raises MalformedForm or CannotBeAnswered."""
    missing = [name for name in ("MessageSid", "From", "To") if not form.get(name)]
    if missing or "Body" not in form:
        raise MalformedForm("the form lacks " + ", ".join(missing or ["Body"]))
    if not form["From"].startswith("+"):
        raise CannotBeAnswered("the sender is no phone number")
    try:
        sender = Address.parse(form["From"])
    except AddressError as error:
        raise CannotBeAnswered("the sender is no phone number") from error
    pictures = form.get("NumMedia", "0").strip() not in ("", "0")
    return Received(
        key=form["MessageSid"],
        sender=sender,
        receiver=form["To"],
        text=form["Body"],
        kind=Kind.PHOTO if pictures else Kind.TEXT,
        carrier_opt=_OPT.get(form.get("OptOutType", "").upper()),
    )
