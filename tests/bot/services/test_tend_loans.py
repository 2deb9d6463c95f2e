"""The queue and the reminders: once each, by day, not after STOPP, and never a word of what is borrowed."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.address import Address
from bot.domain.conversation import Conversation
from bot.domain.loan import LoanStatus
from bot.domain.sms_text import segments
from bot.services.tend_loans import tend_loans
from bot.services.tending import Tending
from bot.services.work_loans import LoanDesk
from bot.store import conversations
from bot.store.database import Database
from bot.store.tables import ConversationRow, LoanRow, OutboxRow
from tests.bot.engine.talk import world
from tests.bot.lending import BRANCH, LIBRARY, librarian, loans, person, plan, statuses, stock
from tests.stand_ins import ASTRID, KURT, MONDAY, SVEA, Post

_NAMED = ("surfplatta", "tablet", "platta")


@pytest.fixture
def post(database: Database) -> Post:
    stock(database)
    return Post(database, world=world())


def _tend(post: Post) -> int:
    return tend_loans(Tending(post.database, lambda: post.world, post.clock, post.wakeup))


def _desk(post: Post) -> LoanDesk:
    return LoanDesk(post.database, lambda: post.world, post.clock)


def _said(post: Post, address: str = SVEA) -> list[str]:
    with post.database.reading() as session:
        return list(session.scalars(select(OutboxRow.text).where(OutboxRow.address == address).order_by(OutboxRow.id)))


def _queue(post: Post, *addresses: str) -> None:
    for address in addresses:
        conversation_id = person(post.database, address)
        with post.database.writing() as session:
            at = post.clock.pass_(seconds=1)
            session.add(
                LoanRow(
                    type_id=1, conversation_id=conversation_id, channel="sms", status=LoanStatus.QUEUED, queued_at=at
                )
            )


def _state(post: Post, address: str = SVEA) -> Conversation:
    with post.database.reading() as session:
        found = conversations.of_address(session, Address(address))
        assert found
        return Conversation.from_json(session.get_one(ConversationRow, found[1].id).state)


def _borrows(post: Post, address: str = SVEA) -> int:
    return _desk(post).hand_out(1, librarian(post.database), LIBRARY, Address(address)).id


def _to(post: Post, day: datetime) -> None:
    post.clock.at = day


def test_the_first_in_the_queue_is_told_when_it_is_their_turn(post: Post) -> None:
    _queue(post, SVEA, KURT)
    woken = post.wakeup.woken_for_outbox
    assert _tend(post) == 1
    assert post.wakeup.woken_for_outbox == woken + 1
    assert statuses(post.database) == ["offered", "queued"]
    (text,) = _said(post)
    assert "din tur" in text
    assert "Kalmar stadsbibliotek" in text
    assert _tend(post) == 0
    assert _said(post, KURT) == []
    assert _state(post).question is not None


def test_a_no_gives_it_to_the_next(post: Post) -> None:
    _queue(post, SVEA, KURT)
    _tend(post)
    post.says("NEJ")
    assert statuses(post.database) == ["cancelled", "queued"]
    assert _tend(post) == 1
    assert statuses(post.database) == ["cancelled", "offered"]
    assert "din tur" in _said(post, KURT)[0]


def test_a_yes_keeps_it(post: Post) -> None:
    _queue(post, SVEA)
    _tend(post)
    post.says("JA")
    assert statuses(post.database) == ["offered"]
    assert "Hämta senast" in _said(post)[-1]


def test_what_is_not_fetched_goes_on_to_the_next(post: Post) -> None:
    _queue(post, SVEA, KURT)
    _tend(post)
    fetch_by = loans(post.database)[0].fetch_by
    assert fetch_by
    _to(post, fetch_by - timedelta(hours=8))
    assert _tend(post) == 0
    _to(post, fetch_by + timedelta(hours=12))
    assert _tend(post) == 2
    assert statuses(post.database) == ["cancelled", "offered"]
    assert "ligger inte kvar" in _said(post)[-1]
    assert "din tur" in _said(post, KURT)[-1]


def test_who_said_stop_is_passed_over(post: Post) -> None:
    _queue(post, SVEA, KURT)
    post.says("STOPP")
    before = _said(post)
    _tend(post)
    _tend(post)
    assert _said(post) == before
    assert statuses(post.database) == ["cancelled", "offered"]


def test_nothing_in_the_night(post: Post) -> None:
    _queue(post, SVEA)
    _to(post, datetime(2026, 11, 23, 19, 0, tzinfo=UTC))  # eight in the evening
    assert _tend(post) == 0
    _to(post, datetime(2026, 11, 24, 6, 59, tzinfo=UTC))
    assert _tend(post) == 0
    _to(post, datetime(2026, 11, 24, 7, 0, tzinfo=UTC))
    assert _tend(post) == 1


def _due(post: Post) -> datetime:
    due = loans(post.database)[0].due_at
    assert due
    return due


def test_reminded_the_day_before_once(post: Post) -> None:
    _borrows(post)
    due = _due(post)
    _to(post, due - timedelta(days=1, hours=15))  # nine in the morning of the day before
    assert _tend(post) == 0
    _to(post, due - timedelta(days=1, hours=13))
    assert _tend(post) == 1
    assert _tend(post) == 0
    (text,) = _said(post)
    assert "lämna tillbaka i morgon på Kalmar stadsbibliotek" in text
    assert segments(text) <= 2


def test_told_once_when_it_is_late(post: Post) -> None:
    _borrows(post)
    _to(post, _due(post) + timedelta(hours=12))
    assert _tend(post) == 1
    assert "skulle ha varit tillbaka" in _said(post)[-1]
    post.clock.pass_(days=3)
    assert _tend(post) == 0


def test_more_time_brings_a_new_reminder(post: Post) -> None:
    loan_id = _borrows(post)
    first = _due(post)
    _to(post, first - timedelta(days=1, hours=13))
    _tend(post)
    _desk(post).extend(loan_id, librarian(post.database, role="samordnare"))
    assert _due(post) > first
    _to(post, _due(post) - timedelta(days=1, hours=13))
    assert _tend(post) == 1


def test_no_reminder_of_what_is_back(post: Post) -> None:
    _borrows(post)
    due = _due(post)
    _desk(post).receive(1, librarian(post.database, role="samordnare"), BRANCH)
    _to(post, due + timedelta(hours=12))
    assert _tend(post) == 0
    assert _said(post) == []


def test_no_reminder_after_stop(post: Post) -> None:
    _borrows(post)
    due = _due(post)
    post.says("STOPP")
    before = _said(post)
    _to(post, due - timedelta(days=1, hours=13))
    assert _tend(post) == 0
    _to(post, due + timedelta(hours=12))
    assert _tend(post) == 0
    assert _said(post) == before


@pytest.mark.parametrize("language", ["sv", "en"])
def test_nothing_that_is_written_first_says_what_is_borrowed(post: Post, language: str) -> None:
    """OSL 40:3: whoever sees the telephone sees that there is a loan, and no more."""
    _queue(post, SVEA, KURT, ASTRID)
    for address in (SVEA, KURT, ASTRID):
        with post.database.writing() as session:
            found = conversations.of_address(session, Address(address))
            assert found
            conversations.change_state(
                session, found[1].id, Conversation.from_json(found[1].state).with_(language=language)
            )
    _tend(post)
    _to(post, (loans(post.database)[0].fetch_by or MONDAY) + timedelta(hours=12))
    _tend(post)  # Svea's is over, Kurt's turn
    user = librarian(post.database)
    _desk(post).hand_out(1, user, LIBRARY, loan_id=loans(post.database)[1].id)
    due = loans(post.database)[1].due_at
    assert due
    for at in (due - timedelta(days=1, hours=13), due + timedelta(hours=12)):
        _to(post, at)
        _tend(post)
    texts = [*_said(post), *_said(post, KURT)]
    assert len(texts) == 5
    assert not [text for text in texts for name in _NAMED if name in text.casefold()]


def test_one_who_cannot_be_written_to_does_not_keep_the_others_waiting(database: Database) -> None:
    stock(database, plan(3))
    post = Post(database, world=world())
    user = librarian(database)
    for unit, address in enumerate((SVEA, KURT, ASTRID), start=1):
        person(database, address)
        _desk(post).hand_out(unit, user, LIBRARY, Address(address))
    with database.writing() as session:
        session.delete(conversations.address_of(session, loans(database)[0].conversation_id))
    _to(post, _due(post) - timedelta(days=1, hours=13))
    assert _tend(post) == 2
    assert [len(_said(post, address)) for address in (SVEA, KURT, ASTRID)] == [0, 1, 1]


def test_two_processes_say_it_once(post: Post) -> None:
    _queue(post, SVEA, KURT)
    threads = [threading.Thread(target=_tend, args=(post,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(_said(post)) == 1
    assert _said(post, KURT) == []


def test_two_units_go_to_the_first_two(database: Database) -> None:
    stock(database, plan(2))
    post = Post(database, world=world())
    _queue(post, SVEA, KURT, ASTRID)
    assert _tend(post) == 2
    assert statuses(database) == ["offered", "offered", "queued"]
