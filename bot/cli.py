"""The command `lotsen`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from sqlalchemy.exc import ProgrammingError

from bot import listings
from bot.chat import chat as run_chat
from bot.checks.figures import guide_figures
from bot.checkup import check_up
from bot.configuration import load_configuration
from bot.conversation_files import read_all
from bot.domain.address import Address as PersonAddress
from bot.domain.address import AddressError
from bot.domain.finding import ContentError
from bot.flows import load_strictly
from bot.gazetteer_files import load_gazetteer
from bot.logs import set_up_logs
from bot.play_conversations import Machine, play_all
from bot.services.preview_guides import as_text
from bot.services.preview_guides import preview as preview_guide
from bot.settings import ROOT, Settings, load_settings
from bot.store import clock as business_clock
from bot.store.database import Database, DatabaseAway
from bot.store.migrate import migrate as run_migrations
from bot.user_commands import add_user_commands
from bot.wiring import (
    DANGER,
    EXAMPLES,
    GAZETTEER,
    Parts,
    assemble,
    database_url,
    interpreter_for,
    is_trained,
    make_interpreter,
    make_world,
    rasa_for,
    real_time,
    train_if_needed,
)
from nlu.danger import DangerRules
from nlu.evaluate import badly_written_swedish, load_labelled
from nlu.evaluate import evaluate as run_evaluation
from nlu.evaluation_table import table
from nlu.rasa.server import RasaServer
from nlu.reader import ModelReader
from nlu.tiers import choose_encoder, training_encoders
from nlu.train import train as run_training
from nlu.understanding import Context, Interpreter, Understanding
from nlu.why import Explainer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Lotsen: from a text message to help.",
)
user_app = typer.Typer(no_args_is_help=True, help="Console accounts.")
clock_app = typer.Typer(no_args_is_help=True, help="Business time, in development only.")
app.add_typer(user_app, name="user")
app.add_typer(clock_app, name="clock")

Address = Annotated[str | None, typer.Option("--address", help="An E.164 number or tg:<chat id>.")]
CONVERSATIONS = ROOT / "tests" / "content" / "conversations"
_LONGEST_STEP = timedelta(days=36_500)
"""A century: dates stay within what every part of the program can hold."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def main() -> None:
    """Runs the command; faults a person can mend are told in one line each, without a traceback."""
    try:
        app()
    except ContentError as error:
        _fail(str(error))
    except (DatabaseAway, ProgrammingError) as error:  # the second: PostgreSQL without our tables
        _fail(
            f"the database cannot be used: {str(error).splitlines()[0]}\nIs LOTSEN_DATABASE_URL right, and has `lotsen migrate` been run?"
        )


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes; more than one needs PostgreSQL.")] = 1,
) -> None:
    """Everything: webhooks, console, phone simulator, the machine, the senders."""
    import uvicorn

    from bot.app import create_app

    settings = _settings()
    if workers > 1 and settings.database_url.startswith("sqlite"):
        _fail("SQLite allows one process: set LOTSEN_DATABASE_URL to PostgreSQL, or leave out --workers", 2)
    base = _local_address(host, port)
    if "public_url" not in settings.model_fields_set:
        os.environ["LOTSEN_PUBLIC_URL"] = base
        settings = _settings()
    parts = assemble(settings)
    run_migrations(parts.database.url)
    if not is_trained(settings):
        # in a process of its own, whose memory is given back
        subprocess.run([sys.executable, "-c", "from bot.cli import main; main()", "train-if-needed"], check=True)
    _first_account(parts)
    _tell_addresses(settings, base)
    options: dict[str, Any] = {
        "host": host, "port": port, "log_level": "warning", "access_log": False, "server_header": False, "proxy_headers": False,
        "timeout_graceful_shutdown": 5,
    }  # fmt: skip
    if workers == 1:
        uvicorn.run(create_app(parts), **options)
    else:
        parts.database.close()
        uvicorn.run("bot.app:create_app", factory=True, workers=workers, **options)


@app.command()
def chat(as_: Annotated[str, typer.Option("--as", help="The resident's number.")] = "+46701740605") -> None:
    """Talk to it in the terminal, as a resident."""
    try:
        PersonAddress.parse(as_)
    except AddressError as error:
        _fail(str(error), 2)
    parts = assemble(_settings())
    run_migrations(parts.database.url)
    run_chat(parts, interpreter_for(parts), as_)


