"""Puts the parts together from the settings: what the server and every command share."""

from __future__ import annotations

import os
import secrets
import socket
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from bot.configuration import Configuration, load_configuration
from bot.domain.finding import ContentError, Finding
from bot.domain.gazetteer import Gazetteer
from bot.engine.world import World
from bot.flows import Content, load_strictly
from bot.gazetteer_files import load_gazetteer
from bot.services.keep_places import CurrentWorld, samples_of_the_console
from bot.services.receive_message import Intake
from bot.services.take_turn import Thinking
from bot.settings import ROOT, Settings
from bot.store.database import Database
from bot.store.wakeup import LocalWakeup, wakeup_for
from nlu.danger import DangerRules
from nlu.model import needs_training
from nlu.rasa.client import RasaClient
from nlu.rasa.interpreter import RasaInterpreter
from nlu.rasa.server import RasaServer
from nlu.tiers import choose_encoder, training_encoders
from nlu.train import TrainingReport, train
from nlu.understand import EmbeddedInterpreter
from nlu.understanding import Interpreter

EXAMPLES = ROOT / "data" / "intents"
GAZETTEER = ROOT / "data" / "gazetteer"
DANGER = ROOT / "data" / "danger.yml"

_log = structlog.get_logger(__name__)


def real_time() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a process works with. `current` gives the world with the places as they are now; `owner` names the process in leases; `rasa` is there
    when the settings ask for it."""

    settings: Settings
    configuration: Configuration
    content: Content
    current: CurrentWorld
    database: Database
    danger: DangerRules
    wakeup: LocalWakeup
    owner: str
    rasa: RasaServer | None = None

    @property
    def world(self) -> World:
        """What the engine may know now; ask anew for each turn."""
        return self.current()

    def intake(self) -> Intake:
        """For taking in messages."""
        gather = timedelta(seconds=self.settings.gather_seconds)
        return Intake(self.database, self.configuration.organisation, self.danger, self.wakeup, gather)

    def thinking(self, interpreter: Interpreter) -> Thinking:
        """For taking turns."""
        return Thinking(self.database, interpreter, lambda: self.world, real_time, self.wakeup, self.owner)


def assemble(settings: Settings) -> Parts:
    """Reads content and configuration and opens the database. Raises ContentError, with every fault, when anything is broken."""
    faults = settings.findings()
    if faults:
        raise ContentError(faults)
    configuration = _with_ways_out(load_configuration(settings.config_folder, settings.twilio_number), settings)
    if settings.live and configuration.uses_samples and not settings.development:
        raise ContentError(
            [
                Finding(
                    str(settings.config_folder),
                    1,
                    "samples-live",
                    "sample municipalities or places are configured beside a live provider",
                    "replace them by real ones; nobody may be sent to an invented door",
                )
            ]
        )
    content = load_strictly()
    database = Database(database_url(settings))
    if settings.live and not settings.development and (samples := samples_of_the_console(database)):
        raise ContentError(
            [
                Finding(
                    "places in the database",
                    1,
                    "samples-live",
                    f"there are sample places beside a live provider: {', '.join(samples)}",
                    "verify or remove them on the console's page of places; nobody may be sent to an invented door",
                )
            ]
        )
    world = make_world(content, configuration, load_gazetteer(GAZETTEER))
    return Parts(
        settings=settings,
        configuration=configuration,
        content=content,
        current=CurrentWorld(database, world, real_time, samples=settings.development or not settings.live),
        database=database,
        danger=DangerRules.load(DANGER),
        wakeup=wakeup_for(database),
        owner=f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"[:64],
        rasa=rasa_for(settings),
    )


def _with_ways_out(configuration: Configuration, settings: Settings) -> Configuration:
    """What the settings say of how staff are reached."""
    console = f"{settings.public_url}/console"
    return replace(
        configuration, organisation=replace(configuration.organisation, console=console, writes_email=settings.smtp_on)
    )


def make_world(content: Content, configuration: Configuration, gazetteer: Gazetteer) -> World:
    """What the engine may know."""
    return World(
        content.flows,
        content.texts,
        configuration.places,
        gazetteer,
        configuration.organisation,
        content.asides,
        configuration.replies,
    )


def interpreter_for(parts: Parts) -> Interpreter:
    """The interpreter that the settings ask for; trained first when there is no model of these examples."""
    return make_interpreter(parts.settings, parts.world.gazetteer, parts.danger, parts.rasa)


def make_interpreter(
    settings: Settings, gazetteer: Gazetteer, danger: DangerRules, rasa: RasaServer | None
) -> Interpreter:
    """The embedded interpreter, or Rasa's with the embedded one behind it. Trains first when that is needed."""
    train_if_needed(settings)
    embedded = EmbeddedInterpreter.load(settings.model_folder, gazetteer.names(), danger)
    return RasaInterpreter(embedded, rasa) if rasa else embedded


def rasa_for(settings: Settings) -> RasaServer | None:
    """The Rasa server that the settings ask for, if they do; it is not asked yet. Raises ContentError."""
    if faults := settings.rasa_findings():
        raise ContentError(faults)
    if settings.nlu != "rasa":
        return None
    return RasaServer(RasaClient(settings.rasa_address, settings.rasa_secret), time.monotonic, _tell_of_rasa)


def _tell_of_rasa(available: bool, reason: str) -> None:
    if available:
        _log.warning("rasa is back")  # a warning too, so that whoever read the first one reads this
    else:
        _log.warning("rasa is away; the embedded interpreter answers", reason=reason)


def is_trained(settings: Settings) -> bool:
    """Whether there is a model of these examples, libraries and tier."""
    encoder, _ = choose_encoder(settings.nlu_tier)
    return not needs_training(
        EXAMPLES, settings.model_folder, "full" if encoder else "lean", encoder.name if encoder else None
    )


def train_if_needed(settings: Settings) -> TrainingReport | None:
    """Trains when the examples or the libraries have changed since the last time; None when the model is up to date."""
    encoder, tier = choose_encoder(settings.nlu_tier)
    _log.info(tier)
    if not needs_training(
        EXAMPLES, settings.model_folder, "full" if encoder else "lean", encoder.name if encoder else None
    ):
        return None
    _log.info("training the interpreter, once; this takes some minutes")
    return train(EXAMPLES, settings.model_folder, training_encoders(encoder))


def database_url(settings: Settings) -> str:
    """A relative SQLite path is the project's, wherever the command is run."""
    prefix = "sqlite:///"
    url = settings.database_url
    if url.startswith(prefix) and not url.startswith(prefix + "/") and ":memory:" not in url:
        path = Path(url.removeprefix(prefix))
        return prefix + str(path if path.parent.exists() and path.exists() else ROOT / path)
    return url
