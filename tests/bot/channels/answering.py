"""A loopback HTTP server that answers as it is told, and keeps every request that arrived whole."""

from __future__ import annotations

import json
import socket
import threading
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(urllib.parse.parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True)
class Answer:
    """What to answer: `data` as JSON, or `raw`; after `waits` seconds; or nothing at all, the connection is closed."""

    status: int = 200
    data: Any = None
    raw: bytes | None = None
    waits: float = 0.0
    closes: bool = False


class AnsweringServer:
    """Runs in a thread until it is closed. `answers` decides on each request."""

    def __init__(self, answers: Callable[[Asked], Answer], port: int = 0) -> None:
        self.asked: list[Asked] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                path, _, query = self.path.partition("?")
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length)
                if len(body) < length:
                    self.close_connection = True  # whoever asked was killed in the middle: it never arrived whole
                    return
                asked = Asked(self.command, path, dict(urllib.parse.parse_qsl(query)), dict(self.headers.items()), body)
                server.asked.append(asked)
                answer = answers(asked)
                time.sleep(answer.waits)
                if answer.closes:
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                raw = json.dumps(answer.data).encode() if answer.raw is None else answer.raw
                try:
                    self.send_response(answer.status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(raw)))
                    self.end_headers()
                    self.wfile.write(raw)
                except OSError:
                    self.close_connection = True  # whoever asked has stopped waiting

            do_GET = do_POST

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass
class Told:
    """Answers in the given order, and then with `then`."""

    then: Answer
    first: list[Answer] = field(default_factory=list)

    def __call__(self, _: Asked) -> Answer:
        return self.first.pop(0) if self.first else self.then


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
