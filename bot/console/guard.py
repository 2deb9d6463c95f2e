"""Stands around every page: headers that keep other sites out, and a friendly page for whatever goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from anyio import to_thread
from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from bot.console.site import Site

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",  # with no-referrer a browser sends "Origin: null" with our own forms
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}

_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def guarded_by(site: Site) -> type[APIRoute]:
    """The kind of route that all pages of `site` are."""

    class Guarded(APIRoute):
        """Nothing that a handler raises leaves this route."""

        def get_route_handler(self) -> _Handler:
            handle = super().get_route_handler()

            async def guarded(request: Request) -> Response:
                try:
                    response = await handle(request)
                except Exception as error:
                    response = await to_thread.run_sync(site.refuse, request, error)
                for name, value in HEADERS.items():
                    response.headers.setdefault(name, value)
                return response

            return guarded

    return Guarded
