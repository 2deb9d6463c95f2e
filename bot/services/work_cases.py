"""What a handledare does with a case: claim, reply, note, release, resolve, hand back to the machine."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.case import CaseRefusal, Status
from bot.domain.conversation import Conversation, Position
from bot.domain.events import Answered
from bot.domain.message import Incoming
from bot.domain.secrets import mask
from bot.engine import guide
from bot.engine.walk import Walk
from bot.engine.world import World
from bot.services import answer_case
from bot.services.answer_case import NobodyToAnswer, TooLate
from bot.services.apply_events import queue_answer
from bot.services.hold_case import CaseTaken, change_status, hold_case
from bot.services.ports import Clock, Wakeup
from bot.services.viewer import viewer
from bot.store import cases, conversations, drafts, presence, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import CaseRow, ConversationRow, UserRow
from nlu.understanding import Understanding

SOLVED = "solved"
"""The outcome after which nothing is left to do."""


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
            row, now = self._case(session, case_id, user)
            if row.claimed_by not in (None, user.id) and row.status != Status.WAITING and not take_over:
                raise CaseTaken(users.name_of(session, row.claimed_by) or "")
            self._change(session, row, "claim")
            row.claimed_by, row.claimed_at = user.id, now
            users.audit(session, now, user.id, "claim", row.id)

    def reply(self, case_id: int, user: UserRow, text: str) -> None:
        """Answers the resident through the channel of the case, a moment later. Secrets in it are masked; a case nobody has is claimed."""
        with self._database.writing() as session:
            row, now = self._case(session, case_id, user)
            answer_case.reply(session, self._world.organisation, row, user, text, now, self._clock())
        self._wakeup.outbox()

    def undo(self, case_id: int, user: UserRow, message_id: int) -> None:
        """Takes a reply back that nobody has had yet: it becomes its writer's draft. Raises TooLate."""
        with self._database.writing() as session:
            row, now = self._case(session, case_id, user)
            answer_case.undo(session, row, user, message_id, now, self._clock())
        self._wakeup.outbox()

    def note(self, case_id: int, user: UserRow, text: str) -> None:
        """Writes a note for colleagues; secrets are masked."""
        with self._database.writing() as session:
            row, now = self._case(session, case_id, user)
            cases.note(session, row.id, mask(text).text, now, "note", user.id)
            drafts.remove(session, row.id, user.id, drafts.NOTE)
            presence.stopped(session, row.id, user.id)
            row.version += 1
            users.audit(session, now, user.id, "note", row.id)

    def release(self, case_id: int, user: UserRow) -> None:
        """Puts the case back in the queue."""
        with self._database.writing() as session:
            row, now = self._case(session, case_id, user)
            self._change(session, row, "release")
            row.claimed_by = row.claimed_at = None
            row.waiting_since = row.waiting_since or now
            users.audit(session, now, user.id, "release", row.id)

    def resolve(self, case_id: int, user: UserRow, outcome: str, helped: str = "") -> None:
        """Closes the case; `helped` is for the next who meets the same, and is masked."""
        with self._database.writing() as session:
            row, now = self._case(session, case_id, user)
            self._close(session, row, user, now, "resolve", outcome)
            row.helped = mask(helped).text
            if row.conversation_id is not None:
                stored = session.get_one(ConversationRow, row.conversation_id)
                left = leave_guide(
                    self._world, Conversation.from_json(stored.state), row.channel, outcome == SOLVED, now
                )
                conversations.change_state(session, stored.id, left)

    def hand_back(self, case_id: int, user: UserRow, flow: str | None, step: str | None) -> None:
        """Gives the conversation back to the machine, at a step of a guide when one is named; the resident is told where it goes on."""
        with self._database.writing() as session:
            row, now = self._case(session, case_id, user)
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

    def _case(self, session: Session, case_id: int, user: UserRow) -> tuple[CaseRow, datetime]:
        who = viewer(user, self._world.organisation)
        row, now = hold_case(session, who, case_id), business_time(session, self._clock())
        users.seen(session, user.id, now)  # whoever works on a case is at work
        return row, now

    def _change(self, session: Session, row: CaseRow, event: str) -> None:
        change_status(session, row, event)

    def _close(self, session: Session, row: CaseRow, user: UserRow, now: datetime, event: str, outcome: str) -> None:
        self._change(session, row, event)
        row.resolved_at, row.outcome, row.waiting_since = now, outcome, None
        row.claimed_by = row.claimed_by or user.id
        users.audit(session, now, user.id, event, row.id, outcome)


def go_on_at(
    world: World, conversation: Conversation, channel: str, flow: str | None, step: str | None, now: datetime
) -> tuple[Conversation, Answered]:
    """The conversation back with the machine, and what it says: the step of the guide, or what it can do."""
    walk = _walk(world, conversation, channel, now)
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


def leave_guide(world: World, conversation: Conversation, channel: str, solved: bool, now: datetime) -> Conversation:
    """The conversation after a person has dealt with what the open guide was about.

    "Det funkade inte" is then said of what the person did, not of a step. The guide is offered again later unless all is `solved`. Who takes the
    steps while they wait goes on with them.
    """
    if conversation.meanwhile:
        return conversation
    walk = _walk(world, conversation, channel, now)
    guide.pause(walk)
    left, question = conversation.position, conversation.question
    kept = tuple(p for p in walk.conversation.paused if not (solved and left and p.flow == left.flow))
    over = question is not None and question.kind in ("person", "time", "meanwhile", "choose")
    return walk.conversation.with_(paused=kept, question=None if over else question)


def _walk(world: World, conversation: Conversation, channel: str, now: datetime) -> Walk:
    incoming = Incoming("", "telegram" if channel == "telegram" else "sms")
    silent = Understanding("", "out_of_scope", 0.0, False, (), (), conversation.language)
    return Walk(conversation, incoming, silent, world, now)


__all__ = ["CaseDesk", "CaseRefusal", "CaseTaken", "NobodyToAnswer", "TooLate", "go_on_at", "leave_guide"]
