"""The queue: who needs somebody most."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import Response

from bot.console.site import Site, Staff
from bot.services import read_queue
from bot.services.read_queue import View


def add(router: APIRouter, site: Site) -> None:
    """/console, and the part of it that is exchanged when something changed."""

    def shown(staff: Staff, view: View, template: str) -> Response:
        pulse = site.pulse(staff)  # before the list, so that a change in between is noticed
        queue = read_queue.queue(site.database, site.clock, staff.who, view)
        return site.page(
            template,
            staff,
            queue.now,
            queue=queue,
            view=view,
            views=tuple(View),
            most=read_queue.MOST_LINES,
            pulse=pulse,
        )

    @router.get("")
    @router.get("/")
    def page(view: View = View.WAITING, staff: Staff = Depends(site.staff)) -> Response:
        return shown(staff, view, "queue.html")

    @router.get("/queue-part")
    def part(view: View = View.WAITING, staff: Staff = Depends(site.staff)) -> Response:
        return shown(staff, view, "_queue.html")
