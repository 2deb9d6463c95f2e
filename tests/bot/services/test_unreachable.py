"""A handledare's answer that does not get there: the resident still waits, and somebody must see it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.domain.events import Answered
from bot.services.deliver_outbox import deliver_one
from bot.services.ports import Refused
from bot.services.queue_answer import queue_answer
from bot.services.report_delivery import report_delivery
from bot.services.work_cases import CaseDesk
from bot.store import conversations
from bot.store.database import Database
from bot.store.tables import CaseNoteRow, CaseRow, ConversationRow, OutboxRow, UserRow
from tests.bot.two_units import staff
from tests.stand_ins import Post

GONE = Refused("21211: not a number", unreachable=True)
OPTED_OUT = Refused("21610: opted out", opted_out=True)


@pytest.fixture
def post(database: Database) -> Post:
    """Svea has asked for a person, and has got the machine's answers."""
    made = Post(database)
    made.says("MÄNNISKA")
    _send(made)
    return made


@pytest.fixture
def anna(post: Post) -> UserRow:
    return staff(post.database, "Anna", municipality=None)


def _send(post: Post) -> None:
    while deliver_one(post.delivering):
        pass


def _answer(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    desk.reply(1, anna, "Ring banken.")
    post.clock.pass_(seconds=11)


def _case(post: Post) -> CaseRow:
    with post.database.reading() as session:
        return session.get_one(CaseRow, 1)


def _last_note(post: Post) -> str:
    with post.database.reading() as session:
        return session.scalars(select(CaseNoteRow.text).order_by(CaseNoteRow.id.desc())).first() or ""


@pytest.mark.parametrize("refused", [GONE, OPTED_OUT], ids=("gone", "opted out"))
def test_the_case_waits_for_whoever_answered(post: Post, desk: CaseDesk, anna: UserRow, refused: Refused) -> None:
    _answer(post, desk, anna)
    assert _case(post).status == "answered"
    post.carrier.will = [refused]
    _send(post)
    case = _case(post)
    assert (case.status, case.claimed_by, case.waiting_since) == ("claimed", anna.id, post.clock())
    assert "kom inte fram" in _last_note(post)


def test_the_case_is_in_the_queue_when_whoever_answered_has_gone_home(
    post: Post, desk: CaseDesk, anna: UserRow
) -> None:
    _answer(post, desk, anna)
    with post.database.writing() as session:
        session.get_one(UserRow, anna.id).away_since = post.clock()
    post.carrier.will = [GONE]
    _send(post)
    case = _case(post)
    assert (case.status, case.claimed_by, case.waiting_since, case.urgency) == ("waiting", None, post.clock(), "high")


def test_a_report_that_comes_later_does_the_same(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    _answer(post, desk, anna)
    _send(post)
    with post.database.reading() as session:
        sent = session.scalars(select(OutboxRow).where(OutboxRow.case_id == 1).order_by(OutboxRow.id.desc())).first()
    assert sent is not None and sent.provider_id
    post.clock.pass_(minutes=2)
    assert report_delivery(post.database, post.world, sent.id, sent.provider_id, "undelivered", "30005", post.clock())
    assert (_case(post).status, _case(post).waiting_since) == ("claimed", post.clock())


def test_a_reminder_that_their_stopp_refuses_leaves_an_answered_case_as_it_is(
    post: Post, desk: CaseDesk, anna: UserRow
) -> None:
    """The answer itself got there: that they want no more messages is no reason to ring."""
    _answer(post, desk, anna)
    _send(post)
    with post.database.writing() as session:
        conversation = session.scalars(select(ConversationRow)).one()
        address = conversations.address_of(session, conversation.id, "sms")
        queue_answer(
            session,
            conversation.id,
            address,
            Answered("I morgon klockan 10."),
            post.clock(),
            post.clock(),
            author="bot",
        )
    post.carrier.will = [OPTED_OUT]
    _send(post)
    assert post.carrier.texts[-1] == "I morgon klockan 10."
    assert (_case(post).status, _case(post).waiting_since) == ("answered", None)
