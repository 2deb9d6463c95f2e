"""`lotsen user ...`, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from typing import NoReturn

import pytest
import typer
from click.testing import Result
from sqlalchemy import select
from typer.testing import CliRunner

from bot.services.accounts import add_user
from bot.services.brake import TRIES, TooManyTries
from bot.services.invitations import accept
from bot.services.passwords import WrongPassword
from bot.services.sign_in import sign_in, signed_in
from bot.store.database import Database
from bot.store.tables import AuditRow, UserRow
from bot.user_commands import add_user_commands
from bot.wiring import real_time
from tests.bot.services.quick_passwords import hash_quickly

ADA, ANNA = "ada@lotsen.example", "anna@kalmar.example"
PASSWORD, OTHER = "en lagom lång mening", "en helt annan mening"
Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture
def run(database: Database) -> Run:
    """run("disable", "anna@kalmar.example")"""

    def fail(message: str, code: int = 1) -> NoReturn:
        typer.echo(message, err=True)
        raise SystemExit(code)

    app = typer.Typer()
    add_user_commands(app, lambda: nullcontext(database), lambda: "https://lotsen.example", fail)
    return lambda *words, given="": CliRunner().invoke(app, words, input=given, catch_exceptions=False)


@pytest.fixture(autouse=True)
def people(database: Database) -> dict[str, int]:
    return {
        ADA: add_user(database, real_time, ADA, "admin", PASSWORD, "Ada"),
        ANNA: add_user(database, real_time, ANNA, "handledare", PASSWORD, "Anna", "kalmar", "library"),
    }


def enters(database: Database, email: str, password: str = PASSWORD) -> str:
    return sign_in(database, real_time, email, password, "192.0.2.1")


def test_accounts_are_listed(run: Run, database: Database) -> None:
    run("disable", ANNA)
    rows = json.loads(run("list", "--json").stdout)
    assert [row["email"] for row in rows] == [ADA, ANNA]
    assert rows[1].pop("disabled_at")
    expected = {
        "email": ANNA,
        "name": "Anna",
        "role": "handledare",
        "municipality": "kalmar",
        "unit": "library",
        "totp": False,
        "seen_at": None,
    }
    assert rows[1] == expected
    assert f"email={ADA}" in run("list").stdout


def test_disabled_and_enabled_again(run: Run, database: Database) -> None:
    token = enters(database, ANNA)
    assert run("disable", ANNA.upper()).exit_code == 0
    assert signed_in(database, real_time, token) is None
    with pytest.raises(WrongPassword):
        enters(database, ANNA)
    assert run("enable", ANNA).exit_code == 0
    assert enters(database, ANNA)


def test_the_last_administrator_stays(run: Run, database: Database) -> None:
    done = run("disable", ADA)
    assert (done.exit_code, "last administrator" in done.stderr) == (2, True)
    assert enters(database, ADA)
    run("add", "eva@lotsen.example", "--role", "admin", "--password-stdin", given=PASSWORD)
    assert run("disable", ADA).exit_code == 0
    assert run("disable", "eva@lotsen.example").exit_code == 2


def test_a_link_for_a_password(run: Run, database: Database) -> None:
    done = run("reset-password", ANNA)
    assert done.stdout.startswith("https://lotsen.example/console/invitation/")
    assert ANNA in done.stderr
    token = done.stdout.strip().rsplit("/", 1)[1]
    assert enters(database, ANNA), "until another is chosen"
    assert accept(database, real_time, token, "", "", OTHER)
    assert enters(database, ANNA, OTHER)
    run("disable", ANNA)
    assert run("reset-password", ANNA).exit_code == 2


def test_a_password_on_standard_input(run: Run, database: Database) -> None:
    token = enters(database, ANNA)
    for _ in range(TRIES):
        with pytest.raises(WrongPassword):
            enters(database, ANNA, "fel")
    with pytest.raises(TooManyTries):
        enters(database, ANNA)
    assert run("reset-password", ANNA, "--password-stdin", given="kort\n").exit_code == 2
    done = run("reset-password", ANNA, "--password-stdin", given=OTHER + "\n")
    assert (done.exit_code, OTHER in done.output) == (0, False)
    assert signed_in(database, real_time, token) is None
    assert enters(database, ANNA, OTHER)


def test_a_lost_code_is_taken_away(run: Run, database: Database, people: dict[str, int]) -> None:
    with database.writing() as session:
        session.get_one(UserRow, people[ADA]).totp_secret = "A" * 32
    assert run("reset-totp", ADA).exit_code == 0
    assert enters(database, ADA)


@pytest.mark.parametrize("command", ["disable", "enable", "reset-password", "reset-totp"])
def test_an_account_that_does_not_exist(run: Run, database: Database, command: str) -> None:
    done = run(command, "nobody@kalmar.example")
    assert (done.exit_code, done.stdout, "there is no account for nobody@kalmar.example" in done.stderr) == (
        2,
        "",
        True,
    )


def test_what_was_done_is_in_the_audit_log(run: Run, database: Database, people: dict[str, int]) -> None:
    for command in ("disable", "enable", "reset-password", "reset-totp"):
        run(command, ANNA)
    with database.reading() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.detail == "command").order_by(AuditRow.id)).all()
    assert [(row.act, row.user_id, row.about_id) for row in rows] == [
        (act, None, people[ANNA]) for act in ("account_disable", "account_enable", "password_link", "code_reset")
    ]
