"""A turn: claimed by one, thought outside any transaction, and kept in one guarded write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import flows
from bot.domain.case import Status
from bot.domain.conversation import Conversation
from bot.services import take_turn as taking
from bot.services.take_turn import take_turn
from bot.services.work_cases import CaseDesk
from bot.store import cases, clock, conversations, inbox, users
from bot.store.database import Database
from bot.store.inbox import Pending
from bot.store.tables import CaseRow, ConversationRow, InboxRow, MessageRow, OutboxRow, UserRow
from tests.stand_ins import KURT, MONDAY, SVEA, Post, ToldInterpreter, understood


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database)


@pytest.fixture
def anna(database: Database) -> UserRow:
    with database.writing() as session:
        return users.add(session, "anna@kalmar.example", "Anna", "handledare", "hash", MONDAY)


def _said(post: Post, to: str = SVEA) -> list[str]:
    with post.database.reading() as session:
        return list(session.scalars(select(OutboxRow.text).where(OutboxRow.address == to).order_by(OutboxRow.id)))


def _row(post: Post) -> ConversationRow:
    with post.database.reading() as session:
        return session.scalars(select(ConversationRow)).one()


def _state(post: Post) -> Conversation:
    return Conversation.from_json(_row(post).state)


def _unhandled(post: Post) -> int:
    with post.database.reading() as session:
        return len(inbox.pending(session, _row(post).id))


def _case(post: Post) -> CaseRow:
    with post.database.reading() as session:
        return session.scalars(select(CaseRow)).one()


def test_nothing_due_is_no_turn(post: Post) -> None:
    assert not take_turn(post.thinking)
    post.comes("hej")
    assert not take_turn(post.thinking)


def test_a_turn_keeps_state_answer_and_what_is_dealt_with(post: Post) -> None:
    assert post.says("swish", "swish") == 1
    assert _said(post) == ["introduction step_number swish 1. step_footer"]
    row = _row(post)
    assert (row.version, row.due_at, row.lease_owner, row.attempts) == (1, None, None, 0)
    position = _state(post).position
    assert position
    assert (position.flow, position.step) == ("swish", "swish-1")
    assert _unhandled(post) == 0
    assert post.wakeup.woken_for_outbox == 1


def test_the_conversation_goes_on_from_what_was_kept(post: Post) -> None:
    post.says("swish", "swish")
    post.says("KLART")
    post.says("klart nu")
    assert [text.split("step_number ")[1].split(".")[0] for text in _said(post)] == ["swish 1", "swish 2", "swish 3"]


def test_the_real_texts_are_said_as_they_are_written(post: Post) -> None:
    content = flows.load()
    post.world = replace(post.world, flows={"human": content.flows["human"]}, texts=content.texts)
    post.says("MÄNNISKA")
    (answer,) = _said(post)
    assert answer.startswith("Hej! Jag är kommunens automatiska hjälp")
    assert "Då tar en människa över" in answer


def test_texts_in_a_row_are_read_together_and_answered_once(post: Post) -> None:
    for text in ("hej", "jag vill ha swish", "på min nya telefon"):
        post.comes(text)
        post.clock.pass_(seconds=1)
    post.clock.pass_(seconds=2)
    assert post.think() == 1
    assert post.interpreter.heard == ["hej\njag vill ha swish\npå min nya telefon"]
    assert len(_said(post)) == 1


def test_what_is_not_gathered_is_taken_one_by_one_in_its_order(post: Post) -> None:
    post.comes("jag vill ha swish", "swish")
    for text in ("KLART", "KLART"):
        post.comes(text)
    post.comes("tack så mycket")
    assert post.think() >= 3
    post.clock.pass_(seconds=3)
    post.think()
    assert [text for text in post.interpreter.heard if text != "tack så mycket"] == [
        "jag vill ha swish",
        "KLART",
        "KLART",
    ]
    assert post.interpreter.heard[-1] == "tack så mycket"
    assert "swish 3." in _said(post)[2]


def test_danger_after_a_waiting_text_is_answered_at_once(post: Post) -> None:
    post.comes("hej")
    post.comes("hon andas inte", "emergency")
    assert post.think() == 2
    assert "call 112" in _said(post)[-1]
    with post.database.reading() as session:
        row = session.scalars(select(OutboxRow).where(OutboxRow.text.contains("call 112"))).one()
        assert row.priority == 0


def test_a_number_split_over_gathered_texts_is_masked_where_it_is_stored_too(post: Post) -> None:
    """Two processes may take in the halves at the same moment; the turn is the last chance."""
    post.comes("det är")
    with post.database.writing() as session:
        conversation = session.scalars(select(ConversationRow)).one()
        for half in ("19121212", "-1212"):
            message = MessageRow(
                conversation_id=conversation.id, at=MONDAY, direction="in", author="resident", channel="sms", text=half
            )
            session.add(message)
            session.flush()
            session.add(
                InboxRow(
                    message_id=message.id,
                    conversation_id=conversation.id,
                    received_at=MONDAY,
                    gathers=True,
                    kind="text",
                    removed=[],
                )
            )
    post.clock.pass_(seconds=2)
    post.think()
    with post.database.reading() as session:
        stored = session.scalars(
            select(MessageRow.text).where(MessageRow.direction == "in").order_by(MessageRow.id)
        ).all()
    assert stored == ["det är", "[personnummer]", "[personnummer]"]
    assert "1212" not in post.interpreter.heard[0]
    assert "secret_removed" in _said(post)[0]


def _while_thinking(post: Post, do: Callable[[], object]) -> None:
    """Does something once, in the middle of the next turn."""

    def once(text: str) -> None:
        post.interpreter.before = None
        do()

    post.interpreter.before = once


def test_of_two_workers_on_one_conversation_exactly_one_answers(post: Post) -> None:
    post.comes("swish", "swish")
    post.clock.pass_(seconds=2)

    def lease_runs_out_and_another_worker_comes() -> None:
        post.clock.pass_(seconds=taking.LEASE.total_seconds() + 1)
        assert take_turn(replace(post.thinking, owner="another"))

    _while_thinking(post, lease_runs_out_and_another_worker_comes)
    assert take_turn(post.thinking)
    assert len(_said(post)) == 1
    assert _row(post).version == 1
    assert not take_turn(post.thinking)


def test_a_claim_while_a_turn_thinks_makes_the_turn_see_the_case(post: Post, anna: UserRow) -> None:
    post.says("MÄNNISKA")
    case = _case(post).id
    desk = CaseDesk(post.database, post.world, post.clock, post.wakeup)
    post.clock.pass_(hours=2)
    post.comes("hur går det", "case_status")
    post.clock.pass_(seconds=2)
    _while_thinking(post, lambda: desk.claim(case, anna))
    post.think()
    assert post.interpreter.heard.count("hur går det") == 2, "the turn was not done again"
    assert _said(post)[-1] == "taken"
    assert _row(post).version == 3  # two turns and the claim


def test_a_message_that_comes_while_a_turn_thinks_gets_its_own_turn(post: Post) -> None:
    post.comes("swish", "swish")
    post.clock.pass_(seconds=2)
    _while_thinking(post, lambda: post.comes("KLART"))
    assert post.think() == 2
    assert ["swish 1." in _said(post)[0], "swish 2." in _said(post)[1]] == [True, True]


def test_a_text_that_comes_while_a_turn_thinks_is_waited_for_as_usual(post: Post) -> None:
    post.comes("swish", "swish")
    post.clock.pass_(seconds=2)
    _while_thinking(post, lambda: post.comes("jag har bråttom"))
    assert post.think() == 1
    assert _row(post).due_at == post.clock.at + post.gather
    post.clock.pass_(seconds=2)
    assert post.think() == 1
    assert _unhandled(post) == 0


def test_a_message_that_is_stored_while_a_turn_is_saved_is_not_forgotten(post: Post) -> None:
    """Either the turn sees it, or whoever stores it waits until the turn is saved."""
    post.comes("swish", "swish")
    post.clock.pass_(seconds=2)
    look, receiver = inbox.pending, Thread(target=post.comes, args=("KLART",))

    def look_and_then_a_message_comes(session: Session, conversation_id: int) -> list[Pending]:
        found = look(session, conversation_id)
        if session.in_transaction() and post.interpreter.heard and not receiver.ident:
            receiver.start()
            receiver.join(0.5)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inbox, "pending", look_and_then_a_message_comes)
        take_turn(post.thinking)
    receiver.join()
    post.think()
    assert _unhandled(post) == 0
    assert "swish 2." in _said(post)[-1]


def test_a_message_that_comes_when_a_turn_finds_nothing_to_do_is_not_forgotten(post: Post) -> None:
    post.comes("swish", "swish")
    with post.database.writing() as session:
        inbox.mark_handled(session, [1], MONDAY)
    post.clock.pass_(seconds=2)
    look = inbox.pending
    came: list[str] = []

    def look_and_then_a_message_comes(session: Session, conversation_id: int) -> list[Pending]:
        found = look(session, conversation_id)
        if not came:
            came.append("KLART")
            post.comes("KLART")
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inbox, "pending", look_and_then_a_message_comes)
        assert take_turn(post.thinking)
    assert _row(post).due_at is not None
    post.think()
    assert _unhandled(post) == 0


def test_a_conversation_that_is_due_with_nothing_to_do_is_given_back(post: Post) -> None:
    post.comes("swish", "swish")
    with post.database.writing() as session:
        inbox.mark_handled(session, [1], MONDAY)
    post.clock.pass_(seconds=2)
    assert post.think() == 1
    row = _row(post)
    assert (row.due_at, row.lease_owner, row.attempts, row.version) == (None, None, 0, 0)


def _broken(times: int) -> Callable[[str], None]:
    left = times

    def breaks(text: str) -> None:
        nonlocal left
        left -= 1
        if left >= 0:
            raise ZeroDivisionError("the machine is broken")

    return breaks


def test_a_turn_that_fails_is_tried_again_a_little_later(post: Post) -> None:
    post.interpreter.before = _broken(2)
    post.says("swish", "swish")
    assert _said(post) == []
    assert _row(post).due_at == post.clock.at + timedelta(seconds=1)
    for seconds in (1, 2):
        post.clock.pass_(seconds=seconds)
        assert post.think() == 1
    assert len(_said(post)) == 1
    assert _row(post).attempts == 0


def test_three_failures_make_one_case_and_one_apology_without_the_engine(post: Post) -> None:
    post.interpreter.before = _broken(10**6)
    post.comes("swish", "swish")
    for _ in range(30):
        post.clock.pass_(seconds=5)
        post.think()
    assert len(post.interpreter.heard) == taking.ATTEMPTS
    assert _said(post) == [taking._APOLOGY["sv"]]
    case = _case(post)
    assert (case.reasons, case.urgency, case.status) == (["failure"], "high", "waiting")
    assert _unhandled(post) == 0
    assert _row(post).due_at is None


def test_failures_of_another_message_add_to_the_same_case(post: Post) -> None:
    post.interpreter.before = _broken(10**6)
    for text in ("swish", "och skriva ut"):
        post.comes(text)
        for _ in range(10):
            post.clock.pass_(seconds=5)
            post.think()
    assert _case(post).reasons == ["failure"]
    assert len(_said(post)) == 2


def test_after_a_failure_the_next_message_is_thought_about_as_usual(post: Post) -> None:
    post.interpreter.before = _broken(3)
    post.comes("swish")
    for _ in range(10):
        post.clock.pass_(seconds=5)
        post.think()
    post.says("hon andas inte", "emergency")
    assert "call 112" in _said(post)[-1]


def test_somebody_who_said_stopp_gets_no_apology_but_a_case(post: Post) -> None:
    post.says("STOPP")
    before = len(_said(post))
    post.interpreter.before = _broken(10**6)
    post.comes("swish")
    for _ in range(10):
        post.clock.pass_(seconds=5)
        post.think()
    assert len(_said(post)) == before
    assert _case(post).reasons == ["failure"]


def test_a_worker_that_dies_is_replaced_when_its_lease_ends_and_counts_as_a_failure(post: Post) -> None:
    post.comes("swish", "swish")
    post.clock.pass_(seconds=2)
    for _ in range(taking.ATTEMPTS):
        with post.database.writing() as session:
            assert conversations.claim_due(session, "dies", post.clock(), taking.LEASE)
        assert post.think() == 0
        post.clock.pass_(seconds=taking.LEASE.total_seconds() + 1)
    assert post.think() == 1
    assert _said(post) == [taking._APOLOGY["sv"]]


def test_a_turn_that_always_loses_is_put_back_and_not_counted_against_it(post: Post) -> None:
    post.comes("swish", "swish")
    post.clock.pass_(seconds=2)

    def bump(text: str) -> None:
        with post.database.writing() as session:
            conversations.bump(session, 1)

    post.interpreter.before = bump
    assert take_turn(post.thinking)
    assert len(post.interpreter.heard) == taking.RACES
    assert (_row(post).attempts, _row(post).due_at, _said(post)) == (0, post.clock.at, [])
    post.interpreter.before = None
    assert post.think() == 1
    assert len(_said(post)) == 1


def test_turns_think_in_business_time_and_wait_in_real_time(post: Post) -> None:
    with post.database.writing() as session:
        clock.move(session, timedelta(days=14))
    post.says("swish", "swish")
    assert _state(post).heard_at == post.clock.at + timedelta(days=14)
    with post.database.reading() as session:
        row = session.scalars(select(OutboxRow)).one()
        assert row.queued_at == row.next_attempt_at == post.clock.at


def test_people_do_not_get_each_others_answers(post: Post) -> None:
    post.comes("swish", "swish", SVEA)
    post.comes("skriva ut", "print_scan", KURT)
    post.clock.pass_(seconds=2)
    assert post.think() == 2
    assert ("swish 1." in _said(post, SVEA)[0], "print_scan 1." in _said(post, KURT)[0]) == (True, True)
    assert (len(_said(post, SVEA)), len(_said(post, KURT))) == (1, 1)


def test_the_database_is_not_held_while_thinking(post: Post) -> None:
    post.comes("swish", "swish")
    post.clock.pass_(seconds=2)
    _while_thinking(post, lambda: post.comes("hej", sender=KURT))
    assert post.think() == 1


def test_a_case_that_was_resolved_lately_is_known_to_the_engine(post: Post, anna: UserRow) -> None:
    post.says("MÄNNISKA")
    desk = CaseDesk(post.database, post.world, post.clock, post.wakeup)
    desk.resolve(_case(post).id, anna, "helped")
    post.clock.pass_(days=13)
    post.says("FASTNAT")
    assert _case(post).status == Status.WAITING
    desk.resolve(_case(post).id, anna, "helped")
    post.clock.pass_(days=15)
    post.says("FASTNAT")
    assert _case(post).status == Status.RESOLVED


def test_the_interpreter_is_told_what_is_open(post: Post) -> None:
    seen = []

    class Listening(ToldInterpreter):
        def understand(self, text, language=None, context=None):  # type: ignore[no-untyped-def]
            seen.append((context.in_guide, context.question))
            return understood(text, "swish")

    post.interpreter = Listening()
    post.says("swish")
    post.says("och sen")
    assert seen == [(False, None), (True, None)]


def test_a_case_is_read_anew_at_every_turn_and_never_from_the_saved_state(post: Post) -> None:
    post.says("MÄNNISKA")
    assert "case" not in _row(post).state
    with post.database.reading() as session:
        assert cases.open_of(session, 1) is not None
