"""What is due to those who borrow: one that came in for the next in the queue, the end of the time to fetch it, and when to bring it back.

Runs every half minute in every process, by the rules of bot/services/tending.py. The conversation is held before the type. What is written never says
what is borrowed (OSL 40:3).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.domain.conversation import Question
from bot.domain.loan import LoanStatus, is_late
from bot.domain.opening_hours import STOCKHOLM, describe_date
from bot.domain.reminders import Reminder, due_at
from bot.services.lend_things import give_up, offer
from bot.services.tending import Step, Tending, Turn, tend
from bot.services.write_first import conversation_of, write_first
from bot.store import loans, notices
from bot.store.loans import DueLoan
from bot.store.tables import LoanRow, LoanUnitRow

_DAY_BEFORE = timedelta(days=2)
"""Loans that are due later than this have no reminder that could be due."""
_DUE, _LATE = "loan_due", "loan_late"


@dataclass(frozen=True, slots=True)
class _Turn(Turn):
    """What can be done for one loan."""

    def loan(self, due: DueLoan) -> LoanRow:
        """The row as it is now, held: the conversation first, then the type."""
        conversation_of(self.session, due.conversation_id)
        loans.lock(self.session, due.type_id)
        return self.session.get_one(LoanRow, due.loan_id, populate_existing=True)

    def write(self, row: LoanRow, key: str, place: str | None, asks: Question | None = None, **values: str) -> bool:
        told = {
            "place": self.place(place) or self.world.texts.get("bibliotek", self.language_of(row.conversation_id)),
            **values,
        }
        return write_first(
            self.session, self.world, row.conversation_id, row.channel, key, told, self.now, self.real, asks
        )

    def day(self, row: LoanRow, at: datetime) -> str:
        return describe_date(at.astimezone(STOCKHOLM).date(), self.now, self.language_of(row.conversation_id))


def tend_loans(tending: Tending) -> int:
    """Does what is due; how many were written to. Raises DatabaseAway."""
    return tend(tending, _Turn, _STEPS)


def _end_offer(turn: _Turn, due: DueLoan) -> bool:
    row = turn.loan(due)
    if row.status != LoanStatus.OFFERED or row.fetch_by is None or row.fetch_by >= turn.now:
        return False
    place = _unit(turn, row).place
    give_up(row, turn.now)
    return turn.write(row, "loan_not_fetched", place)


def _offer(turn: _Turn, due: DueLoan) -> bool:
    """Puts one aside for the first in the queue; who said STOPP is passed over and leaves it."""
    row = turn.loan(due)
    queue, free = loans.queue(turn.session, row.type_id), loans.free_units(turn.session, [row.type_id])
    if row.status != LoanStatus.QUEUED or queue[0].id != row.id or not free:
        return False
    offer(row, free[0], turn.world.places, turn.now)
    assert row.fetch_by is not None
    asks = Question("loan_ready", options=(str(row.id),), soft=True)
    if turn.write(row, "loan_ready", free[0].place, asks, day=turn.day(row, row.fetch_by)):
        return True
    give_up(row, turn.now)
    return False


def _find_due(session: Session, now: datetime) -> list[DueLoan]:
    rows = [row for row in loans.out_until(session, now + _DAY_BEFORE) if _reminder_due(row, now)]
    return _unsent(session, _DUE, rows)


def _remind(turn: _Turn, due: DueLoan) -> bool:
    row = turn.loan(due)
    if (
        row.status != LoanStatus.OUT
        or not _reminder_due(row, turn.now)
        or not notices.take(turn.session, _DUE, _about(row), turn.now)
    ):
        return False
    return turn.write(row, _DUE, row.handed_out_place)


def _reminder_due(row: LoanRow, now: datetime) -> bool:
    """From ten the day before until that day ends; not for what was handed out later than that."""
    if row.due_at is None or row.handed_out_at is None:
        return False
    at = due_at(Reminder.DAY_BEFORE, row.due_at)
    is_day_before = now.astimezone(STOCKHOLM).date() < row.due_at.astimezone(STOCKHOLM).date()
    return row.handed_out_at < at <= now and is_day_before


def _find_late(session: Session, now: datetime) -> list[DueLoan]:
    return _unsent(session, _LATE, loans.out_until(session, now))


def _tell_late(turn: _Turn, due: DueLoan) -> bool:
    row = turn.loan(due)
    if (
        row.status != LoanStatus.OUT
        or not is_late(row.due_at, turn.now)
        or not notices.take(turn.session, _LATE, _about(row), turn.now)
    ):
        return False
    return turn.write(row, _LATE, row.handed_out_place)


def _unsent(session: Session, kind: str, rows: list[LoanRow]) -> list[DueLoan]:
    out = notices.sent(session, kind, [_about(row) for row in rows])
    return [loans.due_loan(row) for row in rows if _about(row) not in out]


def _about(row: LoanRow) -> str:
    """A loan that was given more time is reminded of anew."""
    return f"loan:{row.id}:{row.due_at:%Y%m%d}"


def _unit(turn: _Turn, row: LoanRow) -> LoanUnitRow:
    return turn.session.get_one(LoanUnitRow, row.unit_id)


_STEPS: tuple[Step[_Turn, DueLoan], ...] = (
    Step(loans.not_fetched, _end_offer),
    Step(loans.waiting, _offer),
    Step(_find_due, _remind),
    Step(_find_late, _tell_late),
)
