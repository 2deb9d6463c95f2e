"""The console as a real server on loopback."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from tests.bot.console.stand import Stand


@contextmanager
def served(stand: Stand) -> Iterator[str]:
    """Its address. It ends even while pages are open."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = uvicorn.Server(
        uvicorn.Config(stand.app(), port=port, log_level="warning", lifespan="off", timeout_graceful_shutdown=2)
    )
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not running.started:
        assert time.monotonic() < until, "the server does not start"
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        stand.closing.set()
        running.should_exit = True
        thread.join(10)
    assert not thread.is_alive(), "the server does not stop while pages are open"
