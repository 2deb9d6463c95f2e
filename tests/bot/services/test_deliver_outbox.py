"""Sending: one at a time, looked up when in doubt, and given to a person when it cannot be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.conversation import Conversation
from bot.domain.delivery import Delivery
from bot.services import deliver_outbox
from bot.services.deliver_outbox import GIVE_UP_AFTER, LEASE, LOOK_UP_AFTER, deliver_one, pause
from bot.services.ports import Refused, Sent, TryLater
from bot.store import clock, conversations, outbox
from bot.store.database import Database
from bot.store.tables import AddressRow, CaseRow, ConversationRow, OutboxRow
from tests.stand_ins import DUTY_PHONE, KURT, OUR_NUMBER, SVEA, Post

TIMED_OUT = TryLater("timed out", doubtful=True)
BUSY = TryLater("503")


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database)


def _answered(post: Post, address: str = SVEA) -> int:
    """A resident wrote and the answer waits to be sent; its id."""
    post.says("swish", "swish", address)
    with post.database.reading() as session:
        return outbox.listed(session, address)[-1].id


def _row(post: Post, outbox_id: int) -> OutboxRow:
    with post.database.reading() as session:
        return session.get_one(OutboxRow, outbox_id)


def _cases(post: Post) -> list[CaseRow]:
    with post.database.reading() as session:
        return list(session.scalars(select(CaseRow)))


def _address(post: Post) -> AddressRow:
    with post.database.reading() as session:
        return session.scalars(select(AddressRow).where(AddressRow.text == SVEA)).one()


def _send_all(post: Post, until: datetime | None = None) -> None:
    """Sends whatever may go, as time passes, until nothing waits."""
    for _ in range(200):
        while deliver_one(post.delivering):
            pass
        with post.database.reading() as session:
            due = outbox.next_attempt(session, "sms")
        if due is None or (until and due > until):
            return
        post.clock.at = max(due, post.clock.at + timedelta(milliseconds=10))
    raise AssertionError("sending never ends")


def test_an_answer_is_sent_once_and_its_provider_id_kept(post: Post) -> None:
    message = _answered(post)
    assert deliver_one(post.delivering)
    assert not deliver_one(post.delivering)
    (taken,) = post.carrier.taken
    assert (taken.id, taken.address, taken.sender) == (message, SVEA, OUR_NUMBER)
    row = _row(post, message)
    assert (row.status, row.provider_id, row.sent_at, row.attempts) == ("sent", f"SM{1:032}", post.clock.at, 1)


def test_nothing_is_held_while_the_provider_is_asked(post: Post) -> None:
    message = _answered(post)

    class Looking(type(post.carrier)):  # type: ignore[misc]
        def send(self, outgoing: outbox.Outgoing) -> Sent:
            with post.database.writing() as session:
                assert session.get_one(OutboxRow, message, with_for_update={"nowait": True}).status == "sending"
            return Sent("SM1")

    post.carrier = Looking()
    assert deliver_one(post.delivering)


def test_a_passing_error_is_tried_again_with_growing_pauses(post: Post) -> None:
    message = _answered(post)
    post.carrier.will = [BUSY] * 4
    waits = []
    for _ in range(4):
        deliver_one(post.delivering)
        waits.append((_row(post, message).next_attempt_at - post.clock.at).total_seconds())
        post.clock.at = _row(post, message).next_attempt_at
    assert waits == [1, 2, 4, 8]
    deliver_one(post.delivering)
    assert (_row(post, message).status, _row(post, message).attempts, _row(post, message).error) == ("sent", 5, None)


def test_pauses_grow_to_ten_minutes_and_last_an_hour_and_more_in_all() -> None:
    pauses = [pause(attempts).total_seconds() for attempts in range(1, GIVE_UP_AFTER)]
    assert pauses == sorted(pauses)
    assert max(pauses) == 600
    assert sum(pauses) >= 3600


def test_a_provider_that_says_how_long_is_believed(post: Post) -> None:
    message = _answered(post)
    post.carrier.will = [TryLater("429", after=timedelta(seconds=37))]
    deliver_one(post.delivering)
    assert _row(post, message).next_attempt_at == post.clock.at + timedelta(seconds=37)


def test_a_send_without_an_answer_is_looked_up_and_not_sent_again_when_it_was_taken(post: Post) -> None:
    message = _answered(post)
    post.carrier.will = [TIMED_OUT]
    deliver_one(post.delivering)
    assert (_row(post, message).status, _row(post, message).doubts) == ("doubtful", 1)
    assert not deliver_one(post.delivering)
    post.clock.at += LOOK_UP_AFTER
    post.carrier.known[post.carrier.texts[0]] = ("SMfound",)
    assert deliver_one(post.delivering)
    assert (len(post.carrier.taken), _row(post, message).status, _row(post, message).provider_id) == (
        1,
        "sent",
        "SMfound",
    )


def test_a_send_without_an_answer_is_sent_again_when_it_was_not_taken(post: Post) -> None:
    message = _answered(post)
    post.carrier.will = [TIMED_OUT]
    _send_all(post)
    assert post.carrier.looked_up == [message]
    assert (len(post.carrier.taken), _row(post, message).status, _row(post, message).attempts) == (2, "sent", 2)


def test_pauses_grow_for_doubtful_sends_too(post: Post) -> None:
    """A provider that answers nothing for a while must not use up all attempts in two minutes."""
    message = _answered(post)
    post.carrier.will = [TIMED_OUT] * GIVE_UP_AFTER
    started = post.clock.at
    _send_all(post)
    assert (_row(post, message).status, _row(post, message).attempts) == ("failed", GIVE_UP_AFTER)
    assert post.clock.at - started >= timedelta(hours=1)


def test_what_a_dead_sender_had_is_looked_up_before_it_is_sent(post: Post) -> None:
    message = _answered(post)
    with post.database.writing() as session:
        assert outbox.claim(session, "sms", "dies", post.clock(), LEASE, 0)
    assert not deliver_one(post.delivering)
    post.clock.at += LEASE + timedelta(seconds=1)
    text = _row(post, message).text
    post.carrier.known[text] = ("SMof-the-dead",)
    assert deliver_one(post.delivering)
    assert (post.carrier.taken, _row(post, message).provider_id, _row(post, message).doubts) == ([], "SMof-the-dead", 1)


def test_a_provider_id_that_is_another_messages_does_not_settle_a_doubt(post: Post) -> None:
    """The same text was sent before: its id stands in the provider's list as well."""
    first = _answered(post)
    deliver_one(post.delivering)
    with post.database.writing() as session:
        old = session.get_one(OutboxRow, first)
        assert old.provider_id
        known = old.provider_id
        again = {
            c.key: getattr(old, c.key)
            for c in OutboxRow.__table__.columns
            if c.key not in ("id", "provider_id", "sent_at")
        }
        session.add(OutboxRow(**(again | {"status": "queued", "attempts": 0})))
    post.carrier.will = [TIMED_OUT]
    deliver_one(post.delivering)
    post.carrier.known[_row(post, first).text] = (known,)
    _send_all(post)
    assert (len(post.carrier.looked_up), len(post.carrier.taken)) == (1, 3)
    assert _row(post, first + 1).provider_id not in (None, known)


