"""What `make rasa` does, with stand-ins for Python and Rasa; tests/nlu/rasa/test_contract.py does it with the real ones."""

from __future__ import annotations

import json
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import run_rasa
from tools.run_rasa import (
    CONFIG,
    REQUIREMENTS,
    Failed,
    Missing,
    Place,
    environment,
    find_python,
    main,
    secret_token,
    serve,
    settings_with,
    train,
)

GOOD = "echo 3.10"
SHIM = 'echo "pyenv: python3.10: command not found" >&2; exit 127'


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "venv", tmp_path / "rasa")


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    folder = tmp_path / "intents"
    folder.mkdir()
    (folder / "swish.yml").write_text("swish")
    return folder


def trains(place: Place, and_then: str = "mkdir -p models; touch models/lotsen.tar.gz") -> Path:
    """An environment whose Python notes how it was called."""
    return script(place.python, f'echo "$@" >> calls; env >> environ; {and_then}')


def calls(place: Place) -> list[str]:
    return (place.folder / "calls").read_text().splitlines()


def test_a_shim_that_does_not_run_is_passed_over_for_one_that_does(tmp_path: Path) -> None:
    shim = script(tmp_path / "bin" / "python3.10", SHIM)
    environ = {"PATH": str(shim.parent)}
    with pytest.raises(Missing, match="there is none here"):
        find_python(environ, tmp_path)
    kept = script(tmp_path / ".pyenv" / "versions" / "3.10.13" / "bin" / "python", GOOD)
    assert find_python(environ, tmp_path) == str(kept)
    script(shim, GOOD)
    assert find_python(environ, tmp_path) == str(shim)


def test_another_python_is_not_taken_for_one(tmp_path: Path) -> None:
    script(tmp_path / "bin" / "python3.10", "echo 3.11")
    with pytest.raises(Missing):
        find_python({"PATH": str(tmp_path / "bin")}, tmp_path)


def test_the_one_that_is_named_is_taken_or_nothing(tmp_path: Path) -> None:
    script(tmp_path / "bin" / "python3.10", GOOD)
    environ = {"PATH": str(tmp_path / "bin"), "RASA_PYTHON": str(script(tmp_path / "mine", GOOD))}
    assert find_python(environ, tmp_path) == str(tmp_path / "mine")
    with pytest.raises(Missing, match=r"RASA_PYTHON=.*nowhere"):
        find_python({**environ, "RASA_PYTHON": str(tmp_path / "nowhere")}, tmp_path)


def test_uv_is_asked_when_nothing_else_is_there(tmp_path: Path) -> None:
    kept = script(tmp_path / "uv-python", GOOD)
    script(tmp_path / "bin" / "uv", f'[ "$*" = "python find 3.10" ] && echo {kept}')
    assert find_python({"PATH": str(tmp_path / "bin")}, tmp_path) == str(kept)


def test_without_python_310_it_says_how_to_get_one_and_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: Place
) -> None:
    monkeypatch.setenv("RASA_PYTHON", "/nowhere/python3.10")
    assert main(["--environment", str(place.environment), "--folder", str(place.folder)]) == 2
    assert "no Python 3.10" in capsys.readouterr().err and not place.environment.exists()
    assert all(
        how in run_rasa.HOW_TO_GET_PYTHON for how in ("uv python install 3.10", "pyenv install 3.10", "RASA_PYTHON")
    )


def test_an_environment_is_made_once_for_the_same_requirements(
    monkeypatch: pytest.MonkeyPatch, place: Place, tmp_path: Path
) -> None:
    made = tmp_path / "made"
    python = script(
        tmp_path / "python3.10",
        f'if [ "$1" = -c ]; then echo 3.10; else echo "$@" >> {made}; mkdir -p {place.environment}/bin; [ -e {place.python} ] || cp "$0" {place.python}; fi',
    )
    monkeypatch.setenv("RASA_PYTHON", str(python))
    monkeypatch.setattr(run_rasa, "NEEDED_GB", 0)
    environment(place)
    environment(place)
    venv, pip = made.read_text().splitlines()
    assert venv.startswith("-m venv") and pip.endswith(f"-r {REQUIREMENTS}")
    (place.environment / "requirements.sha256").write_text("older requirements")
    environment(place)
    assert len(made.read_text().splitlines()) == 4


def test_an_environment_that_was_not_finished_is_made_again(
    monkeypatch: pytest.MonkeyPatch, place: Place, tmp_path: Path
) -> None:
    python = script(
        tmp_path / "python3.10",
        f'if [ "$1" = -c ]; then echo 3.10; else mkdir -p {place.environment}/bin; cp {tmp_path}/fails {place.python}; fi',
    )
    script(tmp_path / "fails", "exit 1")
    monkeypatch.setenv("RASA_PYTHON", str(python))
    monkeypatch.setattr(run_rasa, "NEEDED_GB", 0)
    with pytest.raises(Failed, match="pip install"):
        environment(place)
    assert not (place.environment / "requirements.sha256").exists()


