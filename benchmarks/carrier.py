"""A small carrier on loopback: Twilio's Messages resource as far as Lotsen uses it, and residents who text.

It keeps what was sent by recipient, can refuse a share of the sends, and can take a share without its answer ever arriving.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from twilio.request_validator import RequestValidator

ACCOUNT = "AC" + "0" * 32
TOKEN = "loopback-token"  # a token for this machine only
NUMBER = "+46701740690"
_CREATE = re.compile(r"/2010-04-01/Accounts/AC\w{32}/Messages\.json")


@dataclass(slots=True)
class Taken:
    """One message that the carrier took. `at` is of the monotonic clock, in seconds."""

    sid: str
    to: str
    sender: str
    body: str
    at: float
    created: str


@dataclass
class Carrier:
    """Runs in a thread of its own. `refuses` and `vanishes` are shares from 0 to 1."""

    refuses: float = 0.0
    vanishes: float = 0.0
    seed: int = 1
    taken: list[Taken] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._random = random.Random(self.seed)
        self._ids = itertools.count(1)
        carrier = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                carrier._create(self)

            def do_GET(self) -> None:
                carrier._list(self)

            def log_message(self, *_: Any) -> None:
                pass

        ThreadingHTTPServer.request_queue_size = 256
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answers(self) -> dict[str, list[Taken]]:
        """What was taken, by recipient, in order."""
        with self._lock:
            found: dict[str, list[Taken]] = {}
            for message in self.taken:
                found.setdefault(message.to, []).append(message)
            return found

    def _create(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length", 0))
        body = handler.rfile.read(length)
        if len(body) < length:
            handler.close_connection = True  # the sender was killed in the middle: nothing was taken
            return None
        form = dict(urllib.parse.parse_qsl(body.decode()))
        if not _CREATE.fullmatch(handler.path):
            return _reply(handler, 404, {"code": 20404, "message": "not found", "status": 404})
        with self._lock:
            if self._random.random() < self.refuses:
                status = self._random.choice((429, 500, 503))
                return _reply(handler, status, {"code": 20429, "message": "try later", "status": status})
            message = Taken(
                f"SM{next(self._ids):032x}",
                form["To"],
                form.get("From", ""),
                form["Body"],
                time.monotonic(),
                formatdate(usegmt=True),
            )
            self.taken.append(message)
            vanish = self._random.random() < self.vanishes
        if vanish:
            handler.close_connection = True
            handler.connection.close()
            return None
        return _reply(handler, 201, _resource(message))

    def _list(self, handler: BaseHTTPRequestHandler) -> None:
        asked = dict(urllib.parse.parse_qsl(handler.path.partition("?")[2]))
        with self._lock:
            found = [
                m
                for m in reversed(self.taken)
                if asked.get("To", m.to) == m.to and asked.get("From", m.sender) == m.sender
            ]
        _reply(
            handler,
            200,
            {
                "messages": [_resource(m) for m in found[:50]],
                "page": 0,
                "page_size": 50,
                "next_page_uri": None,
                "uri": handler.path,
            },
        )


def _resource(message: Taken) -> dict[str, Any]:
    return {
        "sid": message.sid, "account_sid": ACCOUNT, "to": message.to, "from": message.sender, "body": message.body,
        "status": "queued", "direction": "outbound-api", "date_created": message.created, "date_sent": message.created,
        "date_updated": message.created, "num_segments": "1", "num_media": "0", "api_version": "2010-04-01", "price": None,
        "price_unit": "USD", "error_code": None, "error_message": None, "messaging_service_sid": None, "uri": "", "subresource_uris": {},
    }  # fmt: skip


def _reply(handler: BaseHTTPRequestHandler, status: int, data: dict[str, Any]) -> None:
    raw = json.dumps(data).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(raw)))
    handler.end_headers()
    handler.wfile.write(raw)


def text(base: str, sender: str, body: str, sid: str) -> int:
    """A resident texts: the webhook's HTTP status, 0 when nobody answered."""
    form = {
        "MessageSid": sid,
        "SmsSid": sid,
        "AccountSid": ACCOUNT,
        "From": sender,
        "To": NUMBER,
        "Body": body,
        "NumMedia": "0",
    }
    url = f"{base}/twilio/sms"
    signature = RequestValidator(TOKEN).compute_signature(url, form)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
    request = urllib.request.Request(url, urllib.parse.urlencode(form).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            response.read()
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
