"""Which message may go now, who has it, and how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations

import pytest
from sqlalchemy.orm import Session

from bot.domain.address import Address
from bot.domain.delivery import Delivery
from bot.domain.events import Priority
from bot.store import conversations, outbox
from bot.store.database import Database
from bot.store.outbox import Outgoing
from bot.store.tables import OutboxRow
from tests.stand_ins import KURT, MONDAY, OUR_NUMBER, SVEA, VARA_NUMBER

LEASE = timedelta(seconds=45)
Queue = Callable[..., int]


def _seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


@pytest.fixture
def queue(database: Database) -> Queue:
    """Puts a message in the outbox and gives its id. `to` has one conversation, begun when first written to."""

    def put(to: str = SVEA, at: float = 0, priority: Priority = Priority.ANSWER, **more: object) -> int:
        with database.writing() as session:
            found = conversations.of_address(session, Address(to))
            _, conversation = found or conversations.begin(session, Address(to), None, None, MONDAY)
            values: dict[str, object] = {
                "conversation_id": conversation.id,
                "address": to,
                "channel": "sms",
                "sender": OUR_NUMBER,
                "text": "text",
                "buttons": [{"label": "Klart", "says": "KLART"}],
                "segments": 1,
                "priority": priority,
                "queued_at": MONDAY + _seconds(at),
                "next_attempt_at": MONDAY + _seconds(at),
            }
            row = OutboxRow(**(values | more))
            session.add(row)
            session.flush()
            return row.id

    return put


def _claim(
    database: Database, at: float = 0, owner: str = "a", rate: float = 0, channel: str = "sms"
) -> Outgoing | None:
    with database.writing() as session:
        return outbox.claim(session, channel, owner, MONDAY + _seconds(at), LEASE, rate)


def _claimed(database: Database, at: float = 0, owner: str = "a", rate: float = 0) -> int | None:
    outgoing = _claim(database, at, owner, rate)
    return outgoing.id if outgoing else None


def _sent(database: Database, outbox_id: int, at: float = 0, provider_id: str = "SM1") -> None:
    with database.writing() as session:
        outbox.sent(session, outbox_id, provider_id, MONDAY + _seconds(at))


def _row(database: Database, outbox_id: int) -> OutboxRow:
    with database.reading() as session:
        return session.get_one(OutboxRow, outbox_id)


def test_a_message_is_handed_out_whole_and_once(database: Database, queue: Queue) -> None:
    first = queue()
    outgoing = _claim(database)
    assert outgoing == Outgoing(first, SVEA, "sms", OUR_NUMBER, "text", (("Klart", "KLART"),), 1, False, MONDAY)
    assert _claim(database) is None
    row = _row(database, first)
    assert (row.status, row.lease_owner, row.lease_until, row.attempts) == ("sending", "a", MONDAY + LEASE, 1)


def test_another_channels_messages_are_left_alone(database: Database, queue: Queue) -> None:
    queue(channel="telegram")
    assert _claim(database) is None
    assert _claim(database, channel="telegram") is not None


def test_a_message_waits_for_its_time(database: Database, queue: Queue) -> None:
    queue(at=5)
    assert _claim(database, at=4.9) is None
    assert _claim(database, at=5) is not None


def test_order_within_a_conversation_holds_until_the_earlier_one_is_settled(database: Database, queue: Queue) -> None:
    first, second, third = queue(), queue(), queue()
    assert _claimed(database) == first
    assert _claim(database, owner="b") is None
    _sent(database, first)
    assert _claimed(database) == second
    with database.writing() as session:
        outbox.failed(session, second, "21211")
    assert _claimed(database) == third


def test_conversations_do_not_wait_for_each_other(database: Database, queue: Queue) -> None:
    first, other = queue(), queue(to=KURT)
    assert [_claimed(database), _claimed(database)] == [first, other]


def test_a_stuck_message_blocks_the_next_for_a_bounded_time_only(database: Database, queue: Queue) -> None:
    stuck, after = queue(), queue()
    _claimed(database)
    with database.writing() as session:
        outbox.put_off(session, stuck, "a", MONDAY + timedelta(hours=1), Delivery.QUEUED, "503")
    bound = outbox.BLOCKS_FOR.total_seconds()
    assert _claim(database, at=bound - 1) is None
    assert _claimed(database, at=bound) == after


def test_a_message_that_is_being_sent_blocks_the_next_however_old_it_is(database: Database, queue: Queue) -> None:
    """After a long break everything is old: order must hold between two senders then, too."""
    first, second = queue(), queue()
    late = 3600.0
    assert _claimed(database, at=late) == first
    assert _claim(database, at=late, owner="b") is None
    _sent(database, first, at=late)
    assert _claimed(database, at=late, owner="b") == second


def test_danger_overtakes_others_and_its_own_conversation(database: Database, queue: Queue) -> None:
    _, being_sent = queue(to=KURT), queue()
    danger = queue(priority=Priority.DANGER)
    assert _claimed(database) == danger
    assert _row(database, being_sent).status == "queued"


def test_danger_does_not_wait_for_an_earlier_message_that_is_being_sent(database: Database, queue: Queue) -> None:
    first = queue()
    assert _claimed(database) == first
    danger = queue(priority=Priority.DANGER)
    assert _claimed(database, owner="b") == danger


def test_answers_go_before_reminders(database: Database, queue: Queue) -> None:
    reminder, answer = queue(to=KURT, priority=Priority.REMINDER), queue()
    assert [_claimed(database), _claimed(database)] == [answer, reminder]


def test_a_number_of_ours_sends_no_faster_than_its_rate(database: Database, queue: Queue) -> None:
    first, second = queue(segments=2), queue(to=KURT, segments=1)
    assert _claimed(database, rate=1) == first
    assert _claim(database, at=1.9, rate=1) is None
    assert _claimed(database, at=2, rate=1) == second
    third = queue(to="+46701740608")
    assert _claim(database, at=2.9, rate=1) is None
    assert _claimed(database, at=3, rate=1) == third


def test_each_number_of_ours_has_its_own_bucket(database: Database, queue: Queue) -> None:
    first, other = queue(segments=3), queue(to=KURT, sender=VARA_NUMBER)
    assert _claimed(database, rate=1) == first
    assert _claimed(database, rate=1) == other


def test_a_rate_of_ten_a_second_lets_one_go_every_tenth(database: Database, queue: Queue) -> None:
    for i in range(5):
        queue(to=f"+4670174061{i}")
    claimed = [_claimed(database, at=i / 20, rate=10) for i in range(8)]
    assert [bool(one) for one in claimed] == [True, False] * 4


def test_danger_uses_the_bucket_first(database: Database, queue: Queue) -> None:
    queue()
    danger = queue(to=KURT, priority=Priority.DANGER)
    assert _claimed(database, rate=1) == danger
    assert _claim(database, rate=1) is None


def test_what_a_dead_sender_had_is_doubtful_and_not_a_new_attempt(database: Database, queue: Queue) -> None:
    dead = queue()
    _claim(database)
    assert _claim(database, at=45, owner="b") is None
    outgoing = _claim(database, at=45.1, owner="b", rate=1)
    assert outgoing is not None
    assert (outgoing.id, outgoing.doubtful, outgoing.attempts, outgoing.tried_at) == (dead, True, 1, MONDAY)
    assert (_row(database, dead).doubts, _row(database, dead).lease_owner) == (1, "b")


def test_a_looked_up_message_becomes_a_new_attempt_of_the_same_sender_only(database: Database, queue: Queue) -> None:
    dead = queue()
    _claim(database)
    _claim(database, at=50, owner="b")
    with database.writing() as session:
        assert not outbox.may_try(session, dead, "a", MONDAY + _seconds(51), LEASE)
        assert outbox.may_try(session, dead, "b", MONDAY + _seconds(51), LEASE)
    row = _row(database, dead)
    assert (row.attempts, row.tried_at) == (2, MONDAY + _seconds(51))


def test_a_doubtful_message_is_looked_up_even_while_the_bucket_is_empty(database: Database, queue: Queue) -> None:
    dead = queue(segments=1)
    _claim(database)
    queue(to=KURT, segments=60)
    _claim(database, at=1, rate=1)
    assert _claimed(database, at=46, rate=1) == dead


def test_putting_off_changes_nothing_once_somebody_else_has_the_message(database: Database, queue: Queue) -> None:
    late = queue()
    _claim(database)
    _claim(database, at=50, owner="b")
    with database.writing() as session:
        outbox.put_off(session, late, "a", MONDAY, Delivery.QUEUED, "timed out")
    row = _row(database, late)
    assert (row.status, row.lease_owner, row.error) == ("sending", "b", None)


def test_a_late_success_of_the_first_sender_still_counts(database: Database, queue: Queue) -> None:
    late = queue()
    _claim(database)
    _claim(database, at=50, owner="b")
    _sent(database, late, at=51, provider_id="SMlate")
    with database.writing() as session:
        assert not outbox.may_try(session, late, "b", MONDAY + _seconds(52), LEASE)
    assert (_row(database, late).status, _row(database, late).provider_id) == ("sent", "SMlate")


REPORTS = (Delivery.SENT, Delivery.DELIVERED, Delivery.UNDELIVERED)


@pytest.mark.parametrize("order", list(permutations(REPORTS)), ids=lambda order: "-".join(order))
def test_reports_in_any_order_end_at_the_furthest(
    database: Database, queue: Queue, order: tuple[Delivery, ...]
) -> None:
    message = queue()
    _claim(database)
    _sent(database, message)
    with database.writing() as session:
        for reported in order:
            outbox.report(session, session.get_one(OutboxRow, message), reported, "SM1", None, MONDAY)
    assert _row(database, message).status == "delivered"


@pytest.mark.parametrize("reported", [Delivery.DELIVERED, Delivery.UNDELIVERED, Delivery.FAILED])
def test_a_report_that_comes_before_the_senders_own_answer_stands(
    database: Database, queue: Queue, reported: Delivery
) -> None:
    message = queue()
    _claim(database)
    error = None if reported == Delivery.DELIVERED else "30003"
    with database.writing() as session:
        assert outbox.report(session, session.get_one(OutboxRow, message), reported, "SM1", error, MONDAY)
    _sent(database, message)
    row = _row(database, message)
    assert (row.status, row.provider_id, row.error) == (reported, "SM1", error)


def test_the_same_report_twice_changes_nothing(database: Database, queue: Queue) -> None:
    message = queue()
    _sent(database, message)
    with database.writing() as session:
        row = session.get_one(OutboxRow, message)
        assert outbox.report(session, row, Delivery.DELIVERED, "SM1", None, MONDAY)
        assert not outbox.report(session, row, Delivery.DELIVERED, "SM1", None, MONDAY)


def test_a_report_settles_a_doubt_so_that_nothing_is_sent_again(database: Database, queue: Queue) -> None:
    message = queue()
    _claim(database)
    with database.writing() as session:
        outbox.put_off(session, message, "a", MONDAY + _seconds(2), Delivery.DOUBTFUL, "timed out")
        outbox.report(session, session.get_one(OutboxRow, message), Delivery.SENT, "SM7", None, MONDAY)
    assert _claim(database, at=60) is None
    assert _row(database, message).provider_id == "SM7"


def test_a_message_is_found_by_our_id_or_by_the_providers(database: Database, queue: Queue) -> None:
    message = queue()
    _sent(database, message, provider_id="SM9")
    with database.writing() as session:
        assert [
            found.id for found in (outbox.find(session, message, "SM9"), outbox.find(session, None, "SM9")) if found
        ] == [message] * 2
        assert outbox.find(session, None, "SM10") is None
        assert outbox.find(session, 4711, "SM9") is None
        assert outbox.known_provider_ids(session, ["SM9", "SM10"]) == {"SM9"}


def _stopped(session: Session) -> None:
    outbox.cancel_pending(session, SVEA)


def test_stopp_takes_back_what_waits_for_that_address_only(database: Database, queue: Queue) -> None:
    sent, waiting, other = queue(), queue(), queue(to=KURT)
    _sent(database, sent)
    with database.writing() as session:
        _stopped(session)
    assert [_row(database, message).status for message in (sent, waiting, other)] == ["sent", "cancelled", "queued"]


@pytest.mark.parametrize("status", [Delivery.QUEUED, Delivery.DOUBTFUL])
def test_what_a_sender_had_at_stopp_is_not_tried_again(database: Database, queue: Queue, status: Delivery) -> None:
    message = queue()
    _claim(database)
    with database.writing() as session:
        _stopped(session)
    with database.writing() as session:
        outbox.put_off(session, message, "a", MONDAY, status, "503")
    assert _claim(database, at=600) is None
    assert _row(database, message).status == "cancelled"


def test_a_doubtful_message_is_not_tried_again_after_stopp(database: Database, queue: Queue) -> None:
    message = queue()
    _claim(database)
    with database.writing() as session:
        outbox.put_off(session, message, "a", MONDAY, Delivery.DOUBTFUL, "timed out")
        session.flush()
        _stopped(session)
    assert _claim(database, at=600) is None


def test_what_had_gone_before_it_could_be_taken_back_is_shown_as_sent(database: Database, queue: Queue) -> None:
    message = queue()
    _claim(database)
    with database.writing() as session:
        _stopped(session)
    _sent(database, message, provider_id="SM3")
    assert (_row(database, message).status, _row(database, message).provider_id) == ("sent", "SM3")


def test_next_attempt_is_the_earliest_of_what_waits(database: Database, queue: Queue) -> None:
    assert _next(database) is None
    queue(at=9)
    queue(to=KURT, at=7)
    queue(channel="telegram", at=1)
    assert _next(database) == MONDAY + _seconds(7)


def test_next_attempt_thinks_of_what_a_dead_sender_left(database: Database, queue: Queue) -> None:
    queue()
    _claim(database)
    assert _next(database) == MONDAY + LEASE


def test_next_attempt_waits_for_the_bucket(database: Database, queue: Queue) -> None:
    sent = queue(segments=4)
    assert _claimed(database, rate=1) == sent
    _sent(database, sent)
    queue(to=KURT)
    assert _next(database) == MONDAY + _seconds(4)


def _next(database: Database) -> object:
    with database.reading() as session:
        return outbox.next_attempt(session, "sms")


def test_lists_are_of_one_address_or_of_all_and_parts_are_found_by_message(database: Database, queue: Queue) -> None:
    first, other = queue(), queue(to=KURT)
    with database.reading() as session:
        assert [row.id for row in outbox.listed(session)] == [first, other]
        assert [row.id for row in outbox.listed(session, KURT)] == [other]
        assert outbox.of_messages(session, [1]) == {}
