"""The threads that take turns and send messages. Each looks for work, does it, and sleeps until it is woken or something falls due."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.store.database import DatabaseAway
from bot.store.wakeup import Signal

_LOOKS_S = 1.0
"""One idle worker of a group looks by itself this often, for what another process or a crash has left."""
_SLEEPS_S = 10.0
"""The others sleep so long at most: should the one that watches be busy, nothing waits longer than this."""
_LEAST_S = 0.02
_AWAY_S = 1.0

_log = structlog.get_logger(__name__)


class Workers:
    """A number of threads that repeat one step."""

    def __init__(
        self, name: str, number: int, step: Callable[[], bool], signal: Signal, next_at: Callable[[], datetime | None], clock: Callable[[], datetime],
        looks_s: float = _LOOKS_S, least_s: float = _LEAST_S,
    ) -> None:  # fmt: skip
        """`next_at` tells when something falls due; what is due and cannot be done yet is looked at every `least_s` seconds."""
        self._step = step
        self._signal = signal
        self._next_at = next_at
        self._clock = clock
        self._looks_s, self._least_s = looks_s, least_s
        self._stopping = threading.Event()
        self._watch = threading.Lock()
        self._threads = [threading.Thread(target=self._run, name=f"{name}-{i}", daemon=True) for i in range(number)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Lets the step under way end, and begins no other."""
        self._stopping.set()
        self._signal.set()

    def join(self, timeout_s: float) -> None:
        """Waits for the threads to end, `timeout_s` in all."""
        until = time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def alive(self) -> bool:
        """Whether every thread runs."""
        return all(thread.is_alive() for thread in self._threads)

    def _run(self) -> None:
        away = False
        while not self._stopping.is_set():
            seen = self._signal.count
            try:
                if not self._step():
                    self._rest(seen)
                away = False
            except DatabaseAway as error:
                if not away:
                    _log.error("database away", error=str(error))
                away = True
                self._signal.wait(seen, _AWAY_S)
            except Exception:
                _log.exception("worker failed", worker=threading.current_thread().name)
                self._signal.wait(seen, _AWAY_S)

    def _rest(self, seen: int) -> None:
        """Nothing to do: one worker watches the clock for all, and wakes them when something falls due; the others sleep until they are woken."""
        if not self._watch.acquire(blocking=False):
            self._signal.wait(seen, _SLEEPS_S)
            return
        try:
            self._signal.wait(seen, self._pause())
            if self._signal.count == seen and self._is_due():
                self._signal.set()
        finally:
            self._watch.release()

    def _is_due(self) -> bool:
        due = self._next_at()
        return due is not None and due <= self._clock()

    def _pause(self) -> float:
        due = self._next_at()
        if due is None:
            return self._looks_s
        return min(self._looks_s, max(self._least_s, (due - self._clock()).total_seconds()))
