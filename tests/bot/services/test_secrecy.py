"""What was said with another unit is not shown, on both databases. Two units, one resident, one conversation."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.domain.address import Address
from bot.services import read_cases
from bot.services.call_back import CallDesk, CallResult
from bot.services.open_case_for import Came, Visitor, open_case_for
from bot.services.read_cases import CasePage
from bot.services.transfer_case import TransferDesk
from bot.services.viewer import viewer
from bot.services.work_cases import CaseDesk
from bot.store.database import Database
from bot.store.tables import CaseRow, UserRow
from tests.bot.two_units import UNITS, staff, with_units
from tests.stand_ins import SVEA, Post


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database, world=with_units())


@pytest.fixture
def anna(database: Database) -> UserRow:
    return staff(database, "Anna", unit="library")


@pytest.fixture
def cilla(database: Database) -> UserRow:
    return staff(database, "Cilla", unit="centre")


def _page(post: Post, user: UserRow, case: int) -> CasePage:
    return read_cases.case_page(post.database, post.clock, viewer(user, UNITS), case)


def _texts(page: CasePage) -> list[str]:
    return [said.text for said in page.said]


def _at_the_centre(post: Post, user: UserRow) -> int:
    visitor = Visitor(Came.DESK, "Vill ha hjälp med en ansökan", number=Address(SVEA))
    return open_case_for(post.database, lambda: post.world, post.clock, user, visitor).case_id


@pytest.fixture
def both(post: Post, desk: CaseDesk, anna: UserRow, cilla: UserRow) -> tuple[int, int]:
    """First a case of the library, then one of the contact centre, with talk before, between and in them."""
    post.says("före")
    post.says("MÄNNISKA")
    post.clock.pass_(minutes=1)
    desk.claim(1, anna)
    CallDesk(post.database, lambda: post.world, post.clock).phoned(1, anna, CallResult.BUSY)
    post.says("hemligt för biblioteket")
    desk.reply(1, anna, "svar från biblioteket")
    post.clock.pass_(minutes=1)
    desk.resolve(1, anna, "solved", "Starta om")
    post.clock.pass_(days=20)
    post.says("mellan")
    post.clock.pass_(minutes=1)
    second = _at_the_centre(post, cilla)
    post.clock.pass_(minutes=1)
    post.says("hemligt för kontaktcenter")
    desk.reply(second, cilla, "svar från kontaktcenter")
    post.clock.pass_(minutes=1)
    return 1, second


def test_each_unit_sees_its_own_and_what_was_said_with_no_unit(
    post: Post, anna: UserRow, cilla: UserRow, both: tuple[int, int]
) -> None:
    library, centre = (_page(post, user, case) for user, case in zip((anna, cilla), both, strict=True))
    for page, own, other in ((library, "biblioteket", "kontaktcenter"), (centre, "kontaktcenter", "biblioteket")):
        told = " ".join(_texts(page))
        assert "före" in told
        assert "mellan" in told
        assert f"hemligt för {own}" in told
        assert f"svar från {own}" in told
        assert other not in told
        assert len(page.hidden) == 1
        assert page.earlier == ()
    assert library.hidden[0] > centre.hidden[0]


def test_who_works_for_all_units_sees_all(post: Post, both: tuple[int, int], database: Database) -> None:
    for municipality in ("kalmar", None):
        page = _page(post, staff(database, f"Hanna {municipality}", municipality), both[1])
        assert page.hidden == ()
        assert {"hemligt för biblioteket", "hemligt för kontaktcenter"} <= set(_texts(page))
        assert [(other.case.id, other.helped) for other in page.earlier] == [(both[0], "Starta om")]


def test_what_is_said_while_the_other_units_case_is_still_open_is_hidden_too(
    post: Post, anna: UserRow, both: tuple[int, int]
) -> None:
    post.says("ännu mer")
    assert "ännu mer" not in _texts(_page(post, anna, both[0]))


def test_a_case_that_was_handed_over_with_the_persons_yes_is_read_whole_by_its_new_unit_alone(
    post: Post, desk: CaseDesk, anna: UserRow, cilla: UserRow
) -> None:
    post.says("MÄNNISKA")
    post.clock.pass_(minutes=1)
    desk.reply(1, anna, "svar från biblioteket")
    post.clock.pass_(minutes=1)
    TransferDesk(post.database, lambda: post.world, post.clock, post.wakeup).to_unit(
        1, anna, "kalmar/centre", consent=True
    )
    page = _page(post, cilla, 1)
    assert page.hidden == ()
    assert any("svar från biblioteket" in text for text in _texts(page))
    desk.resolve(1, cilla, "solved")
    post.clock.pass_(days=20)
    post.says("MÄNNISKA")
    with post.database.reading() as session:
        newest = session.scalars(select(CaseRow).order_by(CaseRow.id.desc())).first()
    assert newest
    assert newest.unit == "library"
    assert not any("svar från biblioteket" in text for text in _texts(_page(post, anna, newest.id)))
