"""POST /twilio/sms and /twilio/status. Signatures are computed over LOTSEN_PUBLIC_URL, never over the Host header."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor

import structlog
from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData
from twilio.request_validator import RequestValidator

from bot.channels.twilio_sms.inbound import CannotBeAnswered, MalformedForm, read_form
from bot.engine.world import World
from bot.services.ports import Clock
from bot.services.receive_message import Intake, receive_message
from bot.services.report_delivery import report_delivery
from bot.store.database import DatabaseAway

_EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
_LONGEST_FORM = 64 * 1024
"""Twilio's forms are a few kilobytes."""

_log = structlog.get_logger(__name__)


def make_webhook(intake: Intake, world: World, clock: Clock, auth_token: str, public_url: str, pool: Executor) -> APIRouter:
    """The two routes. `auth_token` may hold two tokens with a comma between, while one replaces the other."""
    router = APIRouter(prefix="/twilio")
    validators = [RequestValidator(token.strip()) for token in auth_token.split(",") if token.strip()]

    async def signed_form(request: Request) -> FormData | None:
        """The form when its signature is right; None otherwise."""
        signature = request.headers.get("X-Twilio-Signature", "")
        kind = request.headers.get("Content-Type", "")
        if not signature or "application/x-www-form-urlencoded" not in kind or not _short(request):
            return None
        form = await request.form()
        query = f"?{request.url.query}" if request.url.query else ""
        url = f"{public_url}{request.url.path}{query}"
        if any(not isinstance(value, str) for value in form.values()):
            return None
        return form if any(v.validate(url, form, signature) for v in validators) else None

    @router.post("/sms")
    async def sms(request: Request) -> Response:
        form = await signed_form(request)
        if form is None:
            _log.warning("webhook refused", path="/twilio/sms", reason="signature")
            return Response("signature", 403, media_type="text/plain")
        try:
            received = read_form({name: str(value) for name, value in form.items()})
        except MalformedForm as error:
            _log.warning("webhook refused", path="/twilio/sms", reason=str(error))
            return Response(str(error), 400, media_type="text/plain")
        except CannotBeAnswered as error:
            _log.warning("message passed over", reason=str(error))
            return Response(_EMPTY_TWIML, media_type="text/xml")
        try:
            await asyncio.get_running_loop().run_in_executor(pool, receive_message, intake, received, clock())
        except DatabaseAway as error:
            _log.error("database away", path="/twilio/sms", error=str(error))
            return Response("try again later", 503, media_type="text/plain", headers={"Retry-After": "5"})
        return Response(_EMPTY_TWIML, media_type="text/xml")

    @router.post("/status")
    async def status(request: Request) -> Response:
        form = await signed_form(request)
        if form is None:
            _log.warning("webhook refused", path="/twilio/status", reason="signature")
            return Response("signature", 403, media_type="text/plain")
        sid, reported = str(form.get("MessageSid") or form.get("SmsSid") or ""), str(form.get("MessageStatus") or "")
        if not sid or not reported:
            return Response("the form lacks MessageSid or MessageStatus", 400, media_type="text/plain")
        outbox_id = request.query_params.get("outbox", "")
        try:
            await asyncio.get_running_loop().run_in_executor(
                pool,
                report_delivery,
                intake.database,
                world,
                int(outbox_id) if outbox_id.isdecimal() and len(outbox_id) < 19 else None,
                sid,
                reported,
                str(form.get("ErrorCode") or "") or None,
                clock(),
            )
        except DatabaseAway as error:
            _log.error("database away", path="/twilio/status", error=str(error))
            return Response("try again later", 503, media_type="text/plain")
        return Response(status_code=204)

    return router


def _short(request: Request) -> bool:
    length = request.headers.get("Content-Length", "")
    return length.isdecimal() and int(length) <= _LONGEST_FORM
