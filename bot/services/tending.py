"""Looks for what is due to people who have not just written, and does it one by one. What it is stands in tend_bookings, tend_loans and ask_how_it_went.

Rules:
1. Rows are the truth: each one is a transaction of its own that looks again at what it is about to say, with the conversation held first, as turns
   hold it. Every process may look at the same time.
2. Nothing is begun in the quiet hours, unless the step itself knows which hours are its own; what was due then goes out in the morning.
3. One that cannot be written to never keeps the others waiting. A database that is away ends the round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

import structlog
from sqlalchemy.orm import Session

from bot.domain.conversation import Language
from bot.domain.quiet_hours import is_quiet
from bot.engine.world import World
from bot.services.ports import Clock, Wakeup
from bot.services.write_first import conversation_of
from bot.store.clock import business_time
from bot.store.database import Database, DatabaseAway

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Tending:
    """All that tending needs."""

    database: Database
    world: Callable[[], World]
    clock: Clock
    wakeup: Wakeup


@dataclass(frozen=True, slots=True)
class Turn:
    """One transaction: what it works on, with business time `now` and real time `real`."""

    session: Session
    world: World
    now: datetime
    real: datetime

    def language_of(self, conversation_id: int) -> Language:
        return conversation_of(self.session, conversation_id).language

    def place(self, place_id: str | None) -> str | None:
        """What a place is called; None for one that is no more."""
        return next((place.name for place in self.world.places if place.id == place_id), None)


class OfConversation(Protocol):
    """Something that is due to the one whose conversation it is; of a case that was opened at the desk there may be none."""

    @property
    def conversation_id(self) -> int | None: ...


T = TypeVar("T", bound=Turn)
D = TypeVar("D", bound=OfConversation)


@dataclass(frozen=True, slots=True)
class Step(Generic[T, D]):
    """`find` gives what may be due at a business time; `do` looks again at one of them, and is true when somebody was written to."""

    find: Callable[[Session, datetime], Iterable[D]]
    do: Callable[[T, D], bool]
    knows_its_hours: bool = False
    """Whether it is looked for in the quiet hours too, since `find` and `do` keep to hours of their own."""


def tend(tending: Tending, turn: type[T], steps: Iterable[Step[T, D]]) -> int:
    """Does what is due, step by step; how many were written to. Raises DatabaseAway."""
    written = sum(_each(tending, turn, step) for step in steps)
    if written:
        tending.wakeup.outbox()
    return written


def _each(tending: Tending, turn: type[T], step: Step[T, D]) -> int:
    written = 0
    with tending.database.reading() as session:
        now = business_time(session, tending.clock())
        found = list(step.find(session, now)) if _may(step, now) else []
    for due in found:
        real = tending.clock()
        try:
            with tending.database.writing() as session:
                now = business_time(session, real)
                written += _may(step, now) and step.do(turn(session, tending.world(), now, real), due)
        except DatabaseAway:
            raise
        except Exception as error:  # one that cannot be written to must not keep the others waiting
            _log.error(
                "tending failed", step=step.do.__name__, conversation=due.conversation_id, error=type(error).__name__
            )
    return written


def _may(step: Step[T, D], now: datetime) -> bool:
    return step.knows_its_hours or not is_quiet(now)
