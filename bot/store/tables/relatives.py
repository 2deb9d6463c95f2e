"""Links between relatives and elders, what relatives did, and the pictures and voice messages that people sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base, Id, kept


class LinkRow(Base):
    """A relative's leave to follow an elder's matters, from the first question to the end. Only status "active" lets anything through."""

    __tablename__ = "links"
    __table_args__ = (
        Index(
            "uq_links_living",
            "relative_id",
            "elder_address",
            unique=True,
            sqlite_where=text("status IN ('held', 'asked', 'active')"),
            postgresql_where=text("status IN ('held', 'asked', 'active')"),
        ),
        Index(None, "relative_id", "status"),
        Index(None, "elder_id", "status"),
        Index(None, "elder_address", "asked_at"),
        Index(None, "status", "ends_at"),
        kept("link"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    municipality: Mapped[str | None] = mapped_column(String(64))
    unit: Mapped[str | None] = mapped_column(String(64))
    relative_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    relative_channel: Mapped[str] = mapped_column(String(16))
    relative_name: Mapped[str] = mapped_column(String(60))
    elder_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    elder_address: Mapped[str] = mapped_column(String(40))
    called: Mapped[str] = mapped_column(String(60))
    """What the relative calls the elder ("din pappa", "farbror Olle")."""
    relation: Mapped[str] = mapped_column(String(32))
    """As the interpreter names it; empty when it was not told."""
    status: Mapped[str] = mapped_column(String(16))
    scope: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime]
    """Business time of the question to the elder, or of the wish while a handledare looks at it."""
    silent: Mapped[bool] = mapped_column(default=False)
    """Nothing was sent to the elder (after STOPP, or too many questions at once): nobody answers it, and the relative is not to notice."""
    asked_again_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    """When the question or the leave is over."""
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it is held, or why a handledare made or ended it."""
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_by_user: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    told_state: Mapped[str] = mapped_column(String(32), default="")
    """How the elder's case stood when the relative was last told, which was at `told_at`."""
    told_at: Mapped[datetime | None]
    position: Mapped[dict[str, Any] | None]
    """Where the relative got to in a guide of the elder's."""
    moved_at: Mapped[datetime | None]


class DeedRow(Base):
    """Something that a relative did in the elder's name."""

    __tablename__ = "deeds"
    __table_args__ = (Index(None, "link_id", "id"), Index(None, "told_at", "at"), kept("link"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("links.id"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(16))
    about: Mapped[str] = mapped_column(String(80))
    """The booking's id, or the guide's name."""
    told_at: Mapped[datetime | None]


class AttachmentRow(Base):
    """A picture or voice message as it is kept: metadata removed, and never larger than the limits. Goes with its message."""

    __tablename__ = "attachments"
    __table_args__ = (Index(None, "status", "next_attempt_at"), kept("message"))

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), primary_key=True, autoincrement=False)
    channel: Mapped[str] = mapped_column(String(16))
    file_id: Mapped[str] = mapped_column(String(200))
    """The provider's own name of the file; empty once it is here."""
    status: Mapped[str] = mapped_column(String(16), default="waiting")  # waiting, here, refused, lost
    media_type: Mapped[str] = mapped_column(String(40), default="")
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime]
    """Real time."""
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(String(80), default="")


class JoinRow(Base):
    """Somebody on Telegram said that a number is theirs, and what the number answered. Once joined it tells where the Telegram conversation went."""

    __tablename__ = "joins"
    __table_args__ = (
        Index(None, "asker_id", "asked_at"),
        Index(None, "number_id", "status"),
        Index(None, "status", "ends_at"),
        kept("link"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    asker_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    asker_address: Mapped[str] = mapped_column(String(40))
    number_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    number: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime]
    """Business time, as every time here."""
    ends_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