def test_while_the_list_cannot_be_asked_the_doubt_stays_and_pauses_grow(post: Post) -> None:
    message = _answered(post)
    post.carrier.will = [TIMED_OUT]
    deliver_one(post.delivering)
    post.carrier.look_up_away = True
    waits = []
    for _ in range(5):
        post.clock.at = _row(post, message).next_attempt_at
        deliver_one(post.delivering)
        waits.append((_row(post, message).next_attempt_at - post.clock.at).total_seconds())
        assert _row(post, message).status == "doubtful"
    assert waits == sorted(waits)
    assert waits[-1] >= 16
    assert len(post.carrier.taken) == 1
    post.carrier.look_up_away = False
    _send_all(post)
    assert _row(post, message).status == "sent"


def test_a_doubt_that_can_never_be_settled_ends_with_a_person(post: Post) -> None:
    message = _answered(post)
    post.carrier.will = [TIMED_OUT]
    post.carrier.look_up_away = True
    _send_all(post, until=post.clock.at + timedelta(days=1))
    assert _row(post, message).status == "failed"
    assert [case.reasons for case in _cases(post)] == [["unreachable"]]
    assert post.carrier.texts.count(_row(post, message).text) == 1


def test_after_so_many_attempts_a_person_is_told(post: Post) -> None:
    message = _answered(post)
    post.carrier.will = [BUSY] * 100
    _send_all(post)
    row = _row(post, message)
    assert (row.status, row.attempts, row.error) == ("failed", GIVE_UP_AFTER, "503")
    (case,) = _cases(post)
    assert (case.reasons, case.urgency, case.team, case.address) == (["unreachable"], "high", "kalmar", SVEA)
    assert "503" in case.summary
    assert _address(post).blocked_at is not None
    with post.database.reading() as session:
        assert [alert.address for alert in outbox.listed(session, DUTY_PHONE)] == [DUTY_PHONE]


def test_a_permanent_error_is_not_tried_again(post: Post) -> None:
    message = _answered(post)
    post.carrier.will = [Refused("21211: not a number", unreachable=True)]
    deliver_one(post.delivering)
    assert (_row(post, message).status, _row(post, message).error) == ("failed", "21211: not a number")
    assert [case.reasons for case in _cases(post)] == [["unreachable"]]
    _send_all(post)
    assert post.carrier.texts.count(_row(post, message).text) == 1


def test_two_messages_that_fail_are_one_case(post: Post) -> None:
    _answered(post)
    post.says("KLART")
    post.carrier.will = [Refused("21211")] * 2
    deliver_one(post.delivering)
    deliver_one(post.delivering)
    assert len(_cases(post)) == 1


