"""Somebody who writes both by SMS and from Telegram, for tests of becoming one person."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from bot.domain.address import Address
from bot.domain.conversation import Conversation
from bot.store import conversations
from bot.store.database import Database
from bot.store.tables import ConversationRow, JoinRow, OutboxRow
from nlu.understanding import Entity, RankedIntent, Understanding
from tests.stand_ins import ORGANISATION, SVEA, WORLD, Post

TG = "tg:4711"
OTHER_TG = "tg:4712"


def post_with_telegram(database: Database) -> Post:
    """Where every municipality answers on Telegram."""
    on = tuple(replace(municipality, telegram=True) for municipality in ORGANISATION.municipalities)
    return Post(database, world=replace(WORLD, organisation=replace(ORGANISATION, municipalities=on)))


def gives_number(post: Post, number: str = SVEA, sender: str = TG, text: str = "") -> None:
    """Says on Telegram that the number is their own."""
    text = text or f"mitt nummer är {number}"
    entity = Entity("phone_number", number, 0, 0)
    post.interpreter.told[text] = Understanding(
        text, "out_of_scope", 0.4, False, (RankedIntent("out_of_scope", 0.4),), (entity,), "sv"
    )
    post.says(text, sender=sender)


def said_to(database: Database, address: str) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(OutboxRow.text).where(OutboxRow.address == address).order_by(OutboxRow.id)))


def conversation_of(database: Database, address: str) -> int:
    with database.reading() as session:
        found = conversations.of_address(session, Address(address))
        assert found, f"{address} is unknown"
        return found[1].id


def state_of(database: Database, address: str) -> Conversation:
    with database.reading() as session:
        return Conversation.from_json(session.get_one(ConversationRow, conversation_of(database, address)).state)


def wishes(database: Database) -> list[JoinRow]:
    with database.reading() as session:
        return list(session.scalars(select(JoinRow).order_by(JoinRow.id)))


def joined(post: Post, number: str = SVEA, sender: str = TG) -> int:
    """One conversation, by the way that residents take; its id."""
    gives_number(post, number, sender)
    post.says("JA", sender=number)
    assert conversation_of(post.database, sender) == conversation_of(post.database, number), "not joined"
    return conversation_of(post.database, number)
