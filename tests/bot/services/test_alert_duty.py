"""People on duty hear of an urgent case, and nothing of what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.case import Reason, Urgency
from bot.domain.duty import DutyPerson, Organisation
from bot.domain.events import Priority
from bot.domain.waiting import Alerts
from bot.services.alert_duty import alert_again, alert_duty, calm
from bot.store import cases
from bot.store.database import Database
from bot.store.tables import CaseRow, OutboxRow
from tests.stand_ins import DUTY_PHONE, KALMAR_TEAM, MONDAY, ORGANISATION, OUR_NUMBER, SVEA, VARA_NUMBER, VARA_TEAM


def _alerted(
    database: Database,
    urgency: Urgency,
    municipality: str | None = "kalmar",
    organisation: Organisation = ORGANISATION,
    phones: int = 1,
) -> tuple[bool, list[OutboxRow]]:
    team = replace(KALMAR_TEAM, duty_list=tuple(DutyPerson(f"{i}", f"+467017406{99 - i}") for i in range(phones)))
    new = cases.NewCase(
        None, SVEA, "sms", "sv", municipality, None, team.id, Reason.FRAUD, urgency, "swish", "Skrev: hemligt"
    )
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


@pytest.mark.parametrize(
    ("municipality", "sender"), [("vara", VARA_NUMBER), ("mjolby", OUR_NUMBER), (None, OUR_NUMBER)]
)
def test_it_goes_out_from_the_municipalitys_own_number_or_another_of_ours(
    database: Database, municipality: str | None, sender: str
) -> None:
    assert _alerted(database, Urgency.HIGH, municipality)[1][0].sender == sender


def test_without_any_number_of_ours_it_is_queued_for_the_channel_to_decide(database: Database) -> None:
    assert _alerted(database, Urgency.HIGH, organisation=replace(ORGANISATION, numbers=()))[1][0].sender == ""


LIST = (
    DutyPerson("first", DUTY_PHONE),
    DutyPerson("beside", email="jour@kalmar.example"),
    DutyPerson("later", "+46701740698", "chef@kalmar.example", timedelta(minutes=15)),
)
TEAM = replace(KALMAR_TEAM, duty_list=LIST)
WITH_MAIL = replace(
    ORGANISATION, writes_email=True, console="https://lotsen.example/console", alerts=Alerts(timedelta(minutes=10), 3)
)


def _begin(database: Database, organisation: Organisation = WITH_MAIL) -> None:
    new = cases.NewCase(
        None, SVEA, "sms", "sv", "kalmar", None, TEAM.id, Reason.FRAUD, Urgency.HIGH, "swish", "Skrev: hemligt"
    )
    with database.writing() as session:
        case, _ = cases.open_or_add(session, new, MONDAY)
        assert alert_duty(session, case, TEAM, organisation, MONDAY)


def _again(database: Database, at: datetime, organisation: Organisation = WITH_MAIL) -> list[str]:
    """Who is written to at that time."""
    with database.writing() as session:
        before = session.scalars(select(OutboxRow.id)).all()
        alert_again(session, session.get_one(CaseRow, 1), TEAM, organisation, at, at)
    with database.reading() as session:
        return list(
            session.scalars(select(OutboxRow.address).where(OutboxRow.id.not_in(before)).order_by(OutboxRow.id))
        )


def _row(database: Database) -> CaseRow:
    with database.reading() as session:
        return session.get_one(CaseRow, 1)


def test_each_in_their_time_and_again_until_it_has_been_enough(database: Database) -> None:
    _begin(database)
    with database.reading() as session:
        assert [row.address for row in session.scalars(select(OutboxRow).order_by(OutboxRow.id))] == [
            DUTY_PHONE,
            "jour@kalmar.example",
        ]
    told = {}
    for minute in range(1, 61):
        if to := _again(database, MONDAY + timedelta(minutes=minute)):
            told[minute] = to
    first, later = [DUTY_PHONE, "jour@kalmar.example"], ["+46701740698", "chef@kalmar.example"]
    assert told == {10: first, 15: later, 20: first, 25: later, 35: later}
    assert (_row(database).alert_at, _row(database).alerts) == (None, 9)


def test_after_a_pause_nobody_is_written_to_twice_at_once(database: Database) -> None:
    _begin(database)
    assert _again(database, MONDAY + timedelta(hours=5)) == [
        DUTY_PHONE,
        "jour@kalmar.example",
        "+46701740698",
        "chef@kalmar.example",
    ]
    assert _again(database, MONDAY + timedelta(hours=6)) == []


def test_without_a_mail_server_no_e_mail_is_queued(database: Database) -> None:
    without = replace(WITH_MAIL, writes_email=False)
    _begin(database, without)
    assert _again(database, MONDAY + timedelta(minutes=15), without) == [DUTY_PHONE, "+46701740698"]


def test_an_e_mail_says_number_and_way_and_nothing_personal(database: Database) -> None:
    _begin(database)
    with database.reading() as session:
        letter = session.scalars(select(OutboxRow).where(OutboxRow.channel == "email")).one()
        sms = session.scalars(select(OutboxRow).where(OutboxRow.channel == "sms")).one()
    assert letter.text.splitlines()[0] == "Ärende 1 i Lotsen är brådskande"
    assert (letter.priority, letter.case_id, letter.sender) == (Priority.DANGER, 1, "")
    assert sms.segments == 1
    for text in (letter.text, sms.text):
        assert "https://lotsen.example/console/cases/1" in text
        assert not any(secret in text for secret in (SVEA, SVEA[-3:], "hemligt", "swish", "Kalmar"))


def test_a_list_that_has_become_shorter_ends_the_alerts(database: Database) -> None:
    _begin(database)
    shorter = replace(WITH_MAIL, alerts=Alerts(timedelta(minutes=10), 0))
    assert _again(database, MONDAY + timedelta(minutes=10), shorter) == []
    assert _row(database).alert_at is None


def test_what_grows_begins_anew(database: Database) -> None:
    _begin(database)
    _again(database, MONDAY + timedelta(minutes=10))
    later = MONDAY + timedelta(minutes=12)
    with database.writing() as session:
        case = session.get_one(CaseRow, 1)
        case.urgency = Urgency.CRITICAL
        assert alert_duty(session, case, TEAM, WITH_MAIL, later)
    assert (_row(database).alerts, _row(database).alert_at) == (2, later + timedelta(minutes=10))


def test_whoever_takes_it_takes_back_what_was_not_sent(database: Database) -> None:
    _begin(database)
    with database.writing() as session:
        first, _ = session.scalars(select(OutboxRow).order_by(OutboxRow.id))
        first.status = "sent"
        case = session.get_one(CaseRow, 1)
        case.alarm = 2
        calm(session, case)
    with database.reading() as session:
        assert [row.status for row in session.scalars(select(OutboxRow).order_by(OutboxRow.id))] == [
            "sent",
            "cancelled",
        ]
    case = _row(database)
    assert (case.alarm, case.alerts, case.alert_at) == (0, 0, None)
    assert _again(database, MONDAY + timedelta(hours=1)) == []
