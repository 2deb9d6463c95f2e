"""The states of an outgoing message.

Rule: a state moves forward and never back. Status reports come late, twice and in the wrong order, so what counts is
the rank, not the order of arrival (Twilio's states: queued, sending, sent, delivered, undelivered, failed).
"""

from __future__ import annotations

from enum import StrEnum


class Delivery(StrEnum):
    """How far a message has come."""

    QUEUED = "queued"  # waits for a sender
    SENDING = "sending"  # a sender has it right now
    DOUBTFUL = "doubtful"  # was perhaps taken by the provider; is looked up before it is tried again
    SENT = "sent"  # the provider has it
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"  # permanent; is not tried again
    CANCELLED = "cancelled"  # taken back before it was sent (the person said STOPP)


PENDING = (Delivery.QUEUED, Delivery.SENDING, Delivery.DOUBTFUL)

_RANK = {
    Delivery.QUEUED: 0,
    Delivery.SENDING: 0,
    Delivery.DOUBTFUL: 0,
    Delivery.SENT: 1,
    Delivery.UNDELIVERED: 2,
    Delivery.FAILED: 2,
    Delivery.CANCELLED: 2,
    Delivery.DELIVERED: 3,
}

_TWILIO = {
    "accepted": Delivery.SENT,
    "scheduled": Delivery.SENT,
    "queued": Delivery.SENT,
    "sending": Delivery.SENT,
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.DELIVERED,
    "undelivered": Delivery.UNDELIVERED,
    "failed": Delivery.FAILED,
    "canceled": Delivery.CANCELLED,
}


def forward(current: Delivery, reported: Delivery) -> Delivery:
    """The state after a report: the one of higher rank; of equal rank the current one."""
    return reported if _RANK[reported] > _RANK[current] else current


def from_twilio(status: str) -> Delivery | None:
    """Twilio's MessageStatus as ours; None for a status that Twilio has added since (it says nothing we can use)."""
    return _TWILIO.get(status)
