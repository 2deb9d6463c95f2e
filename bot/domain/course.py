"""Courses, workshops, drop-ins and coaching times: what is offered, who has a chair, and who waits for one.

Seats follow who teaches: eight for each handledare, and a group of fewer than six is hardly worth holding. The rule is that of VARA Digital
("1 [handledare] per grupp om 6-8", Vinnova 2015-06869).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

SEATS_A_HANDLEDARE = 8
FEWEST_IN_A_GROUP = 6
ANSWER_WITHIN = timedelta(hours=24)
"""How long a seat that became free is kept for the one who is asked."""
LATEST_ANSWER = timedelta(hours=2)
"""Before the start: later than this nobody is asked whether they come."""


class CourseKind(StrEnum):
    """What it is. A drop-in has no seats to book; a coaching time is for one person with one handledare."""

    COURSE = "course"
    WORKSHOP = "workshop"
    DROP_IN = "drop_in"
    COACHING = "coaching"


class BookingStatus(StrEnum):
    """Waitlisted covers those who were offered a seat and have not answered yet."""

    BOOKED = "booked"
    WAITLISTED = "waitlisted"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Course:
    """One group that meets once or several times, as a resident is told of it.

    `municipality` is the municipality's id, `place` a place's id. `starts_at` and `ends_at` are the first meeting that is still to come, `meetings` how
    many there are in all. `open_seats` are those that nobody has, holds or waits for; `taken` counts chairs that are had or held.
    """

    id: int
    kind: CourseKind
    title: Mapping[str, str]
    municipality: str
    place: str
    starts_at: datetime
    ends_at: datetime
    seats: int
    taken: int = 0
    open_seats: int = 0
    meetings: int = 1
    language: str = "sv"
    bring: Mapping[str, str] = field(default_factory=dict)
    cost: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    """Words that a curious resident may use for what it is about; "foto*" takes any ending."""

    @property
    def needs_booking(self) -> bool:
        return self.kind != CourseKind.DROP_IN

    @property
    def is_full(self) -> bool:
        return self.needs_booking and self.open_seats <= 0

    @property
    def too_few(self) -> bool:
        """Whether the group is smaller than a group should be."""
        return self.kind in (CourseKind.COURSE, CourseKind.WORKSHOP) and self.taken < FEWEST_IN_A_GROUP

    @property
    def over(self) -> int:
        """How many have a chair that is no longer there, since a handledare fell ill."""
        return max(0, self.taken - self.seats) if self.needs_booking else 0

    def title_in(self, language: str) -> str:
        return self.title.get(language) or self.title["sv"]


@dataclass(frozen=True, slots=True)
class Booking:
    """A resident's chair or place in the queue. `offered_until` is set while a seat is held for an answer. `for_whom` is empty for the one who writes."""

    id: int
    course: Course
    status: BookingStatus
    for_whom: str = ""
    offered_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """What a turn may know of courses: those that are still to come, soonest first, and what this resident has booked of them."""

    courses: tuple[Course, ...] = ()
    bookings: tuple[Booking, ...] = ()

    def course(self, course_id: int) -> Course | None:
        return next((course for course in self.courses if course.id == course_id), None)

    def booking(self, booking_id: int) -> Booking | None:
        return next((booking for booking in self.bookings if booking.id == booking_id), None)

    def booked(self, course_id: int, for_whom: str = "") -> Booking | None:
        """The booking of a course for the resident, or for the one whom they named."""
        return next(
            (booking for booking in self.bookings if booking.course.id == course_id and booking.for_whom == for_whom),
            None,
        )


NOTHING_OFFERED = Programme()


def seats(kind: CourseKind, handledare: int) -> int:
    """Chairs for so many handledare who are there. Young helpers are no handledare and give none."""
    return handledare * (1 if kind == CourseKind.COACHING else SEATS_A_HANDLEDARE)


def answer_until(now: datetime, starts_at: datetime) -> datetime | None:
    """Until when a seat that is free now is kept for an answer; None when it is too late to ask."""
    latest = starts_at - LATEST_ANSWER
    return min(now + ANSWER_WITHIN, latest) if now < latest else None
