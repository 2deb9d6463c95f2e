"""GET /phone, the page; GET and POST /phone/messages, what it reads and sends."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import phonenumbers
import structlog
import yaml
from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from bot.channels.phone.inbound import (
    LONGEST_FILE,
    LONGEST_TEXT,
    NUMBERS,
    BadMessage,
    played,
    read_address,
    read_message,
)
from bot.channels.phone.loopback import LoopbackRoute
from bot.domain.duty import Organisation
from bot.domain.opening_hours import STOCKHOLM
from bot.pages import templates_in
from bot.services.ports import Clock
from bot.services.read_phone import Bubble, read_phone
from bot.services.receive_message import Intake, receive_message
from bot.store.database import Database, DatabaseAway

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"
"""Served at /phone/static by the application."""

_TEMPLATES = HERE / "templates"
_LONGEST_BODY = 64 * 1024 + LONGEST_FILE * 4 // 3
"""4,096 characters, each written as an escape, the rest of the message, and a file in base64."""

_log = structlog.get_logger(__name__)


def make_phone(intake: Intake, database: Database, clock: Clock, channels: frozenset[str], number: str) -> APIRouter:
    """The phone's routes. `channels` are those it stands in for; `number` is the one of ours that residents usually text (E.164)."""
    router = APIRouter(prefix="/phone", route_class=LoopbackRoute, include_in_schema=False)
    words = _words()
    page = templates_in(_TEMPLATES).get_template("phone.html")
    numbers = tuple(dict.fromkeys((number, *(own.number for own in intake.organisation.numbers))))
    addresses = played(channels)

    @router.get("")
    def show(lang: str = "sv") -> Response:
        chosen = lang if lang in words else "sv"
        texts = words[chosen]
        people = [person for person in texts["people"] if person["address"] in addresses]
        taken = {*numbers, *(person["address"] for person in people)}
        settings = {
            "words": texts["script"],
            "lang": chosen,
            "people": people,
            "free": [free for free in NUMBERS if free in addresses and free not in taken],
            "longest": LONGEST_TEXT,
            "longest_file": LONGEST_FILE,
        }
        shown = page.render(
            lang=chosen,
            t=texts["page"],
            people=people,
            towns=texts["towns"],
            settings=settings,
            sms="sms" in channels,
            numbers=[
                {"number": own, "shown": _dialled(own), "name": _owner(intake.organisation, own)} for own in numbers
            ],
        )
        return HTMLResponse(shown)

    @router.get("/messages")
    def messages(address: str = "", after: Annotated[str, Query(max_length=64)] = "") -> Response:
        try:
            whose = read_address(address, channels)
            screen = read_phone(database, whose, addresses, clock())
        except BadMessage as error:
            return _refused(error)
        except DatabaseAway as error:
            return _away(error)
        content = {
            "bubbles": [_shown(bubble) for bubble in screen.bubbles],
            "answering": screen.answering,
            "newest": screen.newest,
        }
        mark = hashlib.sha256(json.dumps([address, content]).encode()).hexdigest()[:16]
        now = screen.now.astimezone(STOCKHOLM).isoformat()
        return JSONResponse(
            {"mark": mark, "now": now, "changed": False}
            if mark == after
            else {"mark": mark, "now": now, "changed": True, **content}
        )

    @router.post("/messages")
    def send(raw: Annotated[bytes, Depends(_body)]) -> Response:
        try:
            stored = receive_message(intake, read_message(raw, channels, numbers), clock())
        except BadMessage as error:
            return _refused(error)
        except DatabaseAway as error:
            return _away(error)
        return JSONResponse({"stored": stored})

    return router


async def _body(request: Request) -> bytes:
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > _LONGEST_BODY:
            raise HTTPException(413, f"a message is at most {_LONGEST_BODY} bytes")
    return bytes(raw)


def _refused(error: BadMessage) -> Response:
    return JSONResponse({"error": error.code, "detail": str(error)}, 422)


def _away(error: DatabaseAway) -> Response:
    _log.error("database away", path="/phone/messages", error=str(error))
    return JSONResponse({"error": "away", "detail": "the database is away; try again"}, 503, {"Retry-After": "1"})


def _shown(bubble: Bubble) -> dict[str, Any]:
    buttons = [{"label": label, "says": says} for label, says in bubble.buttons]
    return {**asdict(bubble), "at": bubble.at.astimezone(STOCKHOLM).isoformat(), "buttons": buttons}


def _owner(organisation: Organisation, number: str) -> str:
    """Whose number it is: a municipality's, or the whole group's."""
    municipality = organisation.municipality(organisation.number(number).municipality)
    return municipality.name if municipality else organisation.name


def _dialled(number: str) -> str:
    """As it is dialled in Sweden: 070-174 06 90."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.NATIONAL)
    except phonenumbers.NumberParseException:
        return number  # none is configured


def _words() -> dict[str, Any]:
    """What the page says, by language."""
    words: dict[str, Any] = yaml.safe_load((_TEMPLATES / "words.yml").read_text(encoding="utf-8"))
    return words
