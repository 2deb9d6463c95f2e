"""People on duty hear of an urgent case, and nothing of what it is about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.domain.case import Reason, Urgency
from bot.domain.duty import DutyPerson, Organisation
from bot.domain.events import Priority
from bot.services.alert_duty import alert_duty
from bot.store import cases
from bot.store.database import Database
from bot.store.tables import OutboxRow
from tests.stand_ins import DUTY_PHONE, KALMAR_TEAM, MONDAY, ORGANISATION, OUR_NUMBER, SVEA, VARA_NUMBER, VARA_TEAM


def _alerted(
    database: Database, urgency: Urgency, municipality: str | None = "kalmar", organisation: Organisation = ORGANISATION, phones: int = 1
) -> tuple[bool, list[OutboxRow]]:
    team = replace(KALMAR_TEAM, duty_list=tuple(DutyPerson(f"{i}", f"+467017406{99 - i}") for i in range(phones)))
    new = cases.NewCase(None, SVEA, "sms", "sv", municipality, None, team.id, Reason.FRAUD, urgency, "swish", "Skrev: hemligt")
    with database.writing() as session:
        case, _ = cases.open_or_add(session, new, MONDAY)
        queued = alert_duty(session, case, team, organisation, MONDAY)
    with database.reading() as session:
        return queued, list(session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


def test_everyone_on_the_list_is_told_before_all_else(database: Database) -> None:
    queued, rows = _alerted(database, Urgency.CRITICAL, phones=2)
    assert queued
    assert [row.address for row in rows] == [DUTY_PHONE, "+46701740698"]
    assert {(row.priority, row.channel, row.sender, row.case_id, row.segments) for row in rows} == {
        (Priority.DANGER, "sms", OUR_NUMBER, 1, 1)
    }


@pytest.mark.parametrize(("urgency", "word"), [(Urgency.HIGH, "brådskande"), (Urgency.CRITICAL, "akut")])
def test_the_text_says_how_urgent_and_nothing_personal(database: Database, urgency: Urgency, word: str) -> None:
    _, (row,) = _alerted(database, urgency)
    assert word in row.text
    assert not any(secret in row.text for secret in (SVEA, SVEA[-3:], "hemligt", "swish"))


def test_a_normal_case_alerts_nobody(database: Database) -> None:
    assert _alerted(database, Urgency.NORMAL) == (False, [])


def test_an_empty_list_is_not_counted_as_told(database: Database) -> None:
    assert not VARA_TEAM.duty_list
    assert _alerted(database, Urgency.HIGH, phones=0) == (False, [])


@pytest.mark.parametrize(("municipality", "sender"), [("vara", VARA_NUMBER), ("mjolby", OUR_NUMBER), (None, OUR_NUMBER)])
def test_it_goes_out_from_the_municipalitys_own_number_or_another_of_ours(
    database: Database, municipality: str | None, sender: str
) -> None:
    assert _alerted(database, Urgency.HIGH, municipality)[1][0].sender == sender


def test_without_any_number_of_ours_it_is_queued_for_the_channel_to_decide(database: Database) -> None:
    assert _alerted(database, Urgency.HIGH, organisation=replace(ORGANISATION, numbers=()))[1][0].sender == ""
