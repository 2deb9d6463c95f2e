"""Asks a Rasa 3.6 server over HTTP.

The standard library's client is used because it logs nothing, follows no redirects and knows no proxies. Rasa takes its
token in the address only, and other clients write addresses into logs and errors.
"""

from __future__ import annotations

import json
import time
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import socket
from typing import Any
from urllib.parse import quote, urlsplit

from nlu.understanding import RankedIntent

CONNECT_S = 0.5
READ_S = 2.0
FALLBACK = "nlu_fallback"
"""What Rasa's FallbackClassifier puts first when it is not sure."""
LONGEST = 1000
"""Characters in one question; a message is read in windows that are much shorter."""
_LARGEST_ANSWER = 1_000_000


class RasaAway(Exception):
    """No usable answer. The text says why, without the address, the token or what was asked."""


def plain(text: str) -> str:
    """`text` without the slashes that it begins with. Rasa takes "/stop" for an order to see the intent `stop`, and
    writes what it cannot read as one into its log, whatever the level."""
    return text.strip().lstrip("/ \t\r\n")


class RasaClient:
    """One server. May be used by several threads at once: every question has a connection of its own."""

    def __init__(
        self, url: str, token: str | None = None, connect_s: float = CONNECT_S, read_s: float = READ_S
    ) -> None:
        """`url` is such as http://127.0.0.1:5005, without a query; times are in seconds."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
            raise ValueError("the address of a Rasa server is http:// or https://, a host, and no query")
        self._kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._host, self._port = parts.hostname, parts.port
        self._path = parts.path.rstrip("/")
        self._query = f"?token={quote(token, safe='')}" if token else ""
        self._connect_s, self._read_s = connect_s, read_s

    def parse(self, text: str) -> tuple[RankedIntent, ...]:
        """The labels that the server gives, best first; FALLBACK stands before them when Rasa itself is not sure.

        Raises RasaAway, and ValueError for a text that is empty once `plain`, or longer than LONGEST: Rasa is sure of
        what an empty text means too.
        """
        asked = plain(text)
        if not 0 < len(asked) <= LONGEST:
            raise ValueError(f"a question to Rasa has 1 to {LONGEST} characters")
        return _ranking(self._ask("POST", "/model/parse", json.dumps({"text": asked}).encode("ascii")))

    def look(self) -> None:
        """Returns when the server is there with a model loaded. Raises RasaAway."""
        self._ask("GET", "/status", None)

    def _ask(self, method: str, path: str, body: bytes | None) -> Any:
        connection = self._kind(self._host, self._port, timeout=self._connect_s)
        headers = {"Content-Type": "application/json"} if body else {}
        connected = False
        try:
            connection.connect()
            connected = True
            line, until = connection.sock, time.monotonic() + self._read_s
            line.settimeout(self._read_s)
            connection.request(method, self._path + path + self._query, body, headers)
            response = connection.getresponse()
            answer = _read(line, response, until)
        except TimeoutError:
            reason = f"no answer within {self._read_s:g} s" if connected else "no connection in time"
        except ConnectionRefusedError:
            reason = "connection refused"
        except (OSError, HTTPException) as error:  # their texts may hold the address
            reason = f"the connection broke ({type(error).__name__})"
        else:
            return _content(response.status, answer)
        finally:
            connection.close()
        raise RasaAway(reason)


def _read(line: socket, response: HTTPResponse, until: float) -> bytes:
    """The whole body. Raises TimeoutError when it has not come by `until`, however it trickles in."""
    parts: list[bytes] = []
    while True:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        line.settimeout(left)
        part = response.read1(65_536)
        if not part:
            return b"".join(parts)
        parts.append(part)
        if sum(map(len, parts)) > _LARGEST_ANSWER:
            raise RasaAway("the answer is too long")


def _content(status: int, answer: bytes) -> Any:
    if status == 401:
        raise RasaAway("HTTP 401, the token is not the server's")
    if status == 409:
        raise RasaAway("HTTP 409, no model is loaded")
    if status != 200:
        raise RasaAway(f"HTTP {status}")
    try:
        return json.loads(answer)
    except (ValueError, RecursionError):
        raise RasaAway("the answer is no JSON") from None


def _ranking(answer: Any) -> tuple[RankedIntent, ...]:
    rows = answer.get("intent_ranking") if isinstance(answer, dict) else None
    if not isinstance(rows, list) or not rows:
        raise RasaAway("the answer has no intent_ranking")
    return tuple(_ranked(row) for row in rows)


def _ranked(row: Any) -> RankedIntent:
    name, confidence = (row.get("name"), row.get("confidence")) if isinstance(row, dict) else (None, None)
    # Sums of rounded shares may be a little above one; no comparison holds for NaN.
    if isinstance(name, str) and isinstance(confidence, int | float) and 0.0 <= confidence <= 1.001:
        return RankedIntent(name, min(float(confidence), 1.0))
    raise RasaAway("the answer's intent_ranking is not as Rasa writes it")
