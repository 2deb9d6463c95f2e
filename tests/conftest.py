"""Databases and a browser for tests: every test that asks for `database` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import structlog
from playwright.sync_api import Browser
from sqlalchemy import create_engine, text

from bot.store.database import Database
from bot.store.tables import Base
from tests import browser, postgres_server
from tests.order import longest_first

BOTH = ("sqlite", "postgresql")
_MADE = "made"
_numbers = count(1)


@pytest.fixture(scope="session", autouse=True)
def _plain_logs() -> None:
    """Tracebacks as Python writes them: the coloured ones that structlog begins with take seconds, and show every local variable."""
    structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()])


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgres_server.PostgresServer]:
    """A PostgreSQL server for this run of the tests; where there is none the test is skipped, and fails with CI=true."""
    try:
        server = postgres_server.start()
    except postgres_server.NoPostgres as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"PostgreSQL must be tested where CI=true: {error}")
        pytest.skip(f"PostgreSQL is not tested: {error}")
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def made_postgres(postgres: postgres_server.PostgresServer) -> postgres_server.PostgresServer:
    """The server, with a database that has the tables; each test gets it emptied, which is quicker than a new one."""
    _on_server(postgres, f"CREATE DATABASE {_MADE}")
    engine = create_engine(postgres.url(_MADE))
    Base.metadata.create_all(engine)
    engine.dispose()
    return postgres


@pytest.fixture(scope="session")
def made_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that has the tables, to copy from."""
    path = tmp_path_factory.mktemp("sqlite") / "made.db"
    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    engine.dispose()
    return path


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a database without any table is; once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'lotsen.db'}"
        return
    server, name = request.getfixturevalue("postgres"), f"empty_{next(_numbers)}"
    _on_server(server, f"CREATE DATABASE {name}")
    yield server.url(name)
    _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a fresh database with all tables is; once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "lotsen.db"
        shutil.copy(request.getfixturevalue("made_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("made_postgres")
    _empty(server)
    yield server.url(_MADE)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database with all tables; once on SQLite and once on PostgreSQL."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """It lives for one file only: Playwright's synchronous API has an event loop running meanwhile, beside which no asynchronous test can run."""
    with browser.chromium() as opened:
        yield opened


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = longest_first(items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says aloud what was not tested, read from the reports: with several workers the tests run in other processes."""
    reasons = {
        str(report.longrepr[2]).removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", ())
        if isinstance(report.longrepr, tuple)
    }
    for reason in sorted(reason for reason in reasons if "not tested" in reason):
        terminalreporter.section("NOT TESTED", sep="!", red=True, bold=True)
        terminalreporter.line(reason)


def _empty(server: postgres_server.PostgresServer) -> None:
    """Ends what an earlier test left open, removes every row (quicker than TRUNCATE), and lets ids begin at 1 again."""
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}' AND pid <> pg_backend_pid()"
    _on_server(server, others.format(_MADE))
    emptied = [f'DELETE FROM "{table}"' for table in reversed(Base.metadata.sorted_tables)]
    counted = "SELECT setval(quote_ident(sequencename)::regclass, 1, false) FROM pg_sequences"
    _on_server(server, "; ".join([*emptied, counted]), _MADE)


def _on_server(server: postgres_server.PostgresServer, statement: str, name: str = "postgres") -> None:
    engine = create_engine(server.url(name), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