def test_a_full_disk_is_told_before_anything_is_made(
    monkeypatch: pytest.MonkeyPatch, place: Place, tmp_path: Path
) -> None:
    monkeypatch.setenv("RASA_PYTHON", str(script(tmp_path / "python3.10", GOOD)))
    monkeypatch.setattr(run_rasa, "NEEDED_GB", 10**9)
    with pytest.raises(Missing, match="GB are free"):
        environment(place)


def test_it_trains_only_when_something_has_changed(place: Place, examples: Path) -> None:
    trains(place)
    assert train(place, examples, None)
    assert not train(place, examples, None)
    (examples / "swish.yml").write_text("swish, newly written")
    assert train(place, examples, None)
    assert train(place, examples, 12)
    assert len(calls(place)) == 3
    assert "epochs: 12" in (place.folder / "config.yml").read_text()
    assert f"--nlu {examples}" in calls(place)[0] and "train nlu" in calls(place)[0]


def test_training_that_failed_is_told_and_tried_again(place: Place, examples: Path) -> None:
    trains(place, "echo 'the reason'; exit 1")
    for _ in range(2):
        with pytest.raises(Failed, match="the reason"):
            train(place, examples, None)
    assert len(calls(place)) == 2


def test_without_an_environment_or_examples_nothing_is_trained(place: Place, tmp_path: Path) -> None:
    with pytest.raises(Missing, match="environment"):
        train(place, tmp_path, None)
    trains(place)
    with pytest.raises(Failed, match="no example files"):
        train(place, tmp_path, None)


def test_rasa_gets_no_secrets_and_tells_nobody(monkeypatch: pytest.MonkeyPatch, place: Place, examples: Path) -> None:
    monkeypatch.setenv("LOTSEN_SECRET_KEY", "hemlig")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    trains(place)
    train(place, examples, None)
    told = (place.folder / "environ").read_text()
    assert "hemlig" not in told and "PYTHONPATH" not in told and "RASA_TELEMETRY_ENABLED=false" in told
    assert stat.S_IMODE((place.folder / "train.log").stat().st_mode) == 0o600


def test_the_epochs_of_the_real_settings_can_be_replaced() -> None:
    config = CONFIG.read_text(encoding="utf-8")
    assert settings_with(config, None) == config
    assert settings_with(config, 7) == config.replace("epochs: 100", "epochs: 7") != config
    with pytest.raises(Failed, match="2 times"):
        settings_with(config + config, 7)


def test_the_requirements_are_names_and_versions_and_nothing_else() -> None:
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 100 and "rasa==3.6.21" in lines
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!-]+", line)] == []


def test_the_token_is_made_once_and_only_its_owner_may_read_it(place: Place) -> None:
    token = secret_token(place.token)
    assert len(token) >= 32 and secret_token(place.token) == token
    assert stat.S_IMODE(place.token.stat().st_mode) == 0o600


def test_it_does_not_start_without_a_model(place: Place) -> None:
    with pytest.raises(Missing, match="train"):
        serve(place, 5005)


FAKE_SERVER = f"""exec {sys.executable} -c '
import os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer
token, port = os.environ["RASA_RUN_TOKEN"], int(sys.argv[sys.argv.index("-p") + 1])
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.log_message = lambda *told: None
        self.send_response(200 if self.path == "/status?token=" + token else 401); self.end_headers()
print("listening", sys.argv[1:], flush=True)
HTTPServer(("127.0.0.1", port), Handler).serve_forever()
' "$@" """


def test_it_says_what_to_set_once_it_answers_and_ends_when_told_to(place: Place, examples: Path) -> None:
    trains(place)
    train(place, examples, None)
    script(place.python, FAKE_SERVER)
    port = _free_port()
    words = ["--environment", str(place.environment), "--folder", str(place.folder), "--port", str(port)]
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.run_rasa", "serve", *words], cwd=run_rasa.ROOT, stdout=subprocess.PIPE, text=True
    )
    said = ""
    assert process.stdout
    try:
        while "LOTSEN_RASA_TOKEN" not in said and (line := process.stdout.readline()):
            said += line
        assert f"LOTSEN_NLU=rasa LOTSEN_RASA_URL=http://127.0.0.1:{port}" in said
        assert secret_token(place.token) not in said + (place.folder / "server.log").read_text()
        with pytest.raises(Failed, match=f"port {port}"):
            serve(place, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.stdout.close()
    assert process.wait(20) == 0
    assert not run_rasa._answers(port, None)


def test_a_server_that_dies_is_told_with_what_it_said(
    place: Place, examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trains(place)
    train(place, examples, None)
    trains(place, "echo 'the model is broken'; exit 3")
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    started = time.monotonic()
    with pytest.raises(Failed, match=r"exit code 3\)[\s\S]*the model is broken"):
        serve(place, _free_port())
    assert time.monotonic() - started < 10


def test_the_help_names_every_step(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    assert all(word in told for word in ("find-python", "environment", "train", "serve", "--epochs", "--intents-dir"))


def test_what_was_trained_is_written_down_without_texts(place: Place, examples: Path) -> None:
    trains(place)
    train(place, examples, None)
    made_of = json.loads((place.folder / "trained.json").read_text())
    assert set(made_of) == {"examples", "config", "requirements"} and place.model.exists()


def _free_port() -> int:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        return int(reserved.getsockname()[1])
