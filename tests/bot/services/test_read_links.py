"""Links as staff see them, and who sees none of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.link import EndedBy, LinkStatus, Scope
from bot.services.read_cases import CaseNotFound
from bot.services.read_links import (
    ON_PAGE,
    RECENT,
    LinkNotFound,
    Standing,
    Wanted,
    link_list,
    link_page,
    links_of_case,
    note_view,
)
from bot.services.viewer import Viewer
from bot.store.database import Database
from bot.store.tables import AuditRow, BookingRow, CaseRow, DeedRow, LinkRow
from tests.bot import kin
from tests.bot.two_units import staff
from tests.groups import add_course
from tests.stand_ins import ASTRID, KURT, MONDAY, SettableClock

CLOCK = SettableClock()
ALL = Viewer(1)
LIBRARY = Viewer(1, ("kalmar", "Kalmar"), "library")
CENTRE = Viewer(2, ("kalmar", "Kalmar"), "centre")
VARA = Viewer(3, ("vara", "Vara"))


@pytest.fixture
def elder(database: Database) -> int:
    return kin.begin(database, KURT)


@pytest.fixture
def relative(database: Database) -> int:
    return kin.begin(database, kin.ANNA)


def test_a_case_shows_who_follows_and_whom_they_follow(database: Database, elder: int, relative: int) -> None:
    case = kin.open_case(database, elder, unit="library")
    over = kin.link(database, elder, relative, LinkStatus.ENDED, ended_at=MONDAY, ended_by="elder")
    going_on = kin.link(database, elder, relative, unit="library")
    held = kin.link(
        database, elder, kin.begin(database, "tg:4712"), LinkStatus.HELD, name="Bosse", reason="Frågar efter koder"
    )
    follows = kin.link(database, kin.begin(database, ASTRID), elder, number=ASTRID, called="din fru")
    found = links_of_case(database, CLOCK, LIBRARY, case)
    assert [line.id for line in found.helpers] == [held, going_on, over]
    assert [line.id for line in found.helped] == [follows]
    assert [line.id for line in found.held] == [held]
    assert (found.helped[0].called, found.helpers[2].ended_by) == ("din fru", EndedBy.ELDER)
    assert links_of_case(database, CLOCK, LIBRARY, kin.open_case(database, relative)).helped[0].id == going_on


def test_links_of_another_unit_are_not_there(database: Database, elder: int, relative: int) -> None:
    case = kin.open_case(database, elder)
    linked = kin.link(database, elder, relative, unit="library")
    seen = {
        who: [line.id for line in links_of_case(database, CLOCK, who, case).helpers] for who in (ALL, LIBRARY, CENTRE)
    }
    assert seen == {ALL: [linked], LIBRARY: [linked], CENTRE: []}
    for who in (CENTRE, VARA):
        assert link_list(database, CLOCK, who, Wanted()).links == ()
        with pytest.raises(LinkNotFound):
            link_page(database, CLOCK, who, linked)
    with pytest.raises(CaseNotFound):
        links_of_case(database, CLOCK, VARA, case)
    assert link_page(database, CLOCK, LIBRARY, linked).elder_case == case
    with pytest.raises(LinkNotFound):
        link_page(database, CLOCK, ALL, 4711)


def test_numbers_and_cases_stand_on_the_links_own_page(database: Database, elder: int, relative: int) -> None:
    hidden = kin.open_case(database, relative, unit="centre")
    linked = kin.link(database, elder, relative, unit="library")
    page = link_page(database, CLOCK, LIBRARY, linked)
    assert (page.elder_address, page.relative_address, page.elder_case, page.relative_case) == (
        KURT,
        kin.ANNA,
        None,
        None,
    )
    assert link_page(database, CLOCK, ALL, linked).relative_case == hidden
    karin = staff(database, "Karin")
    note_view(database, CLOCK, Viewer(karin.id), linked)
    with database.reading() as session:
        row = session.scalars(select(AuditRow)).one()
    assert (row.user_id, row.act, row.detail) == (karin.id, "link_view", f"link:{linked}")


def test_what_has_run_out_is_over_though_no_row_says_so(database: Database, elder: int, relative: int) -> None:
    year = kin.link(database, elder, relative, at=MONDAY - timedelta(days=365))
    asked = kin.link(database, elder, kin.begin(database, "tg:4712"), LinkStatus.ASKED, at=MONDAY - timedelta(hours=72))
    lines = {line.id: line for line in link_list(database, CLOCK, ALL, Wanted(Standing.OVER)).links}
    assert (lines[year].status, lines[year].ended_by, lines[year].ended_at) == (LinkStatus.ENDED, EndedBy.TIME, MONDAY)
    assert (lines[asked].status, lines[asked].is_living) == (LinkStatus.UNANSWERED, False)
    assert link_list(database, CLOCK, ALL, Wanted()).links == ()


def test_the_list_is_by_standing_and_place_and_in_pages(database: Database, elder: int, relative: int) -> None:
    held = kin.link(database, elder, relative, LinkStatus.HELD)
    numbers = [f"+467017407{i:02}" for i in range(ON_PAGE)]
    for i, number in enumerate(numbers):
        kin.link(
            database,
            elder,
            relative,
            number=number,
            at=MONDAY + timedelta(minutes=i),
            unit="centre" if i else "library",
        )
    kin.link(database, elder, relative, LinkStatus.DECLINED, ended_at=MONDAY - RECENT, ended_by="elder")
    recent = kin.link(
        database, elder, relative, LinkStatus.DECLINED, ended_at=MONDAY - timedelta(days=1), ended_by="elder"
    )
    first, second = (link_list(database, CLOCK, ALL, Wanted(), page) for page in (1, 2))
    assert (len(first.links), len(second.links), first.pages, first.links[0].id) == (ON_PAGE, 1, 2, held)
    assert not {line.id for line in first.links} & {line.id for line in second.links}
    assert link_list(database, CLOCK, ALL, Wanted(), 4711).page == 2
    assert dict(first.counts) == {Standing.LIVING: ON_PAGE + 1, Standing.HELD: 1, Standing.ASKED: 0, Standing.OVER: 1}
    assert [line.id for line in link_list(database, CLOCK, ALL, Wanted(Standing.OVER)).links] == [recent]
    assert len(link_list(database, CLOCK, ALL, Wanted(municipalities=("kalmar",), unit="library")).links) == 1
    assert link_list(database, CLOCK, ALL, Wanted(municipalities=("vara",))).links == ()


def test_what_relatives_did_is_told_with_the_group_and_the_guide(database: Database, elder: int, relative: int) -> None:
    case = kin.open_case(database, elder)
    linked = kin.link(database, elder, relative, scope=Scope.BOOK)
    course = add_course(database)
    with database.writing() as session:
        booking = BookingRow(
            course_id=course,
            conversation_id=elder,
            channel="sms",
            status="booked",
            for_whom="",
            link_id=linked,
            booked_at=MONDAY,
            queued_at=MONDAY,
        )
        session.add(booking)
        session.flush()
        for kind, about in (("booked", str(booking.id)), ("guide", "swish"), ("cancelled", "4711"), ("noted", "")):
            session.add(DeedRow(link_id=linked, at=MONDAY, kind=kind, about=about))
        booking_id = booking.id
    found = links_of_case(database, CLOCK, ALL, case)
    assert found.by_booking == {booking_id: "Anna"}
    booked, guide, gone, noted = found.deeds
    assert booked.group and booked.group.title["sv"]
    assert (guide.flow, guide.group, gone.group, noted.flow) == ("swish", None, None, "")
    theirs = links_of_case(database, CLOCK, ALL, kin.open_case(database, relative))
    assert (theirs.deeds, theirs.by_booking) == ((), {}), "on the relative's own case stands nothing of the elder's"


def test_a_case_without_a_conversation_has_no_links(database: Database, elder: int, relative: int) -> None:
    kin.link(database, elder, relative)
    case = kin.open_case(database, elder)
    with database.writing() as session:
        session.get_one(CaseRow, case).conversation_id = None
        assert session.scalars(select(LinkRow.id)).all()
    assert links_of_case(database, CLOCK, ALL, case).helpers == ()
