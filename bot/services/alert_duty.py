"""Tells the people on duty, outside the console, that an urgent case waits. No content goes with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.case import Urgency
from bot.domain.duty import Organisation, Team
from bot.domain.events import Priority
from bot.domain.sms_text import prepare
from bot.store.tables import CaseRow, OutboxRow

_WORDS = {Urgency.HIGH: "brådskande", Urgency.CRITICAL: "akut"}


def alert_duty(session: Session, case: CaseRow, team: Team, organisation: Organisation, real: datetime) -> bool:
    """Queues an SMS to everyone on the team's duty list when the case is high or critical; True when something was queued.

    The text has no personal data: a phone may lie on a table.
    """
    word = _WORDS.get(Urgency(case.urgency))
    sender = next((n.number for n in organisation.numbers if n.municipality and n.municipality == case.municipality), "")
    if word is None:
        return False
    for person in team.duty_list:
        ready = prepare(f"Lotsen: ärende {case.id} är {word} och väntar på en människa. Öppna konsolen.")
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
    return bool(team.duty_list)
