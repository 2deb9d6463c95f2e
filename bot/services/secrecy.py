"""What was said with another unit. A person has one conversation, but secrecy runs between units (OSL 2009:400, 8 kap. 2 §).

Who may not see a case may not see either what was said while it was open, from its opening to its end, nor what was written as an answer to it.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, false, not_, or_
from sqlalchemy.orm import aliased

from bot.services.viewer import Viewer, seen_by
from bot.store.tables import CaseRow, MessageRow, OutboxRow


def hidden_from(who: Viewer) -> ColumnElement[bool]:
    """The messages that this viewer may not see; a condition on MessageRow, for any query that reads messages."""
    if not who.municipalities:
        return false()
    case = aliased(CaseRow)
    unseen = not_(seen_by(who, case))
    while_open = exists().where(
        case.conversation_id == MessageRow.conversation_id,
        unseen,
        MessageRow.at >= case.opened_at,
        or_(case.resolved_at.is_(None), MessageRow.at <= case.resolved_at),
    )
    answer = exists().where(OutboxRow.message_id == MessageRow.id, OutboxRow.case_id == case.id, unseen)
    return or_(while_open, answer)
