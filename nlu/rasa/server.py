"""A Rasa server that may be away: after a failure it is left alone for a while, so that nobody waits for it in vain."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from nlu.rasa.client import RasaAway
from nlu.understanding import RankedIntent

PAUSE_S = 30.0
"""Long enough that a server that is down costs one slow message in thirty seconds, short enough to be back soon."""


class Client(Protocol):
    """What is asked: nlu.rasa.client.RasaClient, or a stand-in."""

    def parse(self, text: str) -> tuple[RankedIntent, ...]: ...

    def look(self) -> None: ...


class RasaServer:
    """`clock` gives monotonic seconds. `on_change(available, reason)` is told once when the server goes away and once
    when it is back, in the order in which it happened; it must not ask the server.
    """

    def __init__(
        self,
        client: Client,
        clock: Callable[[], float],
        on_change: Callable[[bool, str], None] = lambda available, reason: None,
        pause_s: float = PAUSE_S,
    ) -> None:
        self._client = client
        self._clock = clock
        self._on_change = on_change
        self._pause_s = pause_s
        self._lock = threading.Lock()
        self._available = True
        self._closed_until = clock()
        self._failures = 0

    @property
    def available(self) -> bool:
        """Whether the last question was answered; true before the first."""
        return self._available

    @property
    def failures(self) -> int:
        """How often it has been asked in vain."""
        return self._failures

    def parse(self, text: str) -> tuple[RankedIntent, ...]:
        """As the client's. Raises RasaAway, at once while the server is left alone."""
        if not self._may_ask():
            raise RasaAway("left alone after a failure")
        try:
            ranking = self._client.parse(text)
        except RasaAway as away:
            self._failed(str(away))
            raise
        self._answered()
        return ranking

    def look(self) -> bool:
        """Whether the server is there; asks it, unless it is left alone after a failure. Never raises."""
        if not self._may_ask():
            return False
        try:
            self._client.look()
        except RasaAway as away:
            self._failed(str(away))
            return False
        self._answered()
        return True

    def _may_ask(self) -> bool:
        """While the server is away one question in each pause may try it; the others do not wait for the outcome."""
        with self._lock:
            if self._available:
                return True
            now = self._clock()
            if now < self._closed_until:
                return False
            self._closed_until = now + self._pause_s
            return True

    def _failed(self, reason: str) -> None:
        with self._lock:
            self._closed_until = self._clock() + self._pause_s
            self._failures += 1
            if self._available:
                self._available = False
                self._on_change(False, reason)

    def _answered(self) -> None:
        with self._lock:
            if not self._available:
                self._available = True
                self._on_change(True, "it answers again")