@app.command()
def check(
    conversations: Annotated[
        bool, typer.Option("--conversations", help="Play the conversation tests too; takes a minute or two.")
    ] = False,
    only: Annotated[str, typer.Option(help="Play only conversations whose file or title holds this.")] = "",
    figures: Annotated[
        bool, typer.Option("--figures", help="Print what each guide costs and how easy it is to read.")
    ] = False,
) -> None:
    """Every fault in configuration, guides, intents and places, with file and line; exit 1 on any."""
    report = check_up(real_time().date())
    if figures:
        _print_figures()
    for finding in report.findings:
        typer.echo(str(finding))
    for line in report.notes:
        typer.echo(line, err=True)
    if report.findings:
        _fail(f"{len(report.findings)} to mend", 1)
    if conversations:
        _play_conversations(only)
    typer.echo("no faults")


@app.command()
def preview(
    name: Annotated[str, typer.Argument(help="The guide's file name without .yml.")],
    english: Annotated[bool, typer.Option("--english", help="In English.")] = False,
) -> None:
    """A guide as a phone would show it: every step on every way, what is said when it fails, and what each costs."""
    settings = _settings(quiet=True)
    configuration = load_configuration(settings.config_folder, settings.twilio_number)
    try:
        shown = preview_guide(load_strictly(), configuration.organisation, name, "en" if english else "sv")
    except KeyError:
        _fail(f"there is no guide {name!r}: the files in bot/flows/ with kind: guide are guides", 2)
    typer.echo("\n".join(as_text(shown)))


@app.command()
def train() -> None:
    """Trains the interpreter from data/intents/."""
    settings = _settings()
    encoder, tier = choose_encoder(settings.nlu_tier)
    typer.echo(tier, err=True)
    report = run_training(EXAMPLES, settings.model_folder, training_encoders(encoder))
    typer.echo(
        f"{report.examples} examples, {report.intents} intents, {report.seconds:.0f} s; right on held-out examples: {report.right:.1%}"
    )


@app.command("train-if-needed", hidden=True)
def train_when_needed() -> None:
    """Trains only when the examples or libraries have changed; `make install` runs it."""
    report = train_if_needed(_settings())
    typer.echo("trained" if report else "the model is up to date")


@app.command()
def parse(why: Annotated[bool, typer.Option("--why", help="Add what decided.")] = False) -> None:
    """Reads one text a line, writes one JSON a line."""
    settings = _settings(quiet=True)
    interpreter = _interpreter(rasa_for(settings))
    explainer = Explainer(ModelReader.load(settings.model_folder), EXAMPLES, settings.model_folder) if why else None
    for line in _lines():
        understood = interpreter.understand(line)
        data = _as_json(understood)
        if explainer:
            data["why"] = {"needs": list(understood.needs), **asdict(explainer.why(understood))}
        typer.echo(json.dumps(data, ensure_ascii=False))


@app.command()
def evaluate(
    files: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, help="Tab-separated: text, intent, also, lang, stage.")
    ],
    as_json: AsJson = False,
    badly_written: Annotated[
        bool, typer.Option("--badly-written", help="Read the Swedish texts once more, without å ä ö and with slips.")
    ] = False,
    in_guide: Annotated[
        bool, typer.Option("--in-guide", help="Read the texts as said in the middle of a guide.")
    ] = False,
) -> None:
    """Accuracy, macro-F1, out-of-scope figures and confusions on labelled texts, beside their targets."""
    rasa = rasa_for(_settings(quiet=True))
    interpreter = _interpreter(rasa)
    labelled = [text for file in files for text in load_labelled(file)]
    context = Context(in_guide=in_guide)
    report = run_evaluation(interpreter, labelled, context)
    noisy = run_evaluation(interpreter, badly_written_swedish(labelled), context) if badly_written else None
    if rasa and rasa.failures:
        _fail(
            "Rasa did not answer every time, so some of the figures would be the embedded interpreter's: is it running? (`make rasa`)"
        )
    typer.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1) if as_json else table(report, noisy))


@app.command()
def migrate() -> None:
    """Brings the database to this version's schema."""
    settings = _settings()
    run_migrations(Database(database_url(settings)).url)
    typer.echo("the database is up to date")


@app.command()
def cases(
    as_json: AsJson = False,
    address: Address = None,
    status: Annotated[str | None, typer.Option(help="waiting, claimed, answered or resolved.")] = None,
) -> None:
    """Cases of every status, oldest first."""
    _list(lambda database: listings.cases(database, address, status), as_json)


@app.command()
def bookings(as_json: AsJson = False, address: Address = None) -> None:
    """Bookings of every status, oldest first."""
    _list(lambda database: listings.bookings(database, address), as_json)


@app.command()
def outbox(as_json: AsJson = False, address: Address = None) -> None:
    """Messages out, with state, attempts and the provider's id."""
    _list(lambda database: listings.outbox(database, address), as_json)


@clock_app.command("now")
def clock_now() -> None:
    """Prints business time."""
    with _database() as database, database.reading() as session:
        typer.echo(business_clock.business_time(session, real_time()).isoformat(timespec="seconds"))


