"""Builds, trains and serves a Rasa 3.6 of its own beside Lotsen; `make rasa` does all three.

Needs nothing but the standard library::

    python -m tools.run_rasa [all | find-python | environment | train | serve] [--epochs N] [--intents-dir DIR] ...

Exit codes: 0 done, 1 something failed, 2 something is missing on this machine. What stands in nlu/rasa/README.md is meant
for people; here is only how.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "nlu" / "rasa" / "config.yml"
REQUIREMENTS = ROOT / "nlu" / "rasa" / "requirements.txt"
HOST = "127.0.0.1"
PORT = 5005
READY_S = 300.0
"""A server took 36 to 122 s to answer on a busy machine of two cores."""
STOP_S = 15.0
NEEDED_GB = 5
"""The environment takes 2.7 GB; pip needs room to unpack."""

HOW_TO_GET_PYTHON = """Rasa 3.6 needs Python 3.10, and there is none here. One of these gives one:
  uv python install 3.10
  pyenv install 3.10
  sudo apt install python3.10 python3.10-venv      (Ubuntu 22.04)
Then run this again; RASA_PYTHON=/path/to/python3.10 names one that is not found by itself."""

_PROBE = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
_WITH_TOKEN = (  # a token among the arguments could be read by everybody on the machine
    "import os, sys; sys.argv += ['--auth-token', os.environ.pop('RASA_RUN_TOKEN')]; from rasa.__main__ import main; main()"
)


class Missing(Exception):
    """Something that this machine lacks; the text says what to do. Exit code 2."""


class Failed(Exception):
    """A step failed; the text says where to look. Exit code 1."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where things lie: the environment that is shared, and the folder of one model, its token and its logs."""

    environment: Path
    folder: Path

    @property
    def python(self) -> Path:
        return self.environment / "bin" / "python"

    @property
    def model(self) -> Path:
        return self.folder / "models" / "lotsen.tar.gz"

    @property
    def token(self) -> Path:
        return self.folder / "token"


def find_python(environ: Mapping[str, str], home: Path) -> str:
    """A Python 3.10 that really runs. Raises Missing.

    A name on the PATH may be a shim that only tells that there is none, so each is tried.
    """
    named = environ.get("RASA_PYTHON")
    if named:
        if _is_310(named):
            return named
        raise Missing(f"RASA_PYTHON={named} is no Python 3.10 with venv and ensurepip")
    for candidate in _candidates(environ, home):
        if _is_310(candidate):
            return candidate
    raise Missing(HOW_TO_GET_PYTHON)


def _candidates(environ: Mapping[str, str], home: Path) -> Iterator[str]:
    path = environ.get("PATH", "")
    if found := shutil.which("python3.10", path=path):
        yield found
    pyenv = Path(environ.get("PYENV_ROOT") or home / ".pyenv")
    yield from (str(python) for python in sorted(pyenv.glob("versions/3.10.*/bin/python"), reverse=True))
    if uv := shutil.which("uv", path=path):
        told = subprocess.run([uv, "python", "find", "3.10"], capture_output=True, text=True, check=False)
        if told.returncode == 0 and told.stdout.strip():
            yield told.stdout.strip()


