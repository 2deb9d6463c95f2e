"""What a handledare does with a case."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.domain.case import CaseRefusal
from bot.domain.conversation import Conversation
from bot.services.read_cases import CaseNotFound
from bot.services.take_turn import take_turn
from bot.services.work_cases import CaseDesk, CaseTaken, NobodyToAnswer
from bot.store import cases, outbox, users
from bot.store.database import Database
from bot.store.tables import AuditRow, CaseRow, ConversationRow, MessageRow, OutboxRow, UserRow
from tests.stand_ins import MONDAY, SVEA, Post


@pytest.fixture
def post(database: Database) -> Post:
    """Svea was in the middle of a guide and has asked for a person."""
    made = Post(database)
    made.says("swish", "swish")
    made.says("KLART")
    made.says("MÄNNISKA")
    return made


def _user(database: Database, name: str) -> UserRow:
    with database.writing() as session:
        return users.add(session, f"{name}@kalmar.example", name.title(), "handledare", "hash", MONDAY)


@pytest.fixture
def anna(database: Database) -> UserRow:
    return _user(database, "anna")


@pytest.fixture
def bo(database: Database) -> UserRow:
    return _user(database, "bo")


def _case(post: Post) -> CaseRow:
    with post.database.reading() as session:
        return session.get_one(CaseRow, 1)


def _conversation(post: Post) -> ConversationRow:
    with post.database.reading() as session:
        return session.scalars(select(ConversationRow)).one()


def _said(post: Post) -> list[str]:
    with post.database.reading() as session:
        return [row.text for row in outbox.listed(session, SVEA)]


def _acts(post: Post) -> list[tuple[int | None, str]]:
    with post.database.reading() as session:
        return [(row.user_id, row.act) for row in session.scalars(select(AuditRow).order_by(AuditRow.id))]


def test_a_claim_makes_the_case_ones_own_and_is_audited(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    version = _conversation(post).version
    desk.claim(1, anna)
    case = _case(post)
    assert (case.status, case.claimed_by, case.claimed_at) == ("claimed", anna.id, post.clock.at)
    assert _acts(post) == [(anna.id, "claim")]
    assert _conversation(post).version == version + 1


def test_a_colleagues_case_is_theirs_until_it_is_taken_over(
    post: Post, desk: CaseDesk, anna: UserRow, bo: UserRow
) -> None:
    desk.claim(1, anna)
    with pytest.raises(CaseTaken, match="Anna"):
        desk.claim(1, bo)
    with pytest.raises(CaseTaken, match="Anna"):
        desk.reply(1, bo, "Hej")
    assert _case(post).claimed_by == anna.id
    desk.claim(1, bo, take_over=True)
    assert _case(post).claimed_by == bo.id


def test_claiming_again_does_no_harm(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    desk.claim(1, anna)
    desk.claim(1, anna)
    assert _case(post).claimed_by == anna.id


def test_a_reply_goes_out_on_the_residents_channel_without_secrets(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    woken = post.wakeup.woken_for_outbox
    desk.reply(1, anna, "Hej Svea! Du skrev 19121212-1212, det är borttaget.")
    with post.database.reading() as session:
        row = session.scalars(select(OutboxRow).where(OutboxRow.case_id == 1)).all()[-1]
        message = session.get_one(MessageRow, row.message_id)
    assert row.text == "Anna: Hej Svea! Du skrev [personnummer], det är borttaget."
    assert (row.address, message.author, message.user_id, message.text) == (SVEA, "handledare", anna.id, row.text)
    case = _case(post)
    assert (case.status, case.claimed_by, case.waiting_since) == ("answered", anna.id, None)
    assert post.wakeup.woken_for_outbox == woken + 1


def test_a_long_reply_goes_out_in_parts_in_order(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    desk.reply(1, anna, "En mening till. " * 250)
    with post.database.reading() as session:
        rows = session.scalars(select(OutboxRow).where(OutboxRow.case_id == 1).order_by(OutboxRow.id)).all()
    parts = [row for row in rows if "En mening" in row.text]
    assert len(parts) == 3
    assert all(len(part.text) <= 1600 for part in parts)
    assert " ".join(part.text for part in parts) == "Anna: " + ("En mening till. " * 250).strip()


def test_when_the_resident_writes_again_the_case_waits_for_its_handledare(
    post: Post, desk: CaseDesk, anna: UserRow
) -> None:
    desk.reply(1, anna, "Hej")
    post.clock.pass_(minutes=5)
    post.says("tack men det går inte")
    case = _case(post)
    assert (case.status, case.claimed_by, case.waiting_since) == ("claimed", anna.id, post.clock.at)


def test_nobody_who_said_stopp_is_written_to(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    post.says("STOPP")
    before = _said(post)
    with pytest.raises(NobodyToAnswer):
        desk.reply(1, anna, "Hej")
    assert (_said(post), _case(post).status) == (before, "waiting")


def test_a_case_without_a_conversation_has_nobody_to_answer(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    with post.database.writing() as session:
        session.get_one(CaseRow, 1).conversation_id = None
    desk.claim(1, anna)
    with pytest.raises(NobodyToAnswer):
        desk.reply(1, anna, "Hej")
    with pytest.raises(NobodyToAnswer):
        desk.hand_back(1, anna, None, None)
    assert _case(post).status == "claimed"


def test_a_note_is_for_colleagues_and_masked(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    before = _said(post)
    desk.note(1, anna, "Ringde. Pnr 19121212-1212.")
    with post.database.reading() as session:
        (note,) = cases.notes(session, 1)
    assert (note.text, note.user_id, note.kind) == ("Ringde. Pnr [personnummer].", anna.id, "note")
    assert _said(post) == before


def test_a_released_case_waits_in_the_queue_again(post: Post, desk: CaseDesk, anna: UserRow, bo: UserRow) -> None:
    desk.reply(1, anna, "Hej")
    post.clock.pass_(minutes=3)
    desk.release(1, anna)
    case = _case(post)
    assert (case.status, case.claimed_by, case.waiting_since) == ("waiting", None, post.clock.at)
    desk.claim(1, bo)


def test_a_refused_change_changes_nothing(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    desk.resolve(1, anna, "helped")
    with pytest.raises(CaseRefusal, match="resolved"):
        desk.release(1, anna)
    with pytest.raises(CaseRefusal, match="resolved"):
        desk.claim(1, anna)
    with pytest.raises(CaseRefusal, match="resolved"):
        desk.reply(1, anna, "Hej")
    assert _case(post).status == "resolved"
    assert [act for _, act in _acts(post)] == ["resolve"]


def test_an_unknown_case_is_refused(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    with pytest.raises(CaseNotFound):
        desk.claim(4711, anna)


def test_a_resolved_case_keeps_its_outcome_and_the_machine_answers_again(
    post: Post, desk: CaseDesk, anna: UserRow
) -> None:
    desk.resolve(1, anna, "helped")
    case = _case(post)
    assert (case.status, case.outcome, case.resolved_at, case.claimed_by) == (
        "resolved",
        "helped",
        post.clock.at,
        anna.id,
    )
    post.says("skriva ut", "print_scan")
    assert "print_scan 1." in _said(post)[-1]


def test_handed_back_the_machine_goes_on_at_the_step_named(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    desk.claim(1, anna)
    desk.hand_back(1, anna, "swish", "swish-3")
    assert _said(post)[-1] == "handed_back step_number swish 3. last_step_footer"
    assert (_case(post).status, _case(post).outcome) == ("resolved", "bot")
    position = Conversation.from_json(_conversation(post).state).position
    assert position
    assert position.step == "swish-3"
    post.says("TILLBAKA")
    assert "swish 2." in _said(post)[-1]


@pytest.mark.parametrize(
    ("flow", "step", "says"),
    [
        (None, None, "what_can_i_do"),
        ("print_scan", None, "print_scan 1."),
        ("swish", "gone", "swish"),
        ("gone", "gone", "what_can_i_do"),
    ],
)
def test_handed_back_anywhere_the_resident_is_told(
    post: Post, desk: CaseDesk, anna: UserRow, flow: str | None, step: str | None, says: str
) -> None:
    desk.hand_back(1, anna, flow, step)
    assert _said(post)[-1].startswith("handed_back")
    assert says in _said(post)[-1]
    post.says("KLART")
    assert _said(post)[-1]


def test_handing_back_while_a_turn_thinks_makes_the_turn_start_from_there(
    post: Post, desk: CaseDesk, anna: UserRow
) -> None:
    post.comes("KLART")

    def hand_back(text: str) -> None:
        post.interpreter.before = None
        desk.hand_back(1, anna, "swish", "swish-2")

    post.interpreter.before = hand_back
    assert take_turn(post.thinking)
    assert "swish 2." in _said(post)[-2]
    assert "swish 3." in _said(post)[-1]


def test_somebody_who_said_stopp_is_handed_back_in_silence(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    post.says("STOPP")
    before = _said(post)
    desk.hand_back(1, anna, "swish", "swish-2")
    assert _said(post) == before
    assert Conversation.from_json(_conversation(post).state).opted_out
