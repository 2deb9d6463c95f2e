"""What is due to those who have booked: news of a change, a seat that became free, the end of an offer, and reminders.

Runs every half minute in every process. Rows are the truth: each step is one transaction that looks again at what it is about to say, with the
conversation held before the course, as turns hold them. Nothing is written in the quiet hours; what was due then goes out in the morning. What asks
something waits while the resident is answering another question. Two of a family with one phone are written to once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.conversation import Language, Question
from bot.domain.course import BookingStatus, answer_until
from bot.domain.opening_hours import describe_moment
from bot.domain.quiet_hours import is_quiet
from bot.domain.reminders import Reminder, due_reminder
from bot.engine.world import World
from bot.services.ports import Clock, Wakeup
from bot.services.write_first import conversation_of, is_answering, write_first
from bot.store import bookings, courses, notices
from bot.store.bookings import Due
from bot.store.clock import business_time
from bot.store.database import Database, DatabaseAway
from bot.store.tables import BookingRow, CourseRow, MeetingRow

AHEAD = timedelta(days=2)
"""Meetings farther off have no reminder that could be due."""

_log = structlog.get_logger(__name__)


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

    def must_wait(self, due: Due) -> bool:
        """Whether a question would now be taken for another."""
        return is_answering(conversation_of(self.session, due.conversation_id), self.now)

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
        try:
            with tending.database.writing() as session:
                turn = _Turn(session, tending.world(), business_time(session, real), real)
                written += not is_quiet(turn.now) and do(turn, due)
        except DatabaseAway:
            raise
        except Exception as error:  # one that cannot be written to must not keep the others waiting
            _log.error("tending failed", step=do.__name__, booking=due.booking_id, error=type(error).__name__)
    return written


def _tell_called_off(turn: _Turn, due: Due) -> bool:
    row, course, _ = turn.booking(due)
    if row.status == BookingStatus.CANCELLED or course.cancelled_at is None:
        return False
    for one in bookings.together(turn.session, row):
        _end(one, turn.now)
    return turn.write(due, "course_called_off")


def _find_moved(session: Session, now: datetime) -> list[Due]:
    found = bookings.to_tell_of_move(session, now)
    out = notices.sent(session, "moved", [_about_move(due) for due in found])
    return [due for due in found if _about_move(due) not in out]


def _tell_moved(turn: _Turn, due: Due) -> bool:
    row, course, meeting = turn.booking(due)
    if row.status == BookingStatus.CANCELLED or course.cancelled_at or meeting is None or meeting.moved_at is None or turn.must_wait(due):
        return False
    if (meeting.starts_at, meeting.moved_at) != (due.starts_at, due.moved_at):
        return False
    moved_at = meeting.moved_at
    others = [one.id for one in bookings.together(turn.session, row) if one.id != row.id and one.queued_at < moved_at]
    return _write_once(turn, due, others, "moved", _about_move, "course_moved")


def _end_offer(turn: _Turn, due: Due) -> bool:
    row, _, _ = turn.booking(due)
    if row.status != BookingStatus.WAITLISTED or row.offered_until is None or row.offered_until > turn.now:
        return False
    _end(row, turn.now)
    return turn.write(due, "offer_over")


def _find_waiting(session: Session, now: datetime) -> list[Due]:
    """Those who wait where there is a seat, so that a long queue costs nothing while there is none."""
    found = [due for due in bookings.waiting(session, now) if answer_until(now, due.starts_at)]
    rows = session.scalars(select(CourseRow).where(CourseRow.id.in_({due.course_id for due in found})))
    free = {course_id for course_id, stand in courses.chairs(session, rows.all()).items() if stand.free}
    return [due for due in found if due.course_id in free]


def _offer_seat(turn: _Turn, due: Due) -> bool:
    """Offers a free seat to the first in the queue; who said STOPP is passed over and leaves it."""
    row, course, meeting = turn.booking(due)
    queue = [waits for waits in courses.booked_on(turn.session, course.id) if waits.status == BookingStatus.WAITLISTED and not waits.offered_until]
    if course.cancelled_at or not queue or queue[0].id != row.id or meeting is None or meeting.starts_at != due.starts_at:
        return False
    until = answer_until(turn.now, meeting.starts_at)
    if until is None or not courses.chairs(turn.session, [course])[course.id].free or turn.must_wait(due):
        return False
    row.offered_until = until
    words = describe_moment(until, turn.now, turn.language(due))
    if turn.write(due, "seat_free", Question("seat", options=(str(row.id),), soft=True), until=words):
        return True
    _end(row, turn.now)
    return False


def _find_reminders(session: Session, now: datetime) -> list[Due]:
    due = [(due_reminder(one.starts_at, one.known_at, now), one) for one in bookings.to_remind(session, now, AHEAD)]
    out = {kind: notices.sent(session, str(kind), [_about(one) for which, one in due if which == kind]) for kind in Reminder}
    return [one for which, one in due if which and _about(one) not in out[which]]


def _remind(turn: _Turn, due: Due) -> bool:
    row, course, meeting = turn.booking(due)
    if row.status != BookingStatus.BOOKED or course.cancelled_at or meeting is None or meeting.starts_at != due.starts_at:
        return False
    reminder = due_reminder(due.starts_at, bookings.known_at(row, meeting), turn.now)
    if reminder is None or turn.must_wait(due):
        return False
    together = (one for one in bookings.together(turn.session, row) if one.id != row.id)
    others = [one.id for one in together if due_reminder(due.starts_at, bookings.known_at(one, meeting), turn.now) == reminder]
    return _write_once(turn, due, others, str(reminder), _about, "remind_booking")


def _write_once(turn: _Turn, due: Due, others: list[int], kind: str, about: Callable[[Due], str], key: str) -> bool:
    """Writes of a booking, and of `others` of the same phone with it, unless that was done. NEJ gives one of them back."""
    if not notices.take(turn.session, kind, about(due), turn.now):
        return False
    also = [other for other in others if notices.take(turn.session, kind, about(replace(due, booking_id=other)), turn.now)]
    options = tuple(map(str, (due.booking_id, *also)))
    return turn.write(due, key, Question("coming", options, about=due.starts_at.isoformat(), soft=True))


def _end(row: BookingRow, now: datetime) -> None:
    row.status, row.offered_until, row.cancelled_at = BookingStatus.CANCELLED, None, now


def _about(due: Due) -> str:
    """A meeting that is moved is reminded of anew."""
    return f"booking:{due.booking_id}:{due.meeting_id}:{due.starts_at:%Y%m%d%H%M}"


def _about_move(due: Due) -> str:
    """Each move is told of, also one back to a time that was told of before, or one to another place at the same time."""
    return f"{_about(due)}:{due.moved_at:%m%d%H%M%S}"


_STEPS: tuple[tuple[_Find, _Do], ...] = (
    (bookings.of_called_off, _tell_called_off),
    (_find_moved, _tell_moved),
    (bookings.offers_over, _end_offer),
    (_find_waiting, _offer_seat),
    (_find_reminders, _remind),
)