def test_somebody_who_opted_out_at_the_carrier_has_chosen_so(post: Post) -> None:
    """Twilio's 21610: no case, no more attempts, and the conversation knows."""
    first = _answered(post)
    post.says("KLART")
    post.carrier.will = [Refused("21610", opted_out=True)]
    deliver_one(post.delivering)
    assert not deliver_one(post.delivering)
    assert (_row(post, first).status, _row(post, first + 1).status, _cases(post)) == ("failed", "cancelled", [])
    assert _address(post).opted_out_at is not None
    with post.database.reading() as session:
        assert Conversation.from_json(session.scalars(select(ConversationRow.state)).one()).opted_out


def test_opting_out_at_the_carrier_keeps_what_a_turn_has_just_saved(post: Post) -> None:
    """The turn is saved between the sender's look at the conversation and its write."""
    _answered(post)
    post.carrier.will = [Refused("21610", opted_out=True)]
    claimed = conversations.Claimed(1, 1, 1)
    locked = conversations.lock
    saved: list[bool] = []

    def lock_after_a_turn(session, conversation_id):  # type: ignore[no-untyped-def]
        if not saved and not post.database.is_sqlite:
            saved.append(True)
            with post.database.writing() as other:
                assert conversations.save(other, claimed, Conversation(near="Vara").to_json(), "vara", None, None)
        return locked(session, conversation_id)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conversations, "lock", lock_after_a_turn)
        deliver_one(post.delivering)
    with post.database.reading() as session:
        row = session.scalars(select(ConversationRow)).one()
    assert row.state["opted_out"]
    if saved:
        assert (row.state["near"], row.version) == ("Vara", 3)


def test_a_late_refusal_does_not_undo_what_was_delivered(post: Post) -> None:
    message = _answered(post)

    class Slow(type(post.carrier)):  # type: ignore[misc]
        def send(self, outgoing: outbox.Outgoing) -> Refused:
            with post.database.writing() as session:
                outbox.report(
                    session, session.get_one(OutboxRow, message), Delivery.DELIVERED, "SM1", None, post.clock()
                )
            return Refused("gave up")

    post.carrier = Slow()
    deliver_one(post.delivering)
    assert (_row(post, message).status, _cases(post)) == ("delivered", [])


def test_danger_goes_before_answers_that_wait_at_the_rate(post: Post) -> None:
    post.rate = 1
    for i in range(5):
        _answered(post, f"+4670174061{i}")
    post.says("hon andas inte", "emergency", SVEA)
    _send_all(post)
    danger = [i for i, outgoing in enumerate(post.carrier.taken) if outgoing.address in (SVEA, DUTY_PHONE)]
    assert danger == [0, 1]


def test_long_answers_use_up_the_rate_by_segments(post: Post) -> None:
    post.rate = 1
    first, second = _answered(post, SVEA), _answered(post, KURT)
    with post.database.writing() as session:
        session.get_one(OutboxRow, first).segments = 2
    started = post.clock.at
    _send_all(post)
    assert (_row(post, first).sent_at, _row(post, second).sent_at) == (started, started + timedelta(seconds=2))


def test_an_outage_of_minutes_loses_nothing_and_sends_nothing_twice(post: Post) -> None:
    everybody = [f"+467017406{i}" for i in range(20, 40)]
    for address in everybody:
        _answered(post, address)
    post.carrier.will = [BUSY, TIMED_OUT] * 60
    _send_all(post)
    with post.database.reading() as session:
        rows = outbox.listed(session)
    assert {row.status for row in rows} == {"sent"}
    assert len({row.provider_id for row in rows}) == len(everybody)
    assert not _cases(post)


def test_a_case_tells_business_time_and_sending_follows_real_time(post: Post) -> None:
    message = _answered(post)
    with post.database.writing() as session:
        clock.move(session, timedelta(days=14))
    post.carrier.will = [Refused("21211")]
    deliver_one(post.delivering)
    assert _cases(post)[0].opened_at == post.clock.at + timedelta(days=14)
    assert _row(post, message).tried_at == post.clock.at


def test_the_lease_is_longer_than_a_send_and_a_look_up() -> None:
    assert timedelta(seconds=30) < deliver_outbox.LEASE


def test_two_doubtful_messages_to_one_person_do_not_settle_on_the_same_provider_id(post: Post) -> None:
    """Two senders look them up at the same moment; the carrier has taken only one of them."""
    first = _answered(post)
    with post.database.writing() as session:
        row = session.get_one(OutboxRow, first)
        values = {c.key: getattr(row, c.key) for c in OutboxRow.__table__.columns if c.key != "id"}
        row.status, row.priority = "doubtful", 0
        session.add(OutboxRow(**(values | {"status": "doubtful", "priority": 0})))
        post.carrier.known[row.text] = ("SMtaken",)
    look, other = (
        outbox.known_provider_ids,
        Thread(target=deliver_one, args=(replace(post.delivering, owner="another"),)),
    )

    def look_and_then_the_other_looks(session: Session, provider_ids: Sequence[str]) -> set[str]:
        found = look(session, provider_ids)
        if not other.ident:
            other.start()
            other.join(0.5)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outbox, "known_provider_ids", look_and_then_the_other_looks)
        deliver_one(post.delivering)
        other.join()
    _send_all(post)
    assert len({_row(post, first).provider_id, _row(post, first + 1).provider_id}) == 2
    assert len(post.carrier.taken) == 1
