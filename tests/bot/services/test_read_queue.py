"""What the queue shows, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.case import Reason, Status, Urgency
from bot.services.read_queue import View, pulse, queue
from bot.services.viewer import Viewer, viewer
from bot.store import cases, users
from bot.store.database import Database
from bot.store.tables import CaseRow, UserRow
from tests.stand_ins import MONDAY, ORGANISATION, SettableClock

CLOCK = SettableClock()


def opened(
    database: Database,
    waited: int = 10,
    urgency: Urgency = Urgency.NORMAL,
    municipality: str | None = "kalmar",
    status: Status = Status.WAITING,
    by: int | None = None,
) -> int:
    """A case without a conversation that has waited so many minutes."""
    at = MONDAY - timedelta(minutes=waited)
    new = cases.NewCase(None, None, "sms", "sv", municipality, None, "team", Reason.ASKED, urgency, None, "kort")
    with database.writing() as session:
        row, _ = cases.open_or_add(session, new, at)
        row.status, row.claimed_by = status, by
        row.waiting_since = None if status in (Status.ANSWERED, Status.RESOLVED) else at
        row.resolved_at = at if status == Status.RESOLVED else None
        return row.id


@pytest.fixture
def anna(database: Database) -> UserRow:
    with database.writing() as session:
        return users.add(session, "anna@bibliotek.example", "Anna", "handledare", "hash", MONDAY)


def shown(database: Database, who: Viewer, view: View) -> list[int]:
    return [line.id for line in queue(database, CLOCK, who, view).lines]


def test_the_most_urgent_then_the_longest_waiting(database: Database, anna: UserRow) -> None:
    late, early = opened(database, 5), opened(database, 50)
    high, critical = opened(database, 1, Urgency.HIGH), opened(database, 0, Urgency.CRITICAL)
    assert shown(database, Viewer(anna.id), View.WAITING) == [critical, high, early, late]


def test_the_lists_and_their_counts(database: Database, anna: UserRow) -> None:
    waiting = opened(database)
    mine = opened(database, status=Status.CLAIMED, by=anna.id)
    answered = opened(database, status=Status.ANSWERED, by=anna.id)
    old = opened(database, 100, status=Status.RESOLVED, by=anna.id)
    new = opened(database, 2, status=Status.RESOLVED, by=anna.id)
    who = Viewer(anna.id)
    assert shown(database, who, View.WAITING) == [waiting]
    assert set(shown(database, who, View.MINE)) == {mine, answered}
    assert set(shown(database, who, View.OPEN)) == {waiting, mine, answered}
    assert shown(database, who, View.ANSWERED) == [answered]
    assert shown(database, who, View.RESOLVED) == [new, old]
    assert queue(database, CLOCK, who, View.WAITING).counts == {
        View.WAITING: 1,
        View.MINE: 2,
        View.OPEN: 3,
        View.ANSWERED: 1,
        View.RESOLVED: 2,
    }
    (line,) = queue(database, CLOCK, who, View.ANSWERED).lines
    assert (line.handledare, line.claimed_by, line.reasons) == ("Anna", anna.id, (Reason.ASKED,))


def test_a_viewer_sees_their_municipality_and_nobodys(database: Database, anna: UserRow) -> None:
    ours, named, nobodys = (opened(database, municipality=m) for m in ("kalmar", "Kalmar", None))
    theirs = opened(database, municipality="vara")
    anna.municipality = "kalmar"
    who = viewer(anna, ORGANISATION)
    assert who == Viewer(anna.id, ("kalmar", "Kalmar"))
    assert set(shown(database, who, View.OPEN)) == {ours, named, nobodys}
    assert queue(database, CLOCK, who, View.OPEN).counts[View.OPEN] == 3
    anna.municipality = None
    assert set(shown(database, viewer(anna, ORGANISATION), View.OPEN)) == {ours, named, nobodys, theirs}


def test_the_pulse_changes_with_every_change_and_only_then(database: Database) -> None:
    seen = [pulse(database, Viewer(0))]
    assert (seen[0].waiting, seen[0].urgent) == (0, 0)
    case = opened(database)
    seen.append(pulse(database, Viewer(0)))
    assert pulse(database, Viewer(0)) == seen[-1]
    assert pulse(database, Viewer(0, ("vara",))) == seen[0]
    opened(database, urgency=Urgency.CRITICAL)
    seen.append(pulse(database, Viewer(0)))
    assert (seen[-1].waiting, seen[-1].urgent) == (2, 1)
    with database.writing() as session:
        session.get_one(CaseRow, case).version += 1
    seen.append(pulse(database, Viewer(0)))
    with database.writing() as session:
        session.get_one(CaseRow, case).status = Status.RESOLVED
    seen.append(pulse(database, Viewer(0)))
    assert len({found.version for found in seen}) == len(seen)
