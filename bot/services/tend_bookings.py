"""What is due to those who have booked: news of a change, a seat that became free, the end of an offer or of the queue, reminders, and what a handledare
did for them in the night.

Runs every half minute in every process, by the rules of bot/services/tending.py. The conversation is held before the course. What asks something waits
while the resident is answering another question. Two of a family with one phone are written to once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.conversation import Question
from bot.domain.course import LATEST_ANSWER, BookingStatus, answer_until
from bot.domain.opening_hours import describe_moment
from bot.domain.quiet_hours import may_warn
from bot.domain.reminders import Reminder, due_reminder, waits_until
from bot.services.tending import Step, Tending, Turn, tend
from bot.services.write_first import conversation_of, is_answering, write_first
from bot.store import bookings, courses, notices
from bot.store.bookings import Due
from bot.store.tables import BookingRow, CourseRow, MeetingRow

AHEAD = timedelta(days=2)
"""Meetings farther off have no reminder that could be due."""
_NO_NEWS_AFTER = timedelta(days=1)
"""That there was no seat at a meeting longer ago is told to nobody."""
_OWED = {
    "booked_for_you": BookingStatus.BOOKED,
    "waits_for_you": BookingStatus.WAITLISTED,
    "booking_taken_back": BookingStatus.CANCELLED,
}
"""What bot/services/book_for.py leaves to be said in the morning, and how the booking stands if it is still so."""


@dataclass(frozen=True, slots=True)
class _Turn(Turn):
    """What can be done for one booking."""

    def write(self, due: Due, key: str, asks: Question | None = None, **values: str) -> bool:
        when = describe_moment(due.starts_at, self.now, self.language_of(due.conversation_id))
        told = {"when": when, "place": self.place(due.place) or due.place, **values}
        return write_first(
            self.session, self.world, due.conversation_id, due.channel, key, told, self.now, self.real, asks
        )

    def must_wait(self, due: Due) -> bool:
        """Whether a question would now be taken for another."""
        return is_answering(conversation_of(self.session, due.conversation_id), self.now)

    def booking(self, due: Due) -> tuple[BookingRow, CourseRow, MeetingRow | None]:
        """The rows as they are now, held: the conversation first, then the course."""
        conversation_of(self.session, due.conversation_id)
        row = self.session.get_one(BookingRow, due.booking_id)
        course = courses.lock(self.session, row.course_id)
        self.session.refresh(row)
        return row, course, self.session.get(MeetingRow, due.meeting_id, populate_existing=True)


def tend_bookings(tending: Tending) -> int:
    """Does what is due; how many were written to. Raises DatabaseAway."""
    return tend(tending, _Turn, _STEPS)


def _find_called_off(session: Session, now: datetime) -> list[Due]:
    return [due for due in bookings.of_called_off(session, now) if may_warn(now, due.starts_at)]


def _tell_called_off(turn: _Turn, due: Due) -> bool:
    row, course, _ = turn.booking(due)
    if row.status == BookingStatus.CANCELLED or course.cancelled_at is None or not may_warn(turn.now, due.starts_at):
        return False
    for one in bookings.together(turn.session, row):
        _end(one, turn.now)
    return turn.write(due, "course_called_off")


def _find_owed(session: Session, now: datetime) -> list[Due]:
    return bookings.of_ids(session, list(map(int, notices.owed(session, _OWED))), now)


def _tell_owed(turn: _Turn, due: Due) -> bool:
    """Says in the morning what a handledare did in the night, if it still stands. Of the same meeting nothing else is said besides."""
    row, course, meeting = turn.booking(due)
    if turn.must_wait(due) or meeting is None or (meeting.starts_at, meeting.moved_at) != (due.starts_at, due.moved_at):
        return False
    keys = [key for key in _OWED if notices.settle(turn.session, key, str(row.id))]
    stands = [key for key in keys if _OWED[key] == row.status and not row.offered_until]
    if not stands or (course.cancelled_at and row.status != BookingStatus.CANCELLED):
        return False
    if row.status == BookingStatus.WAITLISTED and waits_until(row.queued_at, due.starts_at) <= turn.now:
        return False
    if due.moved_at and row.queued_at < due.moved_at:
        notices.take(turn.session, "moved", _about_move(due), turn.now)
    if row.status != BookingStatus.BOOKED:
        return turn.write(due, stands[0])
    if reminder := due_reminder(due.starts_at, bookings.known_at(row, meeting), turn.now):
        notices.take(turn.session, str(reminder), _about(due), turn.now)
    return turn.write(due, stands[0], Question("coming", (str(row.id),), soft=True))


def _find_moved(session: Session, now: datetime) -> list[Due]:
    found = bookings.to_tell_of_move(session, now)
    out = notices.sent(session, "moved", [_about_move(due) for due in found])
    return [due for due in found if _about_move(due) not in out]


def _tell_moved(turn: _Turn, due: Due) -> bool:
    row, course, meeting = turn.booking(due)
    if (
        row.status == BookingStatus.CANCELLED
        or course.cancelled_at
        or meeting is None
        or meeting.moved_at is None
        or turn.must_wait(due)
    ):
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
    queue = [
        waits
        for waits in courses.booked_on(turn.session, course.id)
        if waits.status == BookingStatus.WAITLISTED and not waits.offered_until
    ]
    if (
        course.cancelled_at
        or not queue
        or queue[0].id != row.id
        or meeting is None
        or meeting.starts_at != due.starts_at
    ):
        return False
    until = answer_until(turn.now, meeting.starts_at)
    if until is None or not courses.chairs(turn.session, [course])[course.id].free or turn.must_wait(due):
        return False
    row.offered_until = until
    words = describe_moment(until, turn.now, turn.language_of(due.conversation_id))
    if turn.write(due, "seat_free", Question("seat", options=(str(row.id),), soft=True), until=words):
        return True
    _end(row, turn.now)
    return False


def _find_in_vain(session: Session, now: datetime) -> list[Due]:
    """Those for whom no seat became free in time. Long after the meeting there is nothing left to say of it."""
    found = bookings.waiting_for_first(session, now, LATEST_ANSWER, _NO_NEWS_AFTER)
    return [due for due in found if waits_until(due.queued_at, due.starts_at) <= now < due.starts_at + _NO_NEWS_AFTER]


def _end_waiting(turn: _Turn, due: Due) -> bool:
    row, course, meeting = turn.booking(due)
    if row.status != BookingStatus.WAITLISTED or row.offered_until or course.cancelled_at or meeting is None:
        return False
    if meeting.starts_at != due.starts_at or waits_until(row.queued_at, meeting.starts_at) > turn.now:
        return False
    for one in bookings.together(turn.session, row):
        if not one.offered_until and waits_until(one.queued_at, meeting.starts_at) <= turn.now:
            _end(one, turn.now)
    return turn.write(due, "no_seat")


def _find_reminders(session: Session, now: datetime) -> list[Due]:
    due = [(due_reminder(one.starts_at, one.known_at, now), one) for one in bookings.to_remind(session, now, AHEAD)]
    out = {
        kind: notices.sent(session, str(kind), [_about(one) for which, one in due if which == kind])
        for kind in Reminder
    }
    return [one for which, one in due if which and _about(one) not in out[which]]


def _remind(turn: _Turn, due: Due) -> bool:
    row, course, meeting = turn.booking(due)
    if (
        row.status != BookingStatus.BOOKED
        or course.cancelled_at
        or meeting is None
        or meeting.starts_at != due.starts_at
    ):
        return False
    reminder = due_reminder(due.starts_at, bookings.known_at(row, meeting), turn.now)
    if reminder is None or turn.must_wait(due):
        return False
    together = (one for one in bookings.together(turn.session, row) if one.id != row.id)
    others = [
        one.id for one in together if due_reminder(due.starts_at, bookings.known_at(one, meeting), turn.now) == reminder
    ]
    return _write_once(turn, due, others, str(reminder), _about, "remind_booking")


def _write_once(turn: _Turn, due: Due, others: list[int], kind: str, about: Callable[[Due], str], key: str) -> bool:
    """Writes of a booking, and of `others` of the same phone with it, unless that was done. NEJ gives one of them back."""
    if not notices.take(turn.session, kind, about(due), turn.now):
        return False
    also = [
        other for other in others if notices.take(turn.session, kind, about(replace(due, booking_id=other)), turn.now)
    ]
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


_STEPS: tuple[Step[_Turn, Due], ...] = (
    Step(_find_called_off, _tell_called_off, knows_its_hours=True),
    Step(_find_owed, _tell_owed),
    Step(_find_moved, _tell_moved),
    Step(bookings.offers_over, _end_offer),
    Step(_find_waiting, _offer_seat),
    Step(_find_in_vain, _end_waiting),
    Step(_find_reminders, _remind),
)