def _is_310(python: str) -> bool:
    try:
        told = subprocess.run([python, "-c", _PROBE], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.returncode == 0 and told.stdout.strip() == "3.10"


def environment(place: Place) -> None:
    """Makes the environment, unless it is there with these very requirements. Raises Missing, Failed."""
    mark = place.environment / "requirements.sha256"
    wanted = _digest(REQUIREMENTS)
    if place.python.exists() and mark.exists() and mark.read_text() == wanted:
        return
    python = find_python(os.environ, Path.home())
    place.environment.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(place.environment.parent).free / 1e9
    if free < NEEDED_GB and not place.python.exists():
        raise Missing(f"{free:.1f} GB are free below {place.environment.parent}; Rasa's environment needs {NEEDED_GB}")
    _say(f"making {place.environment} with {python}: about three minutes, 2.7 GB")
    mark.unlink(missing_ok=True)
    pip = [str(place.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(REQUIREMENTS)]
    place.folder.mkdir(parents=True, exist_ok=True)
    log = place.folder / "environment.log"
    with _private(log) as out:
        for command in ([python, "-m", "venv", str(place.environment)], pip):
            if subprocess.run(command, stdout=out, stderr=out, check=False).returncode:
                raise Failed(f"{' '.join(command[:4])} ... failed; {log} ends:\n{_end_of(log)}")
    mark.write_text(wanted)


def train(place: Place, intents: Path, epochs: int | None) -> bool:
    """Trains when examples, settings or requirements have changed; says whether it did. Raises Missing, Failed."""
    if not place.python.exists():
        raise Missing(f"{place.environment} is not there: run `python -m tools.run_rasa environment` first")
    config = settings_with(CONFIG.read_text(encoding="utf-8"), epochs)
    made_of = {
        "examples": _digest(*sorted(intents.glob("*.yml"))),
        "config": hashlib.sha256(config.encode()).hexdigest(),
    }
    made_of["requirements"] = _digest(REQUIREMENTS)
    mark = place.folder / "trained.json"
    if place.model.exists() and mark.exists() and mark.read_text() == json.dumps(made_of):
        _say("the model is up to date")
        return False
    if not any(intents.glob("*.yml")):
        raise Failed(f"{intents}: no example files here")
    place.folder.mkdir(parents=True, exist_ok=True)
    mark.unlink(missing_ok=True)
    (place.folder / "config.yml").write_text(config, encoding="utf-8")
    log = place.folder / "train.log"
    _say(f"training from {intents}; the log is {log}")
    words = ["-m", "rasa", "train", "nlu", "--nlu", str(intents.resolve()), "--config", "config.yml"]
    words += ["--out", "models", "--fixed-model-name", place.model.name.removesuffix(".tar.gz")]
    started = time.monotonic()
    with _private(log) as out:
        done = subprocess.run(
            [place.python.absolute(), *words], cwd=place.folder, env=_environ(), stdout=out, stderr=out, check=False
        )
    if done.returncode or not place.model.exists():
        raise Failed(f"training failed; {log} ends:\n{_end_of(log)}")
    mark.write_text(json.dumps(made_of))
    _say(f"trained in {time.monotonic() - started:.0f} s")
    return True


def settings_with(config: str, epochs: int | None) -> str:
    """The text of config.yml, with another number of epochs when one is given."""
    if epochs is None:
        return config
    changed, times = re.subn(r"(?m)^(\s+epochs:) \d+$", rf"\1 {epochs}", config)
    if times != 1:
        raise Failed(f"{CONFIG}: epochs: should stand there once, not {times} times")
    return changed


def serve(place: Place, port: int) -> int:
    """Serves until it is told to stop; the exit code is 0 when it was told. Raises Missing, Failed."""
    if not place.model.exists():
        raise Missing(f"{place.model} is not there: run `python -m tools.run_rasa train` first")
    if _answers(port, None):
        raise Failed(f"something already answers on port {port}: stop it, or give --port")
    token = secret_token(place.token)
    log = place.folder / "server.log"
    words = ["run", "--enable-api", "-m", str(place.model.relative_to(place.folder)), "-i", HOST, "-p", str(port)]
    told_to_stop: list[int] = []
    with _private(log) as out:
        process = subprocess.Popen(
            [place.python.absolute(), "-c", _WITH_TOKEN, *words],
            cwd=place.folder, env={**_environ(), "RASA_RUN_TOKEN": token}, stdout=out, stderr=out,
        )  # fmt: skip

    def stop(number: int, _: object) -> None:
        told_to_stop.append(number)
        process.terminate()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    _say(f"starting Rasa on {HOST}:{port}; half a minute to two; the log is {log}")
    try:
        if _wait_until_ready(process, port, token):
            _say(_what_to_set(place, port))
        code = process.wait()
    finally:
        _end(process)
    if told_to_stop:
        return 0
    raise Failed(f"Rasa ended by itself (exit code {code}); {log} ends:\n{_end_of(log)}")


def secret_token(path: Path) -> str:
    """The token of the server: made once, and kept where only its owner may read it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii").strip()


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, token: str) -> bool:
    """Whether it answers in time; a server that does not is left to go on trying, and said aloud."""
    until = time.monotonic() + READY_S
    while process.poll() is None and time.monotonic() < until:
        if _answers(port, token):
            return True
        time.sleep(0.5)
    if process.poll() is None:
        _say(f"Rasa has not answered within {READY_S:.0f} s; still waiting for it")
    return False


def _answers(port: int, token: str | None) -> bool:
    """Whether a server answers on `port`; with a token, whether it is ours and has its model."""
    request = f"http://{HOST}:{port}/status" + (f"?token={token}" if token else "")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=5) as response:
            return bool(response.status == 200)
    except urllib.error.HTTPError:
        return token is None
    except OSError:
        return False


def _what_to_set(place: Place, port: int) -> str:
    return (
        "Rasa answers. Start Lotsen in another terminal with\n"
        f"  export LOTSEN_NLU=rasa LOTSEN_RASA_URL=http://{HOST}:{port}\n"
        f'  export LOTSEN_RASA_TOKEN="$(cat {place.token})"'
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environ() -> dict[str, str]:
    """Without settings of another Python, and without Lotsen's secrets, which are no business of Rasa's."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LOTSEN_", "VIRTUAL_ENV"))
    }
    return kept | {
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "LOG_LEVEL": "WARNING",
        "LOG_LEVEL_LIBRARIES": "ERROR",
        "PYTHONWARNINGS": "ignore",
        "PYTHONUNBUFFERED": "1",
    }


def _private(path: Path) -> BinaryIO:
    """A new file that only its owner may read, for writing."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])


def _digest(*paths: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _say(line: str) -> None:
    print(line, flush=True)


def main(words: Sequence[str] | None = None) -> int:
    """Does what the command line says; returns the exit code."""
    parser = argparse.ArgumentParser(prog="run_rasa", description="A Rasa 3.6 of its own beside Lotsen.")
    parser.add_argument(
        "step", nargs="?", default="all", choices=("all", "find-python", "environment", "train", "serve")
    )
    parser.add_argument("--epochs", type=int, help="instead of those in nlu/rasa/config.yml")
    parser.add_argument(
        "--intents-dir", type=Path, default=ROOT / "data" / "intents", help="the examples to train from"
    )
    parser.add_argument("--environment", type=Path, default=ROOT / ".venv-rasa", help="where Rasa is installed")
    parser.add_argument(
        "--folder", type=Path, default=ROOT / "var" / "rasa", help="for the model, the token and the logs"
    )
    parser.add_argument("--port", type=int, default=PORT)
    given = parser.parse_args(words)
    place = Place(given.environment.absolute(), given.folder.absolute())
    try:
        if given.step == "find-python":
            _say(find_python(os.environ, Path.home()))
        if given.step in ("all", "environment"):
            environment(place)
        if given.step in ("all", "train"):
            train(place, given.intents_dir, given.epochs)
        if given.step in ("all", "serve"):
            return serve(place, given.port)
    except (Missing, Failed) as fault:
        print(fault, file=sys.stderr)
        return 2 if isinstance(fault, Missing) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
