"""What those who have booked are told, unasked: once, by day, never after STOPP, and never what the course is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest

from bot.domain.conversation import Language, Question
from bot.domain.sms_text import prepare, unusual
from bot.services import tend_bookings as tending
from bot.services.tending import Tending
from bot.store import clock as business
from bot.store import conversations
from bot.store.database import Database
from bot.store.tables import AddressRow, BookingRow, NoticeRow, OutboxRow
from tests.bot.engine.talk import world as shipped
from tests.course_stand import Group, leave_with, opt_out, state_of, tend, told, whom
from tests.groups import COURSE_WORLD, NUMBERS, THURSDAY, add_booking, add_resident
from tests.stand_ins import KURT, MONDAY, SVEA, CountedWakeup, SettableClock

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
DAY_BEFORE = THURSDAY - DAY
"""Ten in the morning, when the first reminder goes out."""


@pytest.fixture
def group(database: Database) -> Group:
    return Group(database)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


# Reminders


def _days(database: Database, clock: SettableClock, *hours_before: float) -> list[int]:
    """How many are written to at these times before Thursday's course."""
    written = []
    for hours in hours_before:
        clock.at = THURSDAY - timedelta(hours=hours)
        written.append(tend(database, clock))
    return written


def test_the_day_before_and_the_same_morning(database: Database, group: Group, clock: SettableClock) -> None:
    booking = add_booking(database, group.id, SVEA)
    assert _days(database, clock, 48, 24.1, 24, 23.9, 15, 2.1, 2, 1.9, 0.1, 0, -1) == [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]
    assert told(database) == ["remind_booking", "remind_booking"]
    assert state_of(database, group.rows()[0].conversation_id).question == Question(
        "coming", (str(booking),), about=THURSDAY.astimezone(UTC).isoformat(), soft=True
    )


def test_each_meeting_is_reminded_of(database: Database, clock: SettableClock) -> None:
    add_booking(database, Group(database, meetings=2).id, SVEA)
    assert _days(database, clock, 24, 2, 24 - 7 * 24, 2 - 7 * 24) == [1, 1, 1, 1]


def test_everybody_with_a_chair_and_nobody_else(database: Database, group: Group, clock: SettableClock) -> None:
    booked, (kurt, _) = group.full_with_queue(KURT, SVEA)
    group.give_back(booked[0])
    clock.at = DAY_BEFORE
    tend(database, clock)
    assert whom(database, "remind_booking") == list(NUMBERS[1:8])
    group.accept(kurt, add_resident(database, KURT), clock.at)
    clock.pass_(hours=1)
    assert tend(database, clock) == 0
    clock.at = THURSDAY - 2 * HOUR
    tend(database, clock)
    assert whom(database, "remind_booking")[7:] == [*NUMBERS[1:8], KURT]


def test_none_the_day_before_for_who_booked_after_it_went_out(
    database: Database, group: Group, clock: SettableClock
) -> None:
    add_booking(database, group.id, SVEA, at=DAY_BEFORE + HOUR)
    assert _days(database, clock, 22, 15, 2) == [0, 0, 1]


def test_none_at_all_for_who_booked_the_same_morning(database: Database, group: Group, clock: SettableClock) -> None:
    add_booking(database, group.id, SVEA, at=THURSDAY - HOUR)
    assert _days(database, clock, 0.9, 0.1) == [0, 0]


def test_none_in_the_night_though_it_was_missed_by_day(database: Database, group: Group, clock: SettableClock) -> None:
    add_booking(database, group.id, SVEA)
    assert _days(database, clock, 14, 10, 2.1, 2) == [0, 0, 0, 1]
    assert told(database) == ["remind_booking"]


def test_a_reminder_that_was_missed_goes_out_when_the_server_is_back(
    database: Database, group: Group, clock: SettableClock
) -> None:
    add_booking(database, group.id, SVEA)
    assert _days(database, clock, 17) == [1]


def test_an_early_course_is_reminded_of_the_day_before_alone(database: Database, clock: SettableClock) -> None:
    add_booking(database, Group(database, starts_at=THURSDAY - 2 * HOUR).id, SVEA)
    assert _days(database, clock, 24, 2.1, 2) == [1, 0, 0]


