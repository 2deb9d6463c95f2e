"""Things that a library lends: what there is, who has it or waits for it, and when it is to be back.

A loan is secret to everyone but the unit that lends (offentlighets- och sekretesslagen 2009:400, 40 kap. 3 §): what we write unasked never says what is
borrowed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.opening_hours import STOCKHOLM
from bot.domain.place import Place

FETCH_WITHIN_DAYS = 7
"""How long something is put aside for the one whose turn it is."""
MOST_DAYS = 365
_DAY_ENDS = time(23, 59)
_LOOK_AHEAD_DAYS = 14
"""A last day on which the door is shut moves to the next one on which it is open, if that is not farther off."""


class LoanStatus(StrEnum):
    """Queued: waits for one. Offered: one is put aside to be fetched. Out: the resident has it."""

    QUEUED = "queued"
    OFFERED = "offered"
    OUT = "out"
    RETURNED = "returned"
    CANCELLED = "cancelled"


LIVE = (LoanStatus.QUEUED, LoanStatus.OFFERED, LoanStatus.OUT)
HELD = (LoanStatus.OFFERED, LoanStatus.OUT)
"""Loans that one unit is bound to."""


class UnitState(StrEnum):
    """In: on the shelf (put aside, when a loan is offered it). To wipe: back, and not yet ready for the next one. Away: mended, lost or resting."""

    IN = "in"
    OUT = "out"
    TO_WIPE = "to_wipe"
    AWAY = "away"


class LoanRefusal(Exception):
    """A loan or a unit of it that is `state` cannot be asked to `event`."""

    def __init__(self, state: str, event: str) -> None:
        super().__init__(f"what is {state} cannot be asked to {event}")
        self.state, self.event = state, event


_LOAN_AFTER: Mapping[tuple[LoanStatus, str], LoanStatus] = {
    (LoanStatus.QUEUED, "offer"): LoanStatus.OFFERED,
    (LoanStatus.QUEUED, "hand_out"): LoanStatus.OUT,
    (LoanStatus.QUEUED, "cancel"): LoanStatus.CANCELLED,
    (LoanStatus.OFFERED, "hand_out"): LoanStatus.OUT,
    (LoanStatus.OFFERED, "cancel"): LoanStatus.CANCELLED,
    (LoanStatus.OUT, "extend"): LoanStatus.OUT,
    (LoanStatus.OUT, "receive"): LoanStatus.RETURNED,
}
_UNIT_AFTER: Mapping[tuple[UnitState, str], UnitState] = {
    (UnitState.IN, "hand_out"): UnitState.OUT,
    (UnitState.IN, "set_aside"): UnitState.AWAY,
    (UnitState.OUT, "receive"): UnitState.TO_WIPE,
    (UnitState.TO_WIPE, "wipe"): UnitState.IN,
    (UnitState.TO_WIPE, "set_aside"): UnitState.AWAY,
    (UnitState.AWAY, "put_back"): UnitState.TO_WIPE,
}


def loan_after(status: LoanStatus, event: str) -> LoanStatus:
    """What a loan is after offer, hand_out, extend, receive or cancel. Raises LoanRefusal."""
    try:
        return _LOAN_AFTER[status, event]
    except KeyError:
        raise LoanRefusal(status, event) from None


def unit_after(state: UnitState, event: str) -> UnitState:
    """What a unit is after hand_out, receive, wipe, set_aside or put_back. Raises LoanRefusal.

    Whatever comes back, from a resident or from the mender, is wiped before it is lent again.
    """
    try:
        return _UNIT_AFTER[state, event]
    except KeyError:
        raise LoanRefusal(state, event) from None


@dataclass(frozen=True, slots=True)
class LoanType:
    """Something that may be borrowed, as a resident is told of it.

    `municipality` is an id. `free_at` are places' ids, one for each unit that nobody has; `homes` every place that has one. `waiting` counts those in the
    queue. `contents` is what a kit holds, by language.
    """

    id: int
    title: Mapping[str, str]
    municipality: str
    days: int
    homes: tuple[str, ...]
    free_at: tuple[str, ...] = ()
    waiting: int = 0
    contents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    """Words that a resident may use for it; "platt*" takes any ending."""

    @property
    def is_out(self) -> bool:
        """Whether a newcomer must wait: those in the queue come first."""
        return len(self.free_at) <= self.waiting

    def title_in(self, language: str) -> str:
        return self.title.get(language) or self.title["sv"]

    def contents_in(self, language: str) -> tuple[str, ...]:
        return tuple(self.contents.get(language) or self.contents.get("sv", ()))


@dataclass(frozen=True, slots=True)
class Loan:
    """A resident's own loan. `place` is where it is fetched, or was; `number` the place in the queue, from 1; times are business times."""

    id: int
    type: LoanType
    status: LoanStatus
    place: str | None = None
    fetch_by: datetime | None = None
    due_at: datetime | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a turn may know of loans: all that is lent, and this resident's own."""

    types: tuple[LoanType, ...] = ()
    loans: tuple[Loan, ...] = ()

    def type(self, type_id: int) -> LoanType | None:
        return next((each for each in self.types if each.id == type_id), None)

    def loan(self, loan_id: int) -> Loan | None:
        return next((loan for loan in self.loans if loan.id == loan_id), None)

    def own(self, type_id: int) -> Loan | None:
        """The resident's own loan of this type."""
        return next((loan for loan in self.loans if loan.type.id == type_id), None)

    def with_status(self, *statuses: LoanStatus) -> tuple[Loan, ...]:
        return tuple(loan for loan in self.loans if loan.status in statuses)


NOTHING_LENT = Shelf()

Opens = Callable[[date], bool]
"""Whether somebody is at the place on that day."""


def staffed_at(places: Iterable[Place], place_id: str | None) -> Opens:
    """On which days somebody is at the place; every day when nothing is known of it."""
    found = next((place for place in places if place.id == place_id), None)
    if found is None:
        return lambda _: True
    return lambda day: found.is_current(day) and bool(found.hours.staffed(day))


def last_moment(now: datetime, days: int, opens: Opens) -> datetime:
    """The end of the Swedish day that is `days` from now; of the next day on which somebody is there, when nobody is then."""
    day = now.astimezone(STOCKHOLM).date() + timedelta(days=days)
    later = (day + timedelta(days=ahead) for ahead in range(_LOOK_AHEAD_DAYS + 1))
    day = next((each for each in later if opens(each)), day)
    return datetime.combine(day, _DAY_ENDS, STOCKHOLM).astimezone(now.tzinfo)


def longer(now: datetime, due_at: datetime, days: int, opens: Opens) -> datetime:
    """When a loan is to be back after it was given more time: a whole period from now, so that asking twice gives no more than asking once."""
    return max(due_at, last_moment(now, days, opens))


def is_late(due_at: datetime | None, now: datetime) -> bool:
    return due_at is not None and now > due_at
