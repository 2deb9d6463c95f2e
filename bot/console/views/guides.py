"""The guides as residents see them, for those who write and those who answer: every step, its costs, and the map."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.console.site import Site, Staff
from bot.flows import load
from bot.services.preview_guides import preview, previews


def add(router: APIRouter, site: Site) -> None:
    """/console/guides and /console/guides/{name}. The files are read anew, so that an editor sees what was just written."""

    @router.get("/guides")
    def listed(staff: Staff = Depends(site.staff)) -> Response:
        content = load()
        rows = [] if content.findings else previews(content, site.world().organisation)
        titles = {row.name: content.flows[row.name].title.in_(staff.language) for row in rows}
        return site.page(
            "guides.html", staff, rows=rows, titles=titles, faults=content.findings, pulse=site.pulse(staff)
        )

    @router.get("/guides/{name}")
    def one(name: str, staff: Staff = Depends(site.staff)) -> Response:
        content = load()
        if content.findings:
            return site.go_to("/console/guides")
        try:
            guides = [preview(content, site.world().organisation, name, language) for language in ("sv", "en")]
        except KeyError:
            raise HTTPException(404) from None
        return site.page("guide.html", staff, guides=guides, flow=content.flows[name], pulse=site.pulse(staff))
