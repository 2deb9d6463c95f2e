"""Tells open pages that something has changed, by server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).

An event says only that something changed, and how many wait; the page then asks for its changed part. Four times a second the database is asked one
cheap thing for all pages together: was anything written? Only then is it asked what each of them shows, once for all that show the same. That is as
quick as PostgreSQL's NOTIFY would be for a reader, the same on SQLite, and misses nothing that another process or a person with a database tool wrote.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass, field

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from bot.console.site import Site, Staff
from bot.console.trust import CodeRequired, NotSignedIn
from bot.services.ports import Clock
from bot.services.read_cases import CaseNotFound, case_line, case_version
from bot.services.read_queue import Pulse, list_version, pulse
from bot.services.viewer import Viewer
from bot.store.changes import Changes
from bot.store.database import Database, DatabaseAway

EVERY_S = 0.25
"""How often it is asked whether anything was written."""
AGAIN_S = 0.5
"""How often at most one and the same thing is asked about."""
ANYWAY_S = 4.0
"""So old may an answer get though nothing was written: who looks at a case is gone after a while without any write."""
HEARTBEAT_S = 15.0
"""A sign of life so often keeps proxies from closing the connection, shows the page that it still hears, and us that the session still stands."""
_RETRY_MS = 2000
_THREADS = 4
"""Slow questions must not take the threads that pages need."""
_KEPT = 200

_Key = tuple[tuple[tuple[str, ...], str | None], tuple[int, int] | int | None]


@dataclass(frozen=True, slots=True)
class State:
    """What a page is told. `version` is that of the queue, or of the case."""

    version: str
    waiting: int
    urgent: int
    newest_urgent: int
    alarmed: int


@dataclass(slots=True)
class Watch:
    """Asks the database for all pages of this process."""

    database: Database
    clock: Clock
    changes: Changes = field(init=False)
    _stamp: str = ""
    _stamped_at: float = -1e9
    _stamping: asyncio.Lock = field(default_factory=asyncio.Lock)
    _known: dict[_Key, tuple[float, str, Pulse | str]] = field(default_factory=dict)
    _asking: dict[_Key, asyncio.Lock] = field(default_factory=dict)
    _threads: CapacityLimiter | None = None

    def __post_init__(self) -> None:
        self.changes = Changes(self.database)

    async def look(self, who: Viewer, case_id: int | None) -> State:
        """How things stand, at most a second old. Raises CaseNotFound, DatabaseAway."""
        found = await self._fresh((who.scope, None), lambda: pulse(self.database, who))
        assert isinstance(found, Pulse)
        if case_id is None:
            version = await self._fresh((who.scope, 0), lambda: list_version(self.database, who))
        else:  # who else looks is different for each
            key = (who.scope, (case_id, who.user_id))
            version = await self._fresh(key, lambda: case_version(self.database, who, case_id, self.clock()))
        return State(str(version), found.waiting, found.urgent, found.newest_urgent, found.alarmed)

    async def _fresh(self, key: _Key, ask: Callable[[], Pulse | str]) -> Pulse | str:
        loop = asyncio.get_running_loop()
        self._threads = self._threads or CapacityLimiter(_THREADS)
        async with self._asking.setdefault(key, asyncio.Lock()):
            stamp = await self._newest_stamp(loop)
            at, then, known = self._known.get(key, (-1e9, "", ""))
            age = loop.time() - at
            if age < AGAIN_S or (stamp == then and age < ANYWAY_S):
                return known
            began = loop.time()
            found = await to_thread.run_sync(ask, limiter=self._threads)
            self._known[key] = (began, stamp, found)
        self._forget(loop.time())
        return found

    async def _newest_stamp(self, loop: asyncio.AbstractEventLoop) -> str:
        async with self._stamping:
            if loop.time() - self._stamped_at >= EVERY_S * 0.9:
                began = loop.time()
                self._stamp = await to_thread.run_sync(self.changes.stamp, limiter=self._threads)
                self._stamped_at = began
            return self._stamp

    def _forget(self, now: float) -> None:
        if len(self._known) <= _KEPT:
            return
        for key in [key for key, (at, _, _) in self._known.items() if now - at > 2 * ANYWAY_S]:
            del self._known[key]
            if not self._asking[key].locked():
                del self._asking[key]


def add(router: APIRouter, site: Site) -> None:
    """/console/live, for the queue or for one case."""
    watch = Watch(site.database, site.clock)

    async def events(request: Request, who: Viewer, case_id: int | None) -> AsyncIterator[str]:
        yield f"retry: {_RETRY_MS}\n\n"
        told, quiet, away = None, 0.0, False
        while not site.closing.is_set():
            try:
                found = await watch.look(who, case_id)
                away = False
                if found != told:
                    told, quiet = found, 0.0
                    yield _event("changed", asdict(found))
                elif quiet >= HEARTBEAT_S:
                    quiet = 0.0
                    await to_thread.run_sync(site.staff, request)
                    yield _event("still", {})
            except DatabaseAway:
                if not away:
                    yield _event("away", {})
                told, away = None, True  # when it is back, that is told though nothing may have changed
            except (NotSignedIn, CodeRequired):
                yield _event("over", {"why": "session"})
                return
            except CaseNotFound:
                yield _event("over", {"why": "gone"})
                return
            await asyncio.sleep(EVERY_S)
            quiet += EVERY_S

    @router.get("/live")
    async def live(
        request: Request, case: int | None = None, once: bool = False, staff: Staff = Depends(site.staff)
    ) -> Response:
        """The events; or with `once` how things stand right now, for a page that comes back. 401 when nobody is signed in, 404 when the case is not theirs."""
        if case is not None:
            await to_thread.run_sync(case_line, site.database, staff.who, case)
        if once:
            return JSONResponse(asdict(await watch.look(staff.who, case)))
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(events(request, staff.who, case), media_type="text/event-stream", headers=headers)


def _event(name: str, data: dict[str, object]) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"