def test_none_for_who_cancelled_or_whose_course_was_called_off(
    database: Database, group: Group, clock: SettableClock
) -> None:
    group.give_back(add_booking(database, group.id, SVEA))
    clock.at = DAY_BEFORE
    assert tend(database, clock) == 0
    add_booking(database, group.id, KURT)
    group.call_off()
    tend(database, clock)
    assert told(database) == ["course_called_off"]


def test_none_after_stopp_and_none_for_what_was_due_before_start(
    database: Database, group: Group, clock: SettableClock
) -> None:
    conversation = add_resident(database, SVEA)
    group.book(conversation)
    opt_out(database, conversation)
    assert _days(database, clock, 24) == [0]
    leave_with(database, conversation, None, opted_out=False)
    with database.writing() as session:
        conversations.address_of(session, conversation).opted_out_at = None
    assert _days(database, clock, 23, 2) == [0, 1]


def test_business_time_counts(database: Database, group: Group, clock: SettableClock) -> None:
    add_booking(database, group.id, SVEA)
    with database.writing() as session:
        business.move(session, timedelta(days=2))
    assert tend(database, clock) == 1
    with database.reading() as session:
        assert session.get_one(OutboxRow, 1).queued_at == clock.at, "what machines wait for is real time"
        assert session.get_one(NoticeRow, 1).at == clock.at + timedelta(days=2)


def test_who_booked_again_is_reminded_again(database: Database, group: Group, clock: SettableClock) -> None:
    first = add_booking(database, group.id, SVEA)
    assert _days(database, clock, 24) == [1]
    group.give_back(first, at=clock.at)
    add_booking(database, group.id, SVEA, at=clock.at + HOUR)
    assert _days(database, clock, 22, 2) == [0, 1]


# A course that is moved


def test_everyone_who_had_booked_or_waits_is_told_once(database: Database, group: Group, clock: SettableClock) -> None:
    group.full_with_queue(KURT)
    group.move(THURSDAY + DAY, at=MONDAY + HOUR)
    clock.pass_(hours=2)
    assert tend(database, clock) == 9
    assert set(whom(database, "course_moved")) == {*NUMBERS[:8], KURT}
    clock.pass_(hours=2)
    assert tend(database, clock) == 0


def test_who_books_after_the_move_knows_already(database: Database, group: Group, clock: SettableClock) -> None:
    group.move(THURSDAY + DAY, at=MONDAY + HOUR)
    add_booking(database, group.id, SVEA, at=MONDAY + 2 * HOUR)
    clock.pass_(hours=3)
    assert tend(database, clock) == 0


def test_what_is_moved_is_reminded_of_anew(database: Database, group: Group, clock: SettableClock) -> None:
    add_booking(database, group.id, SVEA)
    assert _days(database, clock, 24) == [1]
    group.move(THURSDAY + WEEK, at=clock.at + HOUR)
    assert _days(database, clock, 22) == [1]
    assert _days(database, clock, 2, 24 - 7 * 24, 2 - 7 * 24) == [0, 1, 1]
    assert told(database) == ["remind_booking", "course_moved", "remind_booking", "remind_booking"]


def test_news_of_a_move_is_no_reminder_besides(database: Database, group: Group, clock: SettableClock) -> None:
    """Moved at noon to the next day: the news says when it is, so the reminder of the same minute would only cost."""
    add_booking(database, group.id, SVEA, at=MONDAY - HOUR)
    group.move(MONDAY + DAY, at=MONDAY + 2 * HOUR)
    clock.pass_(hours=2, minutes=1)
    assert tend(database, clock) == 1
    clock.at = MONDAY + DAY - 2 * HOUR
    assert tend(database, clock) == 1
    assert told(database) == ["course_moved", "remind_booking"]


def test_moved_there_and_back_and_there_again(database: Database, group: Group, clock: SettableClock) -> None:
    add_booking(database, group.id, SVEA)
    for starts_at in (THURSDAY + DAY, THURSDAY, THURSDAY + DAY):
        clock.pass_(hours=1)
        group.move(starts_at, at=clock.at)
        clock.pass_(minutes=5)
        assert tend(database, clock) == 1
    assert told(database) == ["course_moved"] * 3


