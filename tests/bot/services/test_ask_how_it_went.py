"""One question two weeks after a guide: by day, once, and never on top of something else or after STOPP."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.domain.conversation import Conversation, Question
from bot.services.ask_how_it_went import ask_how_it_went
from bot.services.tending import Tending
from bot.store import conversations
from bot.store.database import Database
from bot.store.tables import CaseRow, ConversationRow, FollowUpRow, OutboxRow
from tests.stand_ins import KURT, SVEA, Post


@pytest.fixture
def post(database: Database) -> Post:
    made = Post(database)
    made.says("hur gör man en kopia", "print_scan")
    made.says("KLART")
    made.says("KLART")
    return made


def _ask(post: Post) -> int:
    return ask_how_it_went(Tending(post.database, lambda: post.world, post.clock, post.wakeup))


def _said(post: Post) -> list[str]:
    with post.database.reading() as session:
        return list(session.scalars(select(OutboxRow.text).where(OutboxRow.address == SVEA).order_by(OutboxRow.id)))


def _planned(post: Post) -> int:
    with post.database.reading() as session:
        return len(session.scalars(select(FollowUpRow)).all())


def _state(post: Post) -> Conversation:
    with post.database.reading() as session:
        return Conversation.from_json(session.scalars(select(ConversationRow)).one().state)


def test_asked_once_after_two_weeks(post: Post) -> None:
    assert _planned(post) == 1
    post.clock.pass_(days=13)
    assert _ask(post) == 0
    post.clock.pass_(days=1)
    woken = post.wakeup.woken_for_outbox
    assert _ask(post) == 1
    assert post.wakeup.woken_for_outbox == woken + 1
    assert _said(post)[-1] == "follow_up"
    assert _ask(post) == 0
    assert _planned(post) == 0


def test_not_in_the_night(post: Post) -> None:
    post.clock.pass_(days=14, hours=12)
    assert _ask(post) == 0
    post.clock.pass_(hours=12)
    assert _ask(post) == 1


def test_a_yes_ends_it(post: Post) -> None:
    post.clock.pass_(days=14)
    _ask(post)
    post.says("JA")
    assert _said(post)[-1] == "follow_up_good"
    assert _state(post).finished is None


def test_a_no_offers_a_person_and_goes_back_to_the_last_step(post: Post) -> None:
    post.clock.pass_(days=14)
    _ask(post)
    post.says("NEJ")
    assert "offer_person" in _said(post)[-1]
    position = _state(post).position
    assert position
    assert (position.flow, position.step) == ("print_scan", "print_scan-2")
    post.says("JA")
    with post.database.reading() as session:
        case = session.scalars(select(CaseRow)).one()
    assert (case.topic, case.reasons) == ("print_scan", ["stuck"])


def test_never_after_stopp(post: Post) -> None:
    post.says("STOPP")
    assert _planned(post) == 0
    post.clock.pass_(days=14)
    assert _ask(post) == 0


def test_not_while_a_person_has_the_case(post: Post) -> None:
    post.says("MÄNNISKA", "human")
    post.clock.pass_(days=14)
    before = _said(post)
    assert _ask(post) == 0
    assert (_said(post), _planned(post)) == (before, 0)


def test_not_in_the_middle_of_another_guide(post: Post) -> None:
    post.says("jag vill ha swish", "swish")
    post.clock.pass_(days=14)
    assert _ask(post) == 0


def test_who_has_just_written_is_asked_a_day_later(post: Post) -> None:
    post.clock.pass_(days=14, minutes=-30)
    post.says("vad var det nu igen")
    post.clock.pass_(minutes=40)
    assert _ask(post) == 0
    assert _planned(post) == 1
    post.clock.pass_(days=1, minutes=10)
    assert _ask(post) == 1


def test_not_on_top_of_the_question_whether_somebody_is_in_danger(post: Post) -> None:
    with post.database.writing() as session:
        row = session.scalars(select(ConversationRow)).one()
        asked = Conversation.from_json(row.state).with_(question=Question("danger"))
        conversations.change_state(session, row.id, asked)
    post.clock.pass_(days=14)
    assert _ask(post) == 0
    assert _state(post).question == Question("danger")


def test_one_who_cannot_be_asked_does_not_keep_the_others_waiting(post: Post) -> None:
    post.clock.pass_(minutes=1)
    for text, intent in (("hur gör man en kopia", "print_scan"), ("KLART", None), ("KLART", None)):
        post.says(text, intent, sender=KURT)
    with post.database.writing() as session:
        first = session.scalars(select(FollowUpRow.conversation_id).order_by(FollowUpRow.due_at)).first()
        assert first
        session.delete(conversations.address_of(session, first))
    post.clock.pass_(days=14)
    assert _ask(post) == 1


def test_only_the_guide_that_was_finished_last_is_asked_about(post: Post) -> None:
    post.clock.pass_(days=3)
    post.says("jag vill ha swish", "swish")
    for _ in range(3):
        post.says("KLART")
    assert _planned(post) == 1
    post.clock.pass_(days=11)
    assert _ask(post) == 0
    post.clock.pass_(days=3)
    assert _ask(post) == 1
    question = _state(post).question
    assert question
    assert (question.kind, question.options) == ("follow_up", ("swish",))
