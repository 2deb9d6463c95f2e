"""Calling the person of a case, what they are called, and a number that they give later. Every form leads back to the case."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.responses import Response

from bot.console.site import Site, Staff
from bot.console.views.act import case_path, taken
from bot.console.views.case import LONGEST_NOTE, Fault, case_response
from bot.console.views.new_case import number_in
from bot.services import read_cases
from bot.services.call_back import CallDesk, CallResult
from bot.services.give_number import HasNumber, OpenAlready, give_number
from bot.services.hold_case import CaseTaken
from bot.services.open_case_for import CaseElsewhere

LONGEST_NUMBER = 40


def add(router: APIRouter, site: Site) -> None:
    """The forms /console/cases/{id}/call, /name and /number."""
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

    @router.post("/cases/{case_id}/number")
    def number(case_id: int, number: Annotated[str, Form()] = "", staff: Staff = Depends(site.actor)) -> Response:
        typed = number.strip()[:LONGEST_NUMBER]

        def wrong(status: int, key: str, **values: object) -> Response:
            fault = Fault("number", key, typed, tuple(values.items()))
            return case_response(site, staff, case_id, "case.html", status, fault=fault)

        address = number_in(typed)
        if address is None:
            return wrong(422, "new.fault_number")
        try:
            give_number(site.database, site.world, site.clock, staff.user, case_id, address)
        except CaseTaken:
            return taken(site, staff, read_cases.case_line(site.database, staff.who, case_id))
        except HasNumber:
            return wrong(409, "person.number_kept")
        except CaseElsewhere:
            return wrong(409, "person.number_elsewhere")
        except OpenAlready as other:
            return wrong(409, "person.number_open", n=other.case_id)
        return site.go_to(case_path(case_id, "number"))
