"""What goes on around a reply: taking it back, drafts, who is there, and a step of a guide to put into it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.console.site import Site, Staff
from bot.console.views.act import case_path, taken, theirs
from bot.domain.case import CaseRefusal, Status
from bot.services import keep_drafts, read_cases, reply_texts
from bot.services.guide_steps import step_choices
from bot.services.work_cases import TooLate
from bot.store import drafts


def add(router: APIRouter, site: Site) -> None:
    """/console/cases/{id}/undo, draft, presence, step, and the list of steps in the latter."""

    @router.post("/cases/{case_id}/undo")
    def undo(case_id: int, message: Annotated[int, Form()] = 0, staff: Staff = Depends(site.actor)) -> Response:
        read_cases.case_line(site.database, staff.who, case_id)
        try:
            site.desk.undo(case_id, staff.user, message)
        except TooLate:
            return site.go_to(case_path(case_id, "too_late", "#latest"))
        return site.go_to(case_path(case_id, "undo", "#reply-text"))

    @router.post("/cases/{case_id}/draft")
    def draft(
        case_id: int,
        kind: Annotated[str, Form()] = "",
        text: Annotated[str, Form()] = "",
        quiet: Annotated[bool, Form()] = False,
        left_over: Annotated[bool, Form()] = False,
        staff: Staff = Depends(site.actor),
    ) -> Response:
        if kind not in drafts.KINDS:
            raise HTTPException(400)
        written = text.replace("\r\n", "\n")
        kept = keep_drafts.keep_draft(site.database, site.clock, staff.who, case_id, kind, written, left_over)
        if quiet:  # 205: what was written is to be cleared (RFC 9110, 15.3.6)
            return Response(status_code=204 if kept else 205)
        return site.go_to(case_path(case_id, "draft", f"#{kind}-text"))

    @router.post("/cases/{case_id}/presence")
    def presence(case_id: int, types: Annotated[bool, Form()] = False, staff: Staff = Depends(site.actor)) -> Response:
        keep_drafts.look_at(site.database, site.clock, staff.who, case_id, types)
        return Response(status_code=204)

    def steps_shown(template: str, case_id: int, guide: str | None, staff: Staff) -> Response:
        page = read_cases.case_page(site.database, site.clock, staff.who, case_id)
        if page.case.status == Status.RESOLVED:
            raise CaseRefusal(page.case.status, "reply")
        if theirs(page.case, staff):
            return taken(site, staff, page.case)
        guides = sorted(
            (flow for flow in site.world().flows.values() if flow.kind == "guide"),
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
            ready_language=reply_texts.language_of(page.case),
            pulse=site.pulse(staff),
        )

    @router.get("/cases/{case_id}/step")
    def step_page(case_id: int, guide: str | None = None, staff: Staff = Depends(site.staff)) -> Response:
        return steps_shown("push_step.html", case_id, guide, site.acting(staff))

    @router.get("/cases/{case_id}/step/steps")
    def step_list(case_id: int, guide: str = "", staff: Staff = Depends(site.staff)) -> Response:
        return steps_shown("_push_steps.html", case_id, guide, site.acting(staff))
