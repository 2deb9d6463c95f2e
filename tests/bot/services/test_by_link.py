"""What a relative does by a link, made true in the relative's own turn: by a living leave that covers it, or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.case import Status
from bot.domain.conversation import Conversation, Position, Question
from bot.domain.course import BookingStatus
from bot.domain.events import BookingCancelled, CaseNoted, Event, GuideShared, SeatTaken, StandingTold
from bot.domain.link import EndedBy, LinkStatus, Scope
from bot.services.book_course import NotAsItWas
from bot.services.by_link import do_by_link
from bot.store import conversations, courses, links
from bot.store.database import Database
from bot.store.tables import BookingRow
from tests.bot.services.linked import (
    ELDER,
    OTHER,
    RELATIVE,
    add_link,
    case_of,
    change,
    deeds,
    link,
    notes_of,
    open_case,
    said_to,
)
from tests.groups import COURSE_WORLD, add_booking, add_course, add_resident, fill
from tests.stand_ins import MONDAY, Post

NOW = MONDAY + timedelta(hours=1)
BY_SMS = "+46701740606"
AT = Position("swish", "swish-2")


def _do(database: Database, event: Event, who: str = RELATIVE, now: Any = NOW) -> None:
    relative_id = add_resident(database, who)
    with database.writing() as session:
        do_by_link(session, event, relative_id, now)  # type: ignore[arg-type]


def _bookings(database: Database, address: str = ELDER) -> list[BookingRow]:
    conversation_id = add_resident(database, address)
    with database.reading() as session:
        return [session.get_one(BookingRow, one.id) for one in courses.booked_by(session, conversation_id, NOW)]


def test_the_booking_is_the_elders_and_marked(database: Database) -> None:
    made, course = add_link(database, Scope.BOOK), add_course(database)
    _do(database, SeatTaken(course, link_id=made))
    (row,) = _bookings(database)
    assert (row.link_id, row.for_whom, row.channel, row.status) == (made, "", "sms", BookingStatus.BOOKED)
    assert _bookings(database, RELATIVE) == []
    assert deeds(database) == [("booked", str(row.id))]


def test_a_place_in_the_queue(database: Database) -> None:
    made, course = add_link(database, Scope.BOOK), add_course(database)
    fill(database, course, 8)
    _do(database, SeatTaken(course, waits=True, link_id=made))
    (row,) = _bookings(database)
    assert (row.status, deeds(database)) == (BookingStatus.WAITLISTED, [("waitlisted", str(row.id))])


def test_the_elders_booking_is_given_back(database: Database) -> None:
    made, booking = add_link(database, Scope.BOOK), add_booking(database, add_course(database), ELDER)
    _do(database, BookingCancelled(booking, made))
    assert _bookings(database) == []
    assert deeds(database) == [("cancelled", str(booking))]


def test_a_note_is_marked_with_the_relatives_name_and_moves_nothing_by_itself(database: Database) -> None:
    made, case = add_link(database), open_case(database, status=Status.ANSWERED)
    _do(database, CaseNoted("hon är hemma på fredag", made))
    assert notes_of(database, case) == [("relative", "Anhörig (Anna): hon är hemma på fredag")]
    assert case_of(database, case).status == Status.ANSWERED
    assert deeds(database) == [("noted", str(case))]


def test_the_step_is_kept_and_the_deed_once_a_day(database: Database) -> None:
    made = add_link(database)
    _do(database, GuideShared(made, AT))
    _do(database, GuideShared(made, Position("swish", "swish-3")))
    row = link(database, made)
    assert row.position
    assert (row.position["step"], row.moved_at) == ("swish-3", NOW)
    assert deeds(database) == [("guide", "swish")]
    _do(database, GuideShared(made, Position("print_scan", "print_scan-1")))
    _do(database, GuideShared(made, AT), now=NOW + timedelta(days=1))
    assert deeds(database) == [("guide", "swish"), ("guide", "print_scan"), ("guide", "swish")]


def test_what_was_asked_about_and_told_is_no_news(database: Database) -> None:
    made, case = add_link(database), open_case(database)
    _do(database, StandingTold(made, Status.WAITING))
    assert (link(database, made).told_state, link(database, made).told_at) == (f"{case}:waiting", NOW)
    _do(database, StandingTold(made, Status.CLAIMED), now=NOW + timedelta(hours=1))
    assert link(database, made).told_state == f"{case}:waiting", "it is not as it was told: that is news"
    assert deeds(database) == []


@pytest.mark.parametrize("lack", ["asked", "held", "ended", "declined", "over", "another", "scope"])
@pytest.mark.parametrize("what", ["book", "cancel", "note", "guide"])
def test_without_a_leave_that_covers_it_nothing_is_done(database: Database, lack: str, what: str) -> None:
    made, course = add_link(database, Scope.BOOK), add_course(database)
    booking, case = add_booking(database, course, ELDER), open_case(database)
    event = {
        "book": SeatTaken(add_course(database, title="Another"), link_id=made),
        "cancel": BookingCancelled(booking, made),
        "note": CaseNoted("hej", made),
        "guide": GuideShared(made, AT),
    }[what]
    who = RELATIVE
    if lack == "over":
        change(database, made, ends_at=NOW)
    elif lack == "another":
        who = OTHER
    elif lack == "scope":
        if what in ("note", "guide"):
            pytest.skip("the least leave covers it")
        change(database, made, scope=Scope.REMINDERS)
    else:
        change(database, made, status=LinkStatus(lack))
    with pytest.raises(NotAsItWas):
        _do(database, event, who)
    assert [row.id for row in _bookings(database)] == [booking]
    assert (deeds(database), notes_of(database, case), link(database, made).position) == ([], [], None)


@pytest.mark.parametrize("event", [CaseNoted("hej", 1), BookingCancelled(99, 1), SeatTaken(99, link_id=1)])
def test_what_is_gone_is_thought_again(database: Database, event: Event) -> None:
    assert add_link(database, Scope.BOOK) == 1
    with pytest.raises(NotAsItWas):
        _do(database, event)


def test_nobody_cancels_what_is_not_the_elders(database: Database) -> None:
    made, booking = add_link(database, Scope.BOOK), add_booking(database, add_course(database), OTHER)
    with pytest.raises(NotAsItWas):
        _do(database, BookingCancelled(booking, made))


def test_leave_that_is_taken_back_while_the_turn_is_thought_books_nothing_and_is_said(database: Database) -> None:
    """The relative's JA and the elder's ANHÖRIG STOPP at the same moment: the turn is taken again, and answers as it is then."""
    made, course = add_link(database, Scope.BOOK, relative=BY_SMS), add_course(database)
    post = Post(database, world=COURSE_WORLD)
    with database.writing() as session:
        row = conversations.lock(session, add_resident(database, BY_SMS))
        state = Conversation.from_json(row.state).with_(
            question=Question("book", (str(course),), about=f"link:{made}"), introduced_at=MONDAY
        )
        conversations.change_state(session, row.id, state)
    taken_back = []

    def take_back(text: str) -> None:
        if not taken_back:
            taken_back.append(text)
            with database.writing() as session:
                found = links.lock(session, made)
                assert found
                links.end(found, LinkStatus.ENDED, EndedBy.ELDER, NOW)

    post.interpreter.before = take_back
    post.says("JA", sender=BY_SMS)
    assert len(post.interpreter.heard) == 2
    assert _bookings(database) == []
    assert deeds(database) == []
    assert "elder_no_leave" in said_to(database, BY_SMS)[-1]
    assert said_to(database, ELDER) == []


def test_a_whole_turn_writes_the_elders_booking(database: Database) -> None:
    made, course = add_link(database, Scope.BOOK, relative=BY_SMS), add_course(database)
    post = Post(database, world=COURSE_WORLD)
    with database.writing() as session:
        row = conversations.lock(session, add_resident(database, BY_SMS))
        state = Conversation.from_json(row.state).with_(
            question=Question("book", (str(course),), about=f"link:{made}"), introduced_at=MONDAY
        )
        conversations.change_state(session, row.id, state)
    post.says("JA", sender=BY_SMS)
    assert "elder_booked" in said_to(database, BY_SMS)[-1]
    assert [row.link_id for row in _bookings(database)] == [made]
