"""The phone, its database and a browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.store.database import Database
from bot.store.tables import Base
from tests.bot.channels.phone.stand import Phone, Served

CHROMIUM = Path("/usr/bin/chromium")
_missed: list[str] = []


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'phone.db'}")
    Base.metadata.create_all(made.engine)
    yield made
    made.close()


@pytest.fixture
def phone(database: Database) -> Phone:
    return Phone(database)


@pytest.fixture
def served(phone: Phone) -> Iterator[Served]:
    made = Served(phone)
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real Chromium; without one the test is skipped aloud, and fails where CI=true."""
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is missing (apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(f"the phone's page must be tested where CI=true: {reason}")
        _missed.append(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=args)
        yield browser
        browser.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says aloud what was not tested."""
    if _missed:
        terminalreporter.section("THE PHONE'S PAGE WAS NOT TESTED IN A BROWSER", sep="!", red=True, bold=True)
        terminalreporter.line(_missed[0])
