"""Tells open pages that something has changed, by server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).

An event says only that something changed, and how many wait; the page then asks for its changed part. What changed is asked of the database once a second
for all pages that show the same, however many they are.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from bot.console.site import Site, Staff
from bot.console.trust import NotSignedIn
from bot.services.read_cases import CaseNotFound, case_line, case_version
from bot.services.read_queue import Pulse, pulse
from bot.services.viewer import Viewer
from bot.store.database import Database, DatabaseAway

EVERY_S = 1.0
HEARTBEAT_S = 15.0
"""A comment so often keeps proxies from closing the connection, and shows that the session still stands."""
_RETRY_MS = 2000
_THREADS = 4
"""Slow questions must not take the threads that pages need."""
_KEPT = 200

_Key = tuple[tuple[tuple[str, ...], str | None], int | None]


@dataclass(slots=True)
class Watch:
    """Asks the database at most once a second for each thing that is watched."""

    database: Database
    _known: dict[_Key, tuple[float, Pulse]] = field(default_factory=dict)
    _asking: dict[_Key, asyncio.Lock] = field(default_factory=dict)
    _threads: CapacityLimiter | None = None

    async def look(self, who: Viewer, case_id: int | None) -> Pulse:
        """How things stand, at most a second old. Raises CaseNotFound, DatabaseAway."""
        key = (who.scope, case_id)
        loop = asyncio.get_running_loop()
        self._threads = self._threads or CapacityLimiter(_THREADS)
        async with self._asking.setdefault(key, asyncio.Lock()):
            at, known = self._known.get(key, (0.0, None))
            if known is not None and loop.time() - at < EVERY_S * 0.9:
                return known
            found = await to_thread.run_sync(self._ask, who, case_id, limiter=self._threads)
            self._known[key] = (loop.time(), found)
        self._forget(loop.time())
        return found

    def _ask(self, who: Viewer, case_id: int | None) -> Pulse:
        found = pulse(self.database, who)
        if case_id is None:
            return found
        return Pulse(case_version(self.database, who, case_id), found.waiting, found.urgent)

    def _forget(self, now: float) -> None:
        if len(self._known) <= _KEPT:
            return
        for key in [key for key, (at, _) in self._known.items() if now - at > 2 * EVERY_S]:
            del self._known[key]
            if not self._asking[key].locked():
                del self._asking[key]


def add(router: APIRouter, site: Site) -> None:
    """/console/live, for the queue or for one case."""
    watch = Watch(site.database)

    async def events(request: Request, who: Viewer, case_id: int | None) -> AsyncIterator[str]:
        yield f"retry: {_RETRY_MS}\n\n"
        told, quiet = None, 0.0
        while not site.closing.is_set():
            try:
                found = await watch.look(who, case_id)
                if found != told:
                    told, quiet = found, 0.0
                    data = {"version": found.version, "waiting": found.waiting, "urgent": found.urgent}
                    yield f"event: changed\ndata: {json.dumps(data)}\n\n"
                elif quiet >= HEARTBEAT_S:
                    quiet = 0.0
                    await to_thread.run_sync(site.staff, request)
                    yield ": still here\n\n"
            except DatabaseAway:
                yield "event: away\ndata: {}\n\n"
            except (NotSignedIn, CaseNotFound):
                yield "event: over\ndata: {}\n\n"
                return
            await asyncio.sleep(EVERY_S)
            quiet += EVERY_S

    @router.get("/live")
    async def live(request: Request, case: int | None = None, staff: Staff = Depends(site.staff)) -> Response:
        if case is not None:
            await to_thread.run_sync(case_line, site.database, staff.who, case)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(events(request, staff.who, case), media_type="text/event-stream", headers=headers)