@clock_app.command("advance")
def clock_advance(by: Annotated[str, typer.Argument(help="14d, 3h, 30m or 45s.")]) -> None:
    """Moves business time ahead."""
    _development_only()
    step = _duration(by)
    with _database() as database, database.writing() as session:
        business_clock.move(session, step)
    clock_now()


@clock_app.command("reset")
def clock_reset() -> None:
    """Makes business time real time again."""
    _development_only()
    with _database() as database, database.writing() as session:
        business_clock.reset(session)
    clock_now()


def _settings(quiet: bool = False) -> Settings:
    settings = load_settings()
    set_up_logs("warning" if quiet else settings.log_level)
    return settings


def _play_conversations(only: str) -> None:
    """Plays the conversation tests and tells each fault as soon as it is found."""
    tests, found = read_all(CONVERSATIONS)
    tests = [test for test in tests if only.casefold() in f"{test.file} {test.title}".casefold()]
    if only and not tests:
        _fail(f"no conversation test has {only!r} in its file name or title", 2)
    settings = _settings(quiet=True)
    configuration = load_configuration(settings.config_folder, settings.twilio_number)
    gazetteer, danger = load_gazetteer(GAZETTEER), DangerRules.load(DANGER)
    world = make_world(load_strictly(), configuration, gazetteer)
    machine = Machine(
        world,
        make_interpreter(settings, gazetteer, danger, rasa_for(settings)),
        danger,
        configuration.courses,
        configuration.loans,
    )
    for finding in found:
        typer.echo(str(finding))
    for _, faults in play_all(machine, tests):
        found += faults
        for finding in faults:
            typer.echo(str(finding))
    if found:
        _fail(f"{len(found)} to mend in {len(tests)} conversations", 1)
    typer.echo(f"{len(tests)} conversations went as they should")


def _print_figures() -> None:
    content = load_strictly()
    settings = _settings(quiet=True)
    configuration = load_configuration(settings.config_folder, settings.twilio_number)
    typer.echo(guide_figures(content, configuration.organisation))


@contextmanager
def _database() -> Iterator[Database]:
    database = Database(database_url(_settings(quiet=True)))
    try:
        yield database
    finally:
        database.close()


def _interpreter(rasa: RasaServer | None) -> Interpreter:
    return make_interpreter(_settings(quiet=True), load_gazetteer(GAZETTEER), DangerRules.load(DANGER), rasa)


def _lines() -> Iterator[str]:
    """Lines of standard input, whatever bytes they hold."""
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", "replace").rstrip("\r\n")


def _as_json(understood: Understanding) -> dict[str, Any]:
    return {
        "text": understood.text,
        "intent": understood.intent,
        "confidence": round(understood.confidence, 4),
        "accepted": understood.accepted,
        "ranking": [{"intent": r.intent, "confidence": round(r.confidence, 4)} for r in understood.ranking],
        "entities": [
            {"entity": e.entity, "value": e.value, "start": e.start, "end": e.end} for e in understood.entities
        ],
        "language": understood.language,
    }


def _list(read: Callable[[Database], list[dict[str, Any]]], as_json: bool) -> None:
    with _database() as database:
        rows = read(database)
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        typer.echo("  ".join(f"{key}={value}" for key, value in row.items()))


def _development_only() -> None:
    settings = _settings(quiet=True)
    if not settings.development:
        _fail("the clock moves in development only: set LOTSEN_DEVELOPMENT=1", 2)
    if settings.live:
        _fail("the clock does not move while messages reach real people", 2)


def _duration(text: str) -> timedelta:
    units = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
    number, unit = text[:-1], text[-1:]
    if unit not in units or not number.lstrip("-").isdecimal():
        _fail(f"{text!r} is no duration: write 14d, 3h, 30m or 45s", 2)
    try:
        step = timedelta(**{units[unit]: int(number)})
    except (OverflowError, ValueError):
        step = timedelta.max
    if abs(step) > _LONGEST_STEP:
        _fail(f"{text!r} is more than the clock moves at once: {_LONGEST_STEP.days} days at most", 2)
    return step


def _first_account(parts: Parts) -> None:
    """An empty installation in development gets one account, whose password is shown once."""
    made = listings.first_account(parts.database, real_time) if parts.settings.development else None
    if made:
        typer.echo(f"First account of the console: {made[0]}  password: {made[1]}  (shown only now)")


def _tell_addresses(settings: Settings, base: str) -> None:
    if settings.phone_on:
        typer.echo(f"Phone simulator: {base}/phone")
    typer.echo(f"Console:         {base}/console")


def _local_address(host: str, port: int) -> str:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    return f"http://{shown}:{port}"


def _fail(message: str, code: int = 1) -> NoReturn:
    typer.echo(message, err=True)
    raise SystemExit(code)


add_user_commands(user_app, _database, lambda: _settings(quiet=True).public_url, _fail)
