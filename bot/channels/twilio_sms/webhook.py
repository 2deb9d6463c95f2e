"""POST /twilio/sms and /twilio/status."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response

from bot.channels.twilio_sms.inbound import CannotBeAnswered, MalformedForm, read_form
from bot.channels.twilio_sms.signature import NotFromTwilio, Signatures
from bot.engine.world import World
from bot.services.ports import Clock
from bot.services.receive_message import Intake, receive_message
from bot.services.report_delivery import report_delivery
from bot.store.database import DatabaseAway

_EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

_log = structlog.get_logger(__name__)


def make_webhook(
    intake: Intake, world: World, clock: Clock, auth_token: str, public_url: str, pool: Executor
) -> APIRouter:
    """The two routes. `auth_token` may hold two tokens with a comma between, while one replaces the other."""
    router = APIRouter(prefix="/twilio")
    signatures = Signatures(auth_token, public_url)

    @router.post("/sms")
    async def sms(request: Request) -> Response:
        try:
            form = await signatures.form(request)
            received = read_form({name: str(value) for name, value in form.items()})
        except NotFromTwilio as refused:
            return _refused(request, str(refused), refused.status)
        except MalformedForm as error:
            return _refused(request, str(error), 400)
        except CannotBeAnswered as error:
            _log.warning("message passed over", reason=str(error))
            return Response(_EMPTY_TWIML, media_type="text/xml")
        return await _kept(request, pool, receive_message, intake, received, clock()) or Response(
            _EMPTY_TWIML, media_type="text/xml"
        )

    @router.post("/status")
    async def status(request: Request) -> Response:
        try:
            form = await signatures.form(request)
        except NotFromTwilio as refused:
            return _refused(request, str(refused), refused.status)
        sid, reported = str(form.get("MessageSid") or form.get("SmsSid") or ""), str(form.get("MessageStatus") or "")
        if not sid or not reported:
            return _refused(request, "the form lacks MessageSid or MessageStatus", 400)
        error = str(form.get("ErrorCode") or "") or None
        outbox_id = _outbox_id(request.query_params.get("outbox", ""))
        return await _kept(
            request, pool, report_delivery, intake.database, world, outbox_id, sid, reported, error, clock()
        ) or Response(status_code=204)

    return router


async def _kept(request: Request, pool: Executor, function: Callable[..., Any], *arguments: Any) -> Response | None:
    """Writes to the database in a thread; a Response only when that failed. An error is logged by its kind: its text may hold the message."""
    try:
        await asyncio.get_running_loop().run_in_executor(pool, function, *arguments)
    except DatabaseAway as error:
        _log.error("database away", path=request.scope["path"], error=str(error))
        return Response("try again later", 503, media_type="text/plain", headers={"Retry-After": "5"})
    except Exception as error:
        _log.error("not stored", path=request.scope["path"], error=type(error).__name__)
        return Response("not stored", 500, media_type="text/plain")
    return None


def _refused(request: Request, reason: str, status: int) -> Response:
    _log.warning("webhook refused", path=request.scope["path"], reason=reason)
    return Response(reason, status, media_type="text/plain")


def _outbox_id(written: str) -> int | None:
    """Our own id of the message, which the callback's address carries; None when it is missing or no such number."""
    return int(written) if written.isdecimal() and len(written) < 19 else None
