"""What the queue shows, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.case import Reason, Status, Urgency
from bot.services import read_queue
from bot.services.queue_filter import Filter
from bot.services.read_queue import PAGE, View, list_version, pulse, queue
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


def test_a_filter_holds_for_the_list_and_for_every_count(database: Database, anna: UserRow) -> None:
    who = Viewer(anna.id)
    ours, theirs = opened(database), opened(database, municipality="vara")
    high = opened(database, urgency=Urgency.HIGH, status=Status.CLAIMED, by=anna.id)
    old = opened(database, status=Status.RESOLVED)
    with database.writing() as session:
        for number, values in (
            (ours, {"unit": "library", "topic": "swish"}),
            (high, {"topic": "swish", "channel": "telegram"}),
            (old, {"language": "en"}),
        ):
            for name, value in values.items():
                setattr(session.get_one(CaseRow, number), name, value)

    def found(view: View = View.OPEN, **wanted: object) -> list[int]:
        return [line.id for line in queue(database, CLOCK, who, view, Filter(**wanted)).lines]  # type: ignore[arg-type]

    assert found() == [high, ours, theirs]
    assert found(municipalities=("kalmar", "Kalmar")) == [high, ours]
    assert found(unit="library") == [ours]
    assert found(urgency="high") == [high]
    assert found(topic="swish") == [high, ours]
    assert found(topic="swish", channel="telegram") == [high]
    assert found(View.RESOLVED, language="en") == [old]
    assert found(View.RESOLVED, language="sv") == []
    page = queue(database, CLOCK, who, View.WAITING, Filter(municipalities=("kalmar",)))
    assert page.counts == {View.WAITING: 1, View.MINE: 1, View.OPEN: 2, View.ANSWERED: 0, View.RESOLVED: 1}
    assert (page.topics, page.channels, page.languages) == (("swish",), ("sms", "telegram"), ("sv",))


def test_a_filter_shows_nothing_that_one_may_not_see(database: Database, anna: UserRow) -> None:
    opened(database, municipality="vara")
    page = queue(database, CLOCK, Viewer(anna.id, ("kalmar",)), View.OPEN, Filter(municipalities=("vara",)))
    assert page.lines == ()
    assert set(page.counts.values()) == {0}


def test_pages_follow_each_other_without_a_case_twice_or_lost(database: Database, anna: UserRow) -> None:
    made = [opened(database, waited=500 - i) for i in range(PAGE * 2 + 3)]
    pages = [queue(database, CLOCK, Viewer(anna.id), View.WAITING, page=page) for page in (1, 2, 3, 4)]
    assert [len(page.lines) for page in pages] == [PAGE, PAGE, 3, 0]
    assert [page.more for page in pages] == [True, True, False, False]
    assert [line.id for page in pages for line in page.lines] == made
    assert {page.counts[View.WAITING] for page in pages} == {len(made)}


def test_resolved_cases_are_counted_so_far_and_no_further(
    database: Database, anna: UserRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        opened(database, status=Status.RESOLVED)
    monkeypatch.setattr(read_queue, "COUNTED", 2)
    assert queue(database, CLOCK, Viewer(anna.id), View.OPEN).counts[View.RESOLVED] == 3


def test_the_pulse_knows_the_newest_urgent_case_and_who_has_waited_too_long(database: Database) -> None:
    case, urgent = opened(database), opened(database, urgency=Urgency.HIGH)
    before = pulse(database, Viewer(0))
    assert (before.newest_urgent, before.alarmed) == (urgent, 0)
    for alarm, alarmed in ((2, 0), (3, 1)):
        with database.writing() as session:
            session.get_one(CaseRow, case).alarm = alarm
        now = pulse(database, Viewer(0))
        assert now.alarmed == alarmed
        assert now.version != before.version
    assert pulse(database, Viewer(0, ("vara",))).alarmed == 0
    with database.writing() as session:
        session.get_one(CaseRow, urgent).status = Status.CLAIMED
        session.get_one(CaseRow, case).status = Status.RESOLVED
    after = pulse(database, Viewer(0))
    assert (after.newest_urgent, after.alarmed) == (0, 0)
    assert [line.alarm for line in queue(database, CLOCK, Viewer(0), View.RESOLVED).lines] == [3]


def test_the_version_of_the_lists_changes_with_what_they_show_and_not_with_each_message(
    database: Database, anna: UserRow
) -> None:
    case, other = opened(database), opened(database, municipality="vara")
    kalmar = Viewer(anna.id, ("kalmar",))
    seen = [list_version(database, kalmar)]
    for number, change in (
        (case, {"version": 7}),
        (other, {"urgency": "high"}),
        (case, {"alert_at": MONDAY, "alerts": 1}),
    ):
        with database.writing() as session:
            for name, value in change.items():
                setattr(session.get_one(CaseRow, number), name, value)
        assert list_version(database, kalmar) == seen[0]
    for change in (
        {"urgency": "high"}, {"alarm": 1}, {"person_name": "Svea"}, {"topic": "swish"}, {"reasons": ["asked", "stuck"]}, {"unit": "library"},
        {"summary": "något längre"}, {"status": "claimed", "claimed_by": anna.id}, {"waiting_since": MONDAY}, {"status": "resolved"},
    ):  # fmt: skip
        with database.writing() as session:
            for name, value in change.items():
                setattr(session.get_one(CaseRow, case), name, value)
        seen.append(list_version(database, kalmar))
    assert len(set(seen)) == len(seen)
    assert list_version(database, Viewer(anna.id, ("mjolby",))) == seen[-1]
