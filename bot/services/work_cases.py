"""What a handledare does with a case: claim, reply, note, release, resolve, hand back to the machine."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.case import CaseRefusal, Status, after
from bot.domain.conversation import Conversation, Position
from bot.domain.events import Answered, Priority
from bot.domain.message import Incoming
from bot.domain.secrets import mask
from bot.engine import guide
from bot.engine.walk import Walk
from bot.engine.world import World
from bot.services.apply_events import queue_answer
from bot.services.ports import Clock, Wakeup
from bot.store import cases, conversations, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import CaseRow, ConversationRow, UserRow
from nlu.understanding import Understanding


class CaseTaken(Exception):
    """A colleague has the case; who, is the message."""


class NobodyToAnswer(Exception):
    """The case has no conversation, or the person has said STOPP, so no reply can be sent."""


class CaseDesk:
    """The desk that handledare work at. Every method is one transaction. Raises CaseRefusal, CaseTaken, DatabaseAway."""

    def __init__(self, database: Database, world: World, clock: Clock, wakeup: Wakeup) -> None:
        self._database = database
        self._world = world
        self._clock = clock
        self._wakeup = wakeup

    @property
    def wakeup(self) -> Wakeup:
        """What wakes the workers that send."""
        return self._wakeup

    def claim(self, case_id: int, user: UserRow, take_over: bool = False) -> None:
        """Makes the case this handledare's. Exactly one of several wins; `take_over` takes it from a colleague."""
        with self._database.writing() as session:
            row, now = self._case(session, case_id)
            if row.claimed_by not in (None, user.id) and row.status != Status.WAITING and not take_over:
                raise CaseTaken(users.name_of(session, row.claimed_by) or "")
            self._change(session, row, "claim")
            row.claimed_by, row.claimed_at = user.id, now
            users.audit(session, now, user.id, "claim", row.id)

    def reply(self, case_id: int, user: UserRow, text: str) -> None:
        """Answers the resident through the channel of the case. Secrets in the reply are masked; a case nobody has is claimed."""
        with self._database.writing() as session:
            row, now = self._case(session, case_id)
            if row.claimed_by not in (None, user.id) and row.status != Status.WAITING:
                raise CaseTaken(users.name_of(session, row.claimed_by) or "")
            if row.conversation_id is None:
                raise NobodyToAnswer("the case has no conversation")
            address = conversations.address_of(session, row.conversation_id, row.channel)
            if address.opted_out_at:
                raise NobodyToAnswer("the resident has said STOPP")
            if row.status == Status.WAITING:
                self._change(session, row, "claim")
                row.claimed_by, row.claimed_at = user.id, now
            self._change(session, row, "reply")
            row.waiting_since = None
            answer = Answered(mask(text).text, priority=Priority.ANSWER)
            queue_answer(session, row.conversation_id, address, answer, now, self._clock(), "handledare", user.id, row.id)
            users.audit(session, now, user.id, "reply", row.id)
        self._wakeup.outbox()

    def note(self, case_id: int, user: UserRow, text: str) -> None:
        """Writes a note for colleagues; secrets are masked."""
        with self._database.writing() as session:
            row, now = self._case(session, case_id)
            cases.note(session, row.id, mask(text).text, now, "note", user.id)
            row.version += 1
            users.audit(session, now, user.id, "note", row.id)

    def release(self, case_id: int, user: UserRow) -> None:
        """Puts the case back in the queue."""
        with self._database.writing() as session:
            row, now = self._case(session, case_id)
            self._change(session, row, "release")
            row.claimed_by = row.claimed_at = None
            row.waiting_since = row.waiting_since or now
            users.audit(session, now, user.id, "release", row.id)

    def resolve(self, case_id: int, user: UserRow, outcome: str) -> None:
        """Closes the case."""
        with self._database.writing() as session:
            row, now = self._case(session, case_id)
            self._close(session, row, user, now, "resolve", outcome)

    def hand_back(self, case_id: int, user: UserRow, flow: str | None, step: str | None) -> None:
        """Gives the conversation back to the machine, at a step of a guide when one is named; the resident is told where it goes on."""
        with self._database.writing() as session:
            row, now = self._case(session, case_id)
            if row.conversation_id is None:
                raise NobodyToAnswer("the case has no conversation")
            self._close(session, row, user, now, "hand_back", "bot")
            stored = session.get_one(ConversationRow, row.conversation_id)
            conversation = Conversation.from_json(stored.state).with_(
                question=None, meanwhile=False, halted=False, not_understood=0, told_waiting_at=None
            )
            conversation, answer = go_on_at(self._world, conversation, row.channel, flow, step, now)
            conversations.change_state(session, stored.id, conversation)
            address = conversations.address_of(session, stored.id, row.channel)
            if not address.opted_out_at:
                queue_answer(session, stored.id, address, answer, now, self._clock(), "bot", None, row.id)
        self._wakeup.outbox()

    def _case(self, session: Session, case_id: int) -> tuple[CaseRow, datetime]:
        conversation_id = session.scalar(select(CaseRow.conversation_id).where(CaseRow.id == case_id))
        if conversation_id is not None:
            conversations.lock(session, conversation_id)
        return session.get_one(CaseRow, case_id, with_for_update=True), business_time(session, self._clock())

    def _change(self, session: Session, row: CaseRow, event: str) -> None:
        row.status = after(Status(row.status), event)
        row.version += 1
        if row.conversation_id is not None:
            conversations.bump(session, row.conversation_id)

    def _close(self, session: Session, row: CaseRow, user: UserRow, now: datetime, event: str, outcome: str) -> None:
        self._change(session, row, event)
        row.resolved_at, row.outcome, row.waiting_since = now, outcome, None
        row.claimed_by = row.claimed_by or user.id
        users.audit(session, now, user.id, event, row.id, outcome)


def go_on_at(
    world: World, conversation: Conversation, channel: str, flow: str | None, step: str | None, now: datetime
) -> tuple[Conversation, Answered]:
    """The conversation back with the machine, and what it says: the step of the guide, or what it can do."""
    incoming = Incoming("", "telegram" if channel == "telegram" else "sms")
    silent = Understanding("", "out_of_scope", 0.0, False, (), (), conversation.language)
    walk = Walk(conversation, incoming, silent, world, now)
    walk.say("handed_back")
    chosen = world.flows.get(flow or "")
    if chosen and step and chosen.step(step):
        guide.resume(walk, Position(chosen.name, step))
    elif chosen:
        guide.start(walk, chosen)
    else:
        walk.set(position=None)
        walk.say("what_can_i_do")
    walk.finish()
    answer = next(event for event in walk.events if isinstance(event, Answered))
    return walk.conversation, answer


__all__ = ["CaseDesk", "CaseRefusal", "CaseTaken", "NobodyToAnswer", "go_on_at"]
