"""Telegram is parted from a number that it should not have been joined with."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.services.hold_case import CaseTaken
from bot.services.part_addresses import NothingToPart, part_addresses
from bot.services.read_cases import CaseNotFound
from bot.services.work_cases import CaseDesk
from bot.store import users
from bot.store.database import Database
from bot.store.tables import AuditRow, CaseNoteRow, CaseRow, LinkRow, MessageRow, OutboxRow, UserRow
from tests.bot.joining import TG, conversation_of, joined, post_with_telegram, said_to, state_of
from tests.stand_ins import KURT, MONDAY, SVEA, Post


@pytest.fixture
def post(database: Database) -> Post:
    """Svea is in a guide by SMS; somebody on Telegram got a careless yes from her, and asked for a person from there."""
    made = post_with_telegram(database)
    made.says("swish", "swish")
    joined(made)
    made.says("MÄNNISKA", sender=TG)
    return made


def _user(post: Post, name: str = "Anna", municipality: str | None = None) -> UserRow:
    with post.database.writing() as session:
        made = users.add(session, f"{name}@kalmar.example", name, "handledare", "hash", MONDAY, municipality)
        made.seen_at = MONDAY
        return made


def _part(post: Post, user: UserRow, case_id: int = 1) -> None:
    part_addresses(post.database, lambda: post.world, post.clock, case_id, user)


def _case(post: Post) -> CaseRow:
    with post.database.reading() as session:
        return session.get_one(CaseRow, 1)


def test_who_writes_on_telegram_begins_anew_and_the_number_keeps_everything(post: Post) -> None:
    anna, before = _user(post), conversation_of(post.database, SVEA)
    position = state_of(post.database, SVEA).position
    assert position is not None and (_case(post).channel, _case(post).address) == ("telegram", TG)
    with post.database.reading() as session:
        said = len(session.scalars(select(MessageRow).where(MessageRow.conversation_id == before)).all())
    _part(post, anna)
    assert conversation_of(post.database, SVEA) == before
    assert conversation_of(post.database, TG) != before
    assert state_of(post.database, TG).position is None
    assert state_of(post.database, SVEA).position == position
    assert (_case(post).channel, _case(post).address) == ("sms", SVEA)
    with post.database.reading() as session:
        assert len(session.scalars(select(MessageRow).where(MessageRow.conversation_id == before)).all()) == said
        assert [act for act in session.scalars(select(AuditRow.act)) if act == "part"] == ["part"]
        assert "Telegram är skilt från numret" in (
            session.scalars(select(CaseNoteRow.text).order_by(CaseNoteRow.id.desc())).first() or ""
        )


def test_from_telegram_nothing_of_the_other_is_told_afterwards(post: Post) -> None:
    _part(post, _user(post))
    told = len(said_to(post.database, TG))
    post.says("status", "case_status", sender=TG)
    post.says("KLART", sender=TG)
    assert len(said_to(post.database, TG)) > told, "somebody new is answered"
    assert state_of(post.database, TG).position is None


def test_an_answer_goes_to_the_number_and_what_waited_for_telegram_is_taken_back(post: Post) -> None:
    anna = _user(post)
    desk = CaseDesk(post.database, post.world, post.clock, post.wakeup)
    _part(post, anna)
    desk.reply(1, anna, "Hej Svea, det är ordnat.")
    with post.database.reading() as session:
        waiting = session.scalars(select(OutboxRow).where(OutboxRow.status == "queued")).all()
    assert (
        "Hej Svea, det är ordnat."
        in [row.text.partition(": ")[2] or row.text for row in waiting if row.address == SVEA][-1]
    )
    assert [row.text for row in waiting if row.address == TG] == []


def test_an_elder_who_is_followed_from_telegram_goes_along(post: Post) -> None:
    conversation = conversation_of(post.database, SVEA)
    post.says("hej", "start", sender=KURT)
    kurt = conversation_of(post.database, KURT)
    with post.database.writing() as session:
        for channel, address in (("telegram", KURT), ("sms", "+46701740699")):
            session.add(
                LinkRow(
                    relative_id=conversation, relative_channel=channel, relative_name="Svea", elder_id=kurt, elder_address=address, called="din bror",
                    relation="brother", status="active", scope="follow", asked_at=MONDAY,
                )
            )  # fmt: skip
    _part(post, _user(post))
    with post.database.reading() as session:
        followed = dict(session.execute(select(LinkRow.relative_channel, LinkRow.relative_id)).all())
    assert followed == {"telegram": conversation_of(post.database, TG), "sms": conversation}


def test_who_has_only_one_of_them_is_left_alone(post: Post) -> None:
    anna = _user(post)
    _part(post, anna)
    with pytest.raises(NothingToPart):
        _part(post, anna)


def test_a_colleagues_case_and_one_of_another_municipality_are_refused(post: Post) -> None:
    anna, bo = _user(post), _user(post, "Bo")
    CaseDesk(post.database, post.world, post.clock, post.wakeup).claim(1, bo)
    with pytest.raises(CaseTaken):
        _part(post, anna)
    with post.database.writing() as session:
        session.get_one(CaseRow, 1).municipality = "vara"
    with pytest.raises(CaseNotFound):
        _part(post, _user(post, "Dan", "kalmar"))
    assert conversation_of(post.database, SVEA) == conversation_of(post.database, TG)
