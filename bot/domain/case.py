"""Cases: what a person, not the machine, must deal with.

Rules that must hold everywhere:
1. An address has at most one open case; a new reason is added to it.
2. Urgency never falls while a case is open.
3. A case changes status only as TRANSITIONS says; a refused change names the status and the event.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Status(StrEnum):
    """Where a case stands."""

    WAITING = "waiting"  # nobody has taken it
    CLAIMED = "claimed"  # a handledare has it
    ANSWERED = "answered"  # it waits for the resident
    RESOLVED = "resolved"


class Urgency(StrEnum):
    """How soon somebody must look; in rising order."""

    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class Reason(StrEnum):
    """Why a case is there; in rising gravity."""

    STUCK = "stuck"
    NOT_UNDERSTOOD = "not_understood"
    ASKED = "asked"
    CALLBACK = "callback"
    PRIVACY = "privacy"
    UNREACHABLE = "unreachable"
    FAILURE = "failure"
    FRAUD = "fraud"
    EMERGENCY = "emergency"


OPEN = (Status.WAITING, Status.CLAIMED, Status.ANSWERED)

_RISING_URGENCY = tuple(Urgency)
_RISING_GRAVITY = tuple(Reason)

URGENCY_OF: dict[Reason, Urgency] = {
    Reason.STUCK: Urgency.NORMAL,
    Reason.NOT_UNDERSTOOD: Urgency.NORMAL,
    Reason.ASKED: Urgency.NORMAL,
    Reason.CALLBACK: Urgency.NORMAL,
    Reason.PRIVACY: Urgency.NORMAL,
    Reason.UNREACHABLE: Urgency.HIGH,
    Reason.FAILURE: Urgency.HIGH,
    Reason.FRAUD: Urgency.HIGH,
    Reason.EMERGENCY: Urgency.CRITICAL,
}
"""The lowest urgency that a reason gives."""

TRANSITIONS: dict[tuple[Status, str], Status] = {
    (Status.WAITING, "claim"): Status.CLAIMED,
    (Status.ANSWERED, "claim"): Status.CLAIMED,
    (Status.CLAIMED, "claim"): Status.CLAIMED,  # taken over by somebody else, or claimed again by the same person
    (Status.CLAIMED, "reply"): Status.ANSWERED,
    (Status.ANSWERED, "reply"): Status.ANSWERED,
    (Status.ANSWERED, "undo"): Status.CLAIMED,  # the answer was taken back before it was sent
    (Status.ANSWERED, "undelivered"): Status.CLAIMED,  # the answer did not get there
    (Status.ANSWERED, "resident_wrote"): Status.CLAIMED,
    (Status.CLAIMED, "resident_wrote"): Status.CLAIMED,
    (Status.WAITING, "resident_wrote"): Status.WAITING,
    (Status.ANSWERED, "wrote_to_nobody"): Status.WAITING,  # whoever has it is not at work: somebody else must see it
    (Status.CLAIMED, "wrote_to_nobody"): Status.WAITING,
    (Status.WAITING, "wrote_to_nobody"): Status.WAITING,
    (Status.CLAIMED, "release"): Status.WAITING,
    (Status.ANSWERED, "release"): Status.WAITING,
    (Status.WAITING, "give"): Status.CLAIMED,  # to a colleague, by name
    (Status.CLAIMED, "give"): Status.CLAIMED,
    (Status.ANSWERED, "give"): Status.ANSWERED,
    (Status.WAITING, "move"): Status.WAITING,  # to another unit's queue
    (Status.CLAIMED, "move"): Status.WAITING,
    (Status.ANSWERED, "move"): Status.WAITING,
    (Status.WAITING, "resolve"): Status.RESOLVED,
    (Status.CLAIMED, "resolve"): Status.RESOLVED,
    (Status.ANSWERED, "resolve"): Status.RESOLVED,
    (Status.WAITING, "hand_back"): Status.RESOLVED,
    (Status.CLAIMED, "hand_back"): Status.RESOLVED,
    (Status.ANSWERED, "hand_back"): Status.RESOLVED,
    (Status.RESOLVED, "reopen"): Status.WAITING,  # what was closed did not work after all
}


class CaseRefusal(Exception):
    """What was asked cannot be done to a case in this status. Nothing was changed."""

    def __init__(self, status: Status, event: str) -> None:
        super().__init__(f"a case that is {status} cannot take {event!r}")
        self.status = status
        self.event = event


def after(status: Status, event: str) -> Status:
    """The status after `event`. Raises CaseRefusal when TRANSITIONS has no such change."""
    try:
        return TRANSITIONS[status, event]
    except KeyError:
        raise CaseRefusal(status, event) from None


def highest(urgencies: Iterable[Urgency | str]) -> Urgency:
    """The most urgent of `urgencies`; normal when there are none."""
    ranked = [_RISING_URGENCY.index(Urgency(urgency)) for urgency in urgencies]
    return _RISING_URGENCY[max(ranked, default=0)]


def gravest(reasons: Iterable[Reason | str]) -> Reason:
    """The gravest of `reasons`. Raises ValueError when there are none."""
    return _RISING_GRAVITY[max(_RISING_GRAVITY.index(Reason(reason)) for reason in reasons)]
