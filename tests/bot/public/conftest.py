"""Public pages on a real SQLite database: for requests, as a server on loopback, and in a real Chromium."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from bot.store.database import Database
from tests.bot.public.stand import Shelf


@pytest.fixture
def database_url(made_sqlite: Path, tmp_path: Path) -> str:
    """Pages are the same on both databases; what they read is tested on both in tests/bot/services."""
    path = tmp_path / "lotsen.db"
    shutil.copy(made_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def shelf(database: Database) -> Shelf:
    return Shelf(database)


@pytest.fixture
def reader(shelf: Shelf) -> httpx.Client:
    return shelf.reader()


@pytest.fixture
def server(shelf: Shelf) -> Iterator[str]:
    """The pages as a real server; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = uvicorn.Server(
        uvicorn.Config(shelf.app(), port=port, log_level="warning", lifespan="off", timeout_graceful_shutdown=2)
    )
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not running.started:
        assert time.monotonic() < until, "the server does not start"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(10)
    assert not thread.is_alive(), "the server does not stop"
