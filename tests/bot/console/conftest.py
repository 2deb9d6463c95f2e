"""A console on a real SQLite database: for requests, as a server on loopback, and in a real Chromium."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bot.console.site import SESSION_COOKIE
from bot.store.database import Database
from tests.bot.console.serving import served
from tests.bot.console.stand import Desk, Stand, Window, browser_of


@pytest.fixture
def database_url(made_sqlite: Path, tmp_path: Path) -> str:
    """Pages are the same on both databases; what they read is tested on both in tests/bot/services."""
    path = tmp_path / "lotsen.db"
    shutil.copy(made_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def stand(database: Database) -> Stand:
    return Stand(database)


@pytest.fixture
def at_desk(stand: Stand) -> Callable[..., Desk]:
    """Makes somebody who is signed in: at_desk("Karin", role="reader")."""
    app = stand.app()

    def make(name: str = "Karin", role: str = "handledare", municipality: str | None = None) -> Desk:
        user = stand.account(name, role, municipality)
        client = browser_of(app)
        client.cookies.set(SESSION_COOKIE, stand.sessions[user.id])
        return Desk(stand, user, client)

    return make


@pytest.fixture
def karin(at_desk: Callable[..., Desk]) -> Desk:
    return at_desk("Karin")


@pytest.fixture
def server(stand: Stand) -> Iterator[str]:
    """The console as a real server; its address."""
    with served(stand) as address:
        yield address


@pytest.fixture
def window(chromium: Browser, server: str, stand: Stand) -> Iterator[Window]:
    """Browser windows on the console; no page may complain of anything."""
    opened = Window(chromium, server, stand)
    yield opened
    for context in opened.opened:
        with contextlib.suppress(Exception):
            context.close()
    assert not opened.faults
