"""Starts the real server as a process of its own, against a carrier on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from benchmarks.carrier import ACCOUNT, NUMBER, TOKEN

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Server:
    """One `lotsen serve`. `start` may be called again after `kill`."""

    database_url: str
    carrier_url: str
    log: Path
    gather_seconds: float = 0.0
    rate: float = 0.0

    def __post_init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, wait_s: float = 240.0) -> float:
        """Starts, waits until /readyz says ready, and returns the seconds it took."""
        environment = {
            **os.environ,
            "LOTSEN_DATABASE_URL": self.database_url,
            "LOTSEN_PUBLIC_URL": self.base,
            "LOTSEN_TWILIO_ACCOUNT_SID": ACCOUNT,
            "LOTSEN_TWILIO_AUTH_TOKEN": TOKEN,
            "LOTSEN_TWILIO_NUMBER": NUMBER,
            "LOTSEN_TWILIO_API_BASE": self.carrier_url,
            "LOTSEN_SMS_RATE": str(self.rate),
            "LOTSEN_GATHER_SECONDS": str(self.gather_seconds),
            "LOTSEN_DEVELOPMENT": "1",
            "LOTSEN_LOG_LEVEL": "warning",
        }
        began = time.monotonic()
        command = [sys.executable, "-c", "from bot.cli import main; main()", "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
        while time.monotonic() - began < wait_s:
            try:
                with urllib.request.urlopen(f"{self.base}/readyz", timeout=2):
                    return time.monotonic() - began
            except (urllib.error.URLError, OSError):
                if self._process.poll() is not None:
                    raise RuntimeError(f"the server ended: {self.log.read_text()[-2000:]}") from None
                time.sleep(0.1)
        raise RuntimeError("the server did not get ready")

    def memory_mb(self) -> float:
        """Resident memory, in MB."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))

    def cpu_s(self) -> float:
        """Seconds of processor time used so far."""
        assert self._process is not None
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """kill -9: nothing is closed or finished."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Asks it to end."""
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)
            self._process.wait(30)
