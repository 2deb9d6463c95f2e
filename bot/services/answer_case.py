"""A handledare's reply: held for a moment, so that its writer can take it back, and then sent.

Rules:
1. A reply may go HELD after it was written. Until a sender has it its writer may take it back; of sender and writer exactly one gets it.
2. What is taken back is never sent, comes back as its writer's draft, and stays in the conversation, marked.
3. The case is then as it was before the reply. Somebody who wrote meanwhile, or a colleague who took the case over, changes nothing of
   that: the case stays where they put it, and has waited since it began to.
4. In a case that was closed after the reply, the reply goes: nobody would see that it did not.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.domain.case import Status
from bot.domain.duty import Organisation
from bot.domain.events import Answered, Priority
from bot.domain.introduction import introduction, needs_introduction, shown_name
from bot.domain.secrets import mask
from bot.domain.sms_text import prepare
from bot.services.apply_events import queue_answer
from bot.services.hold_case import change_status, refuse_if_taken
from bot.store import conversations, drafts, held_replies, presence, users
from bot.store.tables import CaseRow, HeldReplyRow, MessageRow, UserRow

HELD = timedelta(seconds=10)


class NobodyToAnswer(Exception):
    """The case has no conversation, or the person has said STOPP, so no reply can be sent."""


class TooLate(Exception):
    """The reply has gone, or its case is closed, so it cannot be taken back."""


def introduction_of(
    session: Session, organisation: Organisation, user: UserRow, conversation_id: int, case_id: int
) -> str:
    """What stands before the next reply of this handledare: who writes, or nothing while the resident knows."""
    if not needs_introduction(held_replies.last_answer(session, conversation_id), user.id, case_id):
        return ""
    text = introduction(shown_name(user.shown_as, user.name), unit_of(organisation, user))
    return prepare(text + ".").text[:-1]


def unit_of(organisation: Organisation, user: UserRow) -> str | None:
    """The name of the unit that the account belongs to; None for an account of none."""
    home = organisation.municipality(user.municipality) if user.municipality else None
    return next((unit.name for unit in home.units if unit.id == user.unit), None) if home else None


def reply(
    session: Session, organisation: Organisation, row: CaseRow, user: UserRow, text: str, now: datetime, real: datetime
) -> None:
    """Puts the reply in the outbox, secrets masked, and makes a case that nobody has this handledare's. `row` is held.

    `now` is business time, `real` real time. Raises CaseTaken, NobodyToAnswer, CaseRefusal.
    """
    refuse_if_taken(session, row, user)
    if row.conversation_id is None:
        raise NobodyToAnswer("the case has no conversation")
    address = conversations.address_of(session, row.conversation_id, row.channel)
    if address.opted_out_at:
        raise NobodyToAnswer("the resident has said STOPP")
    if row.status == Status.WAITING:
        change_status(session, row, "claim")
    if row.claimed_by != user.id:
        row.claimed_by, row.claimed_at = user.id, now
    before, waiting_since = row.status, row.waiting_since
    change_status(session, row, "reply")
    row.waiting_since = None
    who = introduction_of(session, organisation, user, row.conversation_id, row.id)
    answer = Answered(who + mask(text).text, priority=Priority.ANSWER)
    message_id = queue_answer(
        session, row.conversation_id, address, answer, now, real, "handledare", user.id, row.id, held=HELD
    )
    session.add(
        HeldReplyRow(
            message_id=message_id,
            case_id=row.id,
            user_id=user.id,
            status=before,
            waiting_since=waiting_since,
            introduced=len(who),
            held_at=real,
        )
    )
    drafts.remove(session, row.id, user.id, drafts.REPLY)
    presence.stopped(session, row.id, user.id)
    users.audit(session, now, user.id, "reply", row.id)


def undo(session: Session, row: CaseRow, user: UserRow, message_id: int, now: datetime, real: datetime) -> None:
    """Takes this handledare's reply back; once more does nothing. `row` is held. Raises TooLate."""
    held = session.get(HeldReplyRow, message_id, with_for_update=True, populate_existing=True)
    if held is None or (held.case_id, held.user_id) != (row.id, user.id):
        raise TooLate(f"message {message_id} is not held for user {user.id} in case {row.id}")
    if held.undone_at is not None:
        return
    if row.status == Status.RESOLVED or not held_replies.take_back(session, message_id):
        raise TooLate(f"message {message_id} cannot be taken back any more")
    held.undone_at = real
    later = held_replies.next_of(session, held)
    if later is not None:  # the case stands as that reply left it
        if later.status == Status.ANSWERED:
            later.status = held.status
        later.waiting_since = _earlier(held.waiting_since, later.waiting_since)
    else:
        if row.status == Status.ANSWERED and held.status != Status.ANSWERED:
            change_status(session, row, "undo")
            row.claimed_by = row.claimed_by or user.id
        row.waiting_since = _earlier(held.waiting_since, row.waiting_since)
    row.version += 1
    written = session.get_one(MessageRow, message_id).text[held.introduced :]
    begun = drafts.of(session, row.id, user.id).get(drafts.REPLY, "")
    drafts.keep(session, row.id, user.id, drafts.REPLY, f"{written}\n{begun}".strip(), now)
    users.audit(session, now, user.id, "undo", row.id)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)
