"""How well, how fast and how large: the embedded interpreter, and beside it Rasa, in one run on the same texts.

    .venv/bin/python -m benchmarks.understanding            # Rasa too, where `make rasa` has trained it
    .venv/bin/python -m benchmarks.understanding --without-rasa

Each interpreter is measured in a process of its own. A message is a text of 13 to 17 words; its time is that of
`understand` in one thread, after warming up. Memory is what a process that only understands has grown by (embedded), and
what the server holds (Rasa).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
EVALUATION = ROOT / "data" / "evaluation"
FILES = ("development.tsv", "languages.tsv")
RASA_PORT = 5015
_TIMED = 200


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of one interpreter: rows are (title, value, bound, at_most, met); times in milliseconds, memory in MB.

    `yardstick` is the milliseconds of a fixed piece of arithmetic in the same process: what a time is to be read against.
    """

    rows: list[tuple[str, float | None, float, bool, bool | None]]
    p50: float
    p99: float
    loading_s: float
    memory: float
    yardstick: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without-rasa", action="store_true")
    parser.add_argument("--measure", choices=["embedded", "rasa"], help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps(asdict(_measure(arguments.measure))))
        return
    columns = {"embedded": _in_a_process("embedded", {})}
    if not arguments.without_rasa:
        with _rasa_server() as (environment, memory):
            measured = _in_a_process("rasa", environment)
            columns["Rasa 3.6 DIET"] = Measured(**{**asdict(measured), "memory": memory()})
    print(_table(columns))


def _in_a_process(kind: str, environment: dict[str, str]) -> Measured:
    command = [sys.executable, "-m", "benchmarks.understanding", "--measure", kind]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True, check=True
    )
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def _measure(kind: str) -> Measured:
    before = _memory(os.getpid())
    began = time.perf_counter()
    from bot.gazetteer_files import load_gazetteer
    from bot.settings import load_settings
    from bot.wiring import GAZETTEER
    from nlu.danger import SHIPPED, DangerRules
    from nlu.evaluate import badly_written_swedish, evaluate, load_labelled
    from nlu.targets import targets
    from nlu.understand import EmbeddedInterpreter
    from nlu.understanding import Interpreter

    embedded = EmbeddedInterpreter.load(
        load_settings().model_folder, load_gazetteer(GAZETTEER).names(), DangerRules.load(SHIPPED)
    )
    interpreter: Interpreter = embedded
    server = None
    if kind == "rasa":
        from nlu.rasa.client import RasaClient
        from nlu.rasa.interpreter import RasaInterpreter
        from nlu.rasa.server import RasaServer

        client = RasaClient(os.environ["LOTSEN_RASA_URL"], os.environ["LOTSEN_RASA_TOKEN"])
        server = RasaServer(client, time.monotonic)
        interpreter = RasaInterpreter(embedded, server)
    loading = time.perf_counter() - began
    labelled = [text for file in FILES for text in load_labelled(EVALUATION / file)]
    report = evaluate(interpreter, labelled)
    noisy = evaluate(interpreter, badly_written_swedish(labelled))
    usual = [text.text for text in labelled if text.language == "sv" and 13 <= len(text.text.split()) <= 17][:_TIMED]
    times = [_milliseconds(lambda text=text: interpreter.understand(text)) for text in usual]  # type: ignore[misc]
    if server and server.failures:
        raise SystemExit("Rasa did not answer every time, so these would be the embedded interpreter's figures")
    rows = [(row.title, row.value, row.bound, row.at_most, row.met) for row in targets(report, noisy)]
    return Measured(
        rows,
        statistics.median(times),
        float(np.percentile(times, 99)),
        loading,
        _memory(os.getpid()) - before,
        _yardstick(),
    )


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _yardstick() -> float:
    """Of ten multiplications of matrices, 500 by 500, in one thread: the median."""
    matrix = np.random.default_rng(1).normal(size=(500, 500))
    return statistics.median(_milliseconds(lambda: np.linalg.inv(matrix)) for _ in range(10))


@contextmanager
def _rasa_server() -> Iterator[tuple[dict[str, str], Callable[[], float]]]:
    from tools.run_rasa import Place, secret_token

    place = Place(ROOT / ".venv-rasa", ROOT / "var" / "rasa")
    if not place.model.is_file():
        raise SystemExit(f"no Rasa model in {place.folder}: run 'make rasa' once, or give --without-rasa")
    command = [sys.executable, "-m", "tools.run_rasa", "serve", "--folder", str(place.folder), "--port", str(RASA_PORT)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout
    try:
        for line in process.stdout:
            if "LOTSEN_RASA_TOKEN" in line:
                break
        else:
            raise SystemExit("Rasa did not start; see server.log in var/rasa")
        environment = {
            "LOTSEN_RASA_URL": f"http://127.0.0.1:{RASA_PORT}",
            "LOTSEN_RASA_TOKEN": secret_token(place.token),
        }
        yield environment, lambda: _memory(_child(process.pid))
    finally:
        process.terminate()
        process.wait(30)


def _child(parent: int) -> int:
    return int(Path(f"/proc/{parent}/task/{parent}/children").read_text().split()[0])


def _memory(pid: int) -> float:
    """Megabytes that a process holds (VmRSS)."""
    return int(Path(f"/proc/{pid}/status").read_text().partition("VmRSS:")[2].split()[0]) / 1024


def _table(columns: dict[str, Measured]) -> str:
    lines = [f"{'':44}" + "".join(f"{name:>18}" for name in columns) + "   target"]
    rows = next(iter(columns.values())).rows
    for number, (title, _, bound, at_most, _) in enumerate(rows):
        cells = "".join(f"{_percent(column.rows[number][1]):>18}" for column in columns.values())
        lines.append(f"{title:44}{cells}   {'at most' if at_most else 'at least'} {100 * bound:g} %")
    for title, read in (
        ("a message of 15 words, p50", lambda it: f"{it.p50:.1f} ms"), ("the same, p99", lambda it: f"{it.p99:.1f} ms"),
        ("the same, p50 in yardsticks", lambda it: f"{it.p50 / it.yardstick:.2f}"),
        ("memory", lambda it: f"{it.memory:.0f} MB"), ("loading", lambda it: f"{it.loading_s:.1f} s"),
    ):  # fmt: skip
        lines.append(f"{title:44}" + "".join(f"{read(column):>18}" for column in columns.values()))
    return "\n".join(lines)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"


if __name__ == "__main__":
    main()
