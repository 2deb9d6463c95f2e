"""Whom the phone simulator answers: a browser on this very machine, and only the phone's own page in it.

Whoever reaches the phone can write as anyone it plays and read what they wrote. So:
1. The request comes from a loopback address and has passed no proxy (a proxy on this machine would make the world look local).
2. The Host header names this machine (a foreign name that has been pointed at 127.0.0.1 is another web site, RFC 9110 section 7.2).
3. What changes something bears X-Lotsen-Phone, which another site's page cannot set without being asked for leave (Fetch, CORS-preflight),
   and comes from the phone's own origin.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from ipaddress import IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit

import structlog
from fastapi import Request, Response
from fastapi.responses import PlainTextResponse
from fastapi.routing import APIRoute

HEADER = "X-Lotsen-Phone"

_HOSTS = ("127.0.0.1", "::1", "localhost")
_PROXIED = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "Via")
_SAFE = ("GET", "HEAD")
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_log = structlog.get_logger(__name__)


class LoopbackRoute(APIRoute):
    """A route that answers by the rules above: 404 to whoever is elsewhere, 403 to another page in the same browser."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            if reason := elsewhere(request):
                _log.warning(
                    "phone refused",
                    reason=reason,
                    hint="the phone simulator is for browsers on the server's own machine",
                )
                response: Response = PlainTextResponse("Not found. The server's log says why.\n", 404)
            elif reason := foreign(request):
                _log.warning("phone refused", reason=reason)
                response = PlainTextResponse(f"Refused: {reason}.\n", 403)
            else:
                response = await handle(request)
            response.headers.update(_HEADERS)
            return response

        return guarded


def elsewhere(request: Request) -> str | None:
    """Why the request may come from another machine; None when it comes from this one."""
    if request.client is None or not _is_loopback(request.client.host):
        return "the client is not on this machine"
    for name in _PROXIED:
        if name in request.headers:
            return f"the request has passed a proxy ({name})"
    host = request.headers.get("Host", "")
    if _hostname(host) not in _HOSTS:
        return "the Host header does not name this machine"
    return None


def foreign(request: Request) -> str | None:
    """Why the request may come from another site's page; None when it is the phone's own."""
    if (
        request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
        and request.headers.get("Sec-Fetch-Mode") != "navigate"
    ):
        return "it comes from another site"
    if request.method in _SAFE:
        return None
    if request.headers.get(HEADER) != "1":
        return f"it lacks {HEADER}: 1"
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.url.scheme}://{request.headers.get('Host', '')}":
        return "its Origin is another"
    return None


def _is_loopback(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def _hostname(host: str) -> str | None:
    try:
        parts = urlsplit(f"//{host}")
        parts.port  # noqa: B018 - reading it refuses a port that is no number
        return parts.hostname if parts.netloc == host and "@" not in host else None
    except ValueError:
        return None
