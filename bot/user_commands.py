"""The commands `lotsen user ...`: accounts of the console."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Annotated, NoReturn

import typer

from bot.services import run_accounts
from bot.services.accounts import AccountFault, add_user
from bot.store.database import Database
from bot.wiring import real_time

Email = Annotated[str, typer.Argument(help="What the person signs in with.")]
PasswordStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


def add_user_commands(
    app: typer.Typer,
    opened: Callable[[], AbstractContextManager[Database]],
    public_url: Callable[[], str],
    fail: Callable[[str, int], NoReturn],
) -> None:
    """`opened` opens the database, `public_url` begins links, `fail` ends the command with a message and a code."""

    @contextmanager
    def database() -> Iterator[Database]:
        try:
            with opened() as found:
                yield found
        except AccountFault as fault:
            fail(str(fault), 2)

    @app.command("list")
    def list_(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
        """Every account, those who can sign in first."""
        with database() as found:
            rows = run_accounts.listed(found)
        if as_json:
            typer.echo(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            typer.echo("  ".join(f"{key}={value}" for key, value in row.items()))

    @app.command()
    def add(
        email: Email,
        role: Annotated[str, typer.Option(help="handledare, samordnare, admin or reader.")],
        password_stdin: PasswordStdin = False,
        name: Annotated[str, typer.Option(help="First name or role, as residents and colleagues see it.")] = "",
        municipality: Annotated[
            str | None, typer.Option(help="Whose cases the person sees; all when left out.")
        ] = None,
        unit: Annotated[str | None, typer.Option(help="The unit within the municipality.")] = None,
    ) -> None:
        """Adds a console account."""
        if not password_stdin:
            fail("give the password on standard input, with --password-stdin; it would be seen on the command line", 2)
        with database() as found:
            add_user(found, real_time, email, role, _password(), name, municipality, unit)
        typer.echo(f"{email} can sign in")

    @app.command()
    def disable(email: Email) -> None:
        """Disables an account; what the person did is kept."""
        with database() as found:
            run_accounts.disable(found, real_time, email)
        typer.echo(f"{email} cannot sign in any more")

    @app.command()
    def enable(email: Email) -> None:
        """Enables an account again."""
        with database() as found:
            run_accounts.enable(found, real_time, email)
        typer.echo(f"{email} can sign in again")

    @app.command("reset-password")
    def reset_password(email: Email, password_stdin: PasswordStdin = False) -> None:
        """Prints a link where the person chooses a new password, or sets the one on standard input."""
        with database() as found:
            if password_stdin:
                run_accounts.set_password(found, real_time, email, _password())
                typer.echo(f"{email} has the new password, and is signed out everywhere")
                return
            made = run_accounts.make_password_link(found, real_time, email)
        typer.echo(f"{public_url()}/console/invitation/{made.token}")
        typer.echo(
            f"for {made.email} and nobody else; works once, until {made.until.isoformat(timespec='minutes')}", err=True
        )

    @app.command("reset-totp")
    def reset_totp(email: Email) -> None:
        """Takes away the code at sign-in, for somebody whose phone and recovery codes are gone."""
        with database() as found:
            run_accounts.reset_totp(found, real_time, email)
        typer.echo(
            f"{email} signs in with the password alone; where a code is required, it is asked to be set up again"
        )


def _password() -> str:
    return sys.stdin.readline().rstrip("\r\n")
