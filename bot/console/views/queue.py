"""The queue: who needs somebody most."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from bot.console.queue_view import Asked, asked, municipalities, units
from bot.console.site import Site, Staff
from bot.domain.case import Urgency
from bot.services import read_queue
from bot.services.read_queue import Queue, View


def add(router: APIRouter, site: Site) -> None:
    """/console, and the part of it that is exchanged when something changed."""

    def shown(staff: Staff, wanted: Asked, template: str) -> Response:
        organisation = site.world().organisation
        # Both before the list, so that a change in between is noticed.
        pulse, version = site.pulse(staff), read_queue.list_version(site.database, staff.who)
        queue = read_queue.queue(
            site.database, site.clock, staff.who, wanted.view, wanted.filter(organisation), wanted.page
        )
        ours = municipalities(organisation, staff.who)
        return site.page(
            template,
            staff,
            queue.now,
            queue=queue,
            asked=wanted,
            view=wanted.view,
            views=tuple(View),
            counted=read_queue.COUNTED,
            municipalities=[(m.id, m.name) for m in ours] if len(ours) > 1 else [],
            units=units(ours, staff.who),
            **_choices(staff, queue, wanted),
            pulse=pulse,
            version=version,
        )

    def _choices(staff: Staff, queue: Queue, wanted: Asked) -> dict[str, Any]:
        """Values and titles of what open cases have; in the list of resolved ones also the guides that none is about now."""
        t = site.teller(staff)
        topics = {*queue.topics, *filter(None, (wanted.topic,))}
        if wanted.view == View.RESOLVED:
            topics |= {flow.name for flow in site.world().flows.values() if flow.kind == "guide"}
        channels = {*queue.channels, *filter(None, (wanted.channel,))}
        languages = {*queue.languages, *filter(None, (wanted.language,))}
        return {
            "urgencies": [(str(urgency), t.w(f"urgency.{urgency}")) for urgency in reversed(Urgency)],
            "topics": sorted(((name, t.topic_title(name)) for name in topics), key=lambda topic: topic[1].casefold()),
            "channels": sorted((name, t.channel(name)) for name in channels),
            "languages": sorted((name, t.language_name(name)) for name in languages),
        }

    @router.get("")
    @router.get("/")
    def page(wanted: Asked = Depends(asked), staff: Staff = Depends(site.staff)) -> Response:
        return shown(staff, wanted, "queue.html")

    @router.get("/queue-part")
    def part(wanted: Asked = Depends(asked), staff: Staff = Depends(site.staff)) -> Response:
        return shown(staff, wanted, "_queue_part.html")
