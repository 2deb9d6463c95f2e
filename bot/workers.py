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
"""A worker looks by itself this often, for what another process or a crash has left."""
_AWAY_S = 1.0

_log = structlog.get_logger(__name__)


class Workers:
    """A number of threads that repeat one step."""

    def __init__(
        self, name: str, number: int, step: Callable[[], bool], signal: Signal, next_at: Callable[[], datetime | None], clock: Callable[[], datetime], looks_s: float = _LOOKS_S
    ) -> None:
        self._step = step
        self._signal = signal
        self._next_at = next_at
        self._clock = clock
        self._looks_s = looks_s
        self._stopping = threading.Event()
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
                worked = self._step()
                pause = 0.0 if worked else self._pause()
                away = False
            except DatabaseAway as error:
                if not away:
                    _log.error("database away", error=str(error))
                away, worked, pause = True, False, _AWAY_S
            except Exception:
                _log.exception("worker failed", worker=threading.current_thread().name)
                worked, pause = False, _AWAY_S
            if not worked and pause > 0:
                self._signal.wait(seen, pause)

    def _pause(self) -> float:
        due = self._next_at()
        if due is None:
            return self._looks_s
        return min(self._looks_s, max(0.02, (due - self._clock()).total_seconds()))
