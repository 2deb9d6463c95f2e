"""What those who are linked are told unasked: once, by day, to nobody who said STOPP, and nothing that the leave does not cover."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.case import Status
from bot.domain.events import StandingTold
from bot.domain.link import Deed, LinkStatus, Scope
from bot.domain.sms_text import prepare
from bot.engine.world import World
from bot.flows import load_strictly
from bot.services.by_link import do_by_link
from bot.store.database import Database
from bot.store.tables import CourseRow, DeedRow, LinkRow
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
    set_case,
    stop,
    tend,
)
from tests.groups import COURSE_WORLD, THURSDAY, add_booking, add_course
from tests.stand_ins import MONDAY, SettableClock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
SECRET = ("Hemligt", "Mobilen från början")


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture(scope="module")
def shipped() -> World:
    """The real texts, with the places of the tests."""
    content = load_strictly()
    return replace(COURSE_WORLD, texts=content.texts, flows=content.flows)


def _deed(database: Database, made: int, kind: Deed, about: str = "swish", at: datetime = MONDAY) -> None:
    with database.writing() as session:
        session.add(DeedRow(link_id=made, at=at, kind=kind, about=about))


# Questions and leave that are over


def test_a_question_that_nobody_answered_ends_and_the_relative_is_told(
    database: Database, clock: SettableClock, shipped: World
) -> None:
    made = add_link(database, status=LinkStatus.ASKED)
    clock.at = MONDAY + timedelta(hours=71)
    assert tend(database, clock, shipped) == 0
    clock.at = MONDAY + timedelta(hours=72)
    assert tend(database, clock, shipped) == 1
    assert tend(database, clock, shipped) == 0
    assert link(database, made).status == LinkStatus.UNANSWERED
    (told,) = said_to(database, RELATIVE)
    assert "inte kommit något svar från din mamma" in told
    assert said_to(database, ELDER) == []


@pytest.mark.parametrize("stopped", [True, False])
def test_a_stopped_number_ends_with_the_same_words(
    database: Database, clock: SettableClock, shipped: World, stopped: bool
) -> None:
    if stopped:
        stop(database, ELDER)
    add_link(database, status=LinkStatus.ASKED)
    clock.at = MONDAY + 3 * DAY
    tend(database, clock, shipped)
    assert [text.split(".")[1] for text in said_to(database, RELATIVE)] == [
        " Det har inte kommit något svar från din mamma"
    ]


def test_what_a_handledare_looks_at_waits_for_them(database: Database, clock: SettableClock, shipped: World) -> None:
    made = add_link(database, status=LinkStatus.HELD)
    clock.at = MONDAY + 10 * DAY
    assert tend(database, clock, shipped) == 0
    assert link(database, made).status == LinkStatus.HELD


def test_leave_that_ran_out_is_over_and_both_are_told(database: Database, clock: SettableClock, shipped: World) -> None:
    made = add_link(database, asked_again_at=MONDAY)
    clock.at = MONDAY + 365 * DAY
    assert tend(database, clock, shipped) == 2
    assert tend(database, clock, shipped) == 0
    row = link(database, made)
    assert (row.status, row.ended_by) == (LinkStatus.ENDED, "time")
    assert "Anna följer inte dina ärenden längre" in said_to(database, ELDER)[0]
    assert "Tiden att följa din mamma är slut" in said_to(database, RELATIVE)[0]


def test_it_is_asked_again_before_the_end_once(database: Database, clock: SettableClock, shipped: World) -> None:
    made = add_link(database)
    clock.at = MONDAY + 350 * DAY
    assert tend(database, clock, shipped) == 0
    clock.at = MONDAY + 351 * DAY
    assert tend(database, clock, shipped) == 1
    assert tend(database, clock, shipped) == 0
    assert link(database, made).asked_again_at == clock.at
    assert "Anna följer dina ärenden som anhörig. Får det fortsätta" in said_to(database, ELDER)[0]
    assert said_to(database, RELATIVE) == []


@pytest.mark.parametrize("who", [ELDER, RELATIVE])
def test_never_after_stopp(database: Database, clock: SettableClock, shipped: World, who: str) -> None:
    made = add_link(database, Scope.BOOK)
    stop(database, who)
    open_case(database)
    _deed(database, made, Deed.GUIDE)
    add_booking(database, add_course(database), ELDER)
    for after in (HOUR, 5 * HOUR, 2 * DAY, 351 * DAY, 366 * DAY):
        clock.at = MONDAY + after
        tend(database, clock, shipped)
    assert said_to(database, who) == []
    assert link(database, made).status == LinkStatus.ENDED


def test_nothing_in_the_night(database: Database, clock: SettableClock, shipped: World) -> None:
    made = add_link(database)
    add_link(database, status=LinkStatus.ASKED, relative=OTHER, at=NIGHT - 72 * HOUR)
    open_case(database, status=Status.CLAIMED)
    _deed(database, made, Deed.GUIDE)
    clock.at = NIGHT
    assert tend(database, clock, shipped) == 0
    clock.at = NIGHT + 10 * HOUR
    assert tend(database, clock, shipped) == 3


# News of the case


def test_each_turn_of_the_case_is_told_and_nothing_of_what_it_is_about(
    database: Database, clock: SettableClock, shipped: World
) -> None:
    add_link(database)
    clock.at = MONDAY + DAY
    case = open_case(database)
    tend(database, clock, shipped)
    for status in (Status.CLAIMED, Status.ANSWERED, Status.RESOLVED):
        clock.pass_(hours=4)
        set_case(database, case, status)
        clock.at = clock.at if clock.at.hour < 18 else clock.at.replace(hour=9) + DAY
        assert tend(database, clock, shipped) == 1
        assert tend(database, clock, shipped) == 0
    told = said_to(database, RELATIVE)
    assert [
        part in text
        for part, text in zip(
            ("Det finns ett ärende", "arbetar nu", "väntar nu på din mamma", "är avslutat"), told, strict=True
        )
    ] == [True] * 4
    assert not any(secret in text for text in told for secret in SECRET)


def test_a_case_that_goes_to_and_fro_is_gathered(database: Database, clock: SettableClock, shipped: World) -> None:
    add_link(database)
    clock.at = MONDAY + 5 * HOUR
    case = open_case(database, status=Status.CLAIMED)
    assert tend(database, clock, shipped) == 1
    for status in (Status.ANSWERED, Status.CLAIMED, Status.ANSWERED, Status.CLAIMED):
        clock.pass_(minutes=20)
        set_case(database, case, status)
        assert tend(database, clock, shipped) == 0
    set_case(database, case, Status.RESOLVED)
    assert tend(database, clock, shipped) == 1


def test_a_case_that_came_and_went_unseen_is_no_news(database: Database, clock: SettableClock, shipped: World) -> None:
    add_link(database)
    set_case(database, open_case(database), Status.RESOLVED)
    clock.at = MONDAY + DAY
    assert tend(database, clock, shipped) == 0


def test_who_asked_how_it_stands_is_not_told_the_same_again(
    database: Database, clock: SettableClock, shipped: World
) -> None:
    made, case = add_link(database), open_case(database)
    with database.writing() as session:
        relative = session.get_one(LinkRow, made).relative_id
        do_by_link(session, StandingTold(made, Status.WAITING), relative, MONDAY + HOUR)
    clock.at = MONDAY + DAY
    assert tend(database, clock, shipped) == 0
    set_case(database, case, Status.CLAIMED)
    assert tend(database, clock, shipped) == 1


@pytest.mark.parametrize("status", [status for status in LinkStatus if status != LinkStatus.ACTIVE])
def test_no_news_without_a_living_leave(
    database: Database, clock: SettableClock, shipped: World, status: LinkStatus
) -> None:
    add_link(database, Scope.BOOK, status=status)
    open_case(database, status=Status.CLAIMED)
    add_booking(database, add_course(database), ELDER)
    for after in (HOUR, DAY, 2 * DAY):
        clock.at = MONDAY + after
        tend(database, clock, shipped)
    assert said_to(database, RELATIVE) == []


def test_every_relative_is_told_and_no_stranger(database: Database, clock: SettableClock, shipped: World) -> None:
    add_link(database)
    add_link(database, relative=OTHER, name="Bo", called="farbror Olle", relation="farbror")
    add_link(database, elder="+46701740606", relative="tg:4799")
    clock.at = MONDAY + HOUR
    open_case(database, status=Status.CLAIMED)
    assert tend(database, clock, shipped) == 2
    assert "farbror Olle" in said_to(database, OTHER)[0]
    assert said_to(database, "tg:4799") == []


# Deeds


def test_what_was_done_is_told_in_one_message(database: Database, clock: SettableClock, shipped: World) -> None:
    made = add_link(database, Scope.BOOK)
    booking = add_booking(database, add_course(database), ELDER)
    _deed(database, made, Deed.BOOKED, str(booking))
    _deed(database, made, Deed.GUIDE, at=MONDAY + timedelta(minutes=10))
    clock.at = MONDAY + timedelta(minutes=14)
    assert tend(database, clock, shipped) == 0
    clock.at = MONDAY + timedelta(minutes=20)
    assert tend(database, clock, shipped) == 1
    assert tend(database, clock, shipped) == 0
    (told,) = said_to(database, ELDER)
    assert "Anna har bokat en tid åt dig på torsdag" in told or "Anna har bokat en tid åt dig torsdag" in told
    assert "Stadsbiblioteket" in told
    assert "hjälpt dig med stegen: " in told
    assert "ANHÖRIG STOPP" in told
    assert not any(secret in told for secret in SECRET)
    assert prepare(told).segments <= 2


@pytest.mark.parametrize("count", [1, 2, 3, 6, 12])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_many_deeds_of_several_relatives_fit_in_two_sms(
    database: Database, clock: SettableClock, shipped: World, count: int, language: str
) -> None:
    from bot.domain.conversation import Conversation
    from bot.store import conversations
    from tests.groups import add_resident

    with database.writing() as session:
        row = conversations.lock(session, add_resident(database, ELDER))
        conversations.change_state(session, row.id, Conversation.from_json(row.state).with_(language=language))
    for number in range(min(count, 3)):
        made = add_link(database, Scope.BOOK, relative=f"tg:48{number:02}", name=f"Anna-Margareta Fredriksson{number}")
        for each in range(count):
            booking = add_booking(database, add_course(database, THURSDAY + each * DAY), f"+467017406{50 + each:02}")
            _deed(database, made, Deed.BOOKED, str(booking))
            _deed(database, made, Deed.CANCELLED, str(booking))
        _deed(database, made, Deed.NOTED, "1")
        _deed(database, made, Deed.GUIDE, "bankid_new_phone")
    clock.at = MONDAY + HOUR
    assert tend(database, clock, shipped) == 1
    (told,) = said_to(database, ELDER)
    assert prepare(told).segments <= 2
    assert "ANHÖRIG STOPP" in told


def test_after_the_leave_is_over_the_elder_is_told_all_the_same(
    database: Database, clock: SettableClock, shipped: World
) -> None:
    made = add_link(database)
    _deed(database, made, Deed.GUIDE)
    change(database, made, status=LinkStatus.ENDED)
    clock.at = MONDAY + HOUR
    tend(database, clock, shipped)
    (told,) = said_to(database, ELDER)
    assert "MÄNNISKA" in told
    assert "ANHÖRIG STOPP" not in told


def test_a_relatives_note_puts_the_case_back_to_us_with_a_reason(
    database: Database, clock: SettableClock, shipped: World
) -> None:
    made, case = add_link(database), open_case(database, status=Status.ANSWERED)
    _deed(database, made, Deed.NOTED, str(case))
    clock.at = NIGHT
    tend(database, clock, shipped)
    tend(database, clock, shipped)
    assert case_of(database, case).status == Status.WAITING
    assert [text for kind, text in notes_of(database, case) if kind == "event"] == [
        "Anhörig (Anna) skrev. Ingen hade ärendet. Ärendet ligger i kön."
    ]
    assert deeds(database) == [("noted", str(case))]


# Reminders


@pytest.mark.parametrize(("scope", "copies"), [(Scope.FOLLOW, 0), (Scope.REMINDERS, 1), (Scope.BOOK, 1)])
def test_the_reminder_of_the_day_before_is_copied_by_scope(
    database: Database, clock: SettableClock, shipped: World, scope: Scope, copies: int
) -> None:
    add_link(database, scope)
    add_booking(database, add_course(database), ELDER)
    clock.at = THURSDAY - DAY
    assert tend(database, clock, shipped) == copies
    assert tend(database, clock, shipped) == 0
    told = said_to(database, RELATIVE)
    assert len(told) == copies
    assert all("Stadsbiblioteket" in text and "i morgon" in text for text in told)
    assert not any(secret in text for text in told for secret in SECRET)


@pytest.mark.parametrize("lack", ["called off", "for somebody else", "given back", "same day"])
def test_no_copy_of_what_is_not_held_or_not_the_elders(
    database: Database, clock: SettableClock, shipped: World, lack: str
) -> None:
    from bot.domain.course import BookingStatus

    add_link(database, Scope.BOOK)
    course = add_course(database)
    status = BookingStatus.CANCELLED if lack == "given back" else BookingStatus.BOOKED
    add_booking(database, course, ELDER, status, for_whom="man" if lack == "for somebody else" else "")
    if lack == "called off":
        with database.writing() as session:
            session.get_one(CourseRow, course).cancelled_at = MONDAY
    clock.at = THURSDAY - (2 * HOUR if lack == "same day" else DAY)
    assert tend(database, clock, shipped) == 0


def test_two_processes_tell_it_once(database: Database, clock: SettableClock, shipped: World) -> None:
    """One has found what is due when the other has told it already: the row is looked at anew."""
    from bot.services import tend_links as tending
    from bot.services.tending import Tending, _each
    from tests.stand_ins import CountedWakeup

    made = add_link(database, Scope.BOOK)
    add_link(database, status=LinkStatus.ASKED, relative=OTHER, at=MONDAY - 3 * DAY)
    open_case(database, status=Status.CLAIMED)
    _deed(database, made, Deed.GUIDE)
    add_booking(database, add_course(database), ELDER)
    clock.at = THURSDAY - DAY
    first = Tending(database, lambda: shipped, clock, CountedWakeup())
    for step in tending._STEPS:
        with database.reading() as session:
            found = list(step.find(session, clock.at))
        tend(database, clock, shipped)
        before = len(said_to(database, ELDER)) + len(said_to(database, RELATIVE)) + len(said_to(database, OTHER))
        again = replace(step, find=lambda *_, found=found: found)
        assert _each(first, tending._Turn, again) == 0
        assert (
            len(said_to(database, ELDER)) + len(said_to(database, RELATIVE)) + len(said_to(database, OTHER)) == before
        )
    assert before == 4
