"""A number with a new owner: nothing old goes along, nothing new is lost, and those who followed are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.case import Reason, Urgency
from bot.domain.link import EndedBy, LinkStatus
from bot.services.tend_bookings import tend_bookings
from bot.services.tending import Tending
from bot.store import cases, links
from bot.store.database import Database
from bot.store.tables import CaseRow, LinkRow, MessageRow
from tests.bot.joining import TG, conversation_of, joined, post_with_telegram, said_to, state_of
from tests.bot.kin import link
from tests.stand_ins import MONDAY, SVEA, Post

YEAR = timedelta(days=366)


@pytest.fixture
def post(database: Database) -> Post:
    return post_with_telegram(database)


def _year_later(post: Post) -> int:
    """Somebody left a guide, and was silent for a year; their conversation."""
    post.says("swish", "swish")
    old = conversation_of(post.database, SVEA)
    post.clock.at = MONDAY + YEAR
    return old


def _texts(post: Post, conversation_id: int) -> list[str]:
    with post.database.reading() as session:
        return list(
            session.scalars(
                select(MessageRow.text).where(MessageRow.conversation_id == conversation_id).order_by(MessageRow.id)
            )
        )


def test_no_gives_the_number_a_new_person_and_leaves_the_old_to_the_old(post: Post) -> None:
    old = _year_later(post)
    post.says("hej", "greet")
    assert "swish" not in said_to(post.database, SVEA)[-1]
    post.says("NEJ")
    new = conversation_of(post.database, SVEA)
    assert new != old
    assert _texts(post, old)[0] == "swish"
    assert len(_texts(post, old)) == 2
    assert _texts(post, new)[0] == "hej"
    assert "same_person_no" in said_to(post.database, SVEA)[-1]
    post.says("FORTSÄTT")
    assert "swish" not in said_to(post.database, SVEA)[-1]


def test_yes_keeps_the_person_and_the_guide(post: Post) -> None:
    old = _year_later(post)
    post.says("hej", "greet")
    post.says("JA")
    post.says("JA")
    assert conversation_of(post.database, SVEA) == old
    assert "swish 1." in said_to(post.database, SVEA)[-1]


def test_a_guide_that_the_new_owner_began_goes_on(post: Post) -> None:
    _year_later(post)
    post.says("skriva ut", "print_scan")
    post.says("NEJ")
    post.says("KLART")
    assert "print_scan 2." in said_to(post.database, SVEA)[-1]


def test_links_of_the_old_end_and_the_relative_is_told_no_more_than_that(post: Post) -> None:
    old = _year_later(post)
    post.says("hej", "greet", sender=TG)
    link_id = link(
        post.database, old, conversation_of(post.database, TG), number=SVEA, at=post.clock() - timedelta(days=30)
    )
    post.says("hej", "greet")
    with post.database.reading() as session:
        (elder,) = links.family_of(session, conversation_of(post.database, TG), post.clock()).elders
        assert (elder.case, elder.position, elder.bookings) == (None, None, ())
    post.says("NEJ")
    with post.database.reading() as session:
        row = session.get_one(LinkRow, link_id)
        assert (row.status, row.ended_by, row.elder_id) == (LinkStatus.ENDED, EndedBy.NEW_OWNER, old)
    assert said_to(post.database, TG)[-1] == "link_over_told"


def test_a_person_who_is_asked_for_before_the_answer_has_the_case_of_the_new_owner(post: Post) -> None:
    old = _year_later(post)
    with post.database.writing() as session:
        new = cases.NewCase(
            old, SVEA, "sms", "sv", "kalmar", "library", "kalmar", Reason.ASKED, Urgency.NORMAL, None, "Gammalt"
        )
        before = cases.open_or_add(session, new, MONDAY)[0].id
    post.says("MÄNNISKA")
    assert "person" in said_to(post.database, SVEA)[-1]
    post.says("NEJ")
    with post.database.reading() as session:
        rows = session.scalars(select(CaseRow).order_by(CaseRow.id)).all()
        assert [(row.id == before, row.conversation_id) for row in rows] == [
            (True, old),
            (False, conversation_of(post.database, SVEA)),
        ]
        assert "Gammalt" not in rows[1].summary


def test_tending_writes_nothing_to_who_can_be_reached_nowhere(post: Post) -> None:
    _year_later(post)
    post.says("hej", "greet")
    post.says("NEJ")
    said = said_to(post.database, SVEA)
    tend_bookings(Tending(post.database, lambda: post.world, post.clock, post.wakeup))
    assert said_to(post.database, SVEA) == said


def test_the_number_is_asked_though_the_person_writes_from_telegram(post: Post) -> None:
    """The account on Telegram is the old person's and stays theirs."""
    post.says("swish", "swish")
    old = joined(post)
    for days in (200, 366):
        post.clock.at = MONDAY + timedelta(days=days)
        post.says("KLART", sender=TG)
    post.says("hej", "greet")
    assert "same_person_ask" in said_to(post.database, SVEA)[-1]
    post.says("NEJ")
    assert conversation_of(post.database, SVEA) != old
    assert conversation_of(post.database, TG) == old
    assert state_of(post.database, SVEA).paused == ()
