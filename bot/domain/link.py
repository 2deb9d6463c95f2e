"""A link: the leave that an elder gives a relative to follow their matters. No link, no leave; and every leave ends.

The elder is asked by SMS on the number that the relative gave, and only a yes from that number begins it. Terms: docs/glossary.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.case import Status
from bot.domain.conversation import Position
from bot.domain.course import Booking
from bot.domain.joining import JoinQuestion

ANSWER_WITHIN = timedelta(hours=72)
"""How long the question to the elder stays open."""
TRIES = 3
"""So many times may a relative have the same number asked; after a no, not again but by a handledare."""
ASKED_AT_ONCE = 3
"""So many numbers may one person have asked within ANSWER_WITHIN, and so many questions may one number get: more would be fishing, or a nuisance."""
LASTS = timedelta(days=365)
"""A leave is given for a year at most, then the elder is asked again."""
LATE_ANSWER = timedelta(days=30)
"""So long after a question ran out an answer to it is still known as one."""
ASKED_AGAIN = timedelta(days=14)
"""Before the end: from then the elder is asked whether it goes on."""


class LinkStatus(StrEnum):
    """How a link stands. Only an active one lets anything through."""

    HELD = "held"  # a handledare looks at it before the elder is asked, or before it goes on
    ASKED = "asked"
    ACTIVE = "active"
    DECLINED = "declined"
    UNANSWERED = "unanswered"
    ENDED = "ended"


class Scope(StrEnum):
    """What the elder lets the relative do; each holds what stands before it."""

    FOLLOW = "follow"  # that there is a case and how it stands, which guide and step, times and places of bookings
    REMINDERS = "reminders"  # and is reminded of what is booked
    BOOK = "book"  # and books and cancels in the elder's name

    def holds(self, other: Scope) -> bool:
        order = tuple(Scope)
        return order.index(self) >= order.index(other)


class EndedBy(StrEnum):
    """Who or what ended a link, or said no to it."""

    ELDER = "elder"
    RELATIVE = "relative"
    TIME = "time"
    HANDLEDARE = "handledare"
    NEW_OWNER = "new_owner"  # the number belongs to somebody else now


class Doubt(StrEnum):
    """Why a handledare looks at a link before anything of it goes on: what the elder's words gave cause to think."""

    PRESSED = "pressed"
    UNSURE = "unsure"  # asks whether it is a fraud, or knows nobody of that name
    BY_ANOTHER = "by_another"  # somebody else answers for the elder
    ACCUSED = "accused"  # the relative is said to have done something bad
    DANGER = "danger"  # somebody shall follow no longer, told together with a danger
    NEW_OWNER = "new_owner"  # the number may belong to somebody else


class Deed(StrEnum):
    """What a relative did in the elder's name; the elder is told."""

    BOOKED = "booked"
    WAITLISTED = "waitlisted"
    CANCELLED = "cancelled"
    NOTED = "noted"
    GUIDE = "guide"


@dataclass(frozen=True, slots=True)
class Question:
    """A question to this person as the elder: may that relative follow (or go on following, when `again`)?"""

    link_id: int
    relative_name: str
    asked_at: datetime
    again: bool = False


@dataclass(frozen=True, slots=True)
class Helper:
    """A relative with this elder's leave. `position` is where the relative got to in a guide of the elder's, at `moved_at`."""

    link_id: int
    relative_name: str
    scope: Scope
    ends_at: datetime
    position: Position | None = None
    moved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Elder:
    """Somebody whose leave this person has, and what it shows of them: nothing that was written, and no course by its name.

    `case` is how their open case stands, none when there is none. `position` is where they are in a guide, or left one last, and `moved_at` when they last wrote; or where
    this relative got to since, and when.
    `bookings` are there for telling time and place, and for cancelling with Scope.BOOK. `home` is the municipality and unit whose people answer the case,
    or that the elder writes to.
    """

    link_id: int
    called: str
    relation: str
    scope: Scope
    case: Status | None = None
    bookings: tuple[Booking, ...] = ()
    position: Position | None = None
    moved_at: datetime | None = None
    home: tuple[str | None, str | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Wish:
    """A link that this person has asked for and has no leave by: `refused` when the answer was no or the leave is over, else there is no answer yet."""

    link_id: int
    called: str
    relation: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Family:
    """What a turn may know of links: as the elder, and as the relative.

    `own_numbers` are this person's own (E.164). `person_wrote_at` is when a handledare last wrote to them.
    """

    questions: tuple[Question, ...] = ()
    helpers: tuple[Helper, ...] = ()
    elders: tuple[Elder, ...] = ()
    wishes: tuple[Wish, ...] = ()
    own_numbers: frozenset[str] = frozenset()
    name: str = ""
    """What this person calls themselves, when the channel tells: the first name on Telegram."""
    person_wrote_at: datetime | None = None
    joins: tuple[JoinQuestion, ...] = ()
    """Whether this person is the one who writes from Telegram and gave this number."""
    heard_here_at: datetime | None = None
    """When something last came from the number that writes now, if the person has other addresses too."""
    held: tuple[int, ...] = ()
    """Links to this person as the elder that a handledare looks at."""
    run_out: tuple[Question, ...] = ()
    """Questions to this person as the elder that nobody answered in time, not long ago."""

    def elder(self, link_id: int | None) -> Elder | None:
        return next((elder for elder in self.elders if elder.link_id == link_id), None)


NOBODY = Family()
