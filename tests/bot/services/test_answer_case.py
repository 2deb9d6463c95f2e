"""A handledare's reply: held for a moment, taken back, introduced."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from bot.domain.delivery import Delivery
from bot.services.answer_case import HELD, TooLate, unit_of
from bot.services.deliver_outbox import deliver_one
from bot.services.work_cases import CaseDesk
from bot.store import cases, drafts, outbox, users
from bot.store.database import Database
from bot.store.held_replies import UNDONE
from bot.store.tables import AuditRow, CaseRow, HeldReplyRow, MessageRow, OutboxRow, UserRow
from tests.stand_ins import MONDAY, ORGANISATION, SVEA, Post


@pytest.fixture
def post(database: Database) -> Post:
    """Svea has asked for a person, and has got the machine's answers."""
    made = Post(database)
    made.says("swish", "swish")
    made.says("MÄNNISKA")
    _send(made)
    return made


def _user(post: Post, name: str, municipality: str | None = None, unit: str | None = None) -> UserRow:
    with post.database.writing() as session:
        made = users.add(session, f"{name}@kalmar.example", name, "handledare", "hash", MONDAY, municipality, unit)
        made.seen_at = MONDAY
        return made


@pytest.fixture
def anna(post: Post) -> UserRow:
    return _user(post, "Anna Berg")


@pytest.fixture
def bo(post: Post) -> UserRow:
    return _user(post, "Bo")


def _send(post: Post) -> list[str]:
    """Everything that may go now; its texts."""
    before = len(post.carrier.taken)
    while deliver_one(post.delivering):
        pass
    return post.carrier.texts[before:]


def _case(post: Post) -> CaseRow:
    with post.database.reading() as session:
        return session.get_one(CaseRow, 1)


def _replies(post: Post) -> list[int]:
    with post.database.reading() as session:
        return list(session.scalars(select(HeldReplyRow.message_id).order_by(HeldReplyRow.message_id)))


def _draft(post: Post, user: UserRow) -> str:
    with post.database.reading() as session:
        return drafts.of(session, 1, user.id).get("reply", "")


def _acts(post: Post) -> list[str]:
    with post.database.reading() as session:
        return list(session.scalars(select(AuditRow.act).order_by(AuditRow.id)))


def _states(post: Post, message_id: int) -> set[tuple[str, str | None]]:
    with post.database.reading() as session:
        return {(row.status, row.error) for row in outbox.of_messages(session, [message_id])[message_id]}


