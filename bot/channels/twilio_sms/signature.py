"""Whether a form comes from Twilio: X-Twilio-Signature, computed over LOTSEN_PUBLIC_URL and never over the Host header.

Source: Twilio's "Webhooks Security": HMAC-SHA1 with the auth token over the address and the form's sorted fields, blank ones among them.
"""

from __future__ import annotations

from fastapi import Request
from starlette.datastructures import FormData
from twilio.request_validator import RequestValidator

_LONGEST_FORM = 64 * 1024
"""Bytes. Twilio's forms are a few kilobytes."""


class NotFromTwilio(Exception):
    """The request is not to be believed, or not to be read. `status` is what to answer; the message is the reason, without what was sent."""

    def __init__(self, reason: str, status: int = 403) -> None:
        super().__init__(reason)
        self.status = status


class Signatures:
    """Checks requests. `auth_token` may hold two tokens with a comma between, while one replaces the other."""

    def __init__(self, auth_token: str, public_url: str) -> None:
        self._validators = [RequestValidator(token.strip()) for token in auth_token.split(",") if token.strip()]
        self._public_url = public_url

    async def form(self, request: Request) -> FormData:
        """The form of a rightly signed request. Raises NotFromTwilio."""
        signature = request.headers.get("X-Twilio-Signature", "")
        if not signature:
            raise NotFromTwilio("no signature")
        if (
            request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            != "application/x-www-form-urlencoded"
        ):
            raise NotFromTwilio("not a form")
        length = request.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _LONGEST_FORM:
            raise NotFromTwilio("too long, or of unknown length", 413)
        form = await request.form()
        url = self._address(request)
        if not any(validator.validate(url, form, signature) for validator in self._validators):
            raise NotFromTwilio("wrong signature")
        return form

    def _address(self, request: Request) -> str:
        """The address that Twilio called: ours as configured, with the path and query that came."""
        query = request.scope["query_string"].decode("latin-1")
        return f"{self._public_url}{request.scope['path']}" + (f"?{query}" if query else "")
