"""Pictures and voice messages, for those who may see what was said when they came. That somebody looked is in the audit log.

A page shows a picture again each time it is brought up to date, so one look is written down once within LOOKED_WITHIN.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import not_, select

from bot.services.ports import Clock
from bot.services.read_cases import CaseNotFound
from bot.services.secrecy import hidden_from
from bot.services.viewer import Viewer, seen_by
from bot.store import users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import AttachmentRow, AuditRow, CaseRow, MessageRow

LOOKED_WITHIN = timedelta(minutes=15)
HERE, WAITING = "here", "waiting"
SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "audio/ogg", "audio/mpeg", "audio/mp4"})
"""What a browser is given to show; anything else is as good as not there."""


class AttachmentNotFound(CaseNotFound):
    """There is nothing of that number to show, or whoever asks may not see it."""


@dataclass(frozen=True, slots=True)
class Attached:
    """What came with a message. `status` is waiting, here, refused or lost; `fault` says why not here, in the store's own short words."""

    status: str
    media_type: str
    fault: str

    @property
    def is_picture(self) -> bool:
        return self.status == HERE and self.media_type in SHOWN and self.media_type.startswith("image/")

    @property
    def is_sound(self) -> bool:
        return self.status == HERE and self.media_type in SHOWN and self.media_type.startswith("audio/")


@dataclass(frozen=True, slots=True)
class Content:
    """What is shown, and as what."""

    content: bytes
    media_type: str


def attached(database: Database, messages: Collection[int]) -> Mapping[int, Attached]:
    """What came with these messages, by the message's id; whoever asks has seen the messages. Raises DatabaseAway."""
    if not messages:
        return {}
    columns = (AttachmentRow.message_id, AttachmentRow.status, AttachmentRow.media_type, AttachmentRow.fault)
    with database.reading() as session:
        found = session.execute(select(*columns).where(AttachmentRow.message_id.in_(messages)))
        return {message_id: Attached(status, media_type, fault) for message_id, status, media_type, fault in found}


def look_at(database: Database, clock: Clock, who: Viewer, message_id: int) -> Content:
    """The picture or the voice message itself. Raises AttachmentNotFound, DatabaseAway."""
    with database.reading() as session:
        found = session.execute(
            select(AttachmentRow.content, AttachmentRow.media_type, CaseRow.id)
            .join(MessageRow, MessageRow.id == AttachmentRow.message_id)
            .join(CaseRow, CaseRow.conversation_id == MessageRow.conversation_id)
            .where(AttachmentRow.message_id == message_id, AttachmentRow.status == HERE)
            .where(seen_by(who), not_(hidden_from(who)))
            .order_by(CaseRow.id.desc())
            .limit(1)
        ).one_or_none()
        content, media_type, case_id = found or (None, "", 0)
        if content is None or media_type not in SHOWN:
            raise AttachmentNotFound(f"user {who.user_id} finds nothing with message {message_id}")
        now, detail = business_time(session, clock()), f"message:{message_id}"
        same = (AuditRow.user_id == who.user_id, AuditRow.act == "saw_picture", AuditRow.detail == detail)
        known = session.scalar(select(AuditRow.id).where(*same, AuditRow.at > now - LOOKED_WITHIN).limit(1))
    if known is None:
        with database.writing() as session:
            users.audit(session, now, who.user_id, "saw_picture", case_id, detail)
    return Content(content, media_type)
