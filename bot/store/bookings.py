"""Bookings that something is due for: a reminder, the news of a change, a seat, the end of an offer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, and_, select
from sqlalchemy.orm import Session

from bot.domain.course import BookingStatus
from bot.store.tables import AddressRow, BookingRow, ConversationRow, CourseRow, MeetingRow


@dataclass(frozen=True, slots=True)
class Due:
    """A booking and the meeting that it is due for. Times are business times.

    `known_at` is since when the resident could know of this time: it was booked, or moved, then. `queued_at` is when they came.
    """

    booking_id: int
    course_id: int
    conversation_id: int
    channel: str
    place: str
    meeting_id: int
    starts_at: datetime
    moved_at: datetime | None
    known_at: datetime
    queued_at: datetime


def to_remind(session: Session, now: datetime, within: timedelta) -> list[Due]:
    """Chairs that are had, with each meeting that begins within this time."""
    query = _with_meetings().where(
        BookingRow.status == BookingStatus.BOOKED,
        CourseRow.cancelled_at.is_(None),
        MeetingRow.starts_at > now,
        MeetingRow.starts_at < now + within,
    )
    return _due(session, query)


def to_tell_of_move(session: Session, now: datetime) -> list[Due]:
    """Everyone who had booked, or waits, before a meeting to come was moved."""
    query = _with_meetings().where(
        BookingRow.status != BookingStatus.CANCELLED,
        CourseRow.cancelled_at.is_(None),
        MeetingRow.starts_at > now,
        MeetingRow.moved_at.is_not(None),
        BookingRow.queued_at < MeetingRow.moved_at,
    )
    return _due(session, query)


def of_called_off(session: Session, now: datetime) -> list[Due]:
    """Everyone who is still booked on a course that was called off, with its next meeting."""
    query = _with_meetings().where(
        BookingRow.status != BookingStatus.CANCELLED, CourseRow.cancelled_at.is_not(None), MeetingRow.starts_at > now
    )
    return _once(_due(session, query))


def offers_over(session: Session, now: datetime) -> list[Due]:
    """Seats that were held for an answer that has not come in time, with the next meeting."""
    query = _with_meetings().where(
        BookingRow.status == BookingStatus.WAITLISTED,
        BookingRow.offered_until <= now,
        CourseRow.cancelled_at.is_(None),
        MeetingRow.starts_at > now,
    )
    return _once(_due(session, query))


def waiting(session: Session, now: datetime) -> list[Due]:
    """Those in a queue without an offer, first come first, with the next meeting of their course."""
    query = _with_meetings().where(
        BookingRow.status == BookingStatus.WAITLISTED,
        BookingRow.offered_until.is_(None),
        CourseRow.cancelled_at.is_(None),
        MeetingRow.starts_at > now,
    )
    return _once(_due(session, query))


def waiting_for_first(session: Session, now: datetime, ahead: timedelta, ago: timedelta) -> list[Due]:
    """Those in a queue without an offer, with the first meeting after they came to it, for courses that begin within `ahead` or ended within `ago`."""
    query = _with_meetings().where(
        BookingRow.status == BookingStatus.WAITLISTED,
        BookingRow.offered_until.is_(None),
        CourseRow.cancelled_at.is_(None),
        CourseRow.starts_at <= now + ahead,
        CourseRow.ends_at > now - ago,
        MeetingRow.starts_at > BookingRow.queued_at,
    )
    return _once(_due(session, query))


def of_ids(session: Session, ids: Collection[int], now: datetime) -> list[Due]:
    """These bookings, however they stand, with the next meeting; those whose every meeting has begun are left out."""
    return (
        _once(_due(session, _with_meetings().where(BookingRow.id.in_(ids), MeetingRow.starts_at > now))) if ids else []
    )


def known_at(booking: BookingRow, meeting: MeetingRow) -> datetime:
    """Since when the resident could know of a meeting's time."""
    return max(booking.booked_at, meeting.moved_at or booking.booked_at)


def together(session: Session, booking: BookingRow) -> list[BookingRow]:
    """The live bookings of the same course, in the same standing, that are written to with this one: two of a family share a phone."""
    query = select(BookingRow).where(
        BookingRow.course_id == booking.course_id,
        BookingRow.conversation_id == booking.conversation_id,
        BookingRow.channel == booking.channel,
        BookingRow.status == booking.status,
    )
    return list(session.scalars(query.order_by(BookingRow.id).execution_options(populate_existing=True)))


def listed(session: Session, address: str | None) -> Sequence[Row[BookingRow, CourseRow, str]]:
    """Bookings with their course and the address to reach them by, oldest first; of one address when it is given."""
    query = (
        select(BookingRow, CourseRow, AddressRow.text)
        .join(CourseRow, CourseRow.id == BookingRow.course_id)
        .join(ConversationRow, ConversationRow.id == BookingRow.conversation_id)
        .join(
            AddressRow,
            and_(AddressRow.person_id == ConversationRow.person_id, AddressRow.channel == BookingRow.channel),
        )
        .order_by(BookingRow.id)
    )
    return session.execute(query.where(AddressRow.text == address) if address else query).all()


def _with_meetings() -> Select[BookingRow, CourseRow, MeetingRow]:
    return (
        select(BookingRow, CourseRow, MeetingRow)
        .join(CourseRow, CourseRow.id == BookingRow.course_id)
        .join(MeetingRow, MeetingRow.course_id == CourseRow.id)
        .order_by(BookingRow.queued_at, BookingRow.id, MeetingRow.starts_at)
    )


def _once(found: list[Due]) -> list[Due]:
    """Each booking with its next meeting alone."""
    first: dict[int, Due] = {}
    for due in found:
        first.setdefault(due.booking_id, due)
    return list(first.values())


def _due(session: Session, query: Select[BookingRow, CourseRow, MeetingRow]) -> list[Due]:
    return [
        Due(
            booking.id, course.id, booking.conversation_id, booking.channel, course.place, meeting.id, meeting.starts_at, meeting.moved_at, known_at(booking, meeting),
            booking.queued_at,
        )
        for booking, course, meeting in session.execute(query)
    ]  # fmt: skip
