"""The brake on guessing passwords and codes. Only hashes of accounts and network addresses are kept, in real time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.store import users

TRIES = 5
TRIES_WITHIN = timedelta(minutes=15)
_NETWORK_TRIES = 4 * TRIES
"""A library has many people behind one address."""


class TooManyTries(Exception):
    """Too many failed tries under this account or from this address; wait a quarter of an hour."""


@dataclass(frozen=True, slots=True)
class Guessed:
    """What tries are counted under, and how many may fail."""

    key: str
    most: int


def passwords_of(email: str) -> Guessed:
    return Guessed(digest(f"account:{email.strip().casefold()}"), TRIES)


def codes_of(user_id: int) -> Guessed:
    return Guessed(digest(f"code:{user_id}"), TRIES)


def from_network(address: str) -> Guessed:
    return Guessed(digest(f"network:{address}"), _NETWORK_TRIES)


def check(session: Session, guessed: Iterable[Guessed], now: datetime) -> None:
    """Raises TooManyTries."""
    if any(users.failed_since(session, each.key, now - TRIES_WITHIN) >= each.most for each in guessed):
        raise TooManyTries


def failed(session: Session, guessed: Iterable[Guessed], now: datetime) -> None:
    """One more that was wrong."""
    for each in guessed:
        users.note_failure(session, each.key, now)


def digest(text: str) -> str:
    """What is stored instead of something that only its owner may have. Tokens are random and long, so that a plain hash is enough."""
    return hashlib.sha256(text.encode()).hexdigest()
