"""One turn: what was said, and the state, in; the new state and what happened, out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.case import Reason, Urgency
from bot.domain.conversation import Conversation
from bot.domain.events import Answered, Event
from bot.domain.message import Incoming
from bot.engine import limits
from bot.engine.guide import SAFETY
from bot.engine.triage import triage
from bot.engine.walk import Walk
from bot.engine.world import World
from nlu.understanding import Understanding

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """The conversation after the turn, and the events that services make true in one transaction."""

    conversation: Conversation
    events: tuple[Event, ...]


def advance(
    conversation: Conversation,
    incoming: Incoming,
    understanding: Understanding,
    world: World,
    now: datetime,
    also: tuple[str, ...] = (),
) -> Turn:
    """Takes the conversation one turn further.

    `also` are flows of further needs found in the same message; they are offered afterwards. `now` is business time with a time zone.
    """
    conversation = conversation.with_(
        answered_at=tuple(at for at in conversation.answered_at if now - at < _HOUR),
        halted=conversation.halted and conversation.case is not None,
        meanwhile=conversation.meanwhile and conversation.case is not None,
    )
    walk = Walk(conversation, incoming, understanding, world, now)
    if also:
        walk.set(needs=tuple(dict.fromkeys((*conversation.needs, *also))))
    triage(walk)
    if walk.case_opened and _keeps_bot_going(walk):
        walk.say("person_follows")
    if walk.case_opened:
        walk.set(told_waiting_at=now)
    _introduce(walk, conversation)
    _stop_at_the_limit(walk)
    walk.finish()
    answer = next((event for event in walk.events if isinstance(event, Answered)), None)
    walk.set(
        heard_at=now,
        last_answer=answer.text if answer else walk.conversation.last_answer,
        answered_at=(*walk.conversation.answered_at, now) if answer else walk.conversation.answered_at,
    )
    return Turn(walk.conversation, tuple(walk.events))


def _keeps_bot_going(walk: Walk) -> bool:
    """A safety flow's own text says what to do now; that a person reads it too is said after it."""
    position = walk.conversation.position
    return bool(walk.parts) and bool(position and position.flow in SAFETY)


def _introduce(walk: Walk, before: Conversation) -> None:
    """The first answer, and one after a long silence, says that it is a machine and how to reach a person."""
    if not walk.parts or walk.conversation.opted_out:
        return
    heard = before.heard_at
    again = heard is not None and walk.now - heard >= limits.INTRODUCTION_AGAIN
    if before.introduced_at is not None and not again:
        return
    text = walk.world.texts.get("introduction", walk.language)
    if walk.introduction_last:
        walk.parts.append(text)
    else:
        walk.parts.insert(0, text)
    walk.set(introduced_at=walk.now)


def _stop_at_the_limit(walk: Walk) -> None:
    """Two machines may be talking to each other: silence, and a person looks."""
    if not walk.parts or len(walk.conversation.answered_at) < limits.ANSWERS_AN_HOUR:
        return
    if walk.introduction_last or walk.conversation.opted_out:
        return
    walk.parts.clear()
    walk.buttons.clear()
    if not walk.conversation.halted:
        walk.open_case(Reason.FAILURE, Urgency.NORMAL, None)
        walk.set(halted=True)
