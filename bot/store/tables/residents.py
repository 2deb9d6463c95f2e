"""People, their addresses and conversations, and every message of theirs: what came in, what goes out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base, Id, kept


class Person(Base):
    """Somebody who is helped. What is known of them is in their addresses and their conversation."""

    __tablename__ = "persons"
    __table_args__ = (kept("person"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    municipality: Mapped[str | None] = mapped_column(String(64))
    unit: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]


class AddressRow(Base):
    """One way to reach a person."""

    __tablename__ = "addresses"
    __table_args__ = (kept("person"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    text: Mapped[str] = mapped_column(String(40), unique=True)
    channel: Mapped[str] = mapped_column(String(16))
    sender: Mapped[str | None] = mapped_column(String(40))
    """The number of ours that this person last wrote to; answers go out from it."""
    opted_out_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    """Since when messages are known not to arrive (the bot was blocked, the number is dead)."""
    name: Mapped[str] = mapped_column(String(60), default="", server_default="")
    """What the person calls themselves there, when the channel tells (the first name on Telegram)."""


class ConversationRow(Base):
    """A person's one conversation. `version` guards every change of `state`."""

    __tablename__ = "conversations"
    __table_args__ = (Index(None, "due_at"), kept("conversation"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), unique=True)
    municipality: Mapped[str | None] = mapped_column(String(64))
    unit: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    """Turns begun since the last one that was committed."""


class MessageRow(Base):
    """Everything said, in both directions. Append-only; only masking may change a text afterwards."""

    __tablename__ = "messages"
    __table_args__ = (Index(None, "conversation_id", "id"), kept("message"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    at: Mapped[datetime]
    direction: Mapped[str] = mapped_column(String(3))  # in, out
    author: Mapped[str] = mapped_column(String(16))  # resident, relative, bot, handledare
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    channel: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16), default="text")
    text: Mapped[str] = mapped_column(Text)
    incoming_key: Mapped[str | None] = mapped_column(String(160), unique=True)
    """Channel, account and the provider's id: the same message twice is one."""


class InboxRow(Base):
    """An incoming message that a turn has still to deal with, or has dealt with."""

    __tablename__ = "inbox"
    __table_args__ = (Index(None, "conversation_id", "handled_at", "message_id"), kept("short"))

    message_id: Mapped[int] = mapped_column(Id, ForeignKey("messages.id"), primary_key=True, autoincrement=False)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    received_at: Mapped[datetime]
    gathers: Mapped[bool]
    """Whether more texts are waited for; keywords, numbers, buttons and danger are taken one by one."""
    kind: Mapped[str] = mapped_column(String(16))
    removed: Mapped[list[str]]
    carrier_opt: Mapped[str | None] = mapped_column(String(8))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    handled_at: Mapped[datetime | None]


class OutboxRow(Base):
    """A message on its way out, and how far it has come."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(None, "status", "next_attempt_at"),
        Index(None, "conversation_id", "id"),
        Index(None, "provider_id"),
        Index(None, "message_id"),
        kept("message"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    address: Mapped[str] = mapped_column(String(254), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    sender: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    buttons: Mapped[list[dict[str, str]]]
    segments: Mapped[int] = mapped_column(default=1)
    priority: Mapped[int]
    status: Mapped[str] = mapped_column(String(16), default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    doubts: Mapped[int] = mapped_column(default=0)
    """How often it was not known whether the provider had taken it."""
    queued_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None]
    provider_id: Mapped[str | None] = mapped_column(String(64))
    error: Mapped[str | None] = mapped_column(String(200))


class RemarkRow(Base):
    """A wish or an opinion about the help."""

    __tablename__ = "remarks"
    __table_args__ = (kept("remark"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))
    municipality: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(16))  # wish, feedback
    text: Mapped[str] = mapped_column(Text)


class FollowUpRow(Base):
    """A question to come: did the guide that was finished last help? One for each conversation."""

    __tablename__ = "follow_ups"
    __table_args__ = (Index(None, "due_at"), kept("conversation"))

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    flow: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(16))
    due_at: Mapped[datetime]
    """Business time; never in the night."""


class NoticeRow(Base):
    """A message that was begun by us and has gone out: the one who could insert the row sends it, so it goes out once."""

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("kind", "about"), Index(None, "at"), kept("short"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    about: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
