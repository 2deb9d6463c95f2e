"""Which interpreter the settings give, and what is told of Rasa."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import structlog

from bot import wiring
from bot.domain.finding import ContentError
from bot.domain.gazetteer import Gazetteer
from bot.gazetteer_files import load_gazetteer
from bot.settings import Settings, load_settings
from bot.wiring import DANGER, GAZETTEER, assemble, make_interpreter, rasa_for
from nlu.danger import DangerRules
from nlu.rasa.server import RasaServer
from nlu.train import train
from nlu.understand import EmbeddedInterpreter
from tests.bot.channels.answering import free_port
from tests.nlu.rasa.loopback import TOKEN, LoopbackRasa
from tests.nlu.small_examples import write_examples


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    train(write_examples(tmp_path_factory.mktemp("examples")), folder, None)
    return folder


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(GAZETTEER)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, model: Path) -> None:
    for name in [name for name in os.environ if name.startswith("LOTSEN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(Settings, "model_folder", property(lambda _: model))
    monkeypatch.setattr(wiring, "train_if_needed", lambda settings: None)


@pytest.fixture
def rasa() -> Iterator[LoopbackRasa]:
    server = LoopbackRasa()
    yield server
    server.close()


def settings_for(monkeypatch: pytest.MonkeyPatch, url: str) -> Settings:
    for name, value in {"NLU": "rasa", "RASA_URL": url, "RASA_TOKEN": TOKEN}.items():
        monkeypatch.setenv(f"LOTSEN_{name}", value)
    return load_settings()


def test_without_rasa_the_embedded_interpreter_serves(gazetteer: Gazetteer) -> None:
    settings = load_settings()
    assert rasa_for(settings) is None
    made = make_interpreter(settings, gazetteer, DangerRules.load(DANGER), None)
    assert isinstance(made, EmbeddedInterpreter)


def test_with_rasa_rasa_classifies(monkeypatch: pytest.MonkeyPatch, rasa: LoopbackRasa, gazetteer: Gazetteer) -> None:
    settings = settings_for(monkeypatch, rasa.url)
    server = rasa_for(settings)
    assert server and server.look()
    made = make_interpreter(settings, gazetteer, DangerRules.load(DANGER), server)
    understood = made.understand("nej tack, jag bor i Kalmar")
    assert (understood.intent, understood.confidence) == ("swish", 0.9), "as the stand-in says"
    assert understood.entity("place") == "Kalmar" and len(rasa.asked) == 1


def test_rasa_going_away_and_coming_back_are_logged_once_without_its_token(
    monkeypatch: pytest.MonkeyPatch, gazetteer: Gazetteer
) -> None:
    port = free_port()
    settings = settings_for(monkeypatch, f"http://127.0.0.1:{port}")
    monkeypatch.setattr(wiring, "RasaServer", partial(RasaServer, pause_s=0))
    with structlog.testing.capture_logs() as logs:
        server = rasa_for(settings)
        assert server
        made = make_interpreter(settings, gazetteer, DangerRules.load(DANGER), server)
        for _ in range(3):
            assert made.understand("nej tack").intent == "deny", "the embedded one answers"
        back = LoopbackRasa(port)
        assert made.understand("nej tack").intent == "swish"
        back.close()
    told = [(entry["event"], entry.get("reason")) for entry in logs if "rasa" in entry["event"]]
    assert told == [("rasa is away; the embedded interpreter answers", "connection refused"), ("rasa is back", None)]
    assert TOKEN not in str(logs)


def test_nothing_starts_with_rasa_and_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSEN_NLU", "rasa")
    for start in (assemble, rasa_for):
        with pytest.raises(ContentError, match="LOTSEN_RASA_URL is not set"):
            start(load_settings())
