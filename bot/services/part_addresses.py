"""A handledare parts the Telegram of a person from their number, when somebody else turned out to write there.

Whoever writes on Telegram begins anew and knows nothing of the rest; everything said so far stays with the number, since it is the number whose owner
answers for it. Who follows an elder from that Telegram goes on doing so: that elder said yes to them.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import update

from bot.domain.conversation import Conversation
from bot.engine.world import World
from bot.services.hold_case import hold_case, refuse_if_taken
from bot.services.ports import Clock
from bot.services.viewer import viewer
from bot.store import cases, conversations, moving, outbox, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import ConversationRow, LinkRow, UserRow


class NothingToPart(Exception):
    """The person of the case has not both a number and a Telegram."""


def part_addresses(database: Database, world: Callable[[], World], clock: Clock, case_id: int, user: UserRow) -> None:
    """Parts them in one transaction. Raises CaseNotFound, CaseTaken, NothingToPart, DatabaseAway."""
    with database.writing() as session:
        row = hold_case(session, viewer(user, world().organisation), case_id)
        refuse_if_taken(session, row, user)
        own, number = (
            moving.address_on(session, row.conversation_id, channel) if row.conversation_id else None
            for channel in ("telegram", "sms")
        )
        if own is None or number is None or row.conversation_id is None:
            raise NothingToPart(f"case {case_id} has not both")
        now = business_time(session, clock())
        was = session.get_one(ConversationRow, row.conversation_id)
        outbox.cancel_pending(session, own.text)
        state = Conversation.from_json(was.state)
        anew = moving.begin_anew(session, own, was, Conversation(language=state.language), now)
        session.execute(
            update(LinkRow)
            .where(LinkRow.relative_id == was.id, LinkRow.relative_channel == "telegram")
            .values(relative_id=anew.id)
            .execution_options(synchronize_session=False)
        )
        if (open_case := cases.open_of(session, was.id)) is not None:
            open_case.channel, open_case.address = "sms", number.text
            open_case.version += 1
        conversations.bump(session, was.id)
        row.version += 1
        cases.note(
            session, row.id, "Telegram är skilt från numret. Den som skriver där börjar om.", now, "event", user.id
        )
        users.audit(session, now, user.id, "part", row.id)
