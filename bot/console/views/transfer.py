"""Handing a case over, to a colleague or to another unit. Works in one or two page loads without scripts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.responses import Response

from bot.console.site import Site, Staff
from bot.console.trust import HOME
from bot.console.views.act import case_path, taken, theirs
from bot.console.views.case import LONGEST_NOTE, Fault
from bot.domain.case import CaseRefusal, Status
from bot.services import read_cases
from bot.services.hold_case import CaseTaken
from bot.services.read_cases import CaseNotFound
from bot.services.transfer_case import NoConsent, NoReceiver, TransferDesk


def add(router: APIRouter, site: Site) -> None:
    """/console/cases/{id}/transfer, and the page for whoever sees the case no more."""
    desk = TransferDesk(site.database, site.world, site.clock, site.desk.wakeup)

    def shown(case_id: int, staff: Staff, unit: str = "", status: int = 200, fault: Fault | None = None) -> Response:
        case = read_cases.case_line(site.database, staff.who, case_id)
        if case.status == Status.RESOLVED:
            raise CaseRefusal(case.status, "give")
        if theirs(case, staff):
            return taken(site, staff, case)
        receivers = desk.receivers(staff.user, case_id)
        chosen = next((queue for queue in receivers.queues if queue.key == unit), None)
        return site.page(
            "transfer.html",
            staff,
            status=status,
            case=case,
            receivers=receivers,
            chosen=chosen,
            fault=fault,
            longest_note=LONGEST_NOTE,
            pulse=site.pulse(staff),
        )

    @router.get("/cases/handed-over")
    def handed_over(case: int = 0, staff: Staff = Depends(site.staff)) -> Response:
        return site.page("handed_over.html", staff, number=case, pulse=site.pulse(staff))

    @router.get("/cases/{case_id}/transfer")
    def page(case_id: int, unit: str = "", staff: Staff = Depends(site.staff)) -> Response:
        return shown(case_id, site.acting(staff), unit)

    @router.post("/cases/{case_id}/transfer")
    def transfer(
        case_id: int,
        colleague: Annotated[str, Form()] = "",
        unit: Annotated[str, Form()] = "",
        consent: Annotated[bool, Form()] = False,
        note: Annotated[str, Form()] = "",
        staff: Staff = Depends(site.actor),
    ) -> Response:
        written = note.replace("\r\n", "\n").strip()[:LONGEST_NOTE]
        still_seen = True
        try:
            if unit:
                still_seen = desk.to_unit(case_id, staff.user, unit, consent, written)
            else:
                number = int(colleague) if colleague.isdecimal() and len(colleague) < 18 else 0
                desk.to_colleague(case_id, staff.user, number, written)
        except CaseTaken:
            return taken(site, staff, read_cases.case_line(site.database, staff.who, case_id), written)
        except NoConsent:
            return shown(case_id, staff, unit, 422, Fault("unit", "transfer.fault_consent", written))
        except NoReceiver:
            key = "transfer.fault_unit" if unit else "transfer.fault_colleague"
            return shown(case_id, staff, unit, 422, Fault("unit" if unit else "colleague", key, written))
        except CaseNotFound:
            if unit:  # pressed twice: it is there already
                return site.go_to(f"{HOME}/cases/handed-over?case={case_id}")
            raise
        if still_seen:
            return site.go_to(case_path(case_id, "transfer"))
        return site.go_to(f"{HOME}/cases/handed-over?case={case_id}")
