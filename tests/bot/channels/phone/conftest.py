"""The phone and its database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.tables import Base
from tests.bot.channels.phone.stand import Phone, Served


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
