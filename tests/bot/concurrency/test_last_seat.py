"""Several processes want the same chairs at once: the last one goes to exactly one, and everybody else gets a kind answer."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import chain
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.domain.conversation import Question
from bot.store.database import Database
from bot.store.tables import BookingRow, CaseRow, ConversationRow, CourseRow, InboxRow, MeetingRow, NoticeRow, OutboxRow
from tests.bot.concurrency.conftest import ROOT
from tests.course_stand import Group, leave_with, state_of, told, whom
from tests.groups import COURSE_WORLD, THURSDAY, add_booking, add_resident
from tests.stand_ins import KURT, MONDAY, SVEA, Post

LATER = (MONDAY + timedelta(seconds=10)).isoformat()
MUCH_LATER = (MONDAY + timedelta(minutes=5)).isoformat()
DAY_BEFORE = (THURSDAY - timedelta(days=1)).isoformat()


def _people(database: Database, number: int) -> list[int]:
    """Any strings do as addresses here, and numbers of the fictitious series are too few."""
    return [add_resident(database, f"tg:{i}") for i in range(1, number + 1)]


def test_no_more_chairs_are_given_than_there_are(workers: Any, database: Database) -> None:
    group, people = Group(database), _people(database, 40)
    shares = workers.together("book_chairs", [{"conversations": people[i::4]} for i in range(4)], course=group.id)
    assert sum(map(len, shares)) == 8
    assert group.chairs().booked == 8
    assert {row.conversation_id for row in group.rows()} == set(chain.from_iterable(shares))


def test_the_last_seat_goes_to_exactly_one(workers: Any, database: Database) -> None:
    for _ in range(10):
        group = Group(database)
        group.fill(7)
        people = _people(database, 4)
        shares = workers.together("book_chairs", [{"conversations": [person]} for person in people], course=group.id)
        assert sorted(map(len, shares)) == [0, 0, 0, 1]
        assert group.chairs().booked == 8


def test_one_person_in_four_processes_has_one_chair(workers: Any, database: Database) -> None:
    groups = [Group(database) for _ in range(10)]
    (person,) = _people(database, 1)
    for group in groups:
        assert sum(map(len, workers.together("book_chairs", course=group.id, conversations=[person]))) == 1
        assert group.standing() == ["booked"]


def test_a_seat_that_is_held_is_taken_once_and_one_that_is_given_back_is_given_back_once(
    workers: Any, database: Database
) -> None:
    group, people = Group(database), _people(database, 8)
    offers = []
    for i, person in enumerate(people):
        offers.append([add_booking(database, group.id, f"tg:{i + 1}", "waitlisted", offered_until=THURSDAY), person])  # type: ignore[arg-type]
    accepted = workers.together("accept_seats", offers=offers)
    assert Counter(chain.from_iterable(accepted)) == {booking: 1 for booking, _ in offers}
    cancelled = workers.together("cancel_chairs", chairs=offers)
    assert Counter(chain.from_iterable(cancelled)) == {booking: 1 for booking, _ in offers}
    assert set(group.standing()) == {"cancelled"}


def _all_say(database: Database, text: str, people: list[str], time: str = "first") -> None:
    post = Post(database)
    for person in people:
        post.comes(text, sender=person, key=f"{time}-{person}")


def _handled(database: Database) -> None:
    with database.reading() as session:
        assert session.scalar(select(func.count(InboxRow.message_id)).where(InboxRow.handled_at.is_(None))) == 0
        assert session.scalar(select(func.count(CaseRow.id))) == 0, "a turn failed"
        assert set(session.scalars(select(ConversationRow.attempts))) == {0}


def test_of_two_conversations_that_say_ja_to_the_last_seat_one_has_it_and_the_other_is_offered_the_queue(
    workers: Any, database: Database
) -> None:
    """Whole turns in four processes: nobody gets an error, and nobody is put in a queue they have not asked for."""
    groups = []
    for i in range(12):
        group = Group(database)
        group.fill(7)
        for person in (f"tg:{2 * i + 1}", f"tg:{2 * i + 2}"):
            leave_with(database, add_resident(database, person), Question("book", options=(str(group.id),)))
        groups.append(group)
    people = [f"tg:{i}" for i in range(1, 25)]
    _all_say(database, "JA", people)
    assert sum(workers.together("think", at=LATER, idle=3)) == 24
    _handled(database)
    for i, group in enumerate(groups):
        assert group.standing() == ["booked"] * 8
        pair = people[2 * i : 2 * i + 2]
        assert sorted("course_booked" in text for text in told(database, *pair)) == [False, True]
        (full,) = [text for text in told(database, *pair) if "course_full" in text]
        assert "course_waitlisted" not in full
        (other,) = [person for person in pair if "course_full" in told(database, person)[0]]
        question = state_of(database, add_resident(database, other)).question
        assert question and question.kind == "book"
    _all_say(
        database, "JA", people, "second"
    )  # the one who has a seat has no question open, the other takes the place in the queue
    workers.together("think", at=MUCH_LATER, idle=3)
    for group in groups:
        assert group.standing() == [*["booked"] * 8, "waitlisted"]


class _Meanwhile:
    """Something that happens once, while a turn is thought over."""

    def __init__(self, database: Database, happens: Any) -> None:
        self.post = Post(database, world=COURSE_WORLD)
        self._happens = [happens]
        self.post.interpreter.before = lambda text: self._happens.pop()() if self._happens else None


def _wants(database: Database, group: Group, *more: str) -> int:
    svea = add_resident(database, SVEA)
    leave_with(database, svea, Question("book", (str(group.id), *more)))
    return svea


def test_the_seat_is_taken_while_the_turn_is_thought_over(database: Database) -> None:
    group = Group(database)
    group.fill(7)
    svea = _wants(database, group)
    meanwhile = _Meanwhile(database, lambda: group.book(add_resident(database, KURT)))
    assert meanwhile.post.says("JA") == 1
    (answer,) = told(database, SVEA)
    assert "course_full" in answer and "course_booked" not in answer
    assert group.standing() == ["booked"] * 8
    meanwhile.post.says("JA")
    assert "course_waitlisted" in told(database, SVEA)[-1]
    assert [row.conversation_id for row in group.rows() if row.status == "waitlisted"] == [svea]


def test_a_seat_becomes_free_while_a_place_in_the_queue_is_taken(database: Database) -> None:
    group = Group(database)
    booked = group.fill(8)
    _wants(database, group, "queue")
    meanwhile = _Meanwhile(database, lambda: group.give_back(booked[0]))
    meanwhile.post.says("JA")
    assert "course_booked" in told(database, SVEA)[-1]
    assert group.standing()[-1] == "booked"


def test_the_course_is_called_off_while_somebody_books(database: Database) -> None:
    group = Group(database)
    _wants(database, group)
    _Meanwhile(database, group.call_off).post.says("JA")
    assert "course_gone" in told(database, SVEA)[-1]
    assert group.rows() == []


def test_a_handledare_books_for_them_while_they_say_ja(database: Database) -> None:
    group = Group(database)
    svea = _wants(database, group)
    _Meanwhile(database, lambda: group.book(svea)).post.says("JA")
    assert "already_booked" in told(database, SVEA)[-1]
    assert group.standing() == ["booked"]


def test_the_offer_ends_while_the_answer_is_thought_over(database: Database) -> None:
    group = Group(database)
    booked = group.fill(8)
    (waits,) = group.queue(SVEA)
    group.give_back(booked[0])
    with database.writing() as session:
        session.get_one(BookingRow, waits).offered_until = MONDAY + timedelta(minutes=1)
    svea = add_resident(database, SVEA)
    leave_with(database, svea, Question("seat", options=(str(waits),), soft=True))
    _Meanwhile(database, lambda: group.cancel(waits, svea)).post.says("JA")
    assert "seat_gone" in told(database, SVEA)[-1]
    assert group.standing()[-1] == "cancelled"


def test_the_booking_is_cancelled_in_the_console_while_the_resident_cancels(database: Database) -> None:
    group = Group(database)
    svea = add_resident(database, SVEA)
    booking = group.book(svea)
    leave_with(database, svea, Question("cancel_booking", options=(str(booking),)))
    _Meanwhile(database, lambda: group.cancel(booking, svea)).post.says("JA")
    assert "no_bookings" in told(database, SVEA)[-1]


def test_all_that_tend_side_by_side_remind_everybody_once(workers: Any, database: Database) -> None:
    groups = [Group(database) for _ in range(5)]
    for i, group in enumerate(groups):
        for j in range(8):
            add_booking(database, group.id, f"tg:{i * 8 + j + 1}")
    for _ in range(2):
        workers.together("tend", at=DAY_BEFORE)
    with database.reading() as session:
        assert Counter(session.scalars(select(OutboxRow.address))) == {f"tg:{i}": 1 for i in range(1, 41)}
        assert session.scalar(select(func.count(NoticeRow.id))) == 40


def test_all_that_tend_side_by_side_offer_each_free_seat_to_one_in_order(workers: Any, database: Database) -> None:
    for i in range(4):
        group = Group(database)
        booked = group.fill(8)
        queue = [f"tg:{i * 4 + j + 1}" for j in range(4)]
        group.queue(*queue, at=[MONDAY + timedelta(minutes=j) for j in range(4)])
        group.give_back(booked[0])
        group.give_back(booked[1])
        workers.together("tend", at=(MONDAY + timedelta(hours=1)).isoformat())
        workers.together("tend", at=(MONDAY + timedelta(hours=2)).isoformat())
        assert (group.chairs().booked, group.chairs().held, group.chairs().waiting) == (6, 2, 2)
        assert [address for address in whom(database, "seat_free") if address in queue] == queue[:2]


def test_all_that_tend_side_by_side_tell_of_a_course_that_is_called_off_and_one_that_is_moved_once(
    workers: Any, database: Database
) -> None:
    called_off, moved = Group(database), Group(database)
    for i in range(8):
        add_booking(database, called_off.id, f"tg:{i + 1}")
        add_booking(database, moved.id, f"tg:{10 + i}")
    called_off.call_off()
    moved.move(THURSDAY + timedelta(days=1), at=MONDAY + timedelta(minutes=1))
    workers.together("tend", at=(MONDAY + timedelta(hours=1)).isoformat())
    workers.together("tend", at=(MONDAY + timedelta(hours=1)).isoformat())
    assert sorted(whom(database, "course_called_off")) == sorted(f"tg:{i + 1}" for i in range(8))
    assert sorted(whom(database, "course_moved")) == sorted(f"tg:{10 + i}" for i in range(8))


def test_tending_and_turns_on_one_course_never_wait_for_each_other_in_a_ring(workers: Any, database: Database) -> None:
    """Each holds the conversation before the course; in different orders PostgreSQL would have to end one of them."""
    group = Group(database, handledare=("A", "B", "C", "D", "E"))
    people = [f"tg:{i}" for i in range(1, 41)]
    for person in people:
        booking = add_booking(database, group.id, person)
        leave_with(database, add_resident(database, person), Question("coming", options=(str(booking),), soft=True))
    _all_say(database, "NEJ", people)
    workers.side_by_side(
        {"do": "think", "at": LATER, "idle": 20},
        {"do": "tend", "at": DAY_BEFORE},
        {"do": "think", "at": LATER, "idle": 20},
        {"do": "tend", "at": DAY_BEFORE},
    )
    workers.together("think", at=MUCH_LATER, idle=3)
    _handled(database)
    assert set(group.standing()) == {"cancelled"}


@pytest.mark.parametrize("rounds", [2])
def test_all_that_plan_at_once_make_each_group_once(workers: Any, database: Database, rounds: int) -> None:
    folder = str(ROOT / "config" / "courses")
    made = [sum(workers.together("plan", folder=folder)) for _ in range(rounds)]
    with database.reading() as session:
        keys = list(session.scalars(select(CourseRow.key)))
        lonely = session.scalar(select(func.count(CourseRow.id)).where(~CourseRow.id.in_(select(MeetingRow.course_id))))
    assert len(set(keys)) == len(keys) == made[0] > 20
    assert made[1:] == [0] * (rounds - 1)
    assert lonely == 0
