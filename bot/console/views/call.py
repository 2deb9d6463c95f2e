"""Calling the person of a case, and what they are called. Every form leads back to the case."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.responses import Response

from bot.console.site import Site, Staff
from bot.console.views.act import case_path, taken
from bot.console.views.case import LONGEST_NOTE, Fault, case_response
from bot.services import read_cases
from bot.services.call_back import CallDesk, CallResult
from bot.services.hold_case import CaseTaken


def add(router: APIRouter, site: Site) -> None:
    """The forms /console/cases/{id}/call and /name."""
    calls = CallDesk(site.database, site.world, site.clock)

    @router.post("/cases/{case_id}/call")
    def call(
        case_id: int,
        result: Annotated[str, Form()] = "",
        text: Annotated[str, Form()] = "",
        staff: Staff = Depends(site.actor),
    ) -> Response:
        written = text.replace("\r\n", "\n").strip()
        if result not in tuple(CallResult):
            fault = Fault("call", "call.empty", written)
            return case_response(site, staff, case_id, "case.html", 422, fault=fault)
        if len(written) > LONGEST_NOTE:
            fault = Fault("call", "reply.too_long", written, (("n", len(written)), ("most", LONGEST_NOTE)))
            return case_response(site, staff, case_id, "case.html", 422, fault=fault)
        try:
            calls.phoned(case_id, staff.user, CallResult(result), written)
        except CaseTaken:
            return taken(site, staff, read_cases.case_line(site.database, staff.who, case_id), written)
        done, at = ("call_no_answer", "#call") if result == CallResult.NO_ANSWER else ("call", "#latest")
        return site.go_to(case_path(case_id, done, at))

    @router.post("/cases/{case_id}/name")
    def name(case_id: int, name: Annotated[str, Form()] = "", staff: Staff = Depends(site.actor)) -> Response:
        calls.name_person(case_id, staff.user, name)
        return site.go_to(case_path(case_id, "name"))
