"""Which conversation is due, who has it, and the guarded write at the end of a turn."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.domain.address import Address
from bot.domain.conversation import Conversation
from bot.store import conversations
from bot.store.conversations import Claimed
from bot.store.database import Database
from bot.store.tables import AddressRow, ConversationRow
from tests.stand_ins import KURT, MONDAY, SVEA

LEASE = timedelta(seconds=30)


def _at(seconds: float) -> datetime:
    return MONDAY + timedelta(seconds=seconds)


def _begin(database: Database, address: str = SVEA, due: float | None = 0) -> int:
    with database.writing() as session:
        _, row = conversations.begin(session, Address(address), "kalmar", "library", MONDAY)
        row.due_at = None if due is None else _at(due)
        return row.id


def _claim(database: Database, at: float = 0, owner: str = "a") -> Claimed | None:
    with database.writing() as session:
        return conversations.claim_due(session, owner, _at(at), LEASE)


def _save(database: Database, claimed: Claimed, **state: object) -> bool:
    with database.writing() as session:
        return conversations.save(session, claimed, Conversation(**state).to_json(), "vara", None, None)  # type: ignore[arg-type]


def _row(database: Database, conversation: int) -> ConversationRow:
    with database.reading() as session:
        return session.get_one(ConversationRow, conversation)


@pytest.fixture
def svea(database: Database) -> int:
    return _begin(database)


def test_an_address_finds_its_conversation_once_it_has_written(database: Database, svea: int) -> None:
    with database.reading() as session:
        found = conversations.of_address(session, Address(SVEA))
        assert found
        assert (found[0].channel, found[1].id, found[1].municipality) == ("sms", svea, "kalmar")
        assert conversations.of_address(session, Address(KURT)) is None


def test_a_person_is_reached_on_the_channel_asked_for_when_there_is_one(database: Database, svea: int) -> None:
    with database.writing() as session:
        session.add(AddressRow(person_id=_row(database, svea).person_id, text="tg:4711", channel="telegram"))
    with database.reading() as session:
        assert conversations.address_of(session, svea).text == SVEA
        assert conversations.address_of(session, svea, "telegram").text == "tg:4711"
        assert conversations.address_of(session, svea, "pigeon").text == SVEA


def test_the_one_that_has_been_due_longest_is_taken_and_by_one_only(database: Database) -> None:
    later, sooner, not_due = _begin(database, SVEA, 5), _begin(database, KURT, 1), _begin(database, "+46701740608", 60)
    _begin(database, "+46701740609", None)
    assert [claimed.id if claimed else None for claimed in (_claim(database, 10, owner) for owner in "abc")] == [
        sooner,
        later,
        None,
    ]
    assert _row(database, not_due).lease_owner is None


def test_a_lease_that_has_run_out_is_taken_by_the_next(database: Database, svea: int) -> None:
    assert _claim(database) == Claimed(svea, 0, 1)
    assert _claim(database, 30, "b") is None
    assert _claim(database, 30.1, "b") == Claimed(svea, 0, 2)


def test_saving_gives_the_conversation_back_and_forgets_attempts(database: Database, svea: int) -> None:
    claimed = _claim(database)
    assert claimed
    assert _save(database, claimed, near="Vara")
    row = _row(database, svea)
    assert (row.version, row.due_at, row.lease_owner, row.lease_until, row.attempts) == (1, None, None, None, 0)
    assert (row.state["near"], row.municipality) == ("Vara", "vara")


def test_of_two_that_think_the_first_to_save_wins(database: Database, svea: int) -> None:
    slow, quick = _claim(database), _claim(database, 31, "b")
    assert slow
    assert quick
    assert _save(database, quick, near="quick")
    assert not _save(database, slow, near="slow")
    assert _row(database, svea).state["near"] == "quick"


def test_a_change_from_outside_makes_the_turn_lose(database: Database, svea: int) -> None:
    claimed = _claim(database)
    assert claimed
    with database.writing() as session:
        conversations.bump(session, svea)
    assert not _save(database, claimed)
    with database.writing() as session:
        conversations.change_state(session, svea, Conversation(near="outside"))
    assert not _save(database, Claimed(svea, 1, 1))
    assert _save(database, Claimed(svea, 2, 1))


def test_giving_back_ends_the_lease_when_it_is_still_ours(database: Database, svea: int) -> None:
    claimed = _claim(database)
    assert claimed
    with database.writing() as session:
        conversations.give_back(session, claimed, "b", _at(9))
    assert _row(database, svea).lease_owner == "a"
    with database.writing() as session:
        conversations.give_back(session, claimed, "a", _at(9))
    row = _row(database, svea)
    assert (row.lease_owner, row.due_at, row.attempts) == (None, _at(9), 1)


def test_an_attempt_that_was_not_the_turns_fault_is_forgotten(database: Database, svea: int) -> None:
    claimed = _claim(database)
    assert claimed
    with database.writing() as session:
        conversations.give_back(session, claimed, "a", _at(0), forget_attempt=True)
    assert _claim(database) == Claimed(svea, 0, 1)


@pytest.mark.parametrize(
    ("due", "at", "sooner", "then"),
    [(None, 5, False, 5), (None, 5, True, 5), (3, 5, False, 5), (3, 5, True, 3), (9, 5, True, 5)],
)
def test_due_is_put_off_by_gathering_and_never_by_what_may_not_wait(
    database: Database, due: float | None, at: float, sooner: bool, then: float
) -> None:
    conversation = _begin(database, due=due)
    with database.writing() as session:
        conversations.make_due(session, conversation, _at(at), sooner)
    assert _row(database, conversation).due_at == _at(then)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer at a time
def test_due_is_set_by_what_the_database_says_not_by_what_was_read_before(database: Database, svea: int) -> None:
    """A turn may be saved, with nothing due any more, between a receiver's first look and its write."""
    with database.writing() as receiving:
        assert receiving.get_one(ConversationRow, svea).due_at == _at(0)
        claimed = _claim(database)
        assert claimed
        assert _save(database, claimed)
        conversations.make_due(receiving, svea, _at(7), sooner=True)
    assert _row(database, svea).due_at == _at(7)


def test_next_due_is_the_earliest_and_a_leased_one_counts_from_the_end_of_its_lease(database: Database) -> None:
    assert _next(database) is None
    _begin(database, SVEA, 5)
    _begin(database, KURT, None)
    assert _next(database) == _at(5)
    _claim(database, 6)
    assert _next(database) == _at(36)


def _next(database: Database) -> datetime | None:
    with database.reading() as session:
        return conversations.next_due(session)
