"""Sends to the phone simulator: its page reads the outbox itself, so a message has arrived as soon as it is handed over."""

from __future__ import annotations

from typing import Literal

from bot.services.ports import SendResult, Sent
from bot.store.outbox import Outgoing


class PhoneSender:
    """Stands in for the carrier of one channel."""

    def __init__(self, channel: Literal["sms", "telegram"]) -> None:
        self.channel: str = channel

    def send(self, outgoing: Outgoing) -> SendResult:
        """Always takes the message, under an id made of the outbox's own."""
        return Sent(_provider_id(outgoing))

    def candidates(self, outgoing: Outgoing) -> tuple[str, ...]:
        """A message that a killed sender had is on the screen when it is marked as sent: once, whatever happened."""
        return (_provider_id(outgoing),)


def _provider_id(outgoing: Outgoing) -> str:
    return f"PH{outgoing.id}"
