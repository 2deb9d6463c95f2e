"""A handledare phoned the person of a case, or learned what they are called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.case import Status
from bot.domain.secrets import mask
from bot.engine.world import World
from bot.services.alert_duty import calm
from bot.services.hold_case import change_status, hold_case, refuse_if_taken
from bot.services.ports import Clock
from bot.services.viewer import viewer
from bot.store import cases, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import CaseNoteRow, CaseRow, UserRow

PRESSED_TWICE_WITHIN = timedelta(minutes=1)
"""The same call, noted by the same handledare within this time, is one press too many."""
LONGEST_NAME = 80


class CallResult(StrEnum):
    """What came of a call."""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG_PERSON = "wrong_person"


_WRITTEN = {
    CallResult.ANSWERED: "Svarade.",
    CallResult.NO_ANSWER: "Svarade inte.",
    CallResult.BUSY: "Upptaget.",
    CallResult.WRONG_PERSON: "Fel person svarade.",
}
"""Notes are in Swedish, as all that handledare leave for one another."""


class CallDesk:
    """Every method is one transaction. Raises CaseNotFound, CaseTaken, DatabaseAway."""

    def __init__(self, database: Database, world: Callable[[], World], clock: Clock) -> None:
        self._database = database
        self._world = world
        self._clock = clock

    def phoned(self, case_id: int, user: UserRow, result: CallResult, text: str = "") -> None:
        """Notes a call, secrets masked. A case that nobody has becomes the caller's, so that nobody else phones meanwhile."""
        with self._database.writing() as session:
            row, now = self._held(session, user, case_id)
            refuse_if_taken(session, row, user)
            written = f"{_WRITTEN[result]} {mask(text).text}".strip()
            if _just_noted(session, row, user, written, now):
                return
            if row.status == Status.WAITING:
                change_status(session, row, "claim")
                row.claimed_by, row.claimed_at = user.id, now
                users.audit(session, now, user.id, "claim", row.id)
            calm(session, row)
            cases.note(session, row.id, written, now, "call", user.id)
            row.version += 1
            users.audit(session, now, user.id, "call", row.id, result)

    def name_person(self, case_id: int, user: UserRow, name: str) -> None:
        """What the person of the case is called; empty takes the name away."""
        with self._database.writing() as session:
            row, now = self._held(session, user, case_id)
            wanted = mask(" ".join(name.split())).text[:LONGEST_NAME] or None
            if row.person_name == wanted:
                return
            row.person_name = wanted
            row.version += 1
            users.audit(session, now, user.id, "name", row.id)

    def _held(self, session: Session, user: UserRow, case_id: int) -> tuple[CaseRow, datetime]:
        row = hold_case(session, viewer(user, self._world().organisation), case_id)
        return row, business_time(session, self._clock())


def _just_noted(session: Session, row: CaseRow, user: UserRow, written: str, now: datetime) -> bool:
    last = session.scalar(
        select(CaseNoteRow)
        .where(CaseNoteRow.case_id == row.id, CaseNoteRow.kind == "call")
        .order_by(CaseNoteRow.id.desc())
        .limit(1)
    )
    return bool(last and last.user_id == user.id and last.text == written and now - last.at <= PRESSED_TWICE_WITHIN)
