"""A case with a conversation, and two handledare."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.address import Address
from bot.domain.case import Reason, Urgency
from bot.store import cases, conversations, users
from bot.store.database import Database
from tests.stand_ins import MONDAY, SVEA


@dataclass(frozen=True)
class Staffed:
    """The ids of what is there."""

    case: int
    anna: int
    bo: int


def staffed(database: Database) -> Staffed:
    """Makes them."""
    with database.writing() as session:
        address, conversation = conversations.begin(session, Address(SVEA), "kalmar", None, MONDAY)
        reason, urgency = Reason.ASKED, Urgency.NORMAL
        new = cases.NewCase(
            conversation.id, address.text, "sms", "sv", "kalmar", None, "kalmar", reason, urgency, None, "vill ha hjälp"
        )
        case, _ = cases.open_or_add(session, new, MONDAY)
        anna, bo = (
            users.add(session, f"{name}@kalmar.example", name, "handledare", "hash", MONDAY) for name in ("Anna", "Bo")
        )
        return Staffed(case.id, anna.id, bo.id)
