"""What the public may know of courses and places, on both databases."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import pytest

from bot.domain.course import CourseKind
from bot.services.read_program import (
    KEPT_IN_CALENDARS,
    Program,
    PublicCourse,
    read_calendar,
    read_own_calendar,
    read_programs,
)
from bot.services.share_calendar import renew
from bot.store import clock as business
from bot.store.courses import AHEAD
from bot.store.database import Database
from bot.store.tables import BookingRow
from tests.bot.public.stand import LIBRARY, TEN, VARA_LIBRARY, Shelf
from tests.stand_ins import ORGANISATION

KALMAR, VARA = ORGANISATION.municipalities
WEEK = timedelta(weeks=1)


@pytest.fixture
def shelf(database: Database) -> Shelf:
    return Shelf(database)


def kalmar(shelf: Shelf) -> Program:
    (program,) = read_programs(shelf.database, shelf.clock, shelf.world, (KALMAR,))
    return program


def titles(courses: tuple[PublicCourse, ...]) -> list[str]:
    return [course.title["sv"] for course in courses]


def test_each_municipality_has_its_own_soonest_first(shelf: Shelf) -> None:
    shelf.course("senare", TEN + WEEK)
    shelf.course("först", TEN)
    shelf.course("vara", municipality="vara", place="vara-biblioteket")
    ours, theirs = read_programs(shelf.database, shelf.clock, shelf.world, (KALMAR, VARA))
    assert titles(ours.courses) == ["först", "senare"] and titles(theirs.courses) == ["vara"]
    assert (ours.places, theirs.places) == ((LIBRARY,), (VARA_LIBRARY,))
    assert ours.courses[0].place == LIBRARY


def test_meetings_that_have_begun_are_left_out_and_counted(shelf: Shelf) -> None:
    shelf.course("tre", TEN - WEEK, TEN, TEN + WEEK)
    shelf.clock.at = TEN - timedelta(days=1)
    (course,) = kalmar(shelf).courses
    assert [meeting.starts_at for meeting in course.meetings] == [TEN, TEN + WEEK]
    assert course.meetings_in_all == 3


@pytest.mark.parametrize(
    ("kind", "shown"), [("course", False), ("workshop", False), ("coaching", False), ("drop_in", True)]
)
def test_what_goes_on_now_is_open_to_who_drops_in_only(shelf: Shelf, kind: str, shown: bool) -> None:
    shelf.course("nu", TEN, kind=kind)
    shelf.clock.at = TEN + timedelta(minutes=30)
    assert bool(kalmar(shelf).courses) is shown
    shelf.clock.at = TEN + timedelta(hours=2)
    assert kalmar(shelf).courses == ()


def test_far_ahead_and_called_off_are_left_out(shelf: Shelf) -> None:
    shelf.course("långt fram", shelf.clock() + AHEAD + timedelta(hours=1))
    shelf.call_off(shelf.course("inställd"))
    assert kalmar(shelf).courses == ()


def test_business_time_counts(shelf: Shelf) -> None:
    shelf.course()
    with shelf.database.writing() as session:
        business.move(session, timedelta(days=14))
    assert kalmar(shelf).courses == ()
    assert kalmar(shelf).now == shelf.clock() + timedelta(days=14)


def test_seats_follow_handledare_and_the_queue(shelf: Shelf) -> None:
    course = shelf.course(handledare=2)
    shelf.book(course, 10)
    assert kalmar(shelf).courses[0].open_seats == 6
    shelf.book(course, 6)
    assert kalmar(shelf).courses[0].is_full
    with shelf.database.writing() as session:
        session.query(BookingRow).limit(1).one().status = "cancelled"
    assert not kalmar(shelf).courses[0].is_full
    shelf.book(course, 1, "waitlisted")
    assert kalmar(shelf).courses[0].is_full, "the free chair is for the one who waits"


def test_a_drop_in_is_never_full_and_a_group_without_handledare_is(shelf: Shelf) -> None:
    shelf.course("fika", kind="drop_in", handledare=0)
    shelf.course("ingen", TEN + WEEK, handledare=0)
    fika, alone = kalmar(shelf).courses
    assert (fika.kind, fika.needs_booking, fika.is_full) == (CourseKind.DROP_IN, False, False)
    assert alone.is_full


def test_a_place_that_is_gone_takes_no_course_with_it(shelf: Shelf) -> None:
    shelf.course(place="nedlagt")
    assert kalmar(shelf).courses[0].place is None


def test_nobody_is_named_in_it(shelf: Shelf) -> None:
    shelf.book(shelf.course(), 2)
    assert not {field.name for field in fields(PublicCourse)} & {
        "booked",
        "bookings",
        "handledare",
        "leaders",
        "helpers",
        "created_by",
    }
    assert "Svea" not in repr(kalmar(shelf)) and "Karin" not in repr(kalmar(shelf))


def test_a_calendar_keeps_what_was_lately_and_strikes_what_was_called_off(shelf: Shelf) -> None:
    shelf.course("nyss", shelf.clock() - timedelta(days=2))
    shelf.course("länge sedan", shelf.clock() - KEPT_IN_CALENDARS - timedelta(days=1))
    off = shelf.course("inställd")
    before = read_calendar(shelf.database, shelf.clock, shelf.world, municipality=KALMAR)
    shelf.clock.pass_(hours=1)
    shelf.call_off(off)
    found = read_calendar(shelf.database, shelf.clock, shelf.world, municipality=KALMAR)
    assert titles(found) == ["nyss", "inställd"]
    assert [course.called_off for course in found] == [False, True]
    assert (before[1].version, found[1].version) == (0, 1)
    assert found[1].meetings[0].changed_at == shelf.clock.at > before[1].meetings[0].changed_at


def test_a_places_calendar_has_that_place_only(shelf: Shelf) -> None:
    shelf.course("här")
    shelf.course("där", place="annan")
    assert titles(read_calendar(shelf.database, shelf.clock, shelf.world, place=LIBRARY)) == ["här"]


def test_ones_own_calendar_has_ones_own_groups_in_every_municipality(shelf: Shelf) -> None:
    karin, bo = shelf.handledare("Karin K"), shelf.handledare("Bo B")
    mine, helped, ill, others = (
        shelf.course(title, TEN + i * WEEK, handledare=0)
        for i, title in enumerate(("min", "hjälper", "sjuk", "annans"))
    )
    elsewhere = shelf.course("vara", TEN + 5 * WEEK, kind="coaching", handledare=0, municipality="vara")
    shelf.teaches(mine, karin)
    shelf.teaches(helped, karin, helper=True)
    shelf.teaches(helped, bo)
    shelf.teaches(ill, karin, away=True)
    shelf.teaches(others, bo)
    shelf.teaches(elsewhere, karin)
    shelf.book(mine, 8)
    shelf.book(mine, 2, "waitlisted")
    groups = read_own_calendar(shelf.database, shelf.clock, shelf.world, renew(shelf.database, shelf.clock, karin.id))
    assert groups is not None
    assert [(group.course.title["sv"], group.booked, group.waiting, group.helps) for group in groups] == [
        ("min", 8, 2, False),
        ("hjälper", 0, 0, True),
        ("vara", 0, 0, False),
    ]
