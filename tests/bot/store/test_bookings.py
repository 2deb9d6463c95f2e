"""Which bookings something is due for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.domain.course import BookingStatus
from bot.store import bookings
from bot.store.bookings import Due
from bot.store.database import Database
from bot.store.tables import AddressRow, BookingRow, ConversationRow, MeetingRow
from tests.course_stand import Group
from tests.groups import THURSDAY, add_booking, add_resident
from tests.stand_ins import ASTRID, KURT, MONDAY, SVEA

WEEK, DAY, HOUR = timedelta(weeks=1), timedelta(days=1), timedelta(hours=1)
TWO_DAYS = timedelta(days=2)


@pytest.fixture
def group(database: Database) -> Group:
    return Group(database)


def _ids(found: Sequence[Due]) -> list[int]:
    return [due.booking_id for due in found]


def _to_remind(database: Database, at: datetime) -> list[Due]:
    with database.reading() as session:
        return bookings.to_remind(session, at, TWO_DAYS)


def _waiting(database: Database, at: datetime) -> list[Due]:
    with database.reading() as session:
        return bookings.waiting(session, at)


def test_a_due_booking_with_all_that_is_needed_to_write(database: Database, group: Group) -> None:
    booking = group.book(add_resident(database, SVEA), at=MONDAY + HOUR)
    (due,) = _to_remind(database, THURSDAY - DAY)
    assert (due.booking_id, due.channel, due.place, due.starts_at) == (
        booking,
        "sms",
        "kalmar-stadsbibliotek",
        THURSDAY,
    )
    assert (due.known_at, due.moved_at) == (MONDAY + HOUR, None)
    with database.reading() as session:
        assert session.get_one(MeetingRow, due.meeting_id).course_id == group.id
        assert session.get_one(BookingRow, booking).conversation_id == due.conversation_id


def test_only_chairs_that_are_had_are_reminded_of(database: Database, group: Group) -> None:
    booked = group.fill(8)
    group.queue(SVEA)
    group.give_back(booked.pop())
    assert _ids(_to_remind(database, THURSDAY - DAY)) == booked


def test_only_meetings_within_the_time_are_reminded_of(database: Database) -> None:
    group = Group(database, meetings=2)
    group.book(add_resident(database, SVEA))
    assert _to_remind(database, THURSDAY - TWO_DAYS) == []
    assert [due.starts_at for due in _to_remind(database, THURSDAY - TWO_DAYS + timedelta(seconds=1))] == [THURSDAY]
    assert _to_remind(database, THURSDAY) == []
    assert [due.starts_at for due in _to_remind(database, THURSDAY + WEEK - DAY)] == [THURSDAY + WEEK]


def test_a_course_that_was_called_off_is_not_reminded_of(database: Database, group: Group) -> None:
    group.fill(2)
    group.call_off()
    assert _to_remind(database, THURSDAY - DAY) == []


def test_whose_course_was_moved_knows_of_the_time_since_then(database: Database, group: Group) -> None:
    group.book(add_resident(database, SVEA))
    group.move(THURSDAY + HOUR, at=MONDAY + DAY)
    group.book(add_resident(database, KURT), at=MONDAY + TWO_DAYS)
    assert [(due.moved_at, due.known_at) for due in _to_remind(database, THURSDAY - HOUR)] == [
        (MONDAY + DAY, MONDAY + DAY),
        (MONDAY + DAY, MONDAY + TWO_DAYS),
    ]


def test_who_booked_before_a_move_is_told_of_it(database: Database, group: Group) -> None:
    before, waits = add_booking(database, group.id, SVEA), group.fill(7)
    (in_queue,) = group.queue(KURT)
    group.give_back(waits.pop())
    group.move(THURSDAY + DAY, at=MONDAY + HOUR)
    group.move(THURSDAY + DAY, at=MONDAY + HOUR)
    add_booking(database, group.id, ASTRID, at=MONDAY + 2 * HOUR)
    with database.reading() as session:
        found = bookings.to_tell_of_move(session, MONDAY + 3 * HOUR)
    assert set(_ids(found)) == {before, in_queue, *waits}
    assert {due.starts_at for due in found} == {THURSDAY + DAY}
    with database.reading() as session:
        assert bookings.to_tell_of_move(session, THURSDAY + DAY) == []


def test_only_the_meeting_that_was_moved_is_told_of(database: Database) -> None:
    group = Group(database, meetings=3)
    group.fill(1)
    group.move(THURSDAY + WEEK + HOUR, at=MONDAY + HOUR, meeting=1)
    with database.reading() as session:
        assert [due.starts_at for due in bookings.to_tell_of_move(session, MONDAY + DAY)] == [THURSDAY + WEEK + HOUR]
    group.call_off()
    with database.reading() as session:
        assert bookings.to_tell_of_move(session, MONDAY + DAY) == []


def test_everyone_on_a_course_that_was_called_off_once_each(database: Database) -> None:
    group, other = Group(database, meetings=3), Group(database)
    booked = group.fill(8)
    (waits,) = group.queue(SVEA)
    other.fill(2)
    with database.reading() as session:
        assert bookings.of_called_off(session, MONDAY) == []
    group.call_off()
    with database.reading() as session:
        found = bookings.of_called_off(session, THURSDAY + HOUR)
        assert _ids(found) == [*booked, waits]
        assert {due.starts_at for due in found} == {THURSDAY + WEEK}
        assert bookings.of_called_off(session, THURSDAY + 2 * WEEK) == []


def test_offers_that_are_over(database: Database, group: Group) -> None:
    add_booking(database, group.id, SVEA)
    asked = add_booking(database, group.id, KURT, BookingStatus.WAITLISTED, offered_until=MONDAY + HOUR)
    add_booking(database, group.id, ASTRID, BookingStatus.WAITLISTED)
    with database.reading() as session:
        assert bookings.offers_over(session, MONDAY + HOUR - timedelta(seconds=1)) == []
        assert _ids(bookings.offers_over(session, MONDAY + HOUR)) == [asked]
    group.call_off()
    with database.reading() as session:
        assert bookings.offers_over(session, MONDAY + HOUR) == []


def test_the_queue_in_the_order_they_came(database: Database, group: Group) -> None:
    group.fill(8)
    third, first, second = group.queue(SVEA, KURT, ASTRID, at=(MONDAY + 3 * HOUR, MONDAY + HOUR, MONDAY + 2 * HOUR))
    assert _ids(_waiting(database, MONDAY + DAY)) == [first, second, third]
    with database.writing() as session:
        session.get_one(BookingRow, first).offered_until = THURSDAY
    assert _ids(_waiting(database, MONDAY + DAY)) == [second, third]


def test_nobody_waits_for_what_has_begun_but_for_what_meets_again(database: Database, group: Group) -> None:
    twice = Group(database, meetings=2)
    for one in (group, twice):
        add_booking(database, one.id, SVEA, BookingStatus.WAITLISTED)
    assert len(_waiting(database, MONDAY)) == 2
    assert [due.starts_at for due in _waiting(database, THURSDAY)] == [THURSDAY + WEEK]


def test_two_of_a_family_are_written_to_together(database: Database, group: Group) -> None:
    own, for_astrid = add_booking(database, group.id, SVEA), add_booking(database, group.id, SVEA, for_whom="Astrid")
    add_booking(database, group.id, SVEA, BookingStatus.WAITLISTED, for_whom="Bror")
    add_booking(database, group.id, KURT)
    add_booking(database, Group(database).id, SVEA)
    with database.writing() as session:
        assert [row.id for row in bookings.together(session, session.get_one(BookingRow, own))] == [own, for_astrid]


def test_the_list_is_of_every_status_with_course_and_address(database: Database, group: Group) -> None:
    first, second = add_booking(database, group.id, SVEA), add_booking(database, group.id, KURT)
    group.give_back(first)
    with database.reading() as session:
        assert [
            (row.id, row.status, course.id, address) for row, course, address in bookings.listed(session, None)
        ] == [
            (first, "cancelled", group.id, SVEA),
            (second, "booked", group.id, KURT),
        ]
        assert [row.id for row, _, _ in bookings.listed(session, KURT)] == [second]
        assert bookings.listed(session, ASTRID) == []


def test_a_booking_is_listed_by_the_address_it_was_made_from(database: Database, group: Group) -> None:
    conversation = add_resident(database, SVEA)
    with database.writing() as session:
        person = session.get_one(ConversationRow, conversation).person_id
        session.add(AddressRow(person_id=person, text="tg:4711", channel="telegram", sender="telegram"))
    group.book(conversation, channel="telegram")
    with database.reading() as session:
        assert [address for _, _, address in bookings.listed(session, None)] == ["tg:4711"]
        assert bookings.listed(session, SVEA) == []
