"""What stands beside the reply box: the person's own drafts, what they may still take back, who else is there, and how a reply begins."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.duty import Organisation
from bot.services.answer_case import HELD, introduction_of
from bot.services.ports import Clock
from bot.store import drafts, held_replies, presence
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.presence import Present
from bot.store.tables import CaseRow, UserRow

_BEGUN_WITHIN = timedelta(hours=12)
"""A colleague's draft that is older says nothing of who answers now."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A reply that may still be taken back, for so many seconds more."""

    message_id: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Answering:
    """`drafts` are texts by kind; `introduction` is what the next reply begins with; `begun` are colleagues who have begun a reply, and when."""

    drafts: Mapping[str, str]
    sending: tuple[Sending, ...]
    present: tuple[Present, ...]
    begun: tuple[tuple[str, datetime], ...]
    introduction: str


def answering(database: Database, clock: Clock, organisation: Organisation, user: UserRow, case_id: int) -> Answering:
    """For somebody who may see the case. Raises DatabaseAway."""
    with database.reading() as session:
        real = clock()
        now = business_time(session, real)
        case = session.get_one(CaseRow, case_id)
        held = held_replies.waiting(session, case_id, user.id)
        there = presence.others(session, case_id, user.id, real)
        typing = {one.name for one in there if one.types}
        begun = drafts.begun_by_others(session, case_id, user.id, now - _BEGUN_WITHIN)
        introduced = (
            introduction_of(session, organisation, user, case.conversation_id, case_id)
            if case.conversation_id is not None
            else ""
        )
        return Answering(
            drafts=drafts.of(session, case_id, user.id),
            sending=tuple(Sending(row.message_id, _left(row.held_at + HELD - real)) for row in held),
            present=there,
            begun=tuple((name, at) for name, at in begun if name not in typing),
            introduction=introduced,
        )


def _left(time: timedelta) -> int:
    return max(0, math.ceil(time.total_seconds()))
