"""One turn of one conversation: claim it, think outside any transaction, and keep what was decided in one guarded write.

Whoever loses the race for the write does the turn again. A turn that fails three times becomes a case by a path that never runs the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from bot.domain.case import Reason, Status, Urgency
from bot.domain.conversation import Conversation
from bot.domain.course import Programme
from bot.domain.events import Answered, CaseOpened, Event
from bot.domain.link import Family
from bot.domain.loan import Shelf
from bot.domain.message import Incoming, Kind
from bot.domain.secrets import mask_together
from bot.engine import limits
from bot.engine.advance import Turn, advance
from bot.engine.world import World
from bot.services import join_addresses, needs
from bot.services.apply_events import apply_events
from bot.services.book_course import NotAsItWas
from bot.services.ports import Clock, Wakeup
from bot.store import attendance, cases, conversations, courses, inbox, join, links, loans
from bot.store.clock import business_time
from bot.store.conversations import Claimed
from bot.store.database import Database
from bot.store.inbox import Pending
from bot.store.tables import ConversationRow, MessageRow
from nlu.understanding import Context, Interpreter

LEASE = timedelta(seconds=30)
"""Far longer than a turn takes; a worker that dies is noticed after this."""
ATTEMPTS = 3
"""So many turns may fail before a person takes the message as it is."""
RACES = 5
"""So often in a row may a turn lose the write; after that it is given back and tried a little later."""
_CALLED_OUT = {
    **dict.fromkeys(
        (
            "person",
            "resume",
            "next_need",
            "meanwhile",
            "follow_up",
            "danger",
            "book",
            "cancel_booking",
            "coming",
            "seat",
        ),
        "yes_no",
    ),
    **dict.fromkeys(("borrow", "cancel_loan", "loan_ready", "same_person"), "yes_no"),
    **dict.fromkeys(("elder_guide", "elder_cancel"), "yes_no"),
    **dict.fromkeys(("elder", "elder_bookings", "which_relative", "scope", "unfollow", "rescope"), "choice"),
    "elder_number": "text",
    **dict.fromkeys(("topics", "places", "choose", "course", "which_booking", "loan", "which_loan"), "choice"),
}

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Thinking:
    """All that a turn needs. `owner` names this worker."""

    database: Database
    interpreter: Interpreter
    world: Callable[[], World]
    clock: Clock
    wakeup: Wakeup
    owner: str


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read at the beginning of a turn."""

    conversation: Conversation
    batch: tuple[Pending, ...]
    rest: tuple[Pending, ...]
    programme: Programme
    shelf: Shelf
    family: Family
    now: datetime
    version: int


def take_turn(thinking: Thinking) -> bool:
    """Takes the conversation that has been due longest through one turn; False when none is due."""
    with thinking.database.writing() as session:
        claimed = conversations.claim_due(session, thinking.owner, thinking.clock(), LEASE)
    if claimed is None:
        return False
    try:
        if claimed.attempts > ATTEMPTS:
            _give_to_a_person(thinking, claimed)
        else:
            _turn(thinking, claimed)
    except Exception as error:
        _log.error(
            "turn failed",
            conversation=claimed.id,
            attempt=claimed.attempts,
            error=type(error).__name__,
            exc_info=not _is_private(error),
        )
        with thinking.database.writing() as session:
            wait = timedelta(seconds=claimed.attempts)
            conversations.give_back(session, claimed, thinking.owner, thinking.clock() + wait)
    return True


def _is_private(error: Exception) -> bool:
    """A traceback of our own code holds no texts; one of a database error may hold the values of a statement."""
    return type(error).__module__.startswith("sqlalchemy")


def _turn(thinking: Thinking, claimed: Claimed) -> None:
    for _ in range(RACES):
        read = _read(thinking, claimed)
        if read is None:
            _nothing_to_do(thinking, claimed)
            return
        turn = _think(thinking, read)
        if _keep(thinking, Claimed(claimed.id, read.version, claimed.attempts), read, turn):
            return
    with thinking.database.writing() as session:
        conversations.give_back(session, claimed, thinking.owner, thinking.clock(), forget_attempt=True)


def _nothing_to_do(thinking: Thinking, claimed: Claimed) -> None:
    """Gives the conversation back; a message that has come since it was read stays due."""
    with thinking.database.writing() as session:
        row = conversations.lock(session, claimed.id)
        due_at = row.due_at if inbox.pending(session, claimed.id) else None
        conversations.give_back(session, claimed, thinking.owner, due_at, forget_attempt=True)


def _read(thinking: Thinking, claimed: Claimed) -> _Read | None:
    with thinking.database.reading() as session:
        row = session.get_one(ConversationRow, claimed.id)
        waiting = inbox.pending(session, claimed.id)
        now = business_time(session, thinking.clock())
        latest = cases.latest_of(session, claimed.id)
        case = cases.seen_by_engine(session, latest)
        if case and latest and not attendance.is_at_work(session, latest.claimed_by, now):
            case = replace(case, status=Status.WAITING, handledare=None)  # as it will be once this is read
        closed = (
            case is None
            and latest is not None
            and latest.resolved_at is not None
            and now - latest.resolved_at <= limits.CASE_REOPENS_WITHIN
        )
        conversation = Conversation.from_json(row.state, case, closed)
        version = row.version
        programme = courses.programme(session, claimed.id, now)
        shelf = loans.shelf(session, claimed.id)
        family = links.family_of(session, claimed.id, now)
        if waiting:
            family = replace(
                family, heard_here_at=join.heard_here_at(session, claimed.id, waiting[0].channel, waiting[0].message_id)
            )
    if not waiting:
        return None
    batch = _together(waiting)
    return _Read(conversation, batch, tuple(waiting[len(batch) :]), programme, shelf, family, now, version)


