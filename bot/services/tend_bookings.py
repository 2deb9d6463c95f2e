"""What is due to those who have booked: news of a change, a seat that became free, the end of an offer, and reminders.

Runs every half minute in every process. Rows are the truth: each step is one transaction that looks again at what it is about to say, with the
conversation held before the course, as turns hold them. Nothing is written in the quiet hours; what was due then goes out in the morning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.domain.conversation import Language, Question
from bot.domain.course import BookingStatus, answer_until
from bot.domain.opening_hours import describe_moment
from bot.domain.quiet_hours import is_quiet
from bot.domain.reminders import due_reminder
from bot.engine.world import World
from bot.services.ports import Clock, Wakeup
from bot.services.write_first import conversation_of, write_first
from bot.store import bookings, courses, notices
from bot.store.bookings import Due
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import BookingRow, CourseRow, MeetingRow

AHEAD = timedelta(days=2)
"""Meetings farther off have no reminder that could be due."""


@dataclass(frozen=True, slots=True)
class Tending:
    """All that tending needs."""

    database: Database
    world: Callable[[], World]
    clock: Clock
    wakeup: Wakeup


@dataclass(frozen=True, slots=True)
class _Turn:
    """One transaction: what it works on, with business time `now` and real time `real`."""

    session: Session
    world: World
    now: datetime
    real: datetime

    def write(self, due: Due, key: str, asks: Question | None = None, **values: str) -> bool:
        language = conversation_of(self.session, due.conversation_id).language
        told = {"when": describe_moment(due.starts_at, self.now, language), "place": self._place(due.place), **values}
        return write_first(self.session, self.world, due.conversation_id, due.channel, key, told, self.now, self.real, asks)

    def language(self, due: Due) -> Language:
        return conversation_of(self.session, due.conversation_id).language

    def booking(self, due: Due) -> tuple[BookingRow, CourseRow, MeetingRow | None]:
        """The rows as they are now, held: the conversation first, then the course."""
        conversation_of(self.session, due.conversation_id)
        row = self.session.get_one(BookingRow, due.booking_id)
        course = courses.lock(self.session, row.course_id)
        self.session.refresh(row)
        return row, course, self.session.get(MeetingRow, due.meeting_id, populate_existing=True)

    def _place(self, place_id: str) -> str:
        return next((place.name for place in self.world.places if place.id == place_id), place_id)


_Find = Callable[[Session, datetime], Iterable[Due]]
_Do = Callable[[_Turn, Due], bool]


def tend_bookings(tending: Tending) -> int:
    """Does what is due; how many were written to."""
    written = 0
    for find, do in _STEPS:
        written += _each(tending, find, do)
    if written:
        tending.wakeup.outbox()
    return written


def _each(tending: Tending, find: _Find, do: _Do) -> int:
    written = 0
    with tending.database.reading() as session:
        now = business_time(session, tending.clock())
        found = [] if is_quiet(now) else list(find(session, now))
    for due in found:
        real = tending.clock()
        with tending.database.writing() as session:
            written += do(_Turn(session, tending.world(), business_time(session, real), real), due)
    return written


def _tell_called_off(turn: _Turn, due: Due) -> bool:
    row, course, _ = turn.booking(due)
    if row.status == BookingStatus.CANCELLED or course.cancelled_at is None:
        return False
    row.status, row.offered_until, row.cancelled_at = BookingStatus.CANCELLED, None, turn.now
    return turn.write(due, "course_called_off")


def _find_moved(session: Session, now: datetime) -> list[Due]:
    return _unsent(session, "moved", bookings.to_tell_of_move(session, now))


def _tell_moved(turn: _Turn, due: Due) -> bool:
    row, course, meeting = turn.booking(due)
    if row.status == BookingStatus.CANCELLED or course.cancelled_at or meeting is None or meeting.starts_at != due.starts_at:
        return False
    if not notices.take(turn.session, "moved", _about(due), turn.now):
        return False
    return turn.write(due, "course_moved", Question("coming", options=(str(row.id),), soft=True))


def _end_offer(turn: _Turn, due: Due) -> bool:
    row, _, _ = turn.booking(due)
    if row.status != BookingStatus.WAITLISTED or row.offered_until is None or row.offered_until > turn.now:
        return False
    row.status, row.offered_until, row.cancelled_at = BookingStatus.CANCELLED, None, turn.now
    return turn.write(due, "offer_over")


def _offer_seat(turn: _Turn, due: Due) -> bool:
    """Offers a free seat to the first in the queue; who said STOPP is passed over and leaves it."""
    row, course, _ = turn.booking(due)
    queue = [waits for waits in courses.booked_on(turn.session, course.id) if waits.status == BookingStatus.WAITLISTED and not waits.offered_until]
    until = answer_until(turn.now, course.starts_at)
    if course.cancelled_at or not queue or queue[0].id != row.id or until is None or not courses.chairs(turn.session, [course])[course.id].free:
        return False
    row.offered_until = until
    words = describe_moment(until, turn.now, turn.language(due))
    if turn.write(due, "seat_free", Question("seat", options=(str(row.id),), soft=True), until=words):
        return True
    row.status, row.offered_until, row.cancelled_at = BookingStatus.CANCELLED, None, turn.now
    return False


def _find_reminders(session: Session, now: datetime) -> list[Due]:
    due = [due for due in bookings.to_remind(session, now, AHEAD) if due_reminder(due.starts_at, due.booked_at, now)]
    return [one for one in due if not notices.sent(session, str(due_reminder(one.starts_at, one.booked_at, now)), (_about(one),))]


def _remind(turn: _Turn, due: Due) -> bool:
    row, course, meeting = turn.booking(due)
    reminder = due_reminder(due.starts_at, row.booked_at, turn.now)
    if row.status != BookingStatus.BOOKED or course.cancelled_at or meeting is None or meeting.starts_at != due.starts_at or reminder is None:
        return False
    if not notices.take(turn.session, str(reminder), _about(due), turn.now):
        return False
    return turn.write(due, "remind_booking", Question("coming", options=(str(row.id),), soft=True))


def _unsent(session: Session, kind: str, found: list[Due]) -> list[Due]:
    out = notices.sent(session, kind, [_about(due) for due in found])
    return [due for due in found if _about(due) not in out]


def _about(due: Due) -> str:
    """A meeting that is moved is reminded of anew."""
    return f"booking:{due.booking_id}:{due.meeting_id}:{due.starts_at:%Y%m%d%H%M}"


_STEPS: tuple[tuple[_Find, _Do], ...] = (
    (bookings.of_called_off, _tell_called_off),
    (_find_moved, _tell_moved),
    (bookings.offers_over, _end_offer),
    (bookings.waiting, _offer_seat),
    (_find_reminders, _remind),
)
