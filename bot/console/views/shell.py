"""The two pages that stand around the others: the keyboard shortcuts, and the accessibility statement, which anybody may read."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from bot.console.site import Guest, Site, Staff
from bot.console.trust import CodeRequired, NotSignedIn
from bot.store.database import DatabaseAway


def add(router: APIRouter, site: Site) -> None:
    """/console/keys and /console/tillganglighet."""

    @router.get("/keys")
    def keys(staff: Staff = Depends(site.staff)) -> Response:
        return site.page("keys.html", staff)

    def anybody(request: Request) -> Guest | Staff:
        """The statement is there also for those who cannot get in, and while the database is away."""
        try:
            return site.staff(request)
        except (NotSignedIn, CodeRequired, DatabaseAway):
            return site.guest(request)

    @router.get("/tillganglighet")
    def statement(visit: Guest | Staff = Depends(anybody)) -> Response:
        organisation = site.world().organisation
        own = organisation.municipality(visit.user.municipality) if isinstance(visit, Staff) else None
        ours = (own,) if own else organisation.municipalities
        return site.page("statement.html", visit, organisation=organisation, municipalities=ours)
