"""From webhook to queued answer and to the carrier: latency at rising rates, memory and start-up of one process on SQLite.

    python -m benchmarks.throughput [--rates 10,20,30,40,50,60] [--number 1000]

Every text is distinct, gathering is off, and understanding has no cache. Figures are told beside a measure of the machine taken in the same run
(how many bare requests a second the same server answers on /healthz, one at a time), so that they can be compared between machines.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.carrier import Carrier, text
from benchmarks.server import ROOT, Server

_P99_LIMIT_S = 5.0


def distinct_texts(number: int) -> list[str]:
    """Texts of the development set, made distinct by an ending where there are too few."""
    with (ROOT / "data" / "evaluation" / "development.tsv").open(encoding="utf-8") as file:
        written = [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    random.Random(7).shuffle(written)
    return [written[i % len(written)] + (f" mvh {i}" if i >= len(written) else "") for i in range(number)]


def run_at(server: Server, carrier: Carrier, texts: list[str], rate: float, run: int) -> dict[str, float]:
    """Sends the texts at `rate` a second from as many numbers; latencies in seconds until the carrier has the answer."""
    numbers = [f"+4673{run:03d}{i:05d}" for i in range(len(texts))]
    sent: dict[str, float] = {}
    begin = time.monotonic()

    def one(i: int) -> int:
        time.sleep(max(0.0, begin + i / rate - time.monotonic()))
        sent[numbers[i]] = time.monotonic()
        return text(server.base, numbers[i], texts[i], f"SM{run:04x}{i:028x}")

    with ThreadPoolExecutor(64) as pool:
        statuses = list(pool.map(one, range(len(texts))))
    deadline = time.monotonic() + 60
    wanted = set(numbers)
    while time.monotonic() < deadline and not wanted <= set(carrier.answers()):
        time.sleep(0.1)
    answers = carrier.answers()
    took = sorted(answers[n][0].at - sent[n] for n in numbers if n in answers)
    last = max((answers[n][0].at for n in numbers if n in answers), default=begin)
    return {
        "rate": rate,
        "accepted": sum(200 <= status < 300 for status in statuses),
        "answered": len(took),
        "twice": sum(len(answers.get(n, [])) > 1 for n in numbers),
        "p50_s": round(statistics.median(took), 3),
        "p99_s": round(took[int(len(took) * 0.99) - 1], 3),
        "answered_per_s": round(len(took) / (last - begin), 1),
    }


def queued_latency(path: Path) -> dict[str, float]:
    """Seconds from a message's arrival to its answer in the outbox, over the whole database."""
    with sqlite3.connect(path) as database:
        rows = database.execute(
            "SELECT (julianday(o.queued_at) - julianday(i.received_at)) * 86400.0 FROM outbox o JOIN inbox i ON i.conversation_id = o.conversation_id "
            "WHERE o.id = (SELECT min(id) FROM outbox WHERE conversation_id = o.conversation_id)"
        ).fetchall()
    took = sorted(row[0] for row in rows)
    return {
        "queued_p50_s": round(statistics.median(took), 3),
        "queued_p99_s": round(took[int(len(took) * 0.99) - 1], 3),
    }


def bare_requests_per_s(server: Server, seconds: float = 3.0) -> float:
    """The yardstick: /healthz, one request at a time."""
    count, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        with urllib.request.urlopen(f"{server.base}/healthz", timeout=5) as response:
            response.read()
        count += 1
    return round(count / seconds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rates", default="10,20,30,40")
    parser.add_argument("--number", type=int, default=1000)
    arguments = parser.parse_args()
    carrier = Carrier()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        server = Server(f"sqlite:///{path}", carrier.url, Path(folder) / "log")
        report: dict[str, object] = {
            "start_up_s": round(server.start(), 1),
            "memory_at_start_mb": round(server.memory_mb()),
        }
        report["bare_requests_per_s"] = bare_requests_per_s(server)
        texts = distinct_texts(arguments.number)
        rows = []
        for run, rate in enumerate(map(float, arguments.rates.split(",")), 1):
            rows.append(run_at(server, carrier, texts, rate, run))
            print(json.dumps(rows[-1]), file=sys.stderr, flush=True)
            if run == 1:
                report |= queued_latency(path)
        report["rates"] = rows
        report["highest_rate_with_p99_under_5_s"] = max(
            (row["rate"] for row in rows if row["p99_s"] < _P99_LIMIT_S and row["answered"] == len(texts)), default=0
        )
        report["memory_at_end_mb"] = round(server.memory_mb())
        server.stop()
    print(json.dumps(report, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
