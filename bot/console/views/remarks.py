"""Wishes and opinions, for reading."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import Response

from bot.console.site import Site, Staff
from bot.services import read_remarks


def add(router: APIRouter, site: Site) -> None:
    """/console/remarks."""

    @router.get("/remarks")
    def page(staff: Staff = Depends(site.staff)) -> Response:
        found = read_remarks.remarks(site.database, site.clock, staff.who)
        return site.page("remarks.html", staff, found.now, remarks=found.remarks, pulse=site.pulse(staff))
