"""Which interpreter the settings give, and what is told of Rasa."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import structlog

from bot import wiring
from bot.domain.finding import ContentError
from bot.domain.gazetteer import Gazetteer
from bot.gazetteer_files import load_gazetteer
from bot.services.keep_places import keep_places
from bot.settings import ROOT, Settings, load_settings
from bot.store import places
from bot.store.database import Database
from bot.store.tables import PlaceRow
from bot.wiring import DANGER, GAZETTEER, assemble, make_interpreter, rasa_for
from nlu.danger import DangerRules
from nlu.rasa.server import RasaServer
from nlu.train import train
from nlu.understand import EmbeddedInterpreter
from tests.bot.channels.answering import free_port
from tests.nlu.rasa.loopback import TOKEN, LoopbackRasa
from tests.nlu.small_examples import write_examples
from tests.sample_places import document
from tests.stand_ins import MONDAY


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


LIVE = {
    "TWILIO_ACCOUNT_SID": "AC1",
    "TWILIO_AUTH_TOKEN": "hemlig",
    "TWILIO_NUMBER": "+46701740690",
    "PUBLIC_URL": "https://lotsen.example.se",
}


def real_configuration(tmp_path: Path) -> Path:
    """The shipped configuration with nothing in it marked as a sample, with numbers that are not invented."""
    folder = tmp_path / "config"
    shutil.copytree(ROOT / "config", folder)
    for path in folder.rglob("*.yml"):
        text = path.read_text(encoding="utf-8").replace("sample: true", "sample: false")
        path.write_text(
            text.replace("verified_at: sample", "verified_at: 2026-11-02\n    verified_by: Chefen"), encoding="utf-8"
        )
    return folder


def test_samples_that_the_console_keeps_are_refused_beside_live_providers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database: Database
) -> None:
    own = {
        **LIVE,
        "CONFIG": str(real_configuration(tmp_path)),
        "DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
    }
    for name, value in own.items():
        monkeypatch.setenv(f"LOTSEN_{name}", value)
    sample = document(verified_at="sample", verified_by=None, sample=True)
    with database.writing() as session:
        places.add(session, "kalmar-exempel", "Kalmar", {**sample, "id": "kalmar-exempel"}, places.CONSOLE, MONDAY)
        places.add(session, "kalmar-filens", "Kalmar", {**sample, "id": "kalmar-filens"}, places.CONFIG, MONDAY)
    with pytest.raises(ContentError, match="there are sample places beside a live provider: kalmar-exempel \\("):
        assemble(load_settings())
    monkeypatch.setenv("LOTSEN_DEVELOPMENT", "1")
    parts = assemble(load_settings())
    assert {"kalmar-exempel", "kalmar-filens"} == {place.id for place in parts.world.places}
    parts.database.close()
    monkeypatch.delenv("LOTSEN_DEVELOPMENT")
    with database.writing() as session:
        places.remove(session.get_one(PlaceRow, "kalmar-exempel"), places.CONSOLE, MONDAY)
    parts = assemble(load_settings())
    assert parts.world.places == (), "not even what an older file had left behind"
    keep_places(parts.database, parts.configuration.places, wiring.real_time)
    parts.current.look_again()
    assert len([place for place in parts.world.places if place.valid_to is None]) >= 12
    assert not any(place.sample for place in parts.world.places)
    parts.database.close()