def test_a_reply_goes_after_ten_seconds(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    desk.reply(1, anna, "Hej")
    assert _send(post) == []
    post.clock.at += HELD - timedelta(milliseconds=1)
    assert _send(post) == []
    post.clock.at += timedelta(milliseconds=1)
    assert _send(post) == ["Anna: Hej"]
    assert timedelta(seconds=10) == HELD


def test_what_is_taken_back_is_never_sent_and_becomes_a_draft(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    before = _case(post)
    woken = post.wakeup.woken_for_outbox
    desk.reply(1, anna, "Hej \u201cSvea\u201d")
    (message,) = _replies(post)
    desk.undo(1, anna, message)
    post.clock.pass_(hours=1)
    assert _send(post) == []
    assert _states(post, message) == {(Delivery.CANCELLED, UNDONE)}
    assert _draft(post, anna) == 'Hej "Svea"'
    case = _case(post)
    assert (case.status, case.claimed_by, case.waiting_since) == ("claimed", anna.id, before.waiting_since)
    assert _acts(post) == ["reply", "undo"]
    assert post.wakeup.woken_for_outbox == woken + 2
    with post.database.reading() as session:
        assert session.get_one(MessageRow, message).text == 'Anna: Hej "Svea"'


def test_taking_back_twice_does_nothing_more(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    desk.reply(1, anna, "Hej")
    (message,) = _replies(post)
    desk.undo(1, anna, message)
    version = _case(post).version
    desk.undo(1, anna, message)
    assert (_acts(post), _draft(post, anna), _case(post).version) == (["reply", "undo"], "Hej", version)


def test_a_long_reply_is_taken_back_in_all_its_parts_or_not_at_all(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    desk.reply(1, anna, "En mening till. " * 250)
    (message,) = _replies(post)
    post.clock.at += HELD
    assert deliver_one(post.delivering)
    with pytest.raises(TooLate):
        desk.undo(1, anna, message)
    assert len(_send(post)) == 2
    assert _case(post).status == "answered"
    desk.reply(1, anna, "En mening till. " * 250)
    message = _replies(post)[-1]
    desk.undo(1, anna, message)
    assert _states(post, message) == {(Delivery.CANCELLED, UNDONE)}


def test_only_its_writer_takes_a_reply_back(post: Post, desk: CaseDesk, anna: UserRow, bo: UserRow) -> None:
    desk.reply(1, anna, "Hej")
    (message,) = _replies(post)
    for user, number in ((bo, message), (anna, message + 1), (anna, 0)):
        with pytest.raises(TooLate):
            desk.undo(1, user, number)
    assert _states(post, message) == {(Delivery.QUEUED, None)}
    assert _case(post).status == "answered"


@pytest.mark.parametrize("late", ["sent", "being sent", "doubtful", "stopp"])
def test_it_is_too_late_once_a_sender_has_it(post: Post, desk: CaseDesk, anna: UserRow, late: str) -> None:
    desk.reply(1, anna, "Hej")
    (message,) = _replies(post)
    if late == "stopp":
        post.says("STOPP")
    else:
        post.clock.at += HELD
        with post.database.writing() as session:
            assert outbox.claim(session, "sms", "a sender", post.clock(), timedelta(seconds=45), 0)
        if late != "being sent":
            with post.database.writing() as session:
                row = session.scalars(select(OutboxRow).where(OutboxRow.message_id == message)).one()
                row.status = Delivery.SENT if late == "sent" else Delivery.DOUBTFUL
    before = _states(post, message)
    with pytest.raises(TooLate):
        desk.undo(1, anna, message)
    assert (_states(post, message), _draft(post, anna)) == (before, "")
    assert "undo" not in _acts(post)


def test_of_sender_and_writer_exactly_one_gets_it(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    for _ in range(8):
        desk.reply(1, anna, "Hej")
        message = _replies(post)[-1]
        post.clock.at += HELD
        together = Barrier(2)

        def take_back(message: int = message, together: Barrier = together) -> bool:
            together.wait()
            try:
                desk.undo(1, anna, message)
            except TooLate:
                return False
            return True

        def send(together: Barrier = together) -> int:
            together.wait()
            return len(_send(post))

        with ThreadPoolExecutor(2) as pool:
            back, sent = pool.submit(take_back), pool.submit(send)
            assert back.result() != bool(sent.result())
        expected = (Delivery.CANCELLED, UNDONE) if back.result() else (Delivery.SENT, None)
        assert _states(post, message) == {expected}


def test_what_the_resident_writes_meanwhile_keeps_its_place(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    began = _case(post).waiting_since
    desk.reply(1, anna, "Hej")
    post.clock.pass_(seconds=3)
    post.says("hallå")
    assert _case(post).status != "answered"
    before = _case(post)
    desk.undo(1, anna, _replies(post)[0])
    case = _case(post)
    assert (case.status, case.claimed_by, case.waiting_since) == (before.status, before.claimed_by, began)
    desk.reply(1, anna, "Hej igen")
    post.clock.at += HELD
    assert _send(post)[-1] == "Anna: Hej igen"


def test_a_colleague_who_took_over_keeps_the_case(post: Post, desk: CaseDesk, anna: UserRow, bo: UserRow) -> None:
    began = _case(post).waiting_since
    desk.reply(1, anna, "Hej")
    desk.claim(1, bo, take_over=True)
    desk.undo(1, anna, _replies(post)[0])
    case = _case(post)
    assert (case.status, case.claimed_by, case.waiting_since) == ("claimed", bo.id, began)
    assert _draft(post, anna) == "Hej"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_replies_either_is_taken_back(post: Post, desk: CaseDesk, anna: UserRow, order: tuple[int, int]) -> None:
    began = _case(post).waiting_since
    desk.reply(1, anna, "Ett")
    desk.reply(1, anna, "Två")
    replies = _replies(post)
    desk.undo(1, anna, replies[order[0]])
    assert (_case(post).status, _case(post).waiting_since) == ("answered", None)
    desk.undo(1, anna, replies[order[1]])
    assert (_case(post).status, _case(post).waiting_since) == ("claimed", began)
    assert sorted(_draft(post, anna).split("\n")) == ["Ett", "Två"]


def test_the_second_goes_when_the_first_was_taken_back(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    desk.reply(1, anna, "Ett")
    desk.reply(1, anna, "Två")
    desk.undo(1, anna, _replies(post)[0])
    post.clock.at += HELD
    assert _send(post) == ["Två"]


def test_what_was_begun_meanwhile_stays_below_the_old_words(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    desk.reply(1, anna, "Ett")
    with post.database.writing() as session:
        drafts.keep(session, 1, anna.id, "reply", "och en sak till", MONDAY)
    desk.undo(1, anna, _replies(post)[0])
    assert _draft(post, anna) == "Ett\noch en sak till"


def test_in_a_case_that_was_closed_the_reply_goes(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    desk.reply(1, anna, "Tack och hej")
    desk.resolve(1, anna, "solved")
    with pytest.raises(TooLate):
        desk.undo(1, anna, _replies(post)[0])
    post.clock.at += HELD
    assert _send(post) == ["Anna: Tack och hej"]
    assert _case(post).status == "resolved"


def test_a_reply_removes_its_own_draft_only(post: Post, desk: CaseDesk, anna: UserRow, bo: UserRow) -> None:
    with post.database.writing() as session:
        for user, kind in ((anna, "reply"), (anna, "note"), (bo, "reply")):
            drafts.keep(session, 1, user.id, kind, "utkast", MONDAY)
    desk.reply(1, anna, "Hej")
    with post.database.reading() as session:
        assert drafts.of(session, 1, anna.id) == {"note": "utkast"}
        assert drafts.of(session, 1, bo.id) == {"reply": "utkast"}
    desk.note(1, anna, "ringde")
    with post.database.reading() as session:
        assert drafts.of(session, 1, anna.id) == {}


def test_an_answered_case_that_nobody_has_becomes_theirs_who_replies(
    post: Post, desk: CaseDesk, anna: UserRow, bo: UserRow
) -> None:
    desk.reply(1, anna, "Hej")
    with post.database.writing() as session:
        session.get_one(CaseRow, 1).claimed_by = None
    desk.reply(1, bo, "Bo här")
    assert (_case(post).status, _case(post).claimed_by) == ("answered", bo.id)


def _said(post: Post, does: Callable[[], None]) -> str:
    does()
    post.clock.at += HELD
    return _send(post)[-1]


def test_who_writes_is_told_once_and_again_after_somebody_else(
    post: Post, desk: CaseDesk, anna: UserRow, bo: UserRow
) -> None:
    assert _said(post, lambda: desk.reply(1, anna, "Hej")) == "Anna: Hej"
    assert _said(post, lambda: desk.reply(1, anna, "Är du kvar?")) == "Är du kvar?"
    desk.claim(1, bo, take_over=True)
    assert _said(post, lambda: desk.reply(1, bo, "Jag tar över")) == "Bo: Jag tar över"
    desk.claim(1, anna, take_over=True)
    assert _said(post, lambda: desk.reply(1, anna, "Tillbaka")) == "Anna: Tillbaka"
    desk.resolve(1, anna, "solved")
    post.clock.pass_(days=2)
    post.says("MÄNNISKA")
    _send(post)
    assert _said(post, lambda: desk.reply(2, anna, "Hej igen")) == "Anna: Hej igen"


def test_what_was_taken_back_has_introduced_nobody(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    desk.reply(1, anna, "Hej")
    desk.undo(1, anna, _replies(post)[0])
    assert _said(post, lambda: desk.reply(1, anna, "Hej Svea")) == "Anna: Hej Svea"


def test_the_unit_and_the_chosen_name_are_said(post: Post, desk: CaseDesk) -> None:
    carin = _user(post, "Carin Ek", "kalmar", "library")
    with post.database.writing() as session:
        session.get_one(UserRow, carin.id).shown_as = "Carin E"
        session.get_one(CaseRow, 1).unit = "library"
    carin.shown_as = "Carin E"
    assert _said(post, lambda: desk.reply(1, carin, "Hej")) == "Carin E, The library: Hej"


def test_an_account_belongs_to_a_unit_or_to_none(post: Post) -> None:
    assert unit_of(ORGANISATION, UserRow(municipality="kalmar", unit="library")) == "The library"
    assert unit_of(ORGANISATION, UserRow(municipality="Kalmar", unit="library")) == "The library"
    for municipality, unit in ((None, None), ("kalmar", None), ("kalmar", "no such"), ("no such", "library")):
        assert unit_of(ORGANISATION, UserRow(municipality=municipality, unit=unit)) is None


def test_the_case_of_another_person_is_not_reached_by_its_message(post: Post, desk: CaseDesk, anna: UserRow) -> None:
    desk.reply(1, anna, "Hej")
    post.says("MÄNNISKA", sender="+46701740606")
    with post.database.reading() as session:
        assert [row.address for row in cases.listed(session)] == [SVEA, "+46701740606"]
    with pytest.raises(TooLate):
        desk.undo(2, anna, _replies(post)[0])
