"""What all rooms with web pages share: how templates are filled in, and a route that nothing leaves but a page."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any

import structlog
from anyio import to_thread
from fastapi import Request
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

_log = structlog.get_logger(__name__)
_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def templates_in(folder: Path) -> Environment:
    """The templates of a folder, by file name. What is filled in is escaped; a value that nobody gave is an error."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def guarded_by(refuse: Callable[[Request, Exception], Response], headers: Mapping[str, str]) -> type[APIRoute]:
    """A kind of route: `refuse` makes a page of whatever a handler raises, on a worker thread; every answer has `headers`, but for those that it sets itself."""

    class Guarded(APIRoute):
        """Nothing that a handler raises leaves this route."""

        def get_route_handler(self) -> _Handler:
            handle = super().get_route_handler()

            async def guarded(request: Request) -> Response:
                try:
                    response = await handle(request)
                except Exception as error:
                    response = await to_thread.run_sync(refuse, request, error)
                for name, value in headers.items():
                    response.headers.setdefault(name, value)
                return response

            return guarded

    return Guarded


def log_failure(path: str, error: Exception) -> None:
    """The page at `path` failed. A database's error is named only: its message may hold the values of a statement."""
    private = type(error).__module__.startswith("sqlalchemy")
    _log.error("page failed", path=path, error=type(error).__name__, exc_info=None if private else error)