def _together(waiting: list[Pending]) -> tuple[Pending, ...]:
    """The texts that are read together: those in a row that gather; anything else is taken alone."""
    if not waiting[0].gathers:
        return (waiting[0],)
    batch = []
    for pending in waiting:
        if not pending.gathers:
            break
        batch.append(pending)
    return tuple(batch)


def _think(thinking: Thinking, read: _Read) -> Turn:
    world = thinking.world()
    masked = mask_together([pending.text for pending in read.batch])
    kinds = tuple(dict.fromkeys(kind for pending in read.batch for kind in pending.removed))
    last = read.batch[-1]
    incoming = Incoming(
        text="\n".join(masked.texts),
        channel="telegram" if last.channel == "telegram" else "sms",
        kind=Kind(last.kind),
        removed=tuple(dict.fromkeys((*kinds, *masked.kinds))),
        carrier_opt=last.carrier_opt,
        latitude=last.latitude,
        longitude=last.longitude,
    )
    conversation = read.conversation
    told = needs.read(thinking.interpreter, world, incoming.text, conversation.language, context_of(conversation))
    return advance(
        conversation,
        incoming,
        told.understanding,
        world,
        read.now,
        told.also,
        read.programme,
        read.shelf,
        read.family,
        told.words,
    )


def context_of(conversation: Conversation) -> Context:
    """What the conversation is in the middle of, as the interpreter weighs it."""
    question = conversation.question
    kind = _CALLED_OUT.get(question.kind, question.kind) if question else None
    return Context(
        in_guide=conversation.position is not None, question=kind, options=question.labels if question else ()
    )


def _keep(thinking: Thinking, claimed: Claimed, read: _Read, turn: Turn) -> bool:
    """The one write of a turn; False when the conversation, or a chair or thing that was to be had, was changed meanwhile, with nothing written."""
    with thinking.database.writing() as session:
        handled = [pending.message_id for pending in read.batch]
        now = thinking.clock()
        row = conversations.lock(
            session, claimed.id
        )  # before looking for more: whoever stores one now waits until this is saved
        came_meanwhile = [p for p in inbox.pending(session, claimed.id) if p.message_id not in handled]
        due_at = None
        if came_meanwhile:
            due_at = now if not all(p.gathers for p in came_meanwhile) or read.rest else max(now, row.due_at or now)
        state = turn.conversation
        if not conversations.save(session, claimed, state.to_json(), state.municipality, state.unit, due_at):
            session.rollback()
            return False
        _mask_stored(session, read.batch)
        inbox.mark_handled(session, handled, now)
        try:
            woken = apply_events(session, thinking.world(), claimed.id, turn, read.batch[-1].channel, read.now, now)
        except NotAsItWas:
            session.rollback()
            return False
    woken |= join_addresses.carry_out(thinking.database, thinking.world(), turn.events, now)
    if woken:
        thinking.wakeup.outbox()
    if due_at is not None:
        thinking.wakeup.turns()
    return True


def _mask_stored(session: Session, batch: tuple[Pending, ...]) -> None:
    """A number that was split over gathered texts is masked where it is stored, too."""
    masked = mask_together([pending.text for pending in batch])
    for pending, text in zip(batch, masked.texts, strict=True):
        if text != pending.text:
            session.get_one(MessageRow, pending.message_id).text = text


def _give_to_a_person(thinking: Thinking, claimed: Claimed) -> None:
    """Three turns failed: the message becomes a case as it is, and the resident is told that a person will answer."""
    read = _read(thinking, claimed)
    if read is None:
        _nothing_to_do(thinking, claimed)
        return
    language = read.conversation.language
    events: list[Event] = [
        CaseOpened(
            Reason.FAILURE, Urgency.HIGH, None, "Maskinen kunde inte läsa meddelandet. Läs det i konversationen."
        )
    ]
    if not read.conversation.opted_out:
        events.append(Answered(_APOLOGY[language]))
    turn = Turn(read.conversation.with_(position=None, question=None, told_waiting_at=read.now), tuple(events))
    if not _keep(thinking, Claimed(claimed.id, read.version, claimed.attempts), read, turn):
        with thinking.database.writing() as session:
            conversations.give_back(session, claimed, thinking.owner, thinking.clock())
    _log.error("turn given to a person", conversation=claimed.id)


_APOLOGY = {
    "sv": "Något gick fel hos oss, inte hos dig. En människa läser det du skrev och svarar. Är det fara för liv, ring 112.",
    "en": "Something went wrong here, not with you. A person will read what you wrote and answer. If life is in danger, call 112.",
}
"""In code on purpose: this path must work when the texts cannot be read."""
