"""A handledare's own calendar: the address to subscribe to, made, made anew and revoked."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from bot.console.site import Site, Staff
from bot.services import share_calendar


def add(router: APIRouter, site: Site) -> None:
    """/console/calendar. The address is shown once, on the very answer to the form, since only a hash of its secret is kept."""

    def page(staff: Staff, address: str = "", done: str = "") -> Response:
        made_at = share_calendar.made_at(site.database, staff.user.id)
        return site.page("calendar.html", staff, made_at=made_at, address=address, done=done, pulse=site.pulse(staff))

    @router.get("/calendar")
    def show(done: str = "", staff: Staff = Depends(site.staff)) -> Response:
        return page(staff, done=done if done == "revoked" else "")

    @router.post("/calendar/make")
    def make(request: Request, staff: Staff = Depends(site.sender)) -> Response:
        token = share_calendar.renew(site.database, site.clock, staff.user.id)
        base = site.public_url or str(request.base_url).rstrip("/")
        language = "" if staff.language == "sv" else f"?lang={staff.language}"
        return page(staff, address=f"{base}/kalender/{token}.ics{language}")

    @router.post("/calendar/revoke")
    def revoke(staff: Staff = Depends(site.sender)) -> Response:
        share_calendar.revoke(site.database, site.clock, staff.user.id)
        return site.go_to("/console/calendar?done=revoked")
