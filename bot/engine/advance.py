"""One turn: what was said, and the state, in; the new state and what happened, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType

from bot.domain.asking import name_to_keep
from bot.domain.case import URGENCY_OF, Reason
from bot.domain.conversation import Conversation
from bot.domain.course import NOTHING_OFFERED, Programme
from bot.domain.events import CaseOpened, Event
from bot.domain.link import NOBODY, Family
from bot.domain.loan import NOTHING_LENT, Shelf
from bot.domain.message import Incoming, Kind
from bot.engine import limits, on_telegram, open_step, plainly, same_person, together, waiting_needs
from bot.engine.settle import in_todays_flows
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
    programme: Programme = NOTHING_OFFERED,
    shelf: Shelf = NOTHING_LENT,
    family: Family = NOBODY,
    told_by: Mapping[str, str] = MappingProxyType({}),
) -> Turn:
    """Takes the conversation one turn further.

    `also` are flows of further needs found in the same message; they are offered afterwards. `now` is business time with a time zone. `programme` is
    what may be booked, and what this resident has booked; `shelf` the same of what is lent; `family` who follows whom. `told_by` are the words that each of several needs was told by.
    """
    understanding = plainly.read(understanding, incoming.text)
    conversation = in_todays_flows(
        same_person.beware(conversation, incoming, world.flows, family, now), world.flows
    ).with_(
        answered_at=tuple(at for at in conversation.answered_at if now - at < _HOUR),
        halted=conversation.halted and conversation.case is not None,
        meanwhile=conversation.meanwhile and conversation.case is not None,
        known=_known(conversation, understanding, incoming, now),
        other_writer=conversation.other_writer
        and conversation.heard_at is not None
        and now - conversation.heard_at <= limits.SAME_SITTING,
    )
    if same_person.is_unsure(conversation, incoming):
        programme, shelf, family = same_person.without_own(programme, shelf, family)
    walk = Walk(conversation, incoming, understanding, world, now, programme, shelf, family)
    if also:
        waiting_needs.keep(walk, also, told_by)
    triage(walk)
    open_step.keep_choice_open(walk)
    together.share(walk, conversation)
    same_person.ask_beside(walk)
    if walk.case_opened:
        _remember_what_was_told(walk)
    _stop_at_the_limit(walk)
    _introduce(walk, conversation)
    walk.finish()
    answered = bool(walk.parts)
    walk.set(
        heard_at=now,
        told=walk.told(),
        last_answer=walk.said() if answered else walk.conversation.last_answer,
        answered_at=(*walk.conversation.answered_at, now) if answered else walk.conversation.answered_at,
    )
    return Turn(walk.conversation, tuple(walk.events))


def _known(
    conversation: Conversation, understanding: Understanding, incoming: Incoming, now: datetime
) -> dict[str, str]:
    """What is remembered, with what this message tells. After a long silence nothing is: the phone may have a new owner."""
    heard = conversation.heard_at
    kept = {} if heard is None or now - heard >= limits.INTRODUCTION_AGAIN else conversation.known
    if conversation.opted_out:
        return {}
    told = {entity.entity: entity.value for entity in understanding.entities if entity.entity in limits.REMEMBERED}
    if incoming.kind in (Kind.TEXT, Kind.PHOTO) and (name := name_to_keep(incoming.text)):
        told["own_name"] = name
    return {**kept, **told}


def _remember_what_was_told(walk: Walk) -> None:
    """Who opens a case is told when a person answers. In danger the answer had better things to say, so the next message gets it."""
    danger = any(
        isinstance(event, CaseOpened) and event.reason in (Reason.EMERGENCY, Reason.FRAUD) for event in walk.events
    )
    walk.set(told_waiting_at=None if danger else walk.now)


def _introduce(walk: Walk, before: Conversation) -> None:
    """The first answer, and one after a long silence, says that it is a machine and how to reach a person."""
    if not walk.parts or walk.conversation.opted_out:
        return
    heard = before.heard_at
    again = heard is not None and walk.now - heard >= limits.INTRODUCTION_AGAIN
    if before.introduced_at is not None and not again:
        return
    if on_telegram.is_off(walk) and not walk.introduction_last:
        return  # it has said who it is, and where help is
    texts = walk.world.texts
    if walk.introduction_last:
        walk.introduction = texts.get("introduction_last", walk.language)
    else:
        walk.introduction = texts.get("introduction", walk.language)
    walk.closing = partial(on_telegram.told_on_telegram, walk)
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
        walk.open_case(Reason.FAILURE, URGENCY_OF[Reason.FAILURE], None)
        walk.set(halted=True)
