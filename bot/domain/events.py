"""What happened in a turn, in the past tense. The engine returns events; services make them true in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from bot.domain.case import Reason, Status, Urgency
from bot.domain.conversation import Position
from bot.domain.link import Doubt, Scope


class Priority(IntEnum):
    """Which message goes first when several wait; low goes first."""

    DANGER = 0
    ANSWER = 10
    REMINDER = 20


@dataclass(frozen=True, slots=True)
class Button:
    """A choice that Telegram shows as a button. `says` is what pressing it means, as if it had been written."""

    label: str
    says: str


SHARE_CONTACT = "<contact>"
"""What a button says that opens the telephone's own sharing of contacts, where the channel can (Telegram)."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The machine answered. `text` is whole and final but for the channel's own alphabet rules."""

    text: str
    buttons: tuple[Button, ...] = ()
    priority: Priority = Priority.ANSWER


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """A person must take over. With a case already open, the reason is added to it and its urgency never falls."""

    reason: Reason
    urgency: Urgency
    topic: str | None
    summary: str
    silent: bool = False
    """Nothing may be sent to the resident (danger told after STOPP)."""


@dataclass(frozen=True, slots=True)
class CaseNoted:
    """The resident added something that belongs to the open case, such as a time for being phoned; by a link, to the elder's case."""

    text: str
    link_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseReopened:
    """What was closed did not work after all ("det funkade inte")."""


@dataclass(frozen=True, slots=True)
class OptedOut:
    """STOPP: no more messages to this address until START."""


@dataclass(frozen=True, slots=True)
class OptedIn:
    """START after STOPP."""


@dataclass(frozen=True, slots=True)
class Remarked:
    """A wish or an opinion about the help, for those who plan it. kind: wish or feedback."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class GuideFinished:
    """The last step of a guide was done; whether it helped is asked later."""

    flow: str


@dataclass(frozen=True, slots=True)
class SeatTaken:
    """A chair of the course is wanted, or a place in its queue. `for_whom` is empty for the one who writes; by a link it is for the elder."""

    course_id: int
    waits: bool = False
    for_whom: str = ""
    link_id: int | None = None


@dataclass(frozen=True, slots=True)
class SeatAccepted:
    """The chair that is held for the booking is taken."""

    booking_id: int


@dataclass(frozen=True, slots=True)
class BookingCancelled:
    """The chair, or the place in the queue, is given back; by a link, the elder's."""

    booking_id: int
    link_id: int | None = None


@dataclass(frozen=True, slots=True)
class LoanWanted:
    """One of the type is to be put aside at `place`, or a place in the queue taken when `waits`."""

    type_id: int
    place: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True)
class LoanExtended:
    """The resident keeps what they have borrowed for one more period."""

    loan_id: int


@dataclass(frozen=True, slots=True)
class LoanCancelled:
    """What was put aside, or the place in the queue, is given up."""

    loan_id: int


@dataclass(frozen=True, slots=True)
class LinkWanted:
    """Somebody wants to follow the matters of whoever has the number (E.164). With a `doubt` a handledare looks at it before anybody is asked."""

    number: str
    relative_name: str
    called: str
    relation: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class LinkAnswered:
    """The elder said yes or no, to the first question or to the one whether it goes on."""

    link_id: int
    yes: bool


@dataclass(frozen=True, slots=True)
class LinkDoubted:
    """Something is wrong, by `said`, the elder's words: nothing goes through until a handledare has looked."""

    link_id: int
    doubt: Doubt
    said: str


@dataclass(frozen=True, slots=True)
class LinkScoped:
    """The elder chose what the relative may do."""

    link_id: int
    scope: Scope


@dataclass(frozen=True, slots=True)
class LinkEnded:
    """The elder or the relative ended it. `by_elder` tells which."""

    link_id: int
    by_elder: bool


@dataclass(frozen=True, slots=True)
class GuideShared:
    """The relative is at this step of the elder's guide, for the elder to go on from."""

    link_id: int
    position: Position


@dataclass(frozen=True, slots=True)
class StandingTold:
    """The relative has been told how the elder's case stands (None: none is open), since they asked: it is no news any more."""

    link_id: int
    case: Status | None


@dataclass(frozen=True, slots=True)
class JoinWanted:
    """Somebody on Telegram says that the number (E.164) is their own, too."""

    number: str


@dataclass(frozen=True, slots=True)
class JoinAnswered:
    """The number said that it is the same person, or that it is not."""

    request_id: int
    yes: bool


@dataclass(frozen=True, slots=True)
class NewOwner:
    """The number belongs to somebody else than the one who was last heard at `heard_at`: they begin anew. `asked_person` when they wait for one."""

    heard_at: datetime
    asked_person: bool = False


Owning = JoinWanted | JoinAnswered | NewOwner
Linking = LinkWanted | LinkAnswered | LinkDoubted | LinkScoped | LinkEnded | GuideShared | StandingTold
Lending = LoanWanted | LoanExtended | LoanCancelled
Event = (
    Owning
    | Linking
    | Lending
    | SeatTaken
    | SeatAccepted
    | BookingCancelled
    | GuideFinished
    | Remarked
    | Answered
    | CaseOpened
    | CaseNoted
    | CaseReopened
    | OptedOut
    | OptedIn
)
