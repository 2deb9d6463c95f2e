"""Every other path under /console."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.console.site import Site


def add(router: APIRouter, site: Site) -> None:
    """A friendly page for paths that do not exist."""

    @router.api_route("/{path:path}", methods=["GET", "POST"])
    def missing(path: str) -> Response:
        raise HTTPException(404)
