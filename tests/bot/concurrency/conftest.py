"""Processes of their own, started once and used by every test here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stand_ins import MONDAY

ROOT = Path(__file__).resolve().parents[3]
NUMBER = 4
_HEAD_START_S = 0.05
"""Long enough for every process to have read what it is asked."""


class Worker:
    """One process that does what it is asked."""

    def __init__(self) -> None:
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bot.concurrency.worker"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, asked: dict[str, Any]) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        """What it did. A failure in the process is a failure of the test."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, "the process has died"
        answer = json.loads(line)
        assert "failed" not in answer, answer["failed"]
        return answer["done"]

    def kill(self) -> None:
        """As `kill -9` does it."""
        if self._process.poll() is not None:
            return
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream
            stream.close()


class Workers:
    """Several processes on one database."""

    def __init__(self, workers: list[Worker], url: str) -> None:
        self._workers = workers
        self._url = url

    def together(self, do: str, each: list[dict[str, Any]] | None = None, **asked: Any) -> list[Any]:
        """All do the same at the same moment; what each one did. `each` adds what differs from process to process."""
        at_once = {"do": do, "url": self._url, "at": MONDAY.isoformat(), "start": time.time() + _HEAD_START_S, **asked}
        for i, worker in enumerate(self._workers):
            worker.ask({**at_once, **(each[i] if each else {})})
        return self._answers()

    def side_by_side(self, *doing: dict[str, Any]) -> list[Any]:
        """Each does something of its own at the same moment; as many as there are requests."""
        start = time.time() + _HEAD_START_S
        for worker, asked in zip(self._workers, doing, strict=False):
            worker.ask({"url": self._url, "at": MONDAY.isoformat(), "start": start, **asked})
        return self._answers(len(doing))

    def _answers(self, number: int | None = None) -> list[Any]:
        answers, failures = [], []
        for worker in self._workers[:number]:
            try:
                answers.append(worker.answer())
            except AssertionError as error:
                failures.append(str(error))
        assert not failures, failures
        return answers


@pytest.fixture(scope="session")
def processes() -> Iterator[list[Worker]]:
    started = [Worker() for _ in range(NUMBER)]
    for worker in started:
        assert worker.answer() == "ready"
    yield started
    for worker in started:
        worker.kill()


@pytest.fixture
def workers(processes: list[Worker], database_url: str) -> Iterator[Workers]:
    """Four processes, connected to the test's database."""
    together = Workers(processes, database_url)
    together.together("open")
    yield together
    together.together("close")


@pytest.fixture
def bare_workers(processes: list[Worker], empty_database_url: str) -> Workers:
    """Four processes, and a database without any table."""
    return Workers(processes, empty_database_url)


@pytest.fixture
def mortal() -> Iterator[Worker]:
    """One more process, for the test to kill."""
    worker = Worker()
    assert worker.answer() == "ready"
    yield worker
    worker.kill()
