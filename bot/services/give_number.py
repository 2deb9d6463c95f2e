"""Somebody at the desk or on the line gives a number later, or a better one to be phoned on. Nothing is sent by that.

Only a case without a conversation gets a number: whoever has written keeps theirs. From a mobile number on, the case has the conversation of
that number, and is answered by SMS.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.domain.address import Address
from bot.domain.case import CaseRefusal, Status
from bot.domain.conversation import Language
from bot.domain.duty import Organisation
from bot.engine.world import World
from bot.services.hold_case import hold_case, refuse_if_taken
from bot.services.open_case_for import CaseElsewhere, conversation_of
from bot.services.ports import Clock
from bot.services.viewer import sees_case, viewer
from bot.store import cases, conversations, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import CaseRow, UserRow


class HasNumber(Exception):
    """The case is answered where the person wrote; its number stays."""


class OpenAlready(Exception):
    """The person of the number has the open case `case_id`."""

    def __init__(self, case_id: int) -> None:
        super().__init__(f"case {case_id} is open for that number")
        self.case_id = case_id


def give_number(
    database: Database, world: Callable[[], World], clock: Clock, user: UserRow, case_id: int, number: Address
) -> None:
    """The case has this number from now on; once more does nothing.

    Raises CaseNotFound, CaseTaken, CaseRefusal, HasNumber, OpenAlready, CaseElsewhere, DatabaseAway.
    """
    organisation = world().organisation
    try:
        _give(database, organisation, clock, user, case_id, number)
    except IntegrityError:  # the number wrote at this very moment: now there is something to find
        _give(database, organisation, clock, user, case_id, number)


def _give(
    database: Database, organisation: Organisation, clock: Clock, user: UserRow, case_id: int, number: Address
) -> None:
    with database.writing() as session:
        now = business_time(session, clock())
        row = hold_case(session, viewer(user, organisation), case_id)
        if row.address == number.text:
            return
        if row.status == Status.RESOLVED:
            raise CaseRefusal(Status(row.status), "number")
        if row.conversation_id is not None:
            raise HasNumber(f"case {case_id} has a conversation")
        refuse_if_taken(session, row, user)
        conversation = None
        if number.takes_sms:
            language, home = cast("Language", row.language), (row.municipality, row.unit)
            conversation = conversation_of(session, organisation, number, language, home, now)
        other = cases.open_of(session, conversation.id) if conversation else _phoned(session, number)
        if other is not None:
            if not sees_case(viewer(user, organisation), other):
                raise CaseElsewhere(f"user {user.id} may not see open case {other.id} of the same person")
            raise OpenAlready(other.id)
        row.address = number.text
        if conversation is not None:
            row.conversation_id, row.channel = conversation.id, "sms"
            session.flush()
            conversations.bump(session, conversation.id)  # a turn under way is done again, now that a person has it
        row.version += 1
        users.audit(session, now, user.id, "number", row.id)


def _phoned(session: Session, number: Address) -> CaseRow | None:
    """The open case of a number that can only be phoned."""
    alone = select(CaseRow).where(CaseRow.conversation_id.is_(None), CaseRow.status != Status.RESOLVED)
    return session.scalar(alone.where(CaseRow.address == number.text).limit(1))
