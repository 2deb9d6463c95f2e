"""Where the machine shall go on: a guide, then one of its steps. Works in two page loads without scripts."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import Response

from bot.console.site import Site, Staff
from bot.console.views.act import taken, theirs
from bot.domain.case import CaseRefusal, Status
from bot.services import read_cases
from bot.services.guide_steps import step_choices


def add(router: APIRouter, site: Site) -> None:
    """/console/cases/{id}/hand-back, and the list of steps in it."""

    def shown(
        template: str, case_id: int, guide: str | None, staff: Staff, gone: bool = False, unread: bool = False
    ) -> Response:
        page = read_cases.case_page(site.database, site.clock, staff.who, case_id)
        if page.case.status == Status.RESOLVED:
            raise CaseRefusal(page.case.status, "hand_back")
        if theirs(page.case, staff):
            return taken(site, staff, page.case)
        flows = site.world().flows
        guides = sorted(
            (flow for flow in flows.values() if flow.kind == "guide"),
            key=lambda flow: flow.title.in_(staff.language).casefold(),
        )
        if guide is None:
            guide = page.position.flow if page.position else page.case.topic or ""
        chosen = next((flow for flow in guides if flow.name == guide), None)
        at = page.position.step if page.position and chosen and page.position.flow == chosen.name else ""
        return site.page(
            template,
            staff,
            page.now,
            case=page.case,
            guides=guides,
            chosen=chosen,
            steps=step_choices(chosen, staff.language) if chosen else [],
            at=at,
            gone=gone,
            unread=unread,
            heard=read_cases.last_heard(page),
            pulse=site.pulse(staff),
        )

    @router.get("/cases/{case_id}/hand-back")
    def page(
        case_id: int,
        guide: str | None = None,
        gone: bool = False,
        unread: bool = False,
        staff: Staff = Depends(site.staff),
    ) -> Response:
        return shown("hand_back.html", case_id, guide, site.acting(staff), gone, unread)

    @router.get("/cases/{case_id}/hand-back/steps")
    def part(case_id: int, guide: str = "", staff: Staff = Depends(site.staff)) -> Response:
        return shown("_steps.html", case_id, guide, site.acting(staff))
