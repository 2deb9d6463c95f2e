"""A case for somebody at the desk or on the line, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.domain.address import Address
from bot.services.open_case_for import Came, CaseElsewhere, OpenedFor, Perhaps, Visitor, open_case_for
from bot.services.work_cases import CaseDesk
from bot.store import conversations
from bot.store.database import Database
from bot.store.tables import AddressRow, AuditRow, CaseRow, ConversationRow, MessageRow, OutboxRow, UserRow
from tests.bot.two_units import staff, with_units
from tests.stand_ins import ASTRID, KURT, OUR_NUMBER, SVEA, Post

LANDLINE = "+46480450000"


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database, world=with_units())


@pytest.fixture
def anna(database: Database) -> UserRow:
    return staff(database, "Anna", unit="library")


def _open(
    post: Post, user: UserRow, about: str = "Får inte igång surfplattan", number: str | None = None, **more: object
) -> OpenedFor:
    visitor = replace(Visitor(Came.DESK, about, number=Address.parse(number) if number else None), **more)  # type: ignore[arg-type]
    return open_case_for(post.database, lambda: post.world, post.clock, user, visitor)


def _case(post: Post, case_id: int) -> CaseRow:
    with post.database.reading() as session:
        return session.get_one(CaseRow, case_id)


def _count(post: Post, table: type) -> int:
    with post.database.reading() as session:
        return len(session.scalars(select(table)).all())


def test_somebody_at_the_desk_needs_no_number(post: Post, anna: UserRow) -> None:
    opened = _open(post, anna, "Får inte igång plattan, 19121212-1212", name="Gunvor", topic="print_scan")
    case = _case(post, opened.case_id)
    assert opened.new
    assert (case.status, case.claimed_by, case.claimed_at, case.opened_by) == (
        "claimed",
        anna.id,
        post.clock(),
        anna.id,
    )
    assert (case.channel, case.address, case.conversation_id, case.person_name) == ("desk", None, None, "Gunvor")
    assert (case.municipality, case.unit, case.team) == ("kalmar", "library", "kalmar")
    assert (case.reasons, case.urgency, case.topic, case.language) == (["asked"], "normal", "print_scan", "sv")
    assert case.summary == "Får inte igång plattan, [personnummer]"
    with post.database.reading() as session:
        (row,) = session.scalars(select(AuditRow)).all()
    assert (row.act, row.case_id, row.detail, row.user_id) == ("open", case.id, "desk", anna.id)


def test_a_number_that_never_wrote_can_be_answered_by_sms(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    opened = _open(post, anna, number="070-174 06 05", language="en")
    case = _case(post, opened.case_id)
    assert (case.channel, case.address, case.language) == ("sms", SVEA, "en")
    assert (_count(post, MessageRow), _count(post, OutboxRow)) == (0, 0), "nothing is sent by opening"
    desk.reply(case.id, anna, "Hello")
    with post.database.reading() as session:
        row = session.scalars(select(OutboxRow)).one()
        assert (row.address, row.sender, row.text.endswith("Hello")) == (SVEA, OUR_NUMBER, True)
    post.says("tack")
    with post.database.reading() as session:
        assert len(session.scalars(select(AddressRow)).all()) == 1
        assert session.scalars(select(ConversationRow)).one().id == case.conversation_id


def test_who_has_written_keeps_their_conversation(post: Post, anna: UserRow) -> None:
    post.says("swish", "swish")
    opened = _open(post, anna, number=SVEA)
    with post.database.reading() as session:
        found = conversations.of_address(session, Address(SVEA))
    assert found
    assert _case(post, opened.case_id).conversation_id == found[1].id


def test_an_open_case_is_shown_instead(post: Post, anna: UserRow) -> None:
    post.says("MÄNNISKA")
    assert _open(post, anna, number=SVEA) == OpenedFor(1, False)
    assert (_case(post, 1).status, _case(post, 1).claimed_by, _case(post, 1).opened_by) == ("waiting", None, None)
    assert _count(post, CaseRow) == 1


def test_an_open_case_of_another_unit_is_not_told_of(post: Post, database: Database) -> None:
    post.says("MÄNNISKA")
    cilla = staff(database, "Cilla", unit="centre")
    with pytest.raises(CaseElsewhere):
        _open(post, cilla, number=SVEA)
    assert _count(post, CaseRow) == 1


def test_a_closed_one_is_no_hindrance(post: Post, desk: CaseDesk, anna: UserRow, database: Database) -> None:
    post.says("MÄNNISKA")
    desk.resolve(1, anna, "solved")
    cilla = staff(database, "Cilla", unit="centre")
    opened = _open(post, cilla, number=SVEA)
    assert opened.new
    assert _case(post, opened.case_id).unit == "centre"


def test_a_landline_can_only_be_phoned(post: Post, anna: UserRow) -> None:
    opened = _open(post, anna, number=LANDLINE, came=Came.PHONE)
    case = _case(post, opened.case_id)
    assert (case.channel, case.address, case.conversation_id) == ("phone", LANDLINE, None)
    assert _open(post, anna, number=LANDLINE) == OpenedFor(case.id, False)
    assert _count(post, AddressRow) == 0


def test_pressed_twice_is_once_and_the_next_person_gets_a_case_of_their_own(
    post: Post, anna: UserRow, database: Database
) -> None:
    first = _open(post, anna)
    assert _open(post, anna) == OpenedFor(first.case_id, False)
    assert _open(post, anna, "Något annat").new
    assert _open(post, staff(database, "Bo", unit="library")).new
    second = _open(post, anna, not_of=first.case_id)
    assert second.new
    assert _open(post, anna, not_of=first.case_id) == OpenedFor(second.case_id, False), "that press twice is once, too"
    post.clock.pass_(minutes=31)
    assert _open(post, anna).new


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"number": SVEA}),
        ({}, {"number": LANDLINE}),
        ({"name": "Gunvor"}, {"name": " gunvor", "about": "Glömt koden"}),
        ({"name": "Gunvor"}, {"about": "får  inte igång SURFPLATTAN"}),
        ({"name": "Gunvor", "number": SVEA}, {"name": "Gunvor", "number": KURT}),
    ],
)
def test_whoever_goes_back_and_presses_again_is_asked_whether_it_is_the_same_person(
    post: Post, desk: CaseDesk, anna: UserRow, before: dict[str, str], after: dict[str, str]
) -> None:
    first = _open(post, anna, **before)
    post.clock.pass_(minutes=2)
    with pytest.raises(Perhaps) as asked:
        _open(post, anna, **after)
    assert asked.value.case_id == first.case_id
    assert _count(post, CaseRow) == 1
    assert _count(post, AddressRow) == (1 if "number" in before else 0), "nothing is begun before the answer"
    assert _open(post, anna, not_of=first.case_id, **after).new
    assert _count(post, CaseRow) == 2


def test_the_next_in_the_line_is_not_asked_about(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    first = _open(post, anna, name="Gunvor")
    assert _open(post, anna, name="Bertil").new, "another name"
    assert _open(post, anna, "Glömt koden", name="Ulla").new
    desk.resolve(first.case_id, anna, "solved")
    post.clock.pass_(minutes=2)
    assert _open(post, anna, name="Gunvor").new, "what is resolved is over"
    assert _open(post, anna, "Swish", SVEA).new
    assert _open(post, anna, "Swish", KURT).new, "another number"


def test_whose_it_is(post: Post, database: Database) -> None:
    hanna = staff(database, "Hanna", role="samordnare")
    boss = staff(database, "Ivar", None)
    chosen = {"municipality": "kalmar", "unit": "centre"}
    ids = [
        _open(post, hanna, "ett", **chosen),
        _open(post, hanna, "två"),
        _open(post, boss, "tre", **chosen),
        _open(post, boss, "fyra"),
    ]
    ids.append(_open(post, hanna, "fem", municipality="vara", unit="library"))
    homes = [(_case(post, one.case_id).municipality, _case(post, one.case_id).unit) for one in ids]
    assert homes == [("kalmar", "centre"), ("kalmar", None), ("kalmar", "centre"), (None, None), ("kalmar", None)]
    post.says("hej", sender=KURT)
    opened = _open(post, boss, "sex", number=KURT)
    assert (_case(post, opened.case_id).municipality, _case(post, opened.case_id).unit) == ("kalmar", "library")


def test_a_case_without_a_conversation_is_worked_to_its_end(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    case = _open(post, anna).case_id
    desk.note(case, anna, "Visade hur man laddar")
    desk.release(case, anna)
    desk.claim(case, anna)
    desk.resolve(case, anna, "solved", "Ladda en timme först, sade 19121212-1212")
    row = _case(post, case)
    assert (row.status, row.outcome, row.helped) == ("resolved", "solved", "Ladda en timme först, sade [personnummer]")


def test_two_desks_at_once_get_one_case(post: Post, anna: UserRow, database: Database) -> None:
    bo = staff(database, "Bo", unit="library")
    with ThreadPoolExecutor(2) as pool:
        for number in (SVEA, KURT, ASTRID):
            found = list(pool.map(lambda user, number=number: _open(post, user, number=number), (anna, bo)))
            assert {one.case_id for one in found} == {found[0].case_id}
            assert sorted(one.new for one in found) == [False, True]
    assert _count(post, CaseRow) == 3
