"""What a handledare does with a case. Every form leads to a page that shows what came of it; a form sent twice does nothing twice.

Why twice is once: what is already as it was asked for is not done again; a reply or note that was just written from an older page is not written
again (bot/services/read_cases.py). A page that does not show the last the resident wrote closes nothing: it may be a danger. One process does this for one case at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form
from starlette.responses import Response

from bot.console.site import Site, Staff
from bot.console.trust import HOME
from bot.console.views.case import LONGEST_HELPED, LONGEST_NOTE, LONGEST_REPLY, OUTCOMES, Fault, case_response
from bot.domain.canned_reply import CannedReply, blank_in
from bot.domain.case import CaseRefusal, Status
from bot.services import read_cases
from bot.services.keep_drafts import keep_draft
from bot.services.read_queue import CaseLine
from bot.services.work_cases import CaseTaken, NobodyToAnswer
from bot.store.drafts import REPLY


def case_path(case_id: int, done: str, at: str = "") -> str:
    """Where a form about a case leads."""
    return f"{HOME}/cases/{case_id}?done={done}{at}"


def theirs(case: CaseLine, staff: Staff) -> bool:
    """Whether a colleague has the open case."""
    return case.status not in (Status.WAITING, Status.RESOLVED) and case.claimed_by not in (None, staff.user.id)


def taken(site: Site, staff: Staff, case: CaseLine, draft: str = "") -> Response:
    """The page that says who was first, or what else stands in the way, with what had been written."""
    first = theirs(case, staff)
    return site.page("taken.html", staff, status=409, case=case, theirs=first, draft=draft, pulse=site.pulse(staff))


def add(router: APIRouter, site: Site) -> None:
    """The forms of /console/cases/{id}."""
    one_at_a_time = threading.Lock()

    def close(case_id: int, staff: Staff, outcome: str, done: str, act: Callable[[], None]) -> Response:
        case = read_cases.case_line(site.database, staff.who, case_id)
        if theirs(case, staff):
            return taken(site, staff, case)
        if not (case.status == Status.RESOLVED and case.outcome == outcome and case.claimed_by == staff.user.id):
            act()
        return site.go_to(case_path(case_id, done))

    def unread(case_id: int, staff: Staff, heard: int | None) -> bool:
        """Whether an open case must not be closed, since the resident has written what this page did not show."""
        case = read_cases.case_line(site.database, staff.who, case_id)
        if case.status == Status.RESOLVED or theirs(case, staff):
            return False
        return read_cases.unread(site.database, site.clock, staff.who, case_id, heard)

    @router.post("/cases/{case_id}/claim")
    def claim(case_id: int, take_over: Annotated[bool, Form()] = False, staff: Staff = Depends(site.actor)) -> Response:
        with one_at_a_time:
            case = read_cases.case_line(site.database, staff.who, case_id)
            if case.claimed_by != staff.user.id or case.status not in (Status.CLAIMED, Status.ANSWERED):
                try:
                    site.desk.claim(case_id, staff.user, take_over)
                except CaseTaken:
                    return taken(site, staff, read_cases.case_line(site.database, staff.who, case_id))
        return site.go_to(case_path(case_id, "claim", "#reply-text"))

    @router.post("/cases/{case_id}/release")
    def release(case_id: int, staff: Staff = Depends(site.actor)) -> Response:
        with one_at_a_time:
            case = read_cases.case_line(site.database, staff.who, case_id)
            if theirs(case, staff):
                return taken(site, staff, case)
            if case.status != Status.WAITING:
                site.desk.release(case_id, staff.user)
        return site.go_to(case_path(case_id, "release"))

    @router.post("/cases/{case_id}/reply")
    def reply(
        case_id: int,
        text: Annotated[str, Form()] = "",
        version: Annotated[int, Form()] = -1,
        staff: Staff = Depends(site.actor),
    ) -> Response:
        written = text.replace("\r\n", "\n").strip()
        with one_at_a_time:
            case = read_cases.case_line(site.database, staff.who, case_id)
            most = LONGEST_REPLY.get(case.channel, LONGEST_REPLY["telegram"])
            fault = _fault("reply", written, most) or _unfilled(written, site.world().replies)
            if fault:
                return case_response(site, staff, case_id, "case.html", 422, fault=fault)
            if not read_cases.replied_just_now(site.database, site.clock, staff.who, case_id, written, version):
                try:
                    site.desk.reply(case_id, staff.user, written)
                except (CaseTaken, CaseRefusal, NobodyToAnswer):
                    keep_draft(site.database, site.clock, staff.who, case_id, REPLY, written)
                    return taken(site, staff, read_cases.case_line(site.database, staff.who, case_id), written)
        return site.go_to(case_path(case_id, "reply", "#latest"))

    @router.post("/cases/{case_id}/note")
    def note(
        case_id: int,
        text: Annotated[str, Form()] = "",
        version: Annotated[int, Form()] = -1,
        staff: Staff = Depends(site.actor),
    ) -> Response:
        written = text.replace("\r\n", "\n").strip()
        with one_at_a_time:
            read_cases.case_line(site.database, staff.who, case_id)
            fault = _fault("note", written, LONGEST_NOTE)
            if fault:
                return case_response(site, staff, case_id, "case.html", 422, fault=fault)
            if not read_cases.noted_just_now(site.database, site.clock, staff.who, case_id, written, version):
                site.desk.note(case_id, staff.user, written)
        return site.go_to(case_path(case_id, "note", "#latest"))

    @router.post("/cases/{case_id}/resolve")
    def resolve(
        case_id: int,
        outcome: Annotated[str, Form()] = "",
        helped: Annotated[str, Form()] = "",
        heard: Annotated[int | None, Form()] = None,
        staff: Staff = Depends(site.actor),
    ) -> Response:
        written = helped.replace("\r\n", "\n").strip()
        if outcome not in OUTCOMES:
            fault = Fault("resolve", "resolve.empty", written)
            return case_response(site, staff, case_id, "case.html", 422, fault=fault)
        if len(written) > LONGEST_HELPED:
            long = (("n", len(written)), ("most", LONGEST_HELPED))
            fault = Fault("resolve", "resolve.too_long", written, long, (("outcome", outcome),))
            return case_response(site, staff, case_id, "case.html", 422, fault=fault)
        with one_at_a_time:
            if unread(case_id, staff, heard):
                fault = Fault("resolve", "case.unread", written, chosen=(("outcome", outcome),))
                return case_response(site, staff, case_id, "case.html", 409, fault=fault)
            return close(
                case_id, staff, outcome, "resolve", lambda: site.desk.resolve(case_id, staff.user, outcome, written)
            )

    @router.post("/cases/{case_id}/hand-back")
    def hand_back(
        case_id: int,
        guide: Annotated[str, Form()] = "",
        step: Annotated[str, Form()] = "",
        heard: Annotated[int | None, Form()] = None,
        staff: Staff = Depends(site.actor),
    ) -> Response:
        flow = site.world().flows.get(guide)
        if guide and (flow is None or (step and flow.step(step) is None)):
            return site.go_to(f"{HOME}/cases/{case_id}/hand-back?gone=1")
        with one_at_a_time:
            if unread(case_id, staff, heard):
                return site.go_to(f"{HOME}/cases/{case_id}/hand-back?guide={quote(guide)}&unread=1")
            return close(
                case_id,
                staff,
                "bot",
                "hand_back",
                lambda: site.desk.hand_back(case_id, staff.user, guide or None, step or None),
            )


def _unfilled(written: str, replies: Iterable[CannedReply]) -> Fault | None:
    """A canned reply goes out without "(DAG OCH KLOCKSLAG)"."""
    blank = blank_in(written, replies)
    return Fault("reply", "reply.unfilled", written, (("what", blank),)) if blank else None


def _fault(form: str, written: str, most: int) -> Fault | None:
    if not written:
        return Fault(form, "reply.empty" if form == "reply" else "noting.empty")
    if len(written) > most:
        return Fault(form, "reply.too_long", written, (("n", len(written)), ("most", most)))
    return None
