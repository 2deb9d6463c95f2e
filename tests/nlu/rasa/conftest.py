"""A real Rasa server, trained on the small examples. Only where RASA_TESTS=1 asks for it, and then it must be there."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from nlu.rasa.client import RasaClient
from tools.run_rasa import ROOT, Failed, Missing, Place, environment, secret_token, train

EPOCHS = 30
"""Enough to tell ten intents apart, in half a minute."""


@dataclass(frozen=True, slots=True)
class RunningRasa:
    """Where it answers, and with what token."""

    url: str
    token: str

    def client(self) -> RasaClient:
        return RasaClient(self.url, self.token)


@pytest.fixture(scope="session")
def running_rasa(examples_dir: Path) -> Iterator[RunningRasa]:
    """Built, trained and started by the commands of `make rasa`; ended afterwards."""
    if os.environ.get("RASA_TESTS") != "1":
        pytest.skip(
            "the contract was not tested with Rasa itself: RASA_TESTS=1 does it, with Python 3.10, 3 GB and some minutes"
        )
    place = Place(ROOT / ".venv-rasa", ROOT / "var" / "rasa-tests")
    try:
        environment(place)
        train(place, examples_dir, EPOCHS)
    except (Missing, Failed) as fault:
        pytest.fail(f"RASA_TESTS=1 asks for Rasa: {fault}")
    port = _free_port()
    command = [sys.executable, "-m", "tools.run_rasa", "serve", "--folder", str(place.folder), "--port", str(port)]
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        said = _until_it_answers(process)
        print(f"Rasa answered {time.monotonic() - started:.0f} s after its start; {_memory(process.pid)} MB")
        token = secret_token(place.token)
        assert token not in said, "the token is a secret"
        yield RunningRasa(f"http://127.0.0.1:{port}", token)
        assert token not in (place.folder / "server.log").read_text(encoding="utf-8", errors="replace")
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(30)
    assert code == 0, "it ends when it is told to"


def _until_it_answers(process: subprocess.Popen[str]) -> str:
    said: list[str] = []
    assert process.stdout
    for line in process.stdout:
        said.append(line)
        if "LOTSEN_RASA_TOKEN" in line:
            return "".join(said)
    pytest.fail("Rasa did not start: " + "".join(said))


def _free_port() -> int:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        return int(reserved.getsockname()[1])


def _memory(parent: int) -> int:
    """Megabytes of the server that `parent` has started; 0 where there is no /proc."""
    try:
        (child,) = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        status = Path(f"/proc/{child}/status").read_text()
    except (OSError, ValueError):
        return 0
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024
