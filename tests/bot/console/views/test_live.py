"""Server-sent events from a real server."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bot.console.site import SESSION_COOKIE
from bot.console.views import live
from bot.console.views.live import Watch
from bot.domain.case import Urgency
from bot.services.read_cases import CaseNotFound
from bot.services.viewer import Viewer
from bot.store import users
from bot.store.tables import SessionRow
from tests.bot.console.stand import Stand
from tests.stand_ins import KURT


@contextmanager
def listening(stand: Stand, server: str, path: str = "/console/live") -> Iterator[Iterator[tuple[str, dict[str, Any]]]]:
    """The events that a browser gets."""
    token = next(iter(stand.sessions.values()))
    with httpx.stream("GET", server + path, cookies={SESSION_COOKIE: token}, timeout=10) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")

        def events() -> Iterator[tuple[str, dict[str, Any]]]:
            name = ""
            for line in response.iter_lines():
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    yield name, json.loads(line.removeprefix("data: "))

        yield events()


def test_a_new_case_is_told_within_two_seconds(stand: Stand, server: str) -> None:
    stand.account()
    with listening(stand, server) as events:
        name, first = next(events)
        assert (name, first["waiting"], first["urgent"]) == ("changed", 0, 0)
        at = time.monotonic()
        stand.case(urgency=Urgency.HIGH)
        name, second = next(events)
        assert time.monotonic() - at < 2
        assert (name, second["waiting"], second["urgent"]) == ("changed", 1, 1)
        assert second["version"] != first["version"]


def test_a_case_tells_of_its_own_messages_only(stand: Stand, server: str) -> None:
    stand.account()
    case, other = stand.case(), stand.case(KURT)
    with listening(stand, server, f"/console/live?case={case}") as events:
        _, first = next(events)
        stand.says(other, "inte här")
        time.sleep(1.5)
        stand.says(case, "ny rad")
        _, second = next(events)
        assert second["version"] != first["version"]


def test_the_connection_ends_with_the_process(stand: Stand, server: str) -> None:
    stand.account()
    with listening(stand, server) as events:
        next(events)
        threading.Timer(0.2, stand.closing.set).start()
        assert list(events) == []


def test_the_connection_ends_with_the_session(stand: Stand, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "HEARTBEAT_S", 1.0)
    stand.account()
    with listening(stand, server) as events:
        next(events)
        with stand.database.writing() as session:
            users.close_session(session, session.scalars(select(SessionRow)).one().token_hash)
        assert list(events) == [("over", {})]


async def test_many_pages_ask_the_database_once_a_second(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    ask = live.pulse
    monkeypatch.setattr(live, "pulse", lambda *args: asked.append(1) or ask(*args))
    watch = Watch(stand.database)
    found = await asyncio.gather(*(watch.look(Viewer(i), None) for i in range(50)))
    assert len(set(found)) == 1
    assert len(asked) == 1
    await watch.look(Viewer(1, ("kalmar",)), None)
    assert len(asked) == 2


async def test_a_case_one_may_not_see_is_not_watched(stand: Stand) -> None:
    case = stand.case(municipality="kalmar")
    watch = Watch(stand.database)
    await watch.look(Viewer(1), case)
    with pytest.raises(CaseNotFound):
        await watch.look(Viewer(2, ("vara",)), case)
