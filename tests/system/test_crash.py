"""kill -9 twice in the middle of many messages, with a carrier that refuses a tenth of them and lets some answers vanish."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.carrier import Carrier, text
from benchmarks.server import Server
from benchmarks.throughput import distinct_texts

MESSAGES = int(os.environ.get("CRASH_MESSAGES", "120"))
PATIENCE_S = 150.0


@pytest.mark.slow
def test_nobody_is_without_an_answer_and_nobody_has_two(tmp_path: Path) -> None:
    carrier = Carrier(refuses=0.1, vanishes=0.02)
    server = Server(f"sqlite:///{tmp_path / 'crash.db'}", carrier.url, tmp_path / "log")
    server.start()
    texts = [body for body in distinct_texts(MESSAGES * 3) if "sluta" not in body.lower()][:MESSAGES]
    numbers = [f"+4670200{i:04d}" for i in range(MESSAGES)]

    def deliver(i: int) -> None:
        """A carrier whose webhook gets no answer tries again; the message's id is the same."""
        time.sleep(i * 0.05)
        for _ in range(240):  # two restarts, each of them slow beside the other tests
            if text(server.base, numbers[i], texts[i], f"SM{i:032x}") == 200:
                return
            time.sleep(0.5)
        raise AssertionError(f"message {i} was never taken")

    try:
        with ThreadPoolExecutor(16) as pool:
            under_way = [pool.submit(deliver, i) for i in range(MESSAGES)]
            for after in (MESSAGES // 4, MESSAGES // 2):
                _until(lambda after=after: len(carrier.answers()) >= after, 60)  # type: ignore[misc]
                server.kill()
                server.start()
            for future in under_way:
                future.result()
        _until(lambda: set(numbers) <= set(carrier.answers()), PATIENCE_S)
        time.sleep(3)  # whatever would be sent twice has had time to be
    finally:
        server.stop()
        carrier.close()
    answers = carrier.answers()
    assert [number for number in numbers if number not in answers] == []
    twice = {number: [m.body[:60] for m in answers[number]] for number in numbers if len(answers[number]) > 1}
    assert twice == {}


def _until(holds, seconds: float) -> None:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not holds():
        time.sleep(0.1)
