"""Several processes at once on one database, SQLite or PostgreSQL: each thing is done, and done once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.domain.address import Address
from bot.domain.case import Reason, Urgency
from bot.services.deliver_outbox import deliver_one
from bot.store import cases, conversations, inbox, users
from bot.store.database import Database
from bot.store.tables import AddressRow, CaseRow, ConversationRow, InboxRow, MessageRow, OutboxRow
from tests.bot.concurrency.conftest import Workers
from tests.stand_ins import MONDAY, OUR_NUMBER, SVEA, Post

LATER = (MONDAY + timedelta(seconds=10)).isoformat()


def _people(number: int) -> list[str]:
    """Any strings do as addresses here, and numbers of the fictitious series are too few."""
    return [f"tg:{i}" for i in range(1, number + 1)]


def _begin(database: Database, people: list[str], due: bool = True) -> list[int]:
    with database.writing() as session:
        numbers = []
        for address in people:
            _, row = conversations.begin(session, Address(address), None, None, MONDAY)
            row.due_at = MONDAY if due else None
            numbers.append(row.id)
        return numbers


def _queue(database: Database, conversation: int, address: str, number: int, **more: Any) -> None:
    with database.writing() as session:
        for i in range(number):
            values: dict[str, Any] = {
                "conversation_id": conversation,
                "address": address,
                "channel": "sms",
                "sender": OUR_NUMBER,
                "text": f"text {i} to {address}",
                "buttons": [],
                "priority": 10,
                "queued_at": MONDAY,
                "next_attempt_at": MONDAY,
            }
            session.add(OutboxRow(**(values | more)))


def _once_each(shares: list[list[int]], everything: list[int]) -> None:
    counted = Counter(chain.from_iterable(shares))
    assert sorted(counted) == sorted(everything)
    assert max(counted.values()) == 1


def test_the_same_message_taken_in_by_all_is_one(workers: Any, database: Database) -> None:
    messages = [[f"SM{i}", SVEA, f"text {i}"] for i in range(10)]
    stored = workers.together("receive", messages=messages)
    assert [sum(column) for column in zip(*stored, strict=True)] == [1] * 10
    with database.reading() as session:
        assert session.scalar(select(func.count(MessageRow.id))) == 10
        assert session.scalar(select(func.count(AddressRow.id))) == 1
        assert session.scalar(select(func.count(ConversationRow.id))) == 1


def test_first_messages_of_one_new_person_make_one_person(workers: Any, database: Database) -> None:
    each = [
        {"messages": [[f"SM{i}-{j}", person, f"text {i}"] for j, person in enumerate(_people(10))]} for i in range(4)
    ]
    assert workers.together("receive", each) == [[True] * 10] * 4
    with database.reading() as session:
        assert session.scalar(select(func.count(AddressRow.id))) == 10
        for conversation in session.scalars(select(ConversationRow.id)).all():
            assert len(inbox.pending(session, conversation)) == 4


def test_halves_of_a_number_taken_in_by_two_are_masked_in_both(workers: Any, database: Database) -> None:
    people = _people(40)
    halves = ("det är 19121212", "-1212 alltså")
    turned = [(person, halves if i % 2 else halves[::-1]) for i, person in enumerate(people)]
    streams = ([[f"SM{half[of]}-{person}", person, half[of]] for person, half in turned] for of in (0, 1))
    workers.side_by_side(*({"do": "receive", "messages": stream} for stream in streams))
    with database.reading() as session:
        told = [
            [row.text for row in inbox.history(session, number)]
            for number in session.scalars(select(ConversationRow.id))
        ]
    in_order = [texts for texts in told if texts[0].startswith("det är")]  # the other way round it is no number
    assert in_order
    assert all(texts == ["det är [personnummer]", "[personnummer] alltså"] for texts in in_order), in_order


def test_each_due_conversation_is_claimed_by_one(workers: Any, database: Database) -> None:
    numbers = _begin(database, _people(300))
    shares = workers.together("claim_conversations")
    _once_each(shares, numbers)
    assert sum(bool(share) for share in shares) > 1, "only one process worked: nothing was tested"


def test_of_all_that_save_one_conversation_exactly_one_does(workers: Any, database: Database) -> None:
    numbers = _begin(database, _people(40))
    _once_each(workers.together("save_conversations", conversations=numbers), numbers)
    with database.reading() as session:
        assert set(session.scalars(select(ConversationRow.version))) == {1}


def test_every_message_is_answered_once(workers: Any, database: Database) -> None:
    people = _people(60)
    _receive(database, people)
    turns = workers.together("think", at=LATER, means={"swish": "swish"}, idle=3)
    assert sum(turns) == len(people)
    with database.reading() as session:
        answers = Counter(session.scalars(select(OutboxRow.address)))
        assert answers == dict.fromkeys(people, 1)
        assert set(session.scalars(select(ConversationRow.version))) == {1}


def _receive(database: Database, people: list[str]) -> None:
    post = Post(database)
    for person in people:
        post.comes("swish", sender=person)


def test_messages_that_come_while_others_are_answered_are_all_answered(workers: Any, database: Database) -> None:
    """Two take in, two think: no message may fall between the save of a turn and the next."""
    people = _people(15)
    streams = [[[f"SM{stream}-{i}-{p}", p, "KLART"] for i in range(4) for p in people] for stream in range(2)]
    workers.side_by_side(
        {"do": "receive", "messages": streams[0]},
        {"do": "receive", "messages": streams[1]},
        {"do": "think", "at": LATER, "idle": 20},
        {"do": "think", "at": LATER, "idle": 20},
    )
    with database.reading() as session:
        forgotten = session.scalar(
            select(func.count(InboxRow.message_id))
            .join(ConversationRow, ConversationRow.id == InboxRow.conversation_id)
            .where(InboxRow.handled_at.is_(None), ConversationRow.due_at.is_(None))
        )
    assert forgotten == 0
    workers.together("think", at=(MONDAY + timedelta(minutes=5)).isoformat(), idle=3)
    with database.reading() as session:
        assert session.scalar(select(func.count(InboxRow.message_id)).where(InboxRow.handled_at.is_(None))) == 0
        assert Counter(session.scalars(select(OutboxRow.address))) == dict.fromkeys(people, 8)


def test_no_two_senders_have_the_same_message_and_order_holds(workers: Any, database: Database) -> None:
    people = _people(40)
    for number, address in zip(_begin(database, people, due=False), people, strict=True):
        _queue(database, number, address, 3)
    claims: list[tuple[int, float, float]] = []
    for _ in range(10):  # a process stops as soon as everything left is blocked by what others send just then
        claims += chain.from_iterable(workers.together("claim_messages"))
    with database.reading() as session:
        rows = session.scalars(select(OutboxRow).order_by(OutboxRow.id)).all()
    _once_each([[number for number, _, _ in claims]], [row.id for row in rows])
    assert {row.status for row in rows} == {"sent"}
    times = {number: (claimed, sent) for number, claimed, sent in claims}
    for earlier, later in pairwise(rows):
        if earlier.conversation_id == later.conversation_id:
            assert times[earlier.id][1] <= times[later.id][0], (
                "the later one was claimed before the earlier one was sent"
            )


@pytest.mark.parametrize("rate", [1, 10])
def test_all_together_send_no_faster_than_the_rate(workers: Any, database: Database, rate: int) -> None:
    people = _people(8)
    for number, address in zip(_begin(database, people, due=False), people, strict=True):
        _queue(database, number, address, 1)
    for second in range(3):
        at = (MONDAY + timedelta(seconds=second / rate)).isoformat()
        got = workers.together("claim_messages", at=at, rate=rate)
        assert sum(map(len, got)) == 1


def test_two_messages_of_two_segments_wait_for_each_other_at_rate_one(workers: Any, database: Database) -> None:
    people = _people(2)
    for number, address in zip(_begin(database, people, due=False), people, strict=True):
        _queue(database, number, address, 1, segments=2)

    def sent(second: float) -> int:
        at = (MONDAY + timedelta(seconds=second)).isoformat()
        return sum(map(len, workers.together("claim_messages", at=at, rate=1)))

    assert [sent(second) for second in (0, 1, 1.9, 2)] == [1, 0, 0, 1]


def test_what_all_deliver_together_reaches_the_carrier_once(workers: Any, database: Database) -> None:
    people = _people(60)
    for number, address in zip(_begin(database, people, due=False), people, strict=True):
        _queue(database, number, address, 1)
    with database.reading() as session:
        everything = list(session.scalars(select(OutboxRow.id)))
    _once_each(workers.together("deliver"), everything)


def test_a_killed_senders_message_is_looked_up_by_another(
    workers: Any, mortal: Any, database: Database, database_url: str
) -> None:
    (conversation,) = _begin(database, [SVEA], due=False)
    _queue(database, conversation, SVEA, 1)
    for asked in ({"do": "open"}, {"do": "claim_one_message", "at": MONDAY.isoformat()}):
        mortal.ask({"url": database_url, **asked})
        answer = mortal.answer()
    assert answer == 1
    mortal.kill()
    assert workers.together("deliver", at=LATER) == [[]] * 4
    post = Post(database)
    post.clock.pass_(minutes=1)
    post.carrier.known["text 0 to " + SVEA] = ("SMof-the-dead",)
    assert post.carrier.looked_up == []
    assert deliver_one(post.delivering)
    with database.reading() as session:
        row = session.get_one(OutboxRow, 1)
    assert (row.status, row.provider_id, row.doubts, post.carrier.looked_up, post.carrier.taken) == (
        "sent",
        "SMof-the-dead",
        1,
        [1],
        [],
    )


def test_a_killed_workers_conversation_is_answered_by_another(
    workers: Any, mortal: Any, database: Database, database_url: str
) -> None:
    _receive(database, [SVEA])
    for asked in ({"do": "open"}, {"do": "claim_conversations", "at": LATER}):
        mortal.ask({"url": database_url, **asked})
        answer = mortal.answer()
    assert answer == [1]
    mortal.kill()
    assert sum(workers.together("think", at=LATER)) == 0
    after_the_lease = (MONDAY + timedelta(seconds=41)).isoformat()
    assert sum(workers.together("think", at=after_the_lease, means={"swish": "swish"})) == 1
    with database.reading() as session:
        assert session.scalar(select(func.count(OutboxRow.id))) == 1


def _users(database: Database, number: int) -> list[int]:
    with database.writing() as session:
        return [
            users.add(session, f"u{i}@kalmar.example", f"U{i}", "handledare", "hash", MONDAY).id for i in range(number)
        ]


def test_exactly_one_wins_each_case(workers: Any, database: Database) -> None:
    handledare = _users(database, 4)
    numbers = _begin(database, _people(30), due=False)
    with database.writing() as session:
        opened = []
        for number in numbers:
            new = cases.NewCase(number, None, "sms", "sv", None, None, "t", Reason.ASKED, Urgency.NORMAL, None, "")
            opened.append(cases.open_or_add(session, new, MONDAY)[0].id)
    shares = workers.together("claim_cases", [{"user": user} for user in handledare], cases=opened)
    _once_each(shares, opened)
    with database.reading() as session:
        for user, share in zip(handledare, shares, strict=True):
            assert sorted(session.scalars(select(CaseRow.id).where(CaseRow.claimed_by == user))) == share


def test_all_that_open_a_case_of_one_conversation_open_one(workers: Any, database: Database) -> None:
    for number in _begin(database, _people(10), due=False):
        assert sum(workers.together("open_case", conversation=number)) == 1
    with database.reading() as session:
        assert session.scalar(select(func.count(CaseRow.id))) == 10


def test_handledare_and_turns_on_one_case_never_wait_for_each_other_in_a_ring(workers: Any, database: Database) -> None:
    """Each locks the conversation first; in different orders PostgreSQL would have to end one of them."""
    _users(database, 1)
    post = Post(database)
    post.says("MÄNNISKA")
    stream = [[f"SM-more-{i}", SVEA, "KLART"] for i in range(40)]
    first, second, *_ = workers.side_by_side(
        {"do": "work_case", "case": 1, "times": 15},
        {"do": "work_case", "case": 1, "times": 15},
        {"do": "receive", "messages": stream},
        {"do": "think", "at": LATER, "idle": 60},
    )
    workers.together("think", at=(MONDAY + timedelta(minutes=5)).isoformat(), idle=3)
    with database.reading() as session:
        assert session.scalar(select(func.count(InboxRow.message_id)).where(InboxRow.handled_at.is_(None))) == 0
        assert (
            session.scalar(select(func.count(MessageRow.id)).where(MessageRow.author == "handledare")) == first + second
        )
        assert session.scalar(select(func.count(CaseRow.id))) == 1
        assert "failure" not in session.get_one(CaseRow, 1).reasons


def test_a_periodic_job_runs_once_a_slot(workers: Any, database: Database) -> None:
    _once_each(workers.together("take_slots", slots=50), list(range(50)))


def test_one_has_the_lease(workers: Any, database: Database) -> None:
    assert sorted(workers.together("take_lease")) == [False, False, False, True]


def test_all_that_migrate_at_once_get_one_whole_schema(bare_workers: Any, empty_database_url: str) -> None:
    assert bare_workers.together("migrate") == ["migrated"] * 4
    database = Database(empty_database_url)
    assert database.ready()
    database.close()


def test_all_that_open_a_new_sqlite_file_at_once_can(processes: Any, tmp_path: Path) -> None:
    """Many times, as it is decided within a fraction of a millisecond who is first."""
    for number in range(30):
        workers = Workers(processes, f"sqlite:///{tmp_path}/{number}.db")
        assert workers.together("write_first") == ["written"] * 4
