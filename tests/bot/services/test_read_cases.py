"""One case as it is read for the console, on both databases. Written by the real services."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.case import Status
from bot.domain.conversation import Position
from bot.domain.delivery import Delivery
from bot.services import read_cases
from bot.services.read_cases import CaseNotFound
from bot.services.viewer import Viewer
from bot.services.work_cases import CaseDesk
from bot.store import users
from bot.store.database import Database
from bot.store.tables import AuditRow, CaseRow, OutboxRow, UserRow
from tests.stand_ins import MONDAY, WORLD, Post


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database)


@pytest.fixture
def desk(post: Post) -> CaseDesk:
    return CaseDesk(post.database, WORLD, post.clock, post.wakeup)


@pytest.fixture
def anna(database: Database) -> UserRow:
    with database.writing() as session:
        return users.add(session, "anna@bibliotek.example", "Anna", "handledare", "hash", MONDAY)


@pytest.fixture
def case(post: Post) -> int:
    """Somebody was in the middle of a guide and asked for a person."""
    post.says("swish tack", "swish")
    post.says("KLART", "next")
    post.says("människa", "human")
    with post.database.reading() as session:
        return session.scalars(select(CaseRow.id)).one()


def test_the_page_holds_all_that_belongs_to_the_case(post: Post, desk: CaseDesk, anna: UserRow, case: int) -> None:
    post.clock.pass_(minutes=5)
    desk.claim(case, anna)
    desk.note(case, anna, "ringde")
    desk.reply(case, anna, "Hej, Anna här")
    page = read_cases.case_page(post.database, post.clock, Viewer(anna.id), case)
    assert (page.case.status, page.case.handledare, page.case.version) == (Status.ANSWERED, "Anna", 3)
    assert [said.text for said in page.said if said.author == "resident"] == ["swish tack", "KLART", "människa"]
    last = page.said[-1]
    assert (last.author, last.name, last.text, last.segments) == ("handledare", "Anna", "Anna: Hej, Anna här", 1)
    assert last.parts == ((Delivery.QUEUED, None),)
    assert [(note.kind, note.name, note.text) for note in page.noted] == [("note", "Anna", "ringde")]
    assert [(done.act, done.name) for done in page.done] == [("claim", "Anna")]
    assert (page.earlier, page.opted_out, page.cut, page.now) == ((), False, False, post.clock())


def test_where_the_resident_is_in_a_guide(post: Post, anna: UserRow, case: int) -> None:
    page = read_cases.case_page(post.database, post.clock, Viewer(anna.id), case)
    assert page.position == Position("swish", "swish-2")
    assert page.case.topic == "swish"


def test_a_resolved_case_is_among_the_persons_earlier_ones(
    post: Post, desk: CaseDesk, anna: UserRow, case: int
) -> None:
    desk.resolve(case, anna, "solved")
    post.clock.pass_(days=30)
    post.says("människa", "human")
    with post.database.reading() as session:
        new = session.scalars(select(CaseRow.id).order_by(CaseRow.id.desc())).first()
    assert new != case
    page = read_cases.case_page(post.database, post.clock, Viewer(anna.id), new or 0)
    assert [other.case.id for other in page.earlier] == [case]
    assert page.done == ()


def test_what_may_not_be_seen_is_not_found(post: Post, anna: UserRow, case: int) -> None:
    stranger = Viewer(anna.id, ("vara", "Vara"))
    for ask in (
        lambda: read_cases.case_line(post.database, stranger, case),
        lambda: read_cases.case_page(post.database, post.clock, stranger, case),
        lambda: read_cases.case_version(post.database, stranger, case, post.clock()),
        lambda: read_cases.replied_just_now(post.database, post.clock, stranger, case, "x", 0),
        lambda: read_cases.noted_just_now(post.database, post.clock, stranger, case, "x", 0),
        lambda: read_cases.case_line(post.database, Viewer(anna.id), 4711),
    ):
        with pytest.raises(CaseNotFound):
            ask()


def test_a_view_is_kept(post: Post, anna: UserRow, case: int) -> None:
    read_cases.note_view(post.database, post.clock, Viewer(anna.id), case)
    with post.database.reading() as session:
        row = session.scalars(select(AuditRow)).one()
    assert (row.act, row.user_id, row.case_id, row.at) == ("view", anna.id, case, post.clock())


def test_the_version_changes_with_messages_states_and_acts(
    post: Post, desk: CaseDesk, anna: UserRow, case: int
) -> None:
    who = Viewer(anna.id)
    seen = [read_cases.case_version(post.database, who, case, post.clock())]
    assert read_cases.case_version(post.database, who, case, post.clock()) == seen[0]
    post.comes("hallå?")
    seen.append(read_cases.case_version(post.database, who, case, post.clock()))
    desk.reply(case, anna, "Hej")
    seen.append(read_cases.case_version(post.database, who, case, post.clock()))
    with post.database.writing() as session:
        newest = session.scalars(select(OutboxRow).order_by(OutboxRow.id.desc())).first()
        assert newest
        newest.status = "delivered"
    seen.append(read_cases.case_version(post.database, who, case, post.clock()))
    desk.note(case, anna, "en rad")
    seen.append(read_cases.case_version(post.database, who, case, post.clock()))
    assert len(set(seen)) == len(seen)


def test_a_reply_pressed_twice_is_known(post: Post, desk: CaseDesk, anna: UserRow, case: int) -> None:
    who, before = Viewer(anna.id), read_cases.case_line(post.database, Viewer(anna.id), case).version

    def again(text: str, version: int, viewer: Viewer = who) -> bool:
        return read_cases.replied_just_now(post.database, post.clock, viewer, case, text, version)

    assert not again("Hej \u201cdu\u201d", before)
    desk.reply(case, anna, "Hej \u201cdu\u201d")
    assert again("Hej \u201cdu\u201d", before), "compared as it was sent"
    assert not again("Hej \u201cdu\u201d", read_cases.case_line(post.database, who, case).version), (
        "from a new page it is meant"
    )
    assert not again("Hej då", before)
    assert not again("Hej \u201cdu\u201d", before, Viewer(anna.id + 1))
    post.clock.at += read_cases.PRESSED_TWICE_WITHIN + timedelta(seconds=1)
    assert not again("Hej \u201cdu\u201d", before)


def test_a_note_pressed_twice_is_known(post: Post, desk: CaseDesk, anna: UserRow, case: int) -> None:
    who, before = Viewer(anna.id), read_cases.case_line(post.database, Viewer(anna.id), case).version
    assert not read_cases.noted_just_now(post.database, post.clock, who, case, "kod 1234", before)
    desk.note(case, anna, "kod 1234")
    assert read_cases.noted_just_now(post.database, post.clock, who, case, "kod 1234", before)
    assert not read_cases.noted_just_now(post.database, post.clock, who, case, "kod 1234", before + 1)
    post.clock.at += read_cases.PRESSED_TWICE_WITHIN + timedelta(seconds=1)
    assert not read_cases.noted_just_now(post.database, post.clock, who, case, "kod 1234", before)
