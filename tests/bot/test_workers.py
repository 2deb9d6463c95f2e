"""Threads that repeat one step."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot import workers as module
from bot.store.database import DatabaseAway
from bot.store.wakeup import Signal
from bot.workers import Workers

LONG_S = 30.0
"""So long a pause that a test fails before it ends."""


def real_time() -> datetime:
    return datetime.now(UTC)


def until(holds: Callable[[], object], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.005)


class Bench:
    """Workers that do what is put before them."""

    def __init__(self) -> None:
        self.signal = Signal()
        self.waiting: list[str | Exception] = []
        self.done: list[str] = []
        self.looks = 0
        self.due: Callable[[], datetime | None] = lambda: None
        self.made: list[Workers] = []
        self._lock = threading.Lock()

    def start(self, number: int = 1, looks_s: float = LONG_S) -> Workers:
        workers = Workers("test", number, lambda: self.step(), self.signal, lambda: self.due(), real_time, looks_s)
        self.made.append(workers)
        workers.start()
        return workers

    def step(self) -> bool:
        with self._lock:
            self.looks += 1
            if not self.waiting:
                return False
            found = self.waiting.pop(0)
        if isinstance(found, Exception):
            raise found
        self.done.append(found)
        return True


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    for workers in made.made:
        workers.stop()
        workers.join(5)
        assert not any(thread.is_alive() for thread in workers._threads)


def test_what_waits_is_done_without_a_pause(bench: Bench) -> None:
    bench.waiting = [str(i) for i in range(50)]
    bench.start()
    until(lambda: len(bench.done) == 50)
    assert bench.done == [str(i) for i in range(50)]


def test_an_idle_worker_is_woken(bench: Bench) -> None:
    bench.start()
    until(lambda: bench.looks == 1)
    bench.waiting.append("new")
    bench.signal.set()
    until(lambda: bench.done == ["new"])


def test_a_wake_up_during_the_step_is_not_lost(bench: Bench) -> None:
    real = bench.step

    def finds_nothing_but_is_woken() -> bool:
        worked = real()
        if bench.looks == 1:
            bench.waiting.append("came meanwhile")
            bench.signal.set()
        return worked

    bench.step = finds_nothing_but_is_woken  # type: ignore[method-assign]
    bench.start()
    until(lambda: bench.done == ["came meanwhile"])


def test_a_worker_looks_by_itself_now_and_then(bench: Bench) -> None:
    bench.start(looks_s=0.02)
    until(lambda: bench.looks > 5)


def test_a_worker_looks_again_when_something_falls_due(bench: Bench) -> None:
    at = real_time() + timedelta(seconds=0.15)
    bench.due = lambda: at if not bench.done else None
    bench.start()
    until(lambda: bench.looks == 1)
    bench.waiting.append("due")
    until(lambda: bench.done == ["due"])
    assert real_time() >= at


def test_one_idle_worker_looks_for_all(bench: Bench) -> None:
    bench.start(number=8, looks_s=0.05)
    until(lambda: bench.looks >= 8)  # each once, to find that there is nothing
    before = bench.looks
    time.sleep(0.5)
    assert 3 <= bench.looks - before <= 14  # eight that look would do so eighty times


def test_all_are_woken_when_several_fall_due(bench: Bench) -> None:
    at = real_time() + timedelta(seconds=0.15)
    bench.due = lambda: at if bench.looks < 20 else None
    started = bench.start(number=4)
    until(lambda: bench.looks >= 4)
    together = threading.Barrier(4)
    real = bench.step

    def only_together() -> bool:
        worked = real()
        if worked:
            together.wait(5)
        return worked

    bench.step = only_together  # type: ignore[method-assign]
    bench.waiting.extend("abcd")
    until(lambda: len(bench.done) == 4)
    assert started.alive()


def test_what_is_overdue_makes_no_busy_loop(bench: Bench) -> None:
    bench.due = lambda: real_time() - timedelta(hours=1)
    bench.start()
    time.sleep(0.3)
    assert 1 <= bench.looks <= 20


def test_a_failing_step_is_told_and_the_worker_goes_on(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AWAY_S", 0.01)
    bench.waiting = [ValueError("odd"), "next"]
    with capture_logs() as logs:
        workers = bench.start()
        until(lambda: bench.done == ["next"])
    assert workers.alive()
    assert [(log["event"], log["worker"]) for log in logs] == [("worker failed", "test-0")]


def test_a_database_that_is_away_is_told_once_for_each_time_it_goes(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AWAY_S", 0.01)
    away = DatabaseAway("locked")
    bench.waiting = [away, away, away, "back", away, "back again"]
    with capture_logs() as logs:
        bench.start()
        until(lambda: bench.done == ["back", "back again"])
    assert [log["event"] for log in logs] == ["database away"] * 2


def test_a_database_that_goes_away_while_asked_what_is_due_stops_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AWAY_S", 0.01)

    def away() -> datetime | None:
        raise DatabaseAway("locked")

    bench.due = away
    workers = bench.start()
    until(lambda: bench.looks >= 2)
    bench.waiting.append("still here")
    until(lambda: bench.done == ["still here"])
    assert workers.alive()


def test_several_workers_share_what_there_is(bench: Bench) -> None:
    bench.waiting = [str(i) for i in range(200)]
    bench.start(4)
    until(lambda: len(bench.done) == 200)
    assert sorted(bench.done, key=int) == [str(i) for i in range(200)]


def test_stopping_lets_the_step_end_and_begins_no_other(bench: Bench) -> None:
    go_on, begun = threading.Event(), threading.Event()
    real = bench.step

    def slow() -> bool:
        begun.set()
        go_on.wait(5)
        return real()

    bench.step = slow  # type: ignore[method-assign]
    bench.waiting = ["one", "two"]
    workers = bench.start()
    begun.wait(5)
    workers.stop()
    go_on.set()
    workers.join(5)
    assert bench.done == ["one"] and not workers.alive()


def test_joining_waits_no_longer_than_it_was_told(bench: Bench) -> None:
    go_on = threading.Event()
    bench.step = lambda: go_on.wait(10)  # type: ignore[method-assign]
    workers = bench.start(3)
    workers.stop()
    began = time.monotonic()
    workers.join(0.2)
    assert time.monotonic() - began < 1.0
    go_on.set()
