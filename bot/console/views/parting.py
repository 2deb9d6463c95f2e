"""Parting the Telegram of a person from their number. The form leads back to the case."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import Response

from bot.console.site import Site, Staff
from bot.console.views.act import case_path, taken
from bot.services import read_cases
from bot.services.hold_case import CaseTaken
from bot.services.part_addresses import NothingToPart, part_addresses


def add(router: APIRouter, site: Site) -> None:
    """The form /console/cases/{id}/part-telegram."""

    @router.post("/cases/{case_id}/part-telegram")
    def part(case_id: int, staff: Staff = Depends(site.actor)) -> Response:
        try:
            part_addresses(site.database, site.world, site.clock, case_id, staff.user)
        except CaseTaken:
            return taken(site, staff, read_cases.case_line(site.database, staff.who, case_id), "")
        except NothingToPart:
            pass  # pressed twice, or a colleague was first: it is as it was asked for
        return site.go_to(case_path(case_id, "part"))
