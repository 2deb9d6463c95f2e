"""A handledare's own calendar as an address with a secret in it: made, made anew, revoked. Only a hash of the secret is stored."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from bot.services.ports import Clock
from bot.store import calendar_tokens, users
from bot.store.database import Database

LONGEST_TOKEN = 100


def renew(database: Database, clock: Clock, user_id: int) -> str:
    """A new token, shown this once; the earlier one stops working. Raises DatabaseAway."""
    token = secrets.token_urlsafe(32)
    now = clock()
    with database.writing() as session:
        calendar_tokens.put(session, user_id, token_hash(token), now)
        users.audit(session, now, user_id, "calendar_made")
    return token


def revoke(database: Database, clock: Clock, user_id: int) -> None:
    """The address stops working; harmless when there is none. Raises DatabaseAway."""
    with database.writing() as session:
        if calendar_tokens.remove(session, user_id):
            users.audit(session, clock(), user_id, "calendar_revoked")


def made_at(database: Database, user_id: int) -> datetime | None:
    """When the address that works now was made; None when there is none. Raises DatabaseAway."""
    with database.reading() as session:
        return calendar_tokens.made_at(session, user_id)


def token_hash(token: str) -> str:
    """What is stored of a token. It is random and long, so that a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
