"""A case in somebody's hands: taken out for one transaction, and moved from one status to the next as the domain says."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.case import Status, after
from bot.services.alert_duty import calm
from bot.services.read_cases import CaseNotFound
from bot.services.viewer import Viewer, sees_case
from bot.store import conversations, users
from bot.store.tables import CaseRow, UserRow


class CaseTaken(Exception):
    """A colleague has the case; who, is the message."""


def hold_case(session: Session, who: Viewer, case_id: int) -> CaseRow:
    """The case, and its conversation before it, kept from everyone else until the transaction ends. Raises CaseNotFound.

    Whether it may be seen is asked once it is held: it may have gone to another unit a moment ago.
    """
    conversation_id = session.scalar(select(CaseRow.conversation_id).where(CaseRow.id == case_id))
    if conversation_id is not None:
        conversations.lock(session, conversation_id)
    row = session.get(CaseRow, case_id, with_for_update=True, populate_existing=True)
    if row is None or not sees_case(who, row):
        raise CaseNotFound(f"user {who.user_id} finds no case {case_id}")
    return row


def change_status(session: Session, row: CaseRow, event: str) -> None:
    """What the event makes of the case; a turn under way is done again, and nobody is reminded of it any more. Raises CaseRefusal, with nothing changed."""
    row.status = after(Status(row.status), event)
    row.version += 1
    calm(session, row)
    if row.conversation_id is not None:
        conversations.bump(session, row.conversation_id)


def refuse_if_taken(session: Session, row: CaseRow, user: UserRow) -> None:
    """Raises CaseTaken when a colleague has the open case."""
    if row.status not in (Status.WAITING, Status.RESOLVED) and row.claimed_by not in (None, user.id):
        raise CaseTaken(users.name_of(session, row.claimed_by) or "")
