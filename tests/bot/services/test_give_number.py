"""A number that somebody at the desk gives later, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.domain.address import Address
from bot.domain.case import CaseRefusal
from bot.services.give_number import HasNumber, OpenAlready, give_number
from bot.services.hold_case import CaseTaken
from bot.services.open_case_for import Came, CaseElsewhere, Visitor, open_case_for
from bot.services.read_cases import CaseNotFound
from bot.services.work_cases import CaseDesk
from bot.store import conversations
from bot.store.database import Database
from bot.store.tables import AddressRow, AuditRow, CaseRow, MessageRow, OutboxRow, UserRow
from tests.bot.two_units import staff, with_units
from tests.stand_ins import KURT, OUR_NUMBER, SVEA, Post

LANDLINE = "+46480450000"


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database, world=with_units())


@pytest.fixture
def anna(database: Database) -> UserRow:
    return staff(database, "Anna", unit="library")


def _walked_in(post: Post, user: UserRow, about: str = "Surfplattan", **more: object) -> int:
    visitor = Visitor(Came.DESK, about, **more)  # type: ignore[arg-type]
    return open_case_for(post.database, lambda: post.world, post.clock, user, visitor).case_id


def _give(post: Post, user: UserRow, case_id: int, number: str) -> None:
    give_number(post.database, lambda: post.world, post.clock, user, case_id, Address(number))


def _case(post: Post, case_id: int) -> CaseRow:
    with post.database.reading() as session:
        return session.get_one(CaseRow, case_id)


def test_with_a_mobile_number_the_case_is_answered_by_sms(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    case = _walked_in(post, anna, language="en")
    _give(post, anna, case, SVEA)
    _give(post, anna, case, SVEA)
    row = _case(post, case)
    assert (row.channel, row.address, row.status, row.claimed_by) == ("sms", SVEA, "claimed", anna.id)
    with post.database.reading() as session:
        assert session.scalars(select(MessageRow)).all() == session.scalars(select(OutboxRow)).all() == [], (
            "nothing is sent"
        )
        assert session.scalars(select(AuditRow.act).where(AuditRow.case_id == case)).all() == ["open", "number"]
    desk.reply(case, anna, "Hello")
    with post.database.reading() as session:
        sent = session.scalars(select(OutboxRow)).one()
        assert (sent.address, sent.sender, sent.text.endswith("Hello")) == (SVEA, OUR_NUMBER, True)
    post.says("tack")
    with post.database.reading() as session:
        assert len(session.scalars(select(AddressRow)).all()) == 1
        assert len(session.scalars(select(CaseRow)).all()) == 1


def test_who_has_written_before_keeps_their_conversation(post: Post, anna: UserRow) -> None:
    post.says("swish", "swish")
    case = _walked_in(post, anna)
    _give(post, anna, case, SVEA)
    with post.database.reading() as session:
        found = conversations.of_address(session, Address(SVEA))
    assert found
    assert _case(post, case).conversation_id == found[1].id


def test_a_landline_is_phoned_and_may_be_exchanged(post: Post, anna: UserRow) -> None:
    case = _walked_in(post, anna)
    _give(post, anna, case, LANDLINE)
    row = _case(post, case)
    assert (row.channel, row.address, row.conversation_id) == ("desk", LANDLINE, None)
    other = _walked_in(post, anna, "Datorn")
    with pytest.raises(OpenAlready) as open_already:
        _give(post, anna, other, LANDLINE)
    assert open_already.value.case_id == case
    _give(post, anna, case, SVEA)
    assert (_case(post, case).channel, _case(post, case).address) == ("sms", SVEA)
    with pytest.raises(HasNumber):
        _give(post, anna, case, KURT)
    assert _case(post, case).address == SVEA


def test_whoever_has_an_open_case_keeps_that(post: Post, anna: UserRow, database: Database) -> None:
    post.says("MÄNNISKA")
    case = _walked_in(post, anna)
    with pytest.raises(OpenAlready) as open_already:
        _give(post, anna, case, SVEA)
    assert open_already.value.case_id == 1
    cilla = staff(database, "Cilla", unit="centre")
    elsewhere = _walked_in(post, cilla)
    with pytest.raises(CaseElsewhere):
        _give(post, cilla, elsewhere, SVEA)
    assert (_case(post, case).address, _case(post, elsewhere).address) == (None, None)


def test_only_whoever_may_change_the_open_case_gives_it_a_number(
    post: Post, desk: CaseDesk, anna: UserRow, database: Database
) -> None:
    case = _walked_in(post, anna)
    with pytest.raises(CaseTaken):
        _give(post, staff(database, "Bo", unit="library"), case, SVEA)
    with pytest.raises(CaseNotFound):
        _give(post, staff(database, "Cilla", unit="centre"), case, SVEA)
    desk.resolve(case, anna, "solved")
    with pytest.raises(CaseRefusal):
        _give(post, anna, case, SVEA)
    assert _case(post, case).address is None
