"""Fetches the pictures and voice messages that people sent, and makes them fit to be kept.

A worker claims one, fetches it outside any transaction, and keeps what came of it; what a worker had when it died is fetched again. Contents are never
logged, and the provider's name of a file is dropped when the file is here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.domain.message import Kind
from bot.services.clean_file import LARGEST_PICTURE, LARGEST_VOICE, Clean, Unfit, clean_picture, clean_voice
from bot.services.ports import Clock
from bot.store import attachments
from bot.store.attachments import HERE, LOST, REFUSED, Waiting
from bot.store.database import Database

LEASE = timedelta(seconds=90)
"""Longer than fetching (30 s) and drawing anew together."""
GIVE_UP_AFTER = 30
"""Attempts with growing pauses, almost two hours in all."""

_log = structlog.get_logger(__name__)


class Away(Exception):
    """The file cannot be fetched right now. `after`: the provider said how long to wait."""

    def __init__(self, why: str, after: timedelta | None = None) -> None:
        super().__init__(why)
        self.after = after


class Gone(Exception):
    """The file will never come: the provider does not have it, or does not give it."""


class Fetcher(Protocol):
    """Where one channel's files come from."""

    channel: str

    def fetch(self, file_id: str, most: int) -> bytes:
        """The file, of at most `most` bytes. Raises Away, Gone, or Unfit when it is larger."""
        ...


class NoFetcher:
    """For a channel that hands its files over with the message."""

    def __init__(self, channel: str) -> None:
        self.channel = channel

    def fetch(self, file_id: str, most: int) -> bytes:
        raise Gone("nowhere to fetch it from")


@dataclass(frozen=True, slots=True)
class Fetching:
    """All that fetching needs. `owner` names this process."""

    database: Database
    fetcher: Fetcher
    clock: Clock
    owner: str


def fetch_one(fetching: Fetching) -> bool:
    """Fetches the next file that may be fetched now; False when there is none. Raises DatabaseAway."""
    now = fetching.clock()
    with fetching.database.writing() as session:
        waiting = attachments.claim(session, fetching.fetcher.channel, fetching.owner, now, now + LEASE)
    if waiting is None:
        return False
    if waiting.attempts > GIVE_UP_AFTER:  # a file that ends the process each time must not do so for ever
        _end(fetching, waiting, LOST, "given up")
        return True
    try:
        clean = _clean(fetching, waiting)
    except Unfit as error:
        _end(fetching, waiting, REFUSED, str(error))
    except Gone as error:
        _end(fetching, waiting, LOST, str(error))
    except Away as error:
        _again(fetching, waiting, error)
    else:
        with fetching.database.writing() as session:
            attachments.settle(session, waiting.message_id, fetching.owner, HERE, clean.media_type, clean.content)
    return True


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 2, 4, 8, ... seconds, at most five minutes."""
    return timedelta(seconds=min(300, 2 ** max(1, attempts)))


def _clean(fetching: Fetching, waiting: Waiting) -> Clean:
    spoken = waiting.kind == Kind.VOICE
    raw = waiting.content
    if raw is None:
        raw = fetching.fetcher.fetch(waiting.file_id, LARGEST_VOICE if spoken else LARGEST_PICTURE)
    return clean_voice(raw) if spoken else clean_picture(raw)


def _again(fetching: Fetching, waiting: Waiting, error: Away) -> None:
    until: datetime = fetching.clock() + max(error.after or timedelta(0), pause(waiting.attempts))
    _log.info("file put off", message=waiting.message_id, error=str(error), attempt=waiting.attempts)
    with fetching.database.writing() as session:
        attachments.put_off(session, waiting.message_id, fetching.owner, until, str(error))


def _end(fetching: Fetching, waiting: Waiting, status: str, fault: str) -> None:
    _log.info("file not kept", message=waiting.message_id, status=status, fault=fault)
    with fetching.database.writing() as session:
        attachments.settle(session, waiting.message_id, fetching.owner, status, fault=fault)
