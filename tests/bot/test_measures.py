"""GET /metrics, from the rows."""

from __future__ import annotations

import pytest
from prometheus_client import generate_latest

from bot.measures import make_registry
from bot.store import outbox
from bot.store.database import Database
from tests.stand_ins import SVEA, Post


def lines(database: Database) -> dict[str, float]:
    """What a scraper reads."""
    text = generate_latest(make_registry(database)).decode()
    return {
        name: float(value)
        for name, _, value in (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    }


def test_an_empty_database_has_its_figures_too(database: Database) -> None:
    assert lines(database) == {"lotsen_database_up": 1, "lotsen_inbox_waiting": 0}


def test_messages_cases_and_doubts_are_counted(database: Database) -> None:
    post = Post(database)
    post.comes("jag vill prata med någon", "human")
    assert lines(database)["lotsen_inbox_waiting"] == 1
    post.clock.pass_(seconds=3)
    post.think()
    with database.writing() as session:
        row = outbox.listed(session, SVEA)[0]
        row.doubts = 2
        queued = len(outbox.listed(session))
    found = lines(database)
    assert found["lotsen_inbox_waiting"] == 0
    assert found['lotsen_messages_total{author="resident",channel="sms",direction="in"}'] == 1
    assert found['lotsen_outbox_messages{channel="sms",status="queued"}'] == queued
    assert found['lotsen_outbox_doubts_total{channel="sms"}'] == 2
    assert sum(value for name, value in found.items() if name.startswith('lotsen_cases{status="waiting"')) == 1


def test_nobodys_number_or_words_are_among_the_figures(database: Database) -> None:
    post = Post(database)
    post.says("jag heter Gunvor", "human")
    text = generate_latest(make_registry(database)).decode()
    assert SVEA not in text and SVEA[1:] not in text and "Gunvor" not in text


def test_a_database_that_is_away_is_a_figure_and_no_fault() -> None:
    away = Database("postgresql://lotsen@127.0.0.1:1/lotsen")
    assert lines(away) == {"lotsen_database_up": 0}
    away.close()


@pytest.mark.parametrize("available", [True, False])
def test_whether_rasa_answers_is_told_where_it_is_used(database: Database, available: bool) -> None:
    text = generate_latest(make_registry(database, lambda: available)).decode()
    assert f"lotsen_rasa_available {float(available)}" in text
    assert "rasa" not in generate_latest(make_registry(database)).decode()


def test_two_registries_do_not_know_each_other(database: Database) -> None:
    make_registry(database)
    assert lines(database)["lotsen_database_up"] == 1
