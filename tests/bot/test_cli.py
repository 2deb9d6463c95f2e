"""The commands, on a database of their own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import cli
from bot.services.sign_in import sign_in
from bot.settings import ROOT, Settings
from bot.store.database import Database
from bot.store.migrate import migrate
from nlu.rasa.server import RasaServer
from tests.nlu.rasa.loopback import TOKEN as RASA_TOKEN
from tests.nlu.rasa.loopback import LoopbackRasa
from tests.stand_ins import KURT, SVEA, Post, ToldInterpreter

PASSWORD = "rätt-långt-lösenord"
CASE_KEYS = ["id", "status", "urgency", "topic", "reason", "reasons", "address", "channel", "municipality", "opened_at"]
OUTBOX_KEYS = {
    "id",
    "address",
    "channel",
    "text",
    "status",
    "attempts",
    "provider_id",
    "error",
    "queued_at",
    "segments",
}
TWILIO_LIVE = {
    "LOTSEN_TWILIO_ACCOUNT_SID": "AC1",
    "LOTSEN_TWILIO_AUTH_TOKEN": "hemlig",
    "LOTSEN_TWILIO_NUMBER": "+46701740690",
}


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of whoever runs the tests; a database and a working folder of their own."""
    for name in [name for name in os.environ if name.startswith("LOTSEN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LOTSEN_CONFIG", str(ROOT / "config"))
    monkeypatch.setenv("LOTSEN_DATABASE_URL", f"sqlite:///{tmp_path / 'cli.db'}")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `lotsen` with these words, in this process."""
    monkeypatch.setattr(cli, "set_up_logs", lambda level: None)

    def with_words(*words: str, given: str = "") -> Done:
        monkeypatch.setattr(sys, "argv", ["lotsen", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode()), encoding="utf-8"))
        capsys.readouterr()
        try:
            cli.main()
            code: object = 0
        except SystemExit as ended:
            code = ended.code or 0
        out, err = capsys.readouterr()
        assert isinstance(code, int)
        assert "Traceback" not in err
        return Done(code, out, err)

    return with_words


@pytest.fixture
def migrated(run: Run) -> Run:
    assert run("migrate").code == 0
    return run


def printed(done: Done) -> list[dict[str, object]]:
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert isinstance(found, list) and done.out.count("\n") == 1
    return found


def test_migrating_twice_is_as_good_as_once(run: Run) -> None:
    assert [run("migrate").code for _ in range(2)] == [0, 0]


@pytest.mark.parametrize("command", ["cases", "outbox", "bookings"])
def test_an_empty_list_is_printed_as_one(migrated: Run, command: str) -> None:
    assert migrated(command, "--json").out == "[]\n"
    assert migrated(command, "--json", "--address", "tg:4711").out == "[]\n"
    assert migrated(command).out == ""


def test_a_database_without_tables_is_told_in_words(
    run: Run, empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOTSEN_DATABASE_URL", empty_database_url)
    done = run("cases", "--json")
    assert (done.code, done.out) == (1, "")
    assert "lotsen migrate" in done.err and "SELECT" not in done.err


def test_a_database_that_is_away_is_told_without_its_password(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSEN_DATABASE_URL", "postgresql://lotsen:hemligt@127.0.0.1:1/lotsen")
    done = run("cases", "--json")
    assert done.code == 1 and "LOTSEN_DATABASE_URL" in done.err and "hemligt" not in done.err


def test_cases_and_messages_are_listed_by_address_and_status(
    run: Run, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOTSEN_DATABASE_URL", database.engine.url.render_as_string(hide_password=False))
    post = Post(database)
    post.says("jag vill prata med någon", "human", SVEA)
    post.says("min man andas inte", "emergency", KURT)
    everything = printed(run("cases", "--json"))
    assert [list(case) for case in everything] == [CASE_KEYS] * 2
    first, second = everything
    assert (first["address"], first["reason"], first["status"], first["urgency"], first["channel"]) == (
        SVEA,
        "asked",
        "waiting",
        "normal",
        "sms",
    )
    assert (second["address"], second["reason"], second["reasons"], second["urgency"]) == (
        KURT,
        "emergency",
        ["emergency"],
        "critical",
    )
    assert datetime.fromisoformat(str(first["opened_at"])).tzinfo is not None
    assert printed(run("cases", "--json", "--address", KURT)) == [second]
    assert printed(run("cases", "--json", "--status", "waiting", "--address", SVEA)) == [first]
    assert printed(run("cases", "--json", "--status", "resolved")) == []
    sent = printed(run("outbox", "--json", "--address", SVEA))
    assert sent and all(set(row) == OUTBOX_KEYS and row["address"] == SVEA for row in sent)
    assert (sent[0]["status"], sent[0]["attempts"], sent[0]["provider_id"], sent[0]["channel"]) == (
        "queued",
        0,
        None,
        "sms",
    )
    assert "a person comes" in str(sent)
    assert len(run("outbox", "--address", SVEA).out.splitlines()) >= len(sent)


# accounts


def test_an_account_can_sign_in(migrated: Run, tmp_path: Path) -> None:
    done = migrated(
        "user", "add", "asta@kalmar.example", "--role", "handledare", "--password-stdin", given=PASSWORD + "\n"
    )
    assert (done.code, done.out) == (0, "asta@kalmar.example can sign in\n")
    database = Database(f"sqlite:///{tmp_path / 'cli.db'}")
    assert sign_in(database, lambda: datetime.now(UTC), "Asta@Kalmar.example", PASSWORD, "127.0.0.1")
    database.close()


@pytest.mark.parametrize(
    ("words", "given", "why"),
    [
        (["asta@kalmar.example", "--role", "handledare", "--password-stdin"], "för-kort\n", "at least 12 characters"),
        (["asta@kalmar.example", "--role", "handledare", "--password-stdin"], "", "at least 12 characters"),
        (
            ["asta@kalmar.example", "--role", "chef", "--password-stdin"],
            PASSWORD,
            "'chef' is no role; choose one of handledare, samordnare, admin, reader",
        ),
        (["asta", "--role", "handledare", "--password-stdin"], PASSWORD, "'asta' is no e-mail address"),
        (["asta@kalmar.example", "--role", "handledare"], PASSWORD, "--password-stdin"),
        (["asta@kalmar.example", "--password-stdin"], PASSWORD, "--role"),
    ],
)
def test_an_account_that_cannot_be_made_is_refused(migrated: Run, words: list[str], given: str, why: str) -> None:
    done = migrated("user", "add", *words, given=given)
    assert done.code == 2 and why in done.err and PASSWORD not in done.err + done.out


def test_an_account_is_made_once(migrated: Run) -> None:
    words = ("user", "add", "asta@kalmar.example", "--role", "admin", "--password-stdin")
    assert migrated(*words, given=PASSWORD).code == 0
    again = migrated("user", "add", "ASTA@kalmar.example", *words[3:], given=PASSWORD)
    assert again.code == 2 and "there is already an account" in again.err


# the clock


def clock(run: Run) -> datetime:
    return datetime.fromisoformat(run("clock", "now").out.strip())


def test_the_clock_moves_in_development_and_can_be_set_right(migrated: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSEN_DEVELOPMENT", "1")
    before = clock(migrated)
    for step in ("14d", "3h", "30m", "45s"):
        assert migrated("clock", "advance", step).code == 0
    moved = clock(migrated) - before
    assert timedelta(days=14, hours=3, minutes=30, seconds=45) <= moved < timedelta(days=14, hours=3, minutes=32)
    assert migrated("clock", "reset").code == 0
    assert abs(clock(migrated) - datetime.now(UTC)) < timedelta(seconds=30)


@pytest.mark.parametrize("words", [("advance", "1d"), ("reset",)])
def test_the_clock_stands_outside_development_and_beside_real_people(
    migrated: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    refused = migrated("clock", *words)
    assert refused.code == 2 and "LOTSEN_DEVELOPMENT=1" in refused.err
    monkeypatch.setenv("LOTSEN_DEVELOPMENT", "1")
    for name, value in TWILIO_LIVE.items():
        monkeypatch.setenv(name, value)
    refused = migrated("clock", *words)
    assert refused.code == 2 and "real people" in refused.err
    monkeypatch.setenv("LOTSEN_TWILIO_API_BASE", "http://127.0.0.1:4010")
    assert migrated("clock", *words).code == 0


@pytest.mark.parametrize(
    "step", ["14", "d", "1.5d", "fourteen days", "", "1w", "99999999999d", "40000d", "9" * 5000 + "s"]
)
def test_what_is_no_duration_is_refused(migrated: Run, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    monkeypatch.setenv("LOTSEN_DEVELOPMENT", "1")
    assert migrated("clock", "advance", step).code == 2
    assert abs(clock(migrated) - datetime.now(UTC)) < timedelta(seconds=30)


# starting


@pytest.mark.parametrize(
    "words", [("serve", "--workers", "2"), ("serve", "--workers", "0"), ("serve", "--port", "high"), ("unheard-of",)]
)
def test_what_cannot_be_started_is_refused(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).code == 2


def test_several_processes_need_postgresql(run: Run) -> None:
    assert "SQLite allows one process" in run("serve", "--workers", "2").err


def test_live_providers_are_refused_beside_sample_places(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in TWILIO_LIVE.items():
        monkeypatch.setenv(name, value)
    done = run("serve", "--port", "1")
    assert done.code == 1 and done.err.endswith("[samples-live]\n") and "hemlig" not in done.err


def test_half_a_twilio_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSEN_TWILIO_ACCOUNT_SID", "AC1")
    done = run("serve", "--port", "1")
    assert done.code == 1 and "[half-twilio]" in done.err


@pytest.mark.parametrize("command", [("serve",), ("cases", "--json"), ("migrate",), ("clock", "now"), ("check",)])
def test_a_bad_setting_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
    monkeypatch.setenv("LOTSEN_SMS_RATE", "fast")
    done = run(*command)
    assert done.code == 1 and "(LOTSEN_SMS_RATE)" in done.out + done.err


def test_a_check_tells_faults_with_file_and_line(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "config"
    (folder / "municipalities").mkdir(parents=True)
    (folder / "municipalities" / "ekby.yml").write_text("id: viby\n")
    monkeypatch.setenv("LOTSEN_CONFIG", str(folder))
    done = run("check")
    assert done.code == 1
    assert "config/municipalities/ekby.yml:1: id: is 'viby' but the file is 'ekby'" in done.out
    assert done.err.rstrip().endswith("to mend")


# with rasa


def test_a_check_tells_that_rasas_address_is_missing_or_unsafe(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSEN_NLU", "rasa")
    assert "[no-rasa-url]" in run("check").out
    monkeypatch.setenv("LOTSEN_RASA_URL", "http://rasa.example.se")
    done = run("check")
    assert done.code == 1 and "[rasa-in-the-clear]" in done.out and "[no-rasa-token]" in done.out
    monkeypatch.setenv("LOTSEN_RASA_URL", "5005")
    assert "(LOTSEN_RASA_URL)" in run("check").out


def test_no_figures_are_shown_when_some_are_not_rasas(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interpreter_beside(settings: Settings, gazetteer: object, danger: object, rasa: RasaServer) -> ToldInterpreter:
        def asks(_: str) -> None:
            rasa.look()

        return ToldInterpreter(before=asks)

    monkeypatch.setattr(cli, "make_interpreter", interpreter_beside)
    monkeypatch.setenv("LOTSEN_NLU", "rasa")
    labelled = tmp_path / "few.tsv"
    labelled.write_text("text\tintent\nswish går inte\tswish\n", encoding="utf-8")
    rasa = LoopbackRasa()
    monkeypatch.setenv("LOTSEN_RASA_TOKEN", RASA_TOKEN)
    monkeypatch.setenv("LOTSEN_RASA_URL", rasa.url)
    answered = run("evaluate", str(labelled))
    rasa.close()
    assert answered.code == 0 and answered.out
    away = run("evaluate", str(labelled))
    assert away.code == 1 and "Rasa did not answer every time" in away.err
    assert answered.out not in away.out and RASA_TOKEN not in away.out + away.err


# talking to it


def test_chatting_answers_and_ends_with_the_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "interpreter_for", lambda parts: ToldInterpreter())
    lines = iter(["meny"])

    def written(_: str = "") -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", written)
    done = run("chat", "--as", "070-174 06 05")
    assert done.code == 0, done.err
    assert "You are +46701740605" in done.out and "SMS)" in done.out
    assert {row["address"] for row in printed(run("outbox", "--json"))} == {"+46701740605"}


@pytest.mark.parametrize("who", ["Gunvor", "", "tg:", "12"])
def test_nobody_without_an_address_can_chat(run: Run, who: str) -> None:
    done = run("chat", "--as", who)
    assert done.code == 2


# as a process of its own


def process(*words: str, given: bytes = b"", folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from bot.cli import main; main()", *words]
    return subprocess.run(
        command,
        input=given,
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        timeout=400,
    )


def test_logs_go_to_standard_error_and_lists_to_standard_output(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path / 'cli.db'}")
    done = process("cases", "--json", folder=tmp_path, LOTSEN_LOG_LEVEL="debug")
    assert (done.returncode, done.stdout) == (0, b"[]\n")


@pytest.mark.slow
def test_any_line_is_parsed_into_one_line_of_json(tmp_path: Path) -> None:
    odd = [
        "jag kommer inte in på bankid", "", "   ", "å" * 5000, "👵🏽", "\x00\x07", "<script>", "1", "19640823-3234", "Hej\u2028där\x85och\x0bdär", "\ufeffhej",
        '{"text": "x"}', "I cannot log in with BankID", "سلام", "KLART", "'; DROP TABLE x", "mjo\u0308lby",
    ]  # fmt: skip
    given = "\n".join(odd).encode() + b"\r\n\xff\xfe\xc3 \xed\xa0\x80\n" + b"sista utan radslut"
    done = process("parse", given=given, folder=tmp_path)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    lines = done.stdout.decode().split("\n")
    assert lines.pop() == "" and len(lines) == len(odd) + 2
    for line in lines:
        found = json.loads(line)
        assert list(found) == ["text", "intent", "confidence", "accepted", "ranking", "entities", "language"]
        assert found["ranking"][0] == {"intent": found["intent"], "confidence": found["confidence"]}
        assert 0 <= found["confidence"] <= 1 and isinstance(found["accepted"], bool)
        for entity in found["entities"]:
            assert list(entity) == ["entity", "value", "start", "end"] and 0 <= entity["start"] < entity["end"] <= len(
                found["text"]
            )
    first = json.loads(lines[0])
    assert (first["text"], first["language"]) == (odd[0], "sv")
    assert any(entry["intent"].startswith("bankid") for entry in first["ranking"])
