"""A handledare books for somebody, or gives a chair back for them: from a case, or for a number that phones in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.address import Address, AddressError
from bot.domain.conversation import Question
from bot.domain.course import BookingStatus, CourseKind
from bot.domain.course_draft import LONGEST_NAME, CourseFaults, Fault
from bot.domain.opening_hours import describe_moment
from bot.domain.quiet_hours import after_quiet, is_quiet
from bot.domain.secrets import mask
from bot.engine.world import World
from bot.services.book_course import NotAsItWas, Who, book, cancel, wait
from bot.services.ports import Clock, Wakeup
from bot.services.read_cases import CaseNotFound
from bot.services.run_courses import CourseNotFound, lock_seen, sees
from bot.services.viewer import Viewer, seen_by, viewer
from bot.services.write_first import conversation_of, may_be_written_to, write_first
from bot.store import conversations, courses, notices, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import BookingRow, CaseRow, ConversationRow, CourseRow, UserRow

PRESSED_TWICE_WITHIN = timedelta(minutes=1)
"""The same chair for the same person from the same handledare within this time is one press too many."""


class Told(StrEnum):
    """Whether the person is told."""

    NOW = "now"
    LATER = "later"
    """When the quiet hours are over; bot/services/tend_bookings.py does it."""
    NOT = "not"
    """They have said STOPP or cannot be reached, or it would come after the group has begun."""
    UNSAID = "unsaid"
    """There is nothing to take back: they had not yet been told of the chair."""


@dataclass(frozen=True, slots=True)
class Booked:
    """What came of it."""

    booking_id: int
    waits: bool
    told: Told


@dataclass(frozen=True, slots=True)
class _Held:
    """One transaction: what it works on, with business time `now` and real time `real`."""

    session: Session
    now: datetime
    real: datetime


class BookingDesk:
    """Chairs as staff give and take them. Every method is one transaction. Raises CourseNotFound, CourseFaults, DatabaseAway."""

    def __init__(self, database: Database, world: Callable[[], World], clock: Clock, wakeup: Wakeup) -> None:
        self._database = database
        self._world = world
        self._clock = clock
        self._wakeup = wakeup

    def for_case(
        self, user: UserRow, course_id: int, case_id: int, for_whom: str = "", may_wait: bool = False
    ) -> Booked:
        """A chair for the resident of a case; a place in the queue when there is none and `may_wait`. Raises CaseNotFound."""
        with self._database.writing() as session:
            held = self._held(session)
            who = self._viewer(user)
            case = session.scalar(select(CaseRow).where(CaseRow.id == case_id, seen_by(who)))
            if case is None or case.conversation_id is None:
                raise CaseNotFound(f"user {user.id} finds no case {case_id} with a conversation")
            conversations.lock(session, case.conversation_id)
            booked = self._book(held, user, course_id, case.conversation_id, case.channel, for_whom, may_wait)
            session.refresh(case, with_for_update=True)
            case.version += 1
            users.audit(session, held.now, user.id, "course_book", case.id, f"course:{course_id}")
        return self._woken(booked)

    def for_number(
        self, user: UserRow, course_id: int, number: str, for_whom: str = "", may_wait: bool = False
    ) -> Booked:
        """The same for somebody whose number has written to Lotsen. A number that has not, or that belongs to others, is not known."""
        try:
            address = Address.parse(number)
        except AddressError:
            raise CourseFaults(Fault("number", "bad_number")) from None
        with self._database.writing() as session:
            held = self._held(session)
            found = conversations.of_address(session, address)
            if found is None or not self._ours(user, found[1]):
                raise CourseFaults(Fault("number", "unknown_number"))
            conversations.lock(session, found[1].id)
            booked = self._book(held, user, course_id, found[1].id, address.channel, for_whom, may_wait)
            users.audit(session, held.now, user.id, "course_book", detail=f"course:{course_id}")
        return self._woken(booked)

    def cancel(self, user: UserRow, course_id: int, booking_id: int) -> Booked:
        """Gives a chair, or a place in the queue, back for somebody, and tells them."""
        with self._database.writing() as session:
            held = self._held(session)
            row = session.get(BookingRow, booking_id)
            if row is None or row.course_id != course_id:
                raise CourseNotFound(f"no booking {booking_id} of course {course_id}")
            conversations.lock(session, row.conversation_id)
            course = lock_seen(session, self._viewer(user), course_id)
            waited = row.status == BookingStatus.WAITLISTED
            try:
                cancel(session, booking_id, row.conversation_id, held.now)
            except NotAsItWas:
                return Booked(booking_id, waited, _told_already(held, booking_id))
            unsaid = notices.settle(session, "waits_for_you" if waited else "booked_for_you", str(booking_id))
            told = Told.UNSAID if unsaid else self._tell(held, course, row, "booking_taken_back")
            users.audit(session, held.now, user.id, "course_cancel_booking", detail=f"course:{course_id}")
            booked = Booked(booking_id, waited, told)
        return self._woken(booked)

    def _book(
        self,
        held: _Held,
        user: UserRow,
        course_id: int,
        conversation_id: int,
        channel: str,
        for_whom: str,
        may_wait: bool,
    ) -> Booked:
        """Books with the conversation held already. Raises CourseFaults with the reason when it cannot be."""
        for_whom = mask(" ".join(for_whom.split())).text
        if len(for_whom) > LONGEST_NAME:
            raise CourseFaults(Fault("for_whom", "long_name", (("most", LONGEST_NAME),)))
        course = lock_seen(held.session, self._viewer(user), course_id)
        own = self._own(held, course_id, conversation_id, for_whom)
        if own is not None:
            if own.booked_by == user.id and held.now - own.queued_at <= PRESSED_TWICE_WITHIN:
                return Booked(
                    own.id, own.status == BookingStatus.WAITLISTED, Told.LATER if is_quiet(held.now) else Told.NOW
                )
            raise CourseFaults(Fault("for_whom", "already"))
        for why, so in (
            ("called_off", course.cancelled_at is not None),
            ("drop_in", course.kind == CourseKind.DROP_IN),
            ("has_been", not courses.as_seen(held.session, [course], held.now)),
        ):
            if so:
                raise CourseFaults(Fault("book", why))
        full = courses.chairs(held.session, [course])[course.id].open == 0
        if full and not may_wait:
            raise CourseFaults(Fault("book", "full"))
        who = Who(conversation_id, channel, for_whom, user.id)
        try:
            row = (wait if full else book)(held.session, course_id, who, held.now)
        except NotAsItWas:
            raise CourseFaults(Fault("book", "not_as_it_was")) from None
        asks = None if full else Question("coming", options=(str(row.id),), soft=True)
        told = self._tell(held, course, row, "waits_for_you" if full else "booked_for_you", asks)
        return Booked(row.id, full, told)

    def _tell(self, held: _Held, course: CourseRow, row: BookingRow, key: str, asks: Question | None = None) -> Told:
        """Writes when and where; what the group is about is nobody's business who reads over a shoulder. In the quiet hours it is owed till the morning."""
        seen = courses.as_seen(held.session, [course], held.now).get(course.id)
        if seen is None or course.cancelled_at or seen.starts_at <= after_quiet(held.now):
            return Told.NOT
        if not may_be_written_to(held.session, row.conversation_id, row.channel):
            return Told.NOT
        if is_quiet(held.now):
            notices.owe(held.session, key, str(row.id), held.now)
            return Told.LATER
        world = self._world()
        language = conversation_of(held.session, row.conversation_id).language
        place = next((place.name for place in world.places if place.id == course.place), course.place)
        told = {"when": describe_moment(seen.starts_at, held.now, language), "place": place}
        write_first(held.session, world, row.conversation_id, row.channel, key, told, held.now, held.real, asks)
        return Told.NOW

    def _own(self, held: _Held, course_id: int, conversation_id: int, for_whom: str) -> BookingRow | None:
        return held.session.scalar(
            select(BookingRow).where(
                BookingRow.course_id == course_id,
                BookingRow.conversation_id == conversation_id,
                BookingRow.for_whom == for_whom,
                BookingRow.status != BookingStatus.CANCELLED,
            )
        )

    def _held(self, session: Session) -> _Held:
        real = self._clock()
        return _Held(session, business_time(session, real), real)

    def _viewer(self, user: UserRow) -> Viewer:
        return viewer(user, self._world().organisation)

    def _ours(self, user: UserRow, conversation: ConversationRow) -> bool:
        return conversation.municipality is None or sees(self._viewer(user), conversation.municipality)

    def _woken(self, booked: Booked) -> Booked:
        if booked.told == Told.NOW:
            self._wakeup.outbox()
        return booked


def _told_already(held: _Held, booking_id: int) -> Told:
    """What somebody is shown who presses twice to give the same chair back."""
    if not is_quiet(held.now):
        return Told.NOW
    return Told.LATER if str(booking_id) in notices.owed(held.session, ("booking_taken_back",)) else Told.UNSAID
