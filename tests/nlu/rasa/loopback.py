"""A stand-in for a Rasa server on loopback: answers as it is told to, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "a+b/c=&d"  # has to be quoted
SURE = [{"name": "swish", "confidence": 0.9}, {"name": "stuck", "confidence": 0.1}]

Answer = Callable[["_Handler"], None]


class LoopbackRasa:
    """Serves from the moment it is made. `answer` replaces what is said to a right token."""

    def __init__(self, port: int = 0, ranking: object = SURE) -> None:
        self.asked: list[str] = []
        self.ranking = ranking
        self.answer: Answer = lambda handler: handler.say(200, self.usual(handler.path))
        rasa = self

        class Handler(_Handler):
            stand_in = rasa

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def usual(self, path: str) -> bytes:
        status = {"model_file": "lotsen.tar.gz", "model_id": "1", "num_active_training_jobs": 0}
        return json.dumps(status if path.startswith("/status") else {"intent_ranking": self.ranking}).encode()

    def says(self, status: int, body: bytes = b"{}") -> None:
        self.answer = lambda handler: handler.say(status, body)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    stand_in: LoopbackRasa

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.stand_in.asked.append(json.loads(body)["text"])
        self._answered("/model/parse")

    def do_GET(self) -> None:
        self._answered("/status")

    def _answered(self, path: str) -> None:
        parts = urlsplit(self.path)
        if parts.path != path:
            self.say(404, b"{}")
        elif parse_qs(parts.query).get("token") != [TOKEN]:
            self.say(401, b'{"reason":"NotAuthenticated"}')
        else:
            self.stand_in.answer(self)

    def say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def trickle(self, seconds: float) -> None:
        """A body that comes one byte at a time, so that no single wait is long."""
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        try:
            for _ in range(1000):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(seconds)
        except OSError:
            pass  # whoever asked has left

    def log_message(self, format: str, *values: Any) -> None:
        pass
