"""Twilio's two webhooks over a real database, and requests as Twilio makes them.

Signatures are computed here by hand from Twilio's description, not by the library that checks them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import urllib.parse
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx
from fastapi import FastAPI
from sqlalchemy import select

from bot.channels.twilio_sms.webhook import make_webhook
from bot.store.database import Database
from bot.store.tables import InboxRow, MessageRow
from tests.bot.channels.asgi import Client
from tests.stand_ins import OUR_NUMBER, SVEA, WORLD, Post

TOKEN = "12345"
PUBLIC_URL = "https://lotsen.example.se"
Pairs = list[tuple[str, str]]


def signature(url: str, pairs: Iterable[tuple[str, str]], token: str = TOKEN) -> str:
    """base64(HMAC-SHA1(token, url + each name and value, sorted)) (Twilio, Webhooks Security)."""
    signed = url + "".join(name + value for name, value in sorted(set(pairs)))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()


def incoming(body: str = "Hej", sid: str = "SM" + "1" * 32, sender: str = SVEA, **more: str) -> Pairs:
    """The fields of one incoming message."""
    fields = {
        "MessageSid": sid, "SmsSid": sid, "AccountSid": "AC" + "0" * 32, "From": sender, "To": OUR_NUMBER, "Body": body, "NumMedia": "0",
        "NumSegments": "1", "ToCountry": "SE", "FromCity": "", "SmsStatus": "received", "ApiVersion": "2010-04-01",
    }  # fmt: skip
    return list({**fields, **more}.items())


@dataclass
class Desk:
    """The webhooks, and what they have stored."""

    database: Database
    token: str = TOKEN
    public_url: str = PUBLIC_URL
    post: Post = field(init=False)
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        self.post = Post(self.database)
        self.pool = ThreadPoolExecutor(4)
        app = FastAPI()
        app.include_router(
            make_webhook(self.post.intake, WORLD, self.post.clock, self.token, self.public_url, self.pool)
        )
        self.client = Client(app)

    def deliver(
        self,
        pairs: Pairs,
        path: str = "/twilio/sms",
        signed: str | None = None,
        raw: bytes | None = None,
        **headers: str,
    ) -> httpx.Response:
        """One request, rightly signed unless `signed` says otherwise; `raw` replaces the encoded body."""
        right = signature(PUBLIC_URL + path, pairs)
        sent = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Twilio-Signature": right if signed is None else signed,
        }
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        content = urllib.parse.urlencode(pairs).encode() if raw is None else raw
        return self.client.post(
            path, content=content, headers={name: value.encode() for name, value in sent.items() if value}
        )

    def messages(self) -> list[MessageRow]:
        with self.database.reading() as session:
            return list(session.scalars(select(MessageRow).order_by(MessageRow.id)))

    def inbox(self) -> list[InboxRow]:
        with self.database.reading() as session:
            return list(session.scalars(select(InboxRow).order_by(InboxRow.message_id)))


def written(logs: list[dict[str, object]]) -> str:
    """Everything that was logged, as one text."""
    return json.dumps(logs, default=str, ensure_ascii=False)
