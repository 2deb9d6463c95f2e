"""Two turns that write to each other's person at the same moment do not wait for one another."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from bot.domain.address import Address
from bot.domain.events import Answered
from bot.services.queue_answer import queue_answer
from bot.store import conversations
from bot.store.database import Database
from bot.store.tables import OutboxRow
from tests.bot.linking import ELDER, OTHER, RELATIVE, Linking
from tests.groups import add_resident
from tests.stand_ins import MONDAY


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_each_stores_a_message_to_the_other_one(database: Database) -> None:
    """Both hold their own conversation until both have written; SQLite has one writer at a time anyway."""
    people = {who: add_resident(database, who) for who in (ELDER, RELATIVE)}
    both_hold, both_wrote = Barrier(2, timeout=20), Barrier(2, timeout=20)
    faults: list[Exception] = []

    def turn(own: str, other: str) -> None:
        try:
            with database.writing() as session:
                conversations.lock(session, people[own])
                both_hold.wait()
                found = conversations.of_address(session, Address(other))
                assert found
                queue_answer(session, people[other], found[0], Answered("hej"), MONDAY, MONDAY, author="bot")
                session.flush()
                both_wrote.wait()
        except Exception as fault:
            faults.append(fault)

    threads = [Thread(target=turn, args=pair) for pair in ((ELDER, RELATIVE), (RELATIVE, ELDER))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert faults == []
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(OutboxRow)) == 2


def test_two_relatives_at_once_for_a_number_that_never_wrote(database: Database) -> None:
    """One conversation is begun for it, and each question is put once."""
    town = Linking(database)
    for who in (RELATIVE, OTHER):
        town.post.comes("jag heter Anna och vill följa min pappa, 070-174 06 05", "relative_help", who)
    town.clock.pass_(seconds=5)
    threads = [Thread(target=town.post.think) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    town.clock.pass_(seconds=5)
    town.post.think()
    assert len(town.to(ELDER)) == 2
    assert town.status() == ["asked", "asked"]
    assert len({link.elder_id for link in town.links()}) == 1


def test_the_yes_and_the_withdrawal_at_once(database: Database) -> None:
    """Whichever comes first, nothing goes on after the relative has withdrawn."""
    town = Linking(database)
    town.asks()
    town.post.comes("JA", sender=ELDER)
    town.post.comes("sluta följa pappa", "stop", RELATIVE)
    town.clock.pass_(seconds=5)
    threads = [Thread(target=town.post.think) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    town.clock.pass_(seconds=5)
    town.post.think()
    assert town.status() == ["ended"]
