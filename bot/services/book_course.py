"""Gives and takes chairs. Each call counts them with the course held, so that the last one goes to exactly one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from bot.domain.course import BookingStatus, CourseKind
from bot.store import courses
from bot.store.tables import BookingRow, CourseRow


class NotAsItWas(Exception):
    """What was decided on is no longer so: the chair is taken, the course cancelled, the offer over. Read again and decide anew."""


@dataclass(frozen=True, slots=True)
class Who:
    """For whom a chair is: a conversation, the channel to reach it by, a name when it is for somebody else, and the handledare who books, if one does."""

    conversation_id: int
    channel: str
    for_whom: str = ""
    booked_by: int | None = None


def book(session: Session, course_id: int, who: Who, now: datetime) -> BookingRow:
    """A chair. Raises NotAsItWas when there is none, when the course is gone or has begun, or when the same person has one."""
    row = _lock_bookable(session, course_id, now)
    if _live(session, course_id, who) is not None or not _open(session, row):
        raise NotAsItWas
    return _add(session, course_id, who, BookingStatus.BOOKED, now)


def wait(session: Session, course_id: int, who: Who, now: datetime) -> BookingRow:
    """A place in the queue. Raises NotAsItWas when there is a chair after all, or when the same person has a booking."""
    row = _lock_bookable(session, course_id, now)
    if _live(session, course_id, who) is not None or _open(session, row):
        raise NotAsItWas
    return _add(session, course_id, who, BookingStatus.WAITLISTED, now)


def accept(session: Session, booking_id: int, conversation_id: int, now: datetime) -> BookingRow:
    """Takes the chair that is held for an answer. Raises NotAsItWas when it is held no longer, or the course was called off."""
    row, course = _lock_booking(session, booking_id, conversation_id)
    if (
        course.cancelled_at is not None
        or row.status != BookingStatus.WAITLISTED
        or row.offered_until is None
        or row.offered_until <= now
    ):
        raise NotAsItWas
    row.status, row.offered_until, row.booked_at = BookingStatus.BOOKED, None, now
    return row


def cancel(session: Session, booking_id: int, conversation_id: int, now: datetime) -> BookingRow:
    """Gives the chair, or the place in the queue, back. Raises NotAsItWas when it was given back already."""
    row, _ = _lock_booking(session, booking_id, conversation_id)
    if row.status == BookingStatus.CANCELLED:
        raise NotAsItWas
    row.status, row.offered_until, row.cancelled_at = BookingStatus.CANCELLED, None, now
    return row


def _lock_bookable(session: Session, course_id: int, now: datetime) -> CourseRow:
    try:
        row = courses.lock(session, course_id)
    except NoResultFound:
        raise NotAsItWas from None
    if row.cancelled_at is not None or row.kind == CourseKind.DROP_IN or not courses.as_seen(session, [row], now):
        raise NotAsItWas
    return row


def _lock_booking(session: Session, booking_id: int, conversation_id: int) -> tuple[BookingRow, CourseRow]:
    course_id = session.scalar(
        select(BookingRow.course_id).where(BookingRow.id == booking_id, BookingRow.conversation_id == conversation_id)
    )
    if course_id is None:
        raise NotAsItWas
    course = courses.lock(session, course_id)
    row = session.get_one(BookingRow, booking_id)
    session.refresh(row)
    return row, course


def _open(session: Session, row: CourseRow) -> bool:
    return courses.chairs(session, [row])[row.id].open > 0


def _live(session: Session, course_id: int, who: Who) -> BookingRow | None:
    return session.scalar(
        select(BookingRow).where(
            BookingRow.course_id == course_id,
            BookingRow.conversation_id == who.conversation_id,
            BookingRow.for_whom == who.for_whom,
            BookingRow.status != BookingStatus.CANCELLED,
        )
    )


def _add(session: Session, course_id: int, who: Who, status: BookingStatus, now: datetime) -> BookingRow:
    row = BookingRow(
        course_id=course_id,
        conversation_id=who.conversation_id,
        for_whom=who.for_whom,
        channel=who.channel,
        status=status,
        booked_by=who.booked_by,
        booked_at=now,
        queued_at=now,
    )
    session.add(row)
    session.flush()
    return row
