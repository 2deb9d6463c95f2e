"""What services need from the world outside, as Protocols; app.py gives them the real things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.store.outbox import Outgoing


class Clock(Protocol):
    """Real time."""

    def __call__(self) -> datetime: ...


class Wakeup(Protocol):
    """Tells idle workers, in every process, that there is something to do."""

    def turns(self) -> None: ...

    def outbox(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider took it, under this id."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class TryLater:
    """A passing error. `after` when the provider said how long to wait; `doubtful` when it may have been taken all the same."""

    error: str
    after: timedelta | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A permanent error. `opted_out`: the person has said stop to the carrier; `unreachable`: this address does not work."""

    error: str
    opted_out: bool = False
    unreachable: bool = False


SendResult = Sent | TryLater | Refused


class Sender(Protocol):
    """One channel's way out."""

    channel: str

    def send(self, outgoing: Outgoing) -> SendResult:
        """Hands one message to the provider. Never raises for what the provider or the network does."""
        ...

    def candidates(self, outgoing: Outgoing) -> tuple[str, ...]:
        """Provider ids that a doubtful message may have got; empty where there is no look-up. Raises LookUpAway."""
        ...


class LookUpAway(Exception):
    """The provider cannot be asked right now whether it took a message."""
