"""Blocking the bot and letting it in again."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.domain.address import Address
from bot.services.note_membership import decline_group, note_membership
from bot.store import cases
from bot.store.database import Database
from bot.store.tables import AddressRow, CaseNoteRow, ConversationRow, OutboxRow
from tests.stand_ins import Post

GUNVOR, BOT = "tg:4711", "bot:4711"


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database)


def blocks(post: Post, blocked: bool = True) -> None:
    note_membership(post.database, Address(GUNVOR), blocked, post.clock())


def notes(post: Post) -> list[str]:
    with post.database.reading() as session:
        return [
            row.text for row in session.scalars(select(CaseNoteRow).order_by(CaseNoteRow.id)) if "Telegram" in row.text
        ]


def test_what_nobody_would_get_is_taken_back_and_the_case_tells(post: Post) -> None:
    post.says("hjälp mig", "human", sender=GUNVOR, to=BOT)
    for _ in range(2):
        blocks(post)
    with post.database.reading() as session:
        assert session.scalars(select(AddressRow)).one().blocked_at is not None
        assert {row.status for row in session.scalars(select(OutboxRow).where(OutboxRow.address == GUNVOR))} == {
            "cancelled"
        }
        assert cases.open_of(session, session.scalars(select(ConversationRow.id)).one()) is not None
    assert notes(post) == ["Personen har blockerat oss i Telegram. Svar kommer inte fram dit."]
    blocks(post, blocked=False)
    with post.database.reading() as session:
        assert session.scalars(select(AddressRow)).one().blocked_at is None
    assert len(notes(post)) == 2


def test_whoever_never_wrote_leaves_nothing(post: Post) -> None:
    blocks(post)
    with post.database.reading() as session:
        assert session.scalars(select(AddressRow)).all() == []


def test_a_group_is_told_once_however_often_we_are_put_there(post: Post) -> None:
    told = [decline_group(post.database, chat, post.clock()) for chat in (-5, -5, -6, -5)]
    assert told == [True, False, True, False]
