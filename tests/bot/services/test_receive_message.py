"""Taking in: masked, stored once, and due when it should be."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.message import Kind
from bot.services import receive_message
from bot.store import clock, inbox
from bot.store.database import Database
from bot.store.tables import AddressRow, ConversationRow, InboxRow, MessageRow
from tests.stand_ins import KURT, MONDAY, OUR_NUMBER, SVEA, VARA_NUMBER, Post


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database)


def _due(post: Post) -> datetime | None:
    with post.database.reading() as session:
        return session.scalars(select(ConversationRow.due_at)).one()


def _texts(post: Post) -> list[str]:
    with post.database.reading() as session:
        return list(session.scalars(select(MessageRow.text).order_by(MessageRow.id)))


def _at(seconds: float) -> datetime:
    return MONDAY + timedelta(seconds=seconds)


def test_a_message_is_stored_with_a_new_person_of_the_numbers_municipality(post: Post) -> None:
    assert post.comes("hej", to=VARA_NUMBER, key="SM1")
    with post.database.reading() as session:
        message, row = session.scalars(select(MessageRow)).one(), session.scalars(select(InboxRow)).one()
        address, conversation = (
            session.scalars(select(AddressRow)).one(),
            session.scalars(select(ConversationRow)).one(),
        )
    assert (message.text, message.direction, message.author, message.at) == ("hej", "in", "resident", MONDAY)
    assert message.incoming_key == f"sms:{VARA_NUMBER}:SM1"
    assert (row.received_at, row.handled_at, row.gathers) == (MONDAY, None, True)
    assert (address.text, address.sender, conversation.municipality) == (SVEA, VARA_NUMBER, "vara")
    assert (conversation.unit, conversation.state["municipality"]) == ("library", "vara")
    assert post.wakeup.woken_for_turns == 1


def test_a_number_that_is_not_configured_is_answered_without_a_municipality(post: Post) -> None:
    post.comes("hej", to="+46701740695")
    with post.database.reading() as session:
        assert session.scalars(select(ConversationRow.municipality)).one() is None


def test_the_same_message_twice_is_one(post: Post) -> None:
    assert post.comes("hej", key="SM1")
    assert not post.comes("hej", key="SM1")
    assert _texts(post) == ["hej"]
    assert post.wakeup.woken_for_turns == 1


def test_the_same_id_from_another_account_is_another_message(post: Post) -> None:
    assert post.comes("hej", key="SM1", to=OUR_NUMBER)
    assert post.comes("hej", key="SM1", to=VARA_NUMBER)
    assert len(_texts(post)) == 2


def test_answers_go_out_from_the_number_last_written_to(post: Post) -> None:
    post.comes("hej", to=OUR_NUMBER)
    post.comes("hej igen", to=VARA_NUMBER)
    with post.database.reading() as session:
        assert session.scalars(select(AddressRow.sender)).one() == VARA_NUMBER


def test_whoever_writes_is_reachable_again(post: Post) -> None:
    post.comes("hej")
    with post.database.writing() as session:
        session.scalars(select(AddressRow)).one().blocked_at = MONDAY
    post.comes("hej igen")
    with post.database.reading() as session:
        assert session.scalars(select(AddressRow.blocked_at)).one() is None


def test_secrets_are_masked_before_they_are_stored(post: Post) -> None:
    post.comes("mitt personnummer är 19121212-1212 och koden är 482915")
    assert _texts(post) == ["mitt personnummer är [personnummer] och koden är [kod]"]
    with post.database.reading() as session:
        assert session.scalars(select(InboxRow.removed)).one() == ["personnummer", "kod"]


def test_a_number_split_over_two_messages_is_masked_in_both(post: Post) -> None:
    post.comes("det är 19121212")
    post.clock.pass_(seconds=30)
    post.comes("-1212 alltså")
    assert "1212" not in " ".join(_texts(post))
    assert all("[personnummer]" in text for text in _texts(post))


def test_a_number_split_over_two_messages_is_masked_in_both_after_the_first_has_been_answered(post: Post) -> None:
    post.says("det är 19121212")
    post.clock.pass_(minutes=9)
    post.comes("-1212 alltså")
    with post.database.reading() as session:
        stored = session.scalars(select(MessageRow.text).where(MessageRow.direction == "in")).all()
    assert all("[personnummer]" in text for text in stored)
    with post.database.reading() as session:
        assert inbox.pending(session, 1)[0].removed == ("personnummer",)


def test_messages_that_lie_far_apart_are_not_one_number(post: Post) -> None:
    post.comes("det är 19121212")
    post.clock.pass_(seconds=receive_message.SPLIT_WITHIN.total_seconds() + 1)
    post.comes("-1212 alltså")
    assert _texts(post) == ["det är 19121212", "-1212 alltså"]


def test_another_persons_message_is_not_the_other_half(post: Post) -> None:
    post.comes("det är 19121212")
    post.comes("-1212 alltså", sender=KURT)
    assert _texts(post) == ["det är 19121212", "-1212 alltså"]


def test_a_text_is_waited_for_and_each_more_puts_it_off(post: Post) -> None:
    post.comes("hej")
    assert _due(post) == _at(2)
    post.clock.pass_(seconds=1.5)
    post.comes("det gäller swish")
    assert _due(post) == _at(3.5)


def test_gathering_ends_four_times_its_length_after_the_first_text(post: Post) -> None:
    """Somebody who never stops writing is answered all the same."""
    for i in range(12):
        post.comes(f"och så en sak till, nummer {'x' * i}")
        due = _due(post)
        assert due
        assert due <= _at(8)
        post.clock.pass_(seconds=1)


def test_the_bound_counts_from_the_first_text_that_waits_not_from_those_answered(post: Post) -> None:
    post.says("hej")
    post.clock.pass_(minutes=5)
    post.comes("en sak till")
    assert _due(post) == post.clock.at + post.gather


@pytest.mark.parametrize(
    "text", ["KLART", "Stopp", "2", "ja", "MÄNNISKA", "hon andas inte", "jag blev lurad på pengar"]
)
def test_keywords_numbers_and_danger_are_due_at_once(post: Post, text: str) -> None:
    post.comes("hej")
    post.clock.pass_(seconds=0.5)
    post.comes(text)
    assert _due(post) == _at(0.5)


@pytest.mark.parametrize("more", [{"pressed": True}, {"kind": Kind.PHOTO}, {"carrier_opt": "stop"}])
def test_buttons_pictures_and_what_the_carrier_acted_on_are_due_at_once(post: Post, more: dict[str, object]) -> None:
    post.comes("swish tack", **more)  # type: ignore[arg-type]
    assert _due(post) == _at(0)


@pytest.mark.parametrize("first", ["hon andas inte", "KLART"])
def test_what_may_not_wait_is_not_put_off_by_a_text_after_it(post: Post, first: str) -> None:
    post.comes(first)
    post.clock.pass_(seconds=0.5)
    post.comes("skynda er")
    assert _due(post) == _at(0)


def test_with_gathering_off_everything_is_due_at_once(post: Post) -> None:
    post.gather = timedelta()
    post.comes("hej")
    assert _due(post) == _at(0)


def test_a_position_is_rounded_to_about_a_kilometre(post: Post) -> None:
    post.comes("", kind=Kind.LOCATION, latitude=56.66341, longitude=16.35679)
    with post.database.reading() as session:
        assert session.execute(select(InboxRow.latitude, InboxRow.longitude)).one() == (56.66, 16.36)


@pytest.mark.parametrize(
    "text", ["", "\x00\x1b[2J", "\ud800", "👩‍👩‍👧", "مرحبا", "<script>alert(1)</script>'; DROP TABLE x;--", "x" * 5000]
)
def test_any_text_can_be_stored(post: Post, text: str) -> None:
    assert post.comes(text)
    (stored,) = _texts(post)
    assert len(stored) <= 4096
    assert "\x00" not in stored


def test_what_is_said_has_business_time_and_what_is_waited_for_real_time(post: Post) -> None:
    with post.database.writing() as session:
        clock.move(session, timedelta(days=14))
    post.comes("hej")
    with post.database.reading() as session:
        assert session.scalars(select(MessageRow.at)).one() == MONDAY + timedelta(days=14)
        assert session.scalars(select(InboxRow.received_at)).one() == MONDAY
    assert _due(post) == _at(2)


def test_a_very_long_provider_id_is_cut_and_still_the_same(post: Post) -> None:
    assert post.comes("hej", key="x" * 500)
    assert not post.comes("hej", key="x" * 500)
    with post.database.reading() as session:
        assert session.scalar(select(func.count(MessageRow.id))) == 1
