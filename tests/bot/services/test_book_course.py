"""Chairs are given one by one, and never more than there are."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError

from bot.domain.course import BookingStatus, CourseKind
from bot.services.book_course import NotAsItWas, Who, book
from bot.store.database import Database
from bot.store.tables import Base, BookingRow
from tests.course_stand import Group, opt_out, residents, tend
from tests.groups import THURSDAY, add_resident
from tests.stand_ins import ASTRID, KURT, MONDAY, SVEA, SettableClock

HOUR = timedelta(hours=1)


@pytest.fixture
def group(database: Database) -> Group:
    return Group(database)


@pytest.fixture
def svea(database: Database) -> int:
    return add_resident(database, SVEA)


def _offer(group: Group, booking: int) -> None:
    """Holds a seat for an answer until Tuesday."""
    with group.database.writing() as session:
        session.get_one(BookingRow, booking).offered_until = MONDAY + timedelta(days=1)


def test_a_chair_as_it_is_kept(group: Group, database: Database, svea: int) -> None:
    with database.writing() as session:
        made = book(session, group.id, Who(svea, "telegram", "Astrid"), MONDAY)
    (row,) = group.rows()
    assert row.id == made.id
    assert (row.course_id, row.conversation_id, row.channel, row.for_whom, row.status) == (
        group.id,
        svea,
        "telegram",
        "Astrid",
        "booked",
    )
    assert (row.booked_at, row.queued_at, row.offered_until, row.cancelled_at, row.booked_by, row.attended) == (
        MONDAY,
        MONDAY,
        None,
        None,
        None,
        None,
    )


def test_the_last_seat_is_the_last(group: Group, database: Database) -> None:
    group.fill(8)
    with pytest.raises(NotAsItWas):
        group.book(residents(database, 9)[8])
    assert group.chairs().booked == 8


@pytest.mark.parametrize(
    ("handledare", "helpers", "seats"),
    [(("A",), (), 8), (("A", "B"), (), 16), (("A",), ("Ung", "Yngre"), 8), ((), ("Ung",), 0)],
)
def test_so_many_seats_as_there_are_handledare_for(
    database: Database, handledare: tuple[str, ...], helpers: tuple[str, ...], seats: int
) -> None:
    group = Group(database, handledare=handledare, helpers=helpers)
    group.fill(seats)
    with pytest.raises(NotAsItWas):
        group.book(residents(database, seats + 1)[seats])


def test_nobody_books_twice(group: Group, svea: int) -> None:
    group.book(svea)
    with pytest.raises(NotAsItWas):
        group.book(svea, at=MONDAY + HOUR)
    with pytest.raises(NotAsItWas):
        group.wait(svea)
    assert group.standing() == ["booked"]


def test_nobody_waits_twice(group: Group, svea: int) -> None:
    group.fill(8)
    group.wait(svea)
    with pytest.raises(NotAsItWas):
        group.wait(svea)
    assert group.chairs().waiting == 1


def test_even_past_the_service_the_database_refuses_a_second_booking(
    group: Group, database: Database, svea: int
) -> None:
    group.book(svea)
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(
            BookingRow(
                course_id=group.id,
                conversation_id=svea,
                channel="sms",
                status="waitlisted",
                booked_at=MONDAY,
                queued_at=MONDAY,
            )
        )


def test_two_people_with_one_phone_each_have_a_chair(group: Group, svea: int) -> None:
    group.book(svea)
    group.book(svea, for_whom="Astrid")
    group.book(svea, for_whom="Bror")
    for whom in ("", "Astrid"):
        with pytest.raises(NotAsItWas):
            group.book(svea, for_whom=whom)
    assert group.chairs().booked == 3


def test_one_persons_chairs_in_several_groups(group: Group, database: Database, svea: int) -> None:
    other = Group(database)
    group.book(svea)
    other.book(svea)
    assert (group.chairs().booked, other.chairs().booked) == (1, 1)


def test_who_cancelled_may_book_again(group: Group, svea: int) -> None:
    group.cancel(group.book(svea), svea, at=MONDAY + HOUR)
    group.book(svea, at=MONDAY + 2 * HOUR)
    assert group.standing() == ["cancelled", "booked"]
    assert group.rows()[0].cancelled_at == MONDAY + HOUR


def test_a_chair_is_given_back_once_and_only_by_who_has_it(group: Group, database: Database, svea: int) -> None:
    booking = group.book(svea)
    with pytest.raises(NotAsItWas):
        group.cancel(booking, add_resident(database, KURT))
    with pytest.raises(NotAsItWas):
        group.cancel(booking + 1, svea)
    group.cancel(booking, svea)
    with pytest.raises(NotAsItWas):
        group.cancel(booking, svea)


def test_nobody_waits_while_there_is_a_chair(group: Group, svea: int) -> None:
    with pytest.raises(NotAsItWas):
        group.wait(svea)
    assert group.rows() == []


def test_a_newcomer_does_not_pass_those_who_wait(group: Group, database: Database, svea: int) -> None:
    booked = group.fill(8)
    group.queue(KURT)
    group.give_back(booked[0])
    with pytest.raises(NotAsItWas):
        group.book(svea)
    group.wait(svea)
    group.give_back(booked[1])
    group.give_back(booked[2])
    astrid = add_resident(database, ASTRID)
    assert group.chairs().free == 3
    group.book(astrid)
    assert group.standing()[-3:] == ["waitlisted", "waitlisted", "booked"]


def test_a_seat_that_is_held_is_taken_in_time_by_who_was_asked(group: Group, svea: int) -> None:
    booked = group.fill(8)
    waits = group.wait(svea)
    with pytest.raises(NotAsItWas):
        group.accept(waits, svea)
    group.give_back(booked[0])
    _offer(group, waits)
    with pytest.raises(NotAsItWas):
        group.accept(waits, svea + 1)
    group.accept(waits, svea, at=MONDAY + HOUR)
    row = group.rows()[-1]
    assert (row.status, row.offered_until, row.booked_at, row.queued_at) == (
        BookingStatus.BOOKED,
        None,
        MONDAY + HOUR,
        MONDAY,
    )
    with pytest.raises(NotAsItWas):
        group.accept(waits, svea, at=MONDAY + HOUR)


def test_an_answer_that_comes_too_late_takes_no_seat(group: Group, svea: int) -> None:
    booked = group.fill(8)
    waits = group.wait(svea)
    group.give_back(booked[0])
    _offer(group, waits)
    with pytest.raises(NotAsItWas):
        group.accept(waits, svea, at=MONDAY + timedelta(days=1))
    assert group.chairs().held == 1


def test_a_seat_that_is_held_is_nobody_elses(group: Group, database: Database, svea: int) -> None:
    booked = group.fill(8)
    waits = group.wait(svea)
    group.give_back(booked[0])
    _offer(group, waits)
    with pytest.raises(NotAsItWas):
        group.book(add_resident(database, KURT))


def test_who_was_offered_a_seat_and_cancels_lets_it_go(group: Group, database: Database, svea: int) -> None:
    booked = group.fill(8)
    waits = group.wait(svea)
    group.give_back(booked[0])
    _offer(group, waits)
    group.cancel(waits, svea)
    assert group.rows()[-1].offered_until is None
    group.book(add_resident(database, KURT))


def test_nothing_is_booked_on_a_course_that_was_called_off(group: Group, database: Database, svea: int) -> None:
    booked = group.fill(8)
    waits = group.wait(svea)
    group.give_back(booked[0])
    _offer(group, waits)
    group.call_off()
    kurt = add_resident(database, KURT)
    for tries in (lambda: group.book(kurt), lambda: group.wait(kurt), lambda: group.accept(waits, svea)):
        with pytest.raises(NotAsItWas):
            tries()


def test_one_may_still_cancel_what_was_called_off(group: Group, svea: int) -> None:
    booking = group.book(svea)
    group.call_off()
    group.cancel(booking, svea)
    assert group.standing() == ["cancelled"]


def test_nothing_is_booked_after_the_last_meeting_began(database: Database, svea: int) -> None:
    once, twice = Group(database), Group(database, meetings=2)
    for try_to in (once.book, once.wait):
        with pytest.raises(NotAsItWas):
            try_to(svea, at=THURSDAY)
    once.book(svea, at=THURSDAY - timedelta(seconds=1))
    twice.book(svea, at=THURSDAY)
    with pytest.raises(NotAsItWas):
        twice.book(add_resident(database, KURT), at=THURSDAY + timedelta(weeks=1))


def test_a_drop_in_takes_no_bookings_and_a_coaching_time_one(database: Database, svea: int) -> None:
    drop_in, coaching = Group(database, kind=CourseKind.DROP_IN), Group(database, kind=CourseKind.COACHING)
    for try_to in (drop_in.book, drop_in.wait):
        with pytest.raises(NotAsItWas):
            try_to(svea)
    coaching.book(svea)
    with pytest.raises(NotAsItWas):
        coaching.book(add_resident(database, KURT))


def test_what_does_not_exist(group: Group, database: Database, svea: int) -> None:
    for course in (group.id + 1, 0):
        with pytest.raises(NotAsItWas), database.writing() as session:
            book(session, course, Who(svea, "sms"), MONDAY)
    with pytest.raises(NotAsItWas):
        group.accept(1, svea)


def test_while_a_handledare_is_ill_nobody_new_gets_a_chair_and_nobody_loses_one(database: Database, svea: int) -> None:
    group = Group(database, handledare=("A", "B"))
    booked = group.fill(10)
    group.falls_ill()
    for try_to in (group.book,):
        with pytest.raises(NotAsItWas):
            try_to(svea)
    assert (group.chairs().booked, group.chairs().seats) == (10, 8)
    waits = group.wait(svea)
    for booking in booked[:2]:
        group.give_back(booking)
    assert group.chairs().free == 0
    group.give_back(booked[2])
    _offer(group, waits)
    group.accept(waits, svea)
    assert group.chairs().booked == 8
    group.falls_ill(away=False)
    assert group.chairs().open == 8


@cache
def _made() -> Path:
    path = Path(tempfile.mkdtemp()) / "made.db"
    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    engine.dispose()
    return path


class AnyOrder(RuleBasedStateMachine):
    """Three residents more than there are seats, some with two chairs, do whatever they like in any order, while time passes and offers go out.

    A few seats will do: the fewer there are, the sooner two want the same one.
    """

    @initialize(seats=st.integers(1, 3), meetings=st.integers(1, 2))
    def begin(self, seats: int, meetings: int) -> None:
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name) / "lotsen.db"
        shutil.copy(_made(), path)
        self._database = Database(f"sqlite:///{path}")
        names = tuple(f"Handledare {i}" for i in range(seats))
        starts_at = THURSDAY + timedelta(weeks=2)
        self._group = Group(
            self._database, kind=CourseKind.COACHING, handledare=names, starts_at=starts_at, meetings=meetings
        )
        self._seats = seats
        self._people = residents(self._database, self._seats + 3)
        self._clock = SettableClock()
        for conversation in self._people[:seats]:
            self._group.book(conversation)
        for conversation in self._people[seats:]:
            self._group.wait(conversation)

    def _try(self, do: object, *with_: object) -> None:
        try:
            do(*with_)  # type: ignore[operator]
        except NotAsItWas:
            return

    @rule(who=st.integers(0, 10), whom=st.sampled_from(["", "", "Astrid"]))
    def books_or_waits(self, who: int, whom: str) -> None:
        conversation = self._people[who % len(self._people)]
        try:
            self._group.book(conversation, self._clock.at, whom)
        except NotAsItWas:
            self._try(self._group.wait, conversation, self._clock.at, whom)

    @rule(which=st.integers(0, 30), noticed=st.booleans())
    def cancels(self, which: int, noticed: bool) -> None:
        if rows := [row for row in self._group.rows() if row.status != BookingStatus.CANCELLED]:
            row = rows[which % len(rows)]
            self._try(self._group.cancel, row.id, row.conversation_id, self._clock.at)
        if noticed:
            self.offers_go_out()

    @rule(answers=st.lists(st.booleans(), min_size=4, max_size=4))
    def those_who_are_asked_answer(self, answers: list[bool]) -> None:
        for row, yes in zip([row for row in self._group.rows() if row.offered_until], answers, strict=False):
            self._try(self._group.accept if yes else self._group.cancel, row.id, row.conversation_id, self._clock.at)

    @rule()
    def all_say_yes_whether_asked_or_not(self) -> None:
        for row in self._group.rows():
            self._try(self._group.accept, row.id, row.conversation_id, self._clock.at)

    @rule()
    def offers_go_out(self) -> None:
        tend(self._database, self._clock)

    @rule(hours=st.sampled_from([1, 5, 14]))
    def time_passes(self, hours: int) -> None:
        self._clock.pass_(hours=hours)

    @rule(who=st.integers(0, 10))
    def says_stopp(self, who: int) -> None:
        opt_out(self._database, self._people[who % len(self._people)], self._clock.at)

    @invariant()
    def no_more_chairs_than_there_are_and_nobody_has_two(self) -> None:
        if not hasattr(self, "_group"):
            return
        live = [row for row in self._group.rows() if row.status != BookingStatus.CANCELLED]
        assert sum(row.status == BookingStatus.BOOKED or row.offered_until is not None for row in live) <= self._seats
        assert len({(row.conversation_id, row.for_whom) for row in live}) == len(live)
        assert all(row.status == BookingStatus.WAITLISTED for row in live if row.offered_until)

    def teardown(self) -> None:
        if hasattr(self, "_database"):
            self._database.close()
            self._folder.cleanup()


AnyOrder.TestCase.settings = settings(
    max_examples=20,
    stateful_step_count=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shortening a failure takes minutes with a real database
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestAnyOrder = AnyOrder.TestCase
