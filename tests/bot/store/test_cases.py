"""The queue of what a person must deal with."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.address import Address
from bot.domain.case import Reason, Status, Urgency
from bot.store import cases, conversations, users
from bot.store.cases import NewCase
from bot.store.database import Database
from bot.store.tables import CaseRow
from tests.stand_ins import KURT, MONDAY, SVEA


@pytest.fixture
def svea(database: Database) -> int:
    with database.writing() as session:
        return conversations.begin(session, Address(SVEA), None, None, MONDAY)[1].id


def _new(
    conversation: int | None, reason: Reason = Reason.ASKED, urgency: Urgency = Urgency.NORMAL, **more: object
) -> NewCase:
    new = NewCase(
        conversation, SVEA, "sms", "sv", "kalmar", "library", "kalmar", reason, urgency, None, "Behov: swish."
    )
    return replace(new, **more)  # type: ignore[arg-type]


def _open(database: Database, new: NewCase, minutes: float = 0) -> tuple[int, bool]:
    with database.writing() as session:
        row, grew = cases.open_or_add(session, new, MONDAY + timedelta(minutes=minutes))
        return row.id, grew


def _row(database: Database, case_id: int) -> CaseRow:
    with database.reading() as session:
        return session.get_one(CaseRow, case_id)


def _resolve(database: Database, case_id: int) -> None:
    with database.writing() as session:
        session.get_one(CaseRow, case_id).status = Status.RESOLVED


def test_a_conversation_has_one_open_case_that_reasons_are_added_to(database: Database, svea: int) -> None:
    first, new = _open(database, _new(svea, topic="swish"))
    again, grew = _open(
        database, _new(svea, Reason.FRAUD, Urgency.HIGH, topic="fraud_suspected", summary="Lurad."), minutes=5
    )
    assert (first, new, grew) == (again, True, True)
    row = _row(database, first)
    assert (row.reasons, row.urgency, row.topic) == (["asked", "fraud"], "high", "swish")
    assert (row.opened_at, row.waiting_since) == (MONDAY, MONDAY)
    with database.reading() as session:
        assert cases.reason_of(row) == Reason.FRAUD
        assert [note.text for note in cases.notes(session, first)] == ["Ny anledning: fraud. Lurad."]


def test_urgency_never_falls_and_a_reason_is_told_once(database: Database, svea: int) -> None:
    case, _ = _open(database, _new(svea, Reason.EMERGENCY, Urgency.CRITICAL))
    for _ in range(2):
        assert _open(database, _new(svea, Reason.STUCK, topic="swish")) == (case, False)
    row = _row(database, case)
    assert (row.reasons, row.urgency, row.topic) == (["emergency", "stuck"], "critical", "swish")
    with database.reading() as session:
        assert len(cases.notes(session, case)) == 1


def test_a_resolved_case_is_left_alone_and_a_new_one_opened(database: Database, svea: int) -> None:
    first, _ = _open(database, _new(svea))
    _resolve(database, first)
    second, new = _open(database, _new(svea))
    assert (second != first, new) == (True, True)
    with database.reading() as session:
        newest, still_open = cases.latest_of(session, svea), cases.open_of(session, svea)
        assert newest
        assert still_open
        assert newest.id == still_open.id == second
        assert [row.id for row in cases.of_conversation(session, svea)] == [second, first]


def test_cases_without_a_conversation_are_not_put_together(database: Database) -> None:
    assert _open(database, _new(None)) != _open(database, _new(None))


def test_the_engine_sees_an_open_case_with_the_handledares_name(database: Database, svea: int) -> None:
    case, _ = _open(database, _new(svea))
    with database.writing() as session:
        anna = users.add(session, "anna@kalmar.example", "Anna", "handledare", "hash", MONDAY)
        row = session.get_one(CaseRow, case)
        row.status, row.claimed_by = Status.CLAIMED, anna.id
    with database.reading() as session:
        seen = cases.seen_by_engine(session, cases.latest_of(session, svea))
        assert seen
        assert (seen.status, seen.urgency, seen.reasons, seen.handledare) == (
            Status.CLAIMED,
            Urgency.NORMAL,
            (Reason.ASKED,),
            "Anna",
        )
        assert cases.seen_by_engine(session, None) is None
    _resolve(database, case)
    with database.reading() as session:
        assert cases.seen_by_engine(session, cases.latest_of(session, svea)) is None


def test_the_queue_is_most_urgent_first_then_waiting_longest(database: Database) -> None:
    opened = {
        name: _open(database, _new(None, urgency=urgency), minutes)[0]
        for name, urgency, minutes in [
            ("late normal", Urgency.NORMAL, 9),
            ("critical", Urgency.CRITICAL, 10),
            ("early normal", Urgency.NORMAL, 1),
            ("high", Urgency.HIGH, 8),
        ]
    }
    with database.reading() as session:
        ids = [row.id for row in cases.queue(session, (Status.WAITING,))]
    assert ids == [opened[name] for name in ("critical", "high", "early normal", "late normal")]


def test_the_queue_of_a_municipality_holds_its_own_and_those_of_none(database: Database) -> None:
    own, none, _ = (_open(database, _new(None, municipality=m))[0] for m in ("kalmar", None, "vara"))
    with database.reading() as session:
        assert [row.id for row in cases.queue(session, (Status.WAITING,), "kalmar")] == [own, none]
        assert len(cases.queue(session, (Status.WAITING,), limit=2)) == 2
        assert cases.queue(session, (Status.RESOLVED,)) == []


def test_lists_are_by_address_and_status_and_counts_by_status(database: Database) -> None:
    first, second = _open(database, _new(None))[0], _open(database, _new(None, address=KURT))[0]
    _resolve(database, second)
    with database.reading() as session:
        assert [row.id for row in cases.listed(session)] == [first, second]
        assert [row.id for row in cases.listed(session, KURT)] == [second]
        assert [row.id for row in cases.listed(session, SVEA, "resolved")] == []
        assert cases.count_by_status(session) == {"waiting": 1, "resolved": 1}
