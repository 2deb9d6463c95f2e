"""Pictures and voice messages that residents sent."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import Response

from bot.console.site import Site, Staff
from bot.services.see_attachment import look_at

_HEADERS = {
    "Content-Disposition": "inline",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; media-src 'self'; sandbox",
}
"""Shown and forgotten: nothing that came from outside may run, or be kept on a shared computer."""


def add(router: APIRouter, site: Site) -> None:
    """/console/attachments/{message_id}."""

    @router.get("/attachments/{message_id}")
    def attachment(message_id: int, staff: Staff = Depends(site.staff)) -> Response:
        found = look_at(site.database, site.clock, staff.who, message_id)
        return Response(found.content, media_type=found.media_type, headers=_HEADERS)
