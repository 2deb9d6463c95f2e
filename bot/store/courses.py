"""Courses as they stand: groups to come, their chairs, and who has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.course import Booking, BookingStatus, Course, CourseKind, Programme, seats
from bot.store.tables import BookingRow, CourseLeaderRow, CourseRow, MeetingRow

AHEAD = timedelta(days=90)
"""Nobody plans a visit to a course farther ahead, and a list must stay short."""


@dataclass(frozen=True, slots=True)
class Chairs:
    """How a group's chairs stand. `held` are kept for an answer, `waiting` are in the queue without an offer."""

    seats: int
    booked: int
    held: int
    waiting: int

    @property
    def taken(self) -> int:
        return self.booked + self.held

    @property
    def free(self) -> int:
        """Chairs that can be offered to the queue."""
        return max(0, self.seats - self.taken)

    @property
    def open(self) -> int:
        """Chairs that a newcomer may have: those that nobody waits for."""
        return max(0, self.free - self.waiting)


def programme(session: Session, conversation_id: int | None, now: datetime) -> Programme:
    """The courses to come, soonest first, and the conversation's own bookings of them. `now` is business time."""
    rows = session.scalars(
        select(CourseRow).where(
            CourseRow.ends_at > now, CourseRow.starts_at < now + AHEAD, CourseRow.cancelled_at.is_(None)
        )
    ).all()
    found = as_seen(session, rows, now)
    own: list[Booking] = []
    if conversation_id is not None and found:
        query = select(BookingRow).where(
            BookingRow.conversation_id == conversation_id,
            BookingRow.status != BookingStatus.CANCELLED,
            BookingRow.course_id.in_(found),
        )
        own = [_booking(row, found[row.course_id]) for row in session.scalars(query.order_by(BookingRow.id))]
    ordered = sorted(found.values(), key=lambda course: (course.starts_at, course.id))
    return Programme(tuple(ordered), tuple(sorted(own, key=lambda booking: booking.course.starts_at)))


def booked_by(session: Session, conversation_id: int, now: datetime) -> list[Booking]:
    """The conversation's own bookings of what is still to come, soonest first; quicker than the whole programme. `now` is business time."""
    rows = session.scalars(
        select(BookingRow).where(
            BookingRow.conversation_id == conversation_id, BookingRow.status != BookingStatus.CANCELLED
        )
    ).all()
    if not rows:
        return []
    live = select(CourseRow).where(
        CourseRow.id.in_({row.course_id for row in rows}), CourseRow.ends_at > now, CourseRow.cancelled_at.is_(None)
    )
    found = as_seen(session, session.scalars(live).all(), now)
    return sorted(
        (_booking(row, found[row.course_id]) for row in rows if row.course_id in found),
        key=lambda booking: booking.course.starts_at,
    )


def as_seen(session: Session, rows: Iterable[CourseRow], now: datetime) -> dict[int, Course]:
    """Courses as residents are told of them, by id; those whose every meeting has begun are left out."""
    by_id = {row.id: row for row in rows}
    standing = chairs(session, by_id.values())
    found = {}
    for row, meetings, starts_at, ends_at in _next_meetings(session, by_id, now):
        stand = standing[row.id]
        found[row.id] = Course(
            id=row.id,
            kind=CourseKind(row.kind),
            title=row.title,
            municipality=row.municipality,
            place=row.place,
            starts_at=starts_at,
            ends_at=ends_at,
            seats=stand.seats,
            taken=stand.taken,
            open_seats=stand.open,
            meetings=meetings,
            language=row.language,
            bring=row.bring,
            cost=row.cost,
            tags=tuple(row.tags),
        )
    return found


def _next_meetings(
    session: Session, by_id: Mapping[int, CourseRow], now: datetime
) -> list[tuple[CourseRow, int, datetime, datetime]]:
    """Each course that has a meeting to come, with how many meetings it has in all, and when the next begins and ends."""
    meetings: dict[int, list[tuple[datetime, datetime]]] = {}
    query = select(MeetingRow.course_id, MeetingRow.starts_at, MeetingRow.ends_at).where(
        MeetingRow.course_id.in_(by_id)
    )
    for course_id, starts_at, ends_at in session.execute(query.order_by(MeetingRow.starts_at)):
        meetings.setdefault(course_id, []).append((starts_at, ends_at))
    ahead = (
        (course_id, times, next((time for time in times if time[0] > now), None))
        for course_id, times in meetings.items()
    )
    return [(by_id[course_id], len(times), *first) for course_id, times, first in ahead if first]


def chairs(session: Session, rows: Iterable[CourseRow]) -> dict[int, Chairs]:
    """How the chairs of these courses stand, by course id."""
    kinds = {row.id: CourseKind(row.kind) for row in rows}
    there = Counter(
        session.scalars(
            select(CourseLeaderRow.course_id).where(
                CourseLeaderRow.course_id.in_(kinds), CourseLeaderRow.away.is_(False), CourseLeaderRow.helper.is_(False)
            )
        )
    )
    counted: Counter[tuple[int, str, bool]] = Counter()
    held = BookingRow.offered_until.is_not(None)
    query = (
        select(BookingRow.course_id, BookingRow.status, held, func.count())
        .where(BookingRow.course_id.in_(kinds), BookingRow.status != BookingStatus.CANCELLED)
        .group_by(BookingRow.course_id, BookingRow.status, held)
    )
    for course_id, status, is_held, count in session.execute(query):
        counted[course_id, status, bool(is_held)] += count
    return {
        course_id: Chairs(
            seats=seats(kind, there[course_id]),
            booked=counted[course_id, BookingStatus.BOOKED, False] + counted[course_id, BookingStatus.BOOKED, True],
            held=counted[course_id, BookingStatus.WAITLISTED, True],
            waiting=counted[course_id, BookingStatus.WAITLISTED, False],
        )
        for course_id, kind in kinds.items()
    }


def lock(session: Session, course_id: int) -> CourseRow:
    """The course, held until the transaction ends, so that its chairs can be counted and given. Raises NoResultFound."""
    return session.scalars(
        select(CourseRow).where(CourseRow.id == course_id).with_for_update().execution_options(populate_existing=True)
    ).one()


def booked_on(session: Session, course_id: int) -> list[BookingRow]:
    """Everyone who has a chair or waits for one, in that order, first come first."""
    rows = session.scalars(
        select(BookingRow)
        .where(BookingRow.course_id == course_id, BookingRow.status != BookingStatus.CANCELLED)
        .order_by(BookingRow.queued_at, BookingRow.id)
    ).all()
    return sorted(rows, key=lambda row: row.status != BookingStatus.BOOKED)


def meetings_of(session: Session, course_id: int) -> list[MeetingRow]:
    """A course's meetings, in order."""
    return list(
        session.scalars(select(MeetingRow).where(MeetingRow.course_id == course_id).order_by(MeetingRow.starts_at))
    )


def leaders_of(session: Session, course_id: int) -> list[CourseLeaderRow]:
    """Who teaches a course, handledare before helpers."""
    return list(
        session.scalars(
            select(CourseLeaderRow)
            .where(CourseLeaderRow.course_id == course_id)
            .order_by(CourseLeaderRow.helper, CourseLeaderRow.id)
        )
    )


def _booking(row: BookingRow, course: Course) -> Booking:
    return Booking(row.id, course, BookingStatus(row.status), row.for_whom, row.offered_until)
