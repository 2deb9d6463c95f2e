"""Several processes look after the cases at the same moment: each alert goes out once, and each case goes back once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.domain.address import Address
from bot.domain.case import Reason, Status, Urgency
from bot.store import cases, conversations, users
from bot.store.database import Database
from bot.store.tables import CaseNoteRow, CaseRow, OutboxRow
from tests.stand_ins import DUTY_PHONE, MONDAY

NUMBER = 12


def _cases(database: Database, urgency: Urgency) -> None:
    with database.writing() as session:
        for i in range(NUMBER):
            _, row = conversations.begin(session, Address(f"+467017406{20 + i}"), "kalmar", "library", MONDAY)
            new = cases.NewCase(
                row.id, None, "sms", "sv", "kalmar", "library", "kalmar", Reason.ASKED, urgency, None, ""
            )
            cases.open_or_add(session, new, MONDAY)


def test_those_on_duty_get_each_alert_once(workers: Any, database: Database) -> None:
    _cases(database, Urgency.HIGH)
    for minutes in (0, 1, 10, 11, 20):
        workers.together("tend_cases", at=(MONDAY + timedelta(minutes=minutes)).isoformat())
    with database.reading() as session:
        rows = session.scalars(select(OutboxRow)).all()
        told = {case_id: [row.address for row in rows if row.case_id == case_id] for case_id in range(1, NUMBER + 1)}
        assert told == {case_id: [DUTY_PHONE] * 3 for case_id in range(1, NUMBER + 1)}
        assert {(row.alarm, row.alerts, row.version) for row in session.scalars(select(CaseRow))} == {(1, 3, 1)}


def test_what_was_left_alone_goes_back_once(workers: Any, database: Database) -> None:
    _cases(database, Urgency.NORMAL)
    with database.writing() as session:
        anna = users.add(session, "anna@kalmar.example", "Anna", "handledare", "hash", MONDAY)
        for row in session.scalars(select(CaseRow)):
            row.status, row.claimed_by, row.claimed_at = Status.CLAIMED, anna.id, MONDAY
    workers.together("tend_cases", at=(MONDAY + timedelta(minutes=60)).isoformat())
    with database.reading() as session:
        assert {(row.status, row.claimed_by, row.waiting_since) for row in session.scalars(select(CaseRow))} == {
            ("waiting", None, MONDAY)
        }
        assert sorted(session.scalars(select(CaseNoteRow.case_id))) == list(range(1, NUMBER + 1))
