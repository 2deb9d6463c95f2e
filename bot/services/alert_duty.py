"""Tells the people on duty, outside the console, that an urgent case waits: by SMS and e-mail, again and again until somebody takes it.

Rules:
1. No content goes with it, only the case's number and the way to the console: a phone may lie on a table.
2. Each person on the list has a time of their own (`after`), counted from the first alert, and is written to again as the organisation's alerts say.
   The quiet hours do not count: this is what the duty is for.
3. The case knows how far it has come: `alerts` is how many of the list's times have passed, `alert_at` (business time) when the next one comes.
4. Whoever takes or ends the case calls `calm`, in the same transaction.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.domain.case import Status, Urgency
from bot.domain.delivery import PENDING, Delivery
from bot.domain.duty import DutyPerson, Organisation, Team
from bot.domain.events import Priority
from bot.domain.sms_text import prepare
from bot.domain.waiting import plan
from bot.services.write_email import queue_email
from bot.store.clock import business_time
from bot.store.tables import CaseRow, OutboxRow

_WORDS = {Urgency.HIGH: "brådskande", Urgency.CRITICAL: "akut"}


def alert_duty(session: Session, case: CaseRow, team: Team, organisation: Organisation, real: datetime) -> bool:
    """Begins anew with the team's duty list when the case is high or critical; True when something was queued.

    Of a case that somebody has already they are told once. `real` is real time.
    """
    if not word(case):
        return False
    now = business_time(session, real)
    case.alerts = 0
    queued = _write(session, case, team, organisation, now, now, real)
    if case.status != Status.WAITING:
        case.alerts, case.alert_at = 0, None
    return queued


def alert_again(
    session: Session, case: CaseRow, team: Team, organisation: Organisation, now: datetime, real: datetime
) -> bool:
    """Writes to those whose time has come; True when something was queued. `now` is business time."""
    if case.alert_at is None or case.alert_at > now:
        return False
    times = _plan(team, organisation)
    if case.alerts >= len(times):  # the list has become shorter meanwhile
        case.alert_at = None
        return False
    return _write(session, case, team, organisation, case.alert_at - times[case.alerts][0], now, real)


def calm(session: Session, case: CaseRow) -> None:
    """Somebody has the case, or it is over: nobody is reminded of it, and what was not sent yet is taken back."""
    case.alarm = case.alerts = 0
    case.alert_at = None
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.case_id == case.id, OutboxRow.conversation_id.is_(None), OutboxRow.status.in_(PENDING))
        .values(status=Delivery.CANCELLED)
        .execution_options(synchronize_session=False)
    )


def word(case: CaseRow) -> str:
    """How urgent, in a word; empty for a normal case."""
    return _WORDS.get(Urgency(case.urgency), "")


def link(organisation: Organisation, case: CaseRow) -> str:
    """Where the case is, for whoever may see it."""
    return f"{organisation.console}/cases/{case.id}" if organisation.console else "Öppna konsolen."


def _plan(team: Team, organisation: Organisation) -> tuple[tuple[timedelta, DutyPerson], ...]:
    return plan([(person.after, person) for person in team.duty_list], organisation.alerts)


def _write(
    session: Session,
    case: CaseRow,
    team: Team,
    organisation: Organisation,
    began: datetime,
    now: datetime,
    real: datetime,
) -> bool:
    """Does all times of the list until `now`; who would be written to several times at once is written to once."""
    times = _plan(team, organisation)
    due = [person for at, person in times[case.alerts :] if began + at <= now]
    case.alerts += len(due)
    case.alert_at = began + times[case.alerts][0] if case.alerts < len(times) else None
    told = [_tell(session, case, person, organisation, real) for person in dict.fromkeys(due)]
    return any(told)


def _tell(session: Session, case: CaseRow, person: DutyPerson, organisation: Organisation, real: datetime) -> bool:
    if person.phone:
        _queue_sms(session, case, person, organisation, real)
    if person.email and organisation.writes_email:
        queue_email(session, person.email, _letter(case, organisation), real, case.id)
    return bool(person.phone or (person.email and organisation.writes_email))


def _queue_sms(session: Session, case: CaseRow, person: DutyPerson, organisation: Organisation, real: datetime) -> None:
    sender = next(
        (n.number for n in organisation.numbers if n.municipality and n.municipality == case.municipality), ""
    )
    ready = prepare(f"Lotsen: ärende {case.id} är {word(case)} och väntar på en människa. {link(organisation, case)}")
    session.add(
        OutboxRow(
            case_id=case.id,
            address=person.phone,
            channel="sms",
            sender=sender or organisation.default_number,
            text=ready.text,
            buttons=[],
            segments=ready.segments,
            priority=Priority.DANGER,
            queued_at=real,
            next_attempt_at=real,
        )
    )


def _letter(case: CaseRow, organisation: Organisation) -> str:
    return (
        f"Ärende {case.id} i Lotsen är {word(case)}\n\n"
        f"Ärende {case.id} är {word(case)} och väntar på en människa.\n"
        f"{link(organisation, case)}\n\n"
        "Du står på jourlistan. Påminnelsen kommer igen tills någon har tagit ärendet."
    )
