"""The stamp is another one after every write, and only then."""

from __future__ import annotations

from bot.store.changes import Changes
from bot.store.database import Database
from bot.store.tables import ClockRow


def test_the_stamp_changes_with_every_commit_and_only_then(database: Database, database_url: str) -> None:
    changes = Changes(database)
    seen = [changes.stamp()]
    assert changes.stamp() == seen[0]
    other = Database(database_url)
    for number, writer in enumerate((database, other)):
        with writer.writing() as session:
            session.add(ClockRow(id=number, offset_seconds=7))
        seen.append(changes.stamp())
    with database.reading() as session:
        session.get(ClockRow, 1)
    assert changes.stamp() == seen[-1]
    assert len(set(seen)) == 3
    changes.close()
    other.close()


def test_a_slow_transaction_is_seen_though_a_later_one_ended_before_it(database: Database) -> None:
    if database.is_sqlite:  # one writer at a time
        return
    changes = Changes(database)
    with database.writing() as slow:
        slow.add(ClockRow(id=1, offset_seconds=1))
        slow.flush()
        with database.writing() as quick:
            quick.add(ClockRow(id=2, offset_seconds=2))
        between = changes.stamp()
    assert changes.stamp() != between
