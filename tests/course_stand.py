"""One group on a real database, and everything that can be done with its chairs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.domain.conversation import Conversation, Question
from bot.domain.course import Programme
from bot.engine.world import World
from bot.services.book_course import Who, accept, book, cancel, wait
from bot.services.tend_bookings import tend_bookings
from bot.services.tending import Tending
from bot.store import conversations, courses
from bot.store.database import Database
from bot.store.tables import BookingRow, ConversationRow, CourseRow, OutboxRow
from tests.groups import COURSE_WORLD, NUMBERS, add_course, add_resident
from tests.stand_ins import MONDAY, CountedWakeup, SettableClock


class Group:
    """A group; each call is one transaction. `at` is business time."""

    def __init__(self, database: Database, **made: Any) -> None:
        self.database = database
        self.id = add_course(database, **made)

    def book(self, conversation: int, at: datetime = MONDAY, for_whom: str = "", channel: str = "sms") -> int:
        with self.database.writing() as session:
            return book(session, self.id, Who(conversation, channel, for_whom), at).id

    def wait(self, conversation: int, at: datetime = MONDAY, for_whom: str = "") -> int:
        with self.database.writing() as session:
            return wait(session, self.id, Who(conversation, "sms", for_whom), at).id

    def accept(self, booking: int, conversation: int, at: datetime = MONDAY) -> None:
        with self.database.writing() as session:
            accept(session, booking, conversation, at)

    def cancel(self, booking: int, conversation: int, at: datetime = MONDAY) -> None:
        with self.database.writing() as session:
            cancel(session, booking, conversation, at)

    def give_back(self, booking: int, at: datetime = MONDAY) -> None:
        """Whoever has the chair gives it back."""
        with self.database.reading() as session:
            conversation = session.get_one(BookingRow, booking).conversation_id
        self.cancel(booking, conversation, at)

    def fill(self, chairs: int = 8, at: datetime = MONDAY) -> list[int]:
        """So many residents with a chair; their bookings."""
        return [self.book(conversation, at) for conversation in residents(self.database, chairs)]

    def queue(self, *addresses: str, at: Sequence[datetime] = ()) -> list[int]:
        """These wait, each from its time on; their bookings."""
        times = at or [MONDAY] * len(addresses)
        return [
            self.wait(add_resident(self.database, address), time)
            for address, time in zip(addresses, times, strict=True)
        ]

    def full_with_queue(self, *addresses: str) -> tuple[list[int], list[int]]:
        """Every chair of eight is had, and these wait, a minute after each other; the bookings."""
        return self.fill(8), self.queue(*addresses, at=[MONDAY + timedelta(minutes=i) for i in range(len(addresses))])

    def call_off(self, at: datetime = MONDAY) -> None:
        with self.database.writing() as session:
            courses.lock(session, self.id).cancelled_at = at

    def move(self, starts_at: datetime, at: datetime = MONDAY, meeting: int = 0) -> None:
        """Gives a meeting another time, as the console does."""
        with self.database.writing() as session:
            row = courses.lock(session, self.id)
            meetings = courses.meetings_of(session, self.id)
            moved = meetings[meeting]
            moved.starts_at, moved.ends_at, moved.moved_at = (
                starts_at,
                starts_at + (moved.ends_at - moved.starts_at),
                at,
            )
            row.starts_at, row.ends_at = min(one.starts_at for one in meetings), max(one.ends_at for one in meetings)

    def falls_ill(self, which: int = 0, away: bool = True) -> None:
        with self.database.writing() as session:
            courses.leaders_of(session, self.id)[which].away = away

    def chairs(self) -> courses.Chairs:
        with self.database.reading() as session:
            return courses.chairs(session, [session.get_one(CourseRow, self.id)])[self.id]

    def rows(self) -> list[BookingRow]:
        """All bookings, oldest first."""
        with self.database.reading() as session:
            return list(
                session.scalars(select(BookingRow).where(BookingRow.course_id == self.id).order_by(BookingRow.id))
            )

    def standing(self) -> list[str]:
        """How each booking stands, oldest first; one that is asked whether they come is "offered"."""
        return ["offered" if row.offered_until else row.status for row in self.rows()]


def residents(database: Database, count: int) -> list[int]:
    """So many of the numbers that are nobody's; their conversations."""
    return [add_resident(database, address) for address in NUMBERS[:count]]


def programme(database: Database, conversation: int | None = None, at: datetime = MONDAY) -> Programme:
    with database.reading() as session:
        return courses.programme(session, conversation, at)


def tend(database: Database, clock: SettableClock, world: World = COURSE_WORLD) -> int:
    """Does what is due; how many were written to. In that world every text is its key."""
    return tend_bookings(Tending(database, lambda: world, clock, CountedWakeup()))


def told(database: Database, *addresses: str) -> list[str]:
    """The texts that went out, to these or to everybody, in order."""
    with database.reading() as session:
        query = select(OutboxRow.text).order_by(OutboxRow.id)
        return list(session.scalars(query.where(OutboxRow.address.in_(addresses)) if addresses else query))


def whom(database: Database, text: str) -> list[str]:
    """Who was told this, in order."""
    with database.reading() as session:
        return list(session.scalars(select(OutboxRow.address).where(OutboxRow.text == text).order_by(OutboxRow.id)))


def state_of(database: Database, conversation: int) -> Conversation:
    with database.reading() as session:
        return Conversation.from_json(session.get_one(ConversationRow, conversation).state)


def leave_with(
    database: Database, conversation: int, question: Question | None, heard_at: datetime | None = None, **more: Any
) -> None:
    """Leaves a conversation with this question open; `heard_at` is when the resident wrote last."""
    with database.writing() as session:
        state = Conversation.from_json(conversations.lock(session, conversation).state)
        conversations.change_state(session, conversation, state.with_(question=question, heard_at=heard_at, **more))


def opt_out(database: Database, conversation: int, at: datetime = MONDAY) -> None:
    """STOPP, as a turn keeps it."""
    with database.writing() as session:
        state = Conversation.from_json(conversations.lock(session, conversation).state)
        conversations.change_state(session, conversation, state.with_(opted_out=True))
        conversations.address_of(session, conversation).opted_out_at = at