def test_only_the_last_of_two_moves_is_told(database: Database, group: Group, clock: SettableClock) -> None:
    add_booking(database, group.id, SVEA)
    group.move(THURSDAY + DAY, at=MONDAY + timedelta(hours=11))
    group.move(THURSDAY + 2 * DAY, at=MONDAY + timedelta(hours=12))
    clock.at = MONDAY + timedelta(hours=22)
    assert tend(database, clock, replace(shipped(), places=COURSE_WORLD.places)) == 1
    assert "lördag 28 november kl 10" in told(database)[0]


def test_one_of_several_meetings_is_moved(database: Database, clock: SettableClock) -> None:
    group = Group(database, meetings=3)
    add_booking(database, group.id, SVEA)
    group.move(THURSDAY + WEEK + HOUR, at=MONDAY, meeting=1)
    with database.writing() as session:
        session.get_one(BookingRow, 1).queued_at = MONDAY - HOUR
    assert tend(database, clock, replace(shipped(), places=COURSE_WORLD.places)) == 1
    assert "torsdag 3 december kl 11" in told(database)[0]


def test_a_move_between_looking_and_writing_is_told_rightly_the_next_time(
    database: Database, group: Group, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_booking(database, group.id, SVEA)
    clock.at = DAY_BEFORE

    def looked(session: Any, now: Any, *more: Any) -> list[Any]:
        found = original(session, now, *more)
        group.move(THURSDAY + DAY, at=DAY_BEFORE)
        return found

    original = tending.bookings.to_remind
    monkeypatch.setattr(tending.bookings, "to_remind", looked)
    assert tend(database, clock) == 0
    monkeypatch.undo()
    assert tend(database, clock) == 1
    assert told(database) == ["course_moved"]


# A course that is called off


def test_everyone_is_told_once_and_no_longer_booked(database: Database, clock: SettableClock) -> None:
    group = Group(database, meetings=2)
    booked, _ = group.full_with_queue(KURT)
    group.give_back(booked[0])
    group.call_off()
    assert tend(database, clock) == 8
    assert set(whom(database, "course_called_off")) == {*NUMBERS[1:8], KURT}
    assert set(group.standing()) == {"cancelled"}
    clock.at = DAY_BEFORE
    assert tend(database, clock) == 0


def test_in_the_night_it_is_told_in_the_morning(database: Database, group: Group, clock: SettableClock) -> None:
    group.fill(2)
    clock.at = MONDAY + timedelta(hours=12)
    group.call_off(at=clock.at)
    assert tend(database, clock) == 0
    assert group.standing() == ["booked", "booked"]
    clock.at = MONDAY + timedelta(hours=22)
    assert tend(database, clock) == 2


@pytest.mark.parametrize(
    ("starts", "told_at"),
    [
        (22.5, {20, 21.5}),  # 8.30 the next morning
        (24, {20, 21.5}),
        (24.5, {32}),
        (11, {20}),  # 21.00 the same evening
    ],
)
def test_called_off_in_the_evening_nobody_travels_in_vain(
    database: Database, clock: SettableClock, starts: float, told_at: set[float]
) -> None:
    """By the hours of Monday: 20 is eight in the evening, 31 is seven the next morning."""
    group = Group(database, starts_at=MONDAY + timedelta(hours=starts))
    group.fill(1)
    clock.at = MONDAY + timedelta(hours=9)
    group.call_off(at=clock.at)
    for hour in (20, 21.5, 22, 30.9, 31, 32):
        clock.at = MONDAY + timedelta(hours=hour - 10)
        if tend(database, clock):
            assert hour in told_at
            return
    pytest.fail("nobody was told")


def test_called_off_in_the_night_it_is_told_at_seven_when_it_starts_soon(
    database: Database, clock: SettableClock
) -> None:
    group = Group(database, starts_at=MONDAY + DAY - HOUR)
    group.fill(1)
    clock.at = MONDAY + 12 * HOUR
    group.call_off(at=clock.at)
    assert tend(database, clock) == 0
    clock.at = MONDAY + 21 * HOUR - timedelta(minutes=1)
    assert tend(database, clock) == 0
    clock.at = MONDAY + 21 * HOUR
    assert tend(database, clock) == 1


def test_who_said_stopp_is_taken_off_silently(database: Database, group: Group, clock: SettableClock) -> None:
    group.fill(2)
    opt_out(database, group.rows()[0].conversation_id)
    group.call_off()
    assert tend(database, clock) == 1
    assert group.standing() == ["cancelled", "cancelled"]


def test_who_was_offered_a_seat_of_it_is_told_that_it_is_called_off(
    database: Database, group: Group, clock: SettableClock
) -> None:
    booked, _ = group.full_with_queue(KURT)
    group.give_back(booked[0])
    tend(database, clock)
    group.call_off()
    clock.pass_(days=1)
    tend(database, clock)
    assert told(database, KURT) == ["seat_free", "course_called_off"]
    assert group.rows()[-1].offered_until is None


def test_called_off_while_somebody_books(database: Database, group: Group, clock: SettableClock) -> None:
    """Whoever got the chair just before is told like the others."""
    group.fill(1)
    group.call_off()
    assert tend(database, clock) == 1
    add_booking(database, group.id, SVEA)
    assert tend(database, clock) == 1
    assert whom(database, "course_called_off") == [NUMBERS[0], SVEA]


# One phone, two people


def test_two_people_with_one_phone_are_reminded_once_and_one_may_be_given_back(
    database: Database, group: Group, clock: SettableClock
) -> None:
    own, for_astrid = add_booking(database, group.id, SVEA), add_booking(database, group.id, SVEA, for_whom="Astrid")
    clock.at = DAY_BEFORE
    assert tend(database, clock) == 1
    assert told(database) == ["remind_booking"]
    question = state_of(database, group.rows()[0].conversation_id).question
    assert question and question.options == (str(own), str(for_astrid))
    clock.pass_(minutes=1)
    assert tend(database, clock) == 0
    clock.at = THURSDAY - 2 * HOUR
    assert tend(database, clock) == 1


def test_the_one_who_was_booked_later_is_not_in_the_first_reminder(
    database: Database, group: Group, clock: SettableClock
) -> None:
    own = add_booking(database, group.id, SVEA)
    add_booking(database, group.id, SVEA, for_whom="Astrid", at=DAY_BEFORE + HOUR)
    clock.at = DAY_BEFORE + 2 * HOUR
    assert tend(database, clock) == 1
    question = state_of(database, group.rows()[0].conversation_id).question
    assert question and question.options == (str(own),)


@pytest.mark.parametrize("happens", ["move", "call_off"])
def test_two_people_with_one_phone_get_news_once(
    database: Database, group: Group, clock: SettableClock, happens: str
) -> None:
    for who in ("", "Astrid", "Bror"):
        add_booking(database, group.id, SVEA, for_whom=who)
    if happens == "move":
        group.move(THURSDAY + DAY, at=MONDAY + HOUR)
    else:
        group.call_off()
    clock.pass_(hours=2)
    assert tend(database, clock) == 1
    assert tend(database, clock) == 0
    assert group.standing() == (["cancelled"] * 3 if happens == "call_off" else ["booked"] * 3)


def test_each_who_waits_is_offered_a_seat_of_their_own(database: Database, group: Group, clock: SettableClock) -> None:
    booked = group.fill(8)
    svea = add_resident(database, SVEA)
    own, for_astrid = group.wait(svea), group.wait(svea, MONDAY + HOUR, "Astrid")
    group.give_back(booked[0])
    assert tend(database, clock) == 1
    assert (group.rows()[-2].offered_until, group.rows()[-1].offered_until) == (MONDAY + DAY, None)
    assert (group.rows()[-2].id, group.rows()[-1].id) == (own, for_astrid)


# In the middle of something else


def test_what_asks_waits_while_another_question_is_being_answered(
    database: Database, group: Group, clock: SettableClock
) -> None:
    """Else the JA that was meant for the one would be taken for the other."""
    add_booking(database, group.id, SVEA)
    svea = group.rows()[0].conversation_id
    leave_with(database, svea, Question("book", options=("77",)), heard_at=DAY_BEFORE)
    clock.at = DAY_BEFORE + timedelta(minutes=5)
    assert tend(database, clock) == 0
    assert state_of(database, svea).question == Question("book", options=("77",))
    clock.pass_(minutes=5)
    assert tend(database, clock) == 1
    question = state_of(database, svea).question
    assert question and question.kind == "coming"


def test_the_first_in_the_queue_keeps_their_turn_while_they_answer_something_else(
    database: Database, group: Group, clock: SettableClock
) -> None:
    booked, _ = group.full_with_queue(KURT, SVEA)
    leave_with(database, add_resident(database, KURT), Question("person", about="stuck"), heard_at=clock.at)
    group.give_back(booked[0])
    assert tend(database, clock) == 0
    clock.pass_(minutes=10)
    tend(database, clock)
    assert whom(database, "seat_free") == [KURT]


def test_one_who_cannot_be_written_to_does_not_keep_the_others_waiting(
    database: Database, group: Group, clock: SettableClock
) -> None:
    group.fill(3)
    with database.writing() as session:
        broken = session.get_one(BookingRow, 1).conversation_id
        session.delete(conversations.address_of(session, broken))
    clock.at = DAY_BEFORE
    assert tend(database, clock) == 2
    assert whom(database, "remind_booking") == list(NUMBERS[1:3])


def test_the_outbox_is_woken_when_there_is_something_in_it(
    database: Database, group: Group, clock: SettableClock
) -> None:
    wakeup = CountedWakeup()
    parts = Tending(database, lambda: COURSE_WORLD, clock, wakeup)
    assert tending.tend_bookings(parts) == wakeup.woken_for_outbox == 0
    group.fill(3)
    clock.at = DAY_BEFORE
    assert tending.tend_bookings(parts) == 3
    assert wakeup.woken_for_outbox == 1


def test_on_the_channel_that_was_booked_from(database: Database, group: Group, clock: SettableClock) -> None:
    svea = add_resident(database, SVEA)
    with database.writing() as session:
        person = conversations.address_of(session, svea).person_id
        session.add(AddressRow(person_id=person, text="tg:4711", channel="telegram", sender="telegram"))
    group.book(svea, channel="telegram")
    clock.at = DAY_BEFORE
    tend(database, clock)
    assert whom(database, "remind_booking") == ["tg:4711"]


# What the SMS says


@pytest.mark.parametrize("language", ["sv", "en"])
def test_time_and_place_and_never_what_it_is_about(
    database: Database, clock: SettableClock, language: Language
) -> None:
    """Somebody else may read it; whom the chair is for, and what it is about, is nobody's business."""
    real = replace(shipped(), places=COURSE_WORLD.places)
    group = Group(database, title="Hantera min skuldsanering", handledare=("Karin Hemlig",))
    booked = [add_booking(database, group.id, address, for_whom="Astrid") for address in NUMBERS[:8]]
    group.queue(KURT, SVEA)
    for row in group.rows():
        leave_with(database, row.conversation_id, None, language=language)
    group.give_back(booked[7])
    tend(database, clock, real)
    clock.pass_(days=1, hours=1)
    tend(database, clock, real)
    group.move(THURSDAY + DAY, at=clock.at)
    clock.pass_(hours=1)
    tend(database, clock, real)
    clock.at = THURSDAY + HOUR
    tend(database, clock, real)
    group.call_off(at=clock.at)
    tend(database, clock, real)
    texts = told(database)
    beginnings = {tuple(text.split(". ", 1)[1].split(" ")[:2]) for text in texts}
    assert len(beginnings) >= 5, "each of the five texts is looked at"
    for text in texts:
        assert "Stadsbiblioteket" in text
        assert (" kl " if language == "sv" else " at ") in text
        assert not any(word in text for word in ("skuld", "Hantera", "Karin", "Astrid", "Ta med", "{"))
        assert not unusual(text)
        assert prepare(text).segments <= 2


def test_a_place_that_is_no_more_is_named_by_its_id(database: Database, clock: SettableClock) -> None:
    real = replace(shipped(), places=())
    add_booking(database, Group(database).id, SVEA)
    clock.at = DAY_BEFORE
    assert tend(database, clock, real) == 1
    assert "i morgon kl 10, kalmar-stadsbibliotek" in told(database)[0]
