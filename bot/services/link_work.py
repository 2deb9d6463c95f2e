"""What every act of a handledare on a link is made of: both are told, what was done is noted on their cases, and it stands in the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.conversation import Conversation
from bot.domain.events import Answered, Priority
from bot.domain.link import LASTS, LinkStatus, Scope
from bot.domain.quiet_hours import after_quiet
from bot.domain.secrets import mask
from bot.engine.helping import person
from bot.engine.world import World
from bot.services.link_relatives import ask_elder
from bot.services.queue_answer import queue_answer
from bot.services.viewer import Viewer, sees_case
from bot.services.write_first import may_be_written_to
from bot.store import cases, conversations, users
from bot.store.tables import ConversationRow, LinkRow, UserRow

LONGEST_NAME = 30
LONGEST_STORED_NAME = 60
"""Who gave no name is described instead ("en anhörig på Telegram")."""
LONGEST_REASON = 500
MAY = {
    Scope.FOLLOW: "följa ärendet",
    Scope.REMINDERS: "följa ärendet och få påminnelser",
    Scope.BOOK: "följa ärendet, få påminnelser, boka och avboka",
}
"""Notes are in Swedish, as all that handledare leave for one another."""


class LinkFault(Exception):
    """What was typed does not do. `field` is the form's, `why` one of: number, no_case, same, elder_no_number, stopped, already, empty, long, choose."""

    def __init__(self, field: str, why: str, link_id: int | None = None) -> None:
        super().__init__(f"{field}: {why}")
        self.field, self.why, self.link_id = field, why, link_id


class LinkChanged(Exception):
    """The link does not stand as it did when the page was shown."""


@dataclass(frozen=True, slots=True)
class Held:
    """One transaction about one link, with business time `now` and real time `real`."""

    session: Session
    world: World
    user: UserRow
    who: Viewer
    row: LinkRow
    now: datetime
    real: datetime


def begin(held: Held, scope: Scope) -> None:
    row = held.row
    row.status, row.scope = LinkStatus.ACTIVE, scope
    row.started_at, row.ends_at = row.started_at or held.now, held.now + LASTS
    row.asked_again_at, row.silent, row.told_state = None, False, ""
    tell_elder(held, "link_by_staff_started_elder")
    tell_relative(held, "link_by_staff_started_relative")


def ask(held: Held) -> None:
    ask_elder(held.session, held.world, held.row, held.now, held.real)


def tell_elder(held: Held, key: str) -> None:
    _tell(held, held.row.elder_id, "sms", key)


def tell_relative(held: Held, key: str) -> None:
    _tell(held, held.row.relative_id, held.row.relative_channel, key)


def _tell(held: Held, conversation_id: int, channel: str, key: str) -> None:
    """Nobody who has said STOPP or cannot be reached is written to, and nobody in the night."""
    if not may_be_written_to(held.session, conversation_id, channel):
        return
    texts, row = held.world.texts, held.row
    language = Conversation.from_json(held.session.get_one(ConversationRow, conversation_id).state).language
    may = texts.get(f"link_by_staff_may_{row.scope}", language)
    text = texts.get(
        key, language, name=row.relative_name, called=_spoken_of(row.relation, row.called, language), may=may
    )
    address = conversations.address_of(held.session, conversation_id, channel)
    until_morning = after_quiet(held.now) - held.now
    queue_answer(
        held.session, conversation_id, address, Answered(text, priority=Priority.REMINDER), held.now, held.real, "bot",
        held=until_morning,
    )  # fmt: skip


def note(held: Held, act: str, text: str, case_id: int | None = None) -> None:
    """What was done stands on the open cases of both that the handledare may see, and in the audit log."""
    row = held.row
    for conversation_id in (row.elder_id, row.relative_id):
        conversations.bump(held.session, conversation_id)
        case = cases.open_of(held.session, conversation_id)
        if case is not None and sees_case(held.who, case):
            cases.note(held.session, case.id, text.strip(), held.now, kind="event")
            case.version += 1
            case_id = case_id or case.id
    users.seen(held.session, held.user.id, held.now)
    users.audit(held.session, held.now, held.user.id, act, case_id, f"link:{row.id}")


def reason_of(text: str) -> str:
    return line_of("reason", text, LONGEST_REASON)


def line_of(field: str, text: str, most: int) -> str:
    """The text on one line, secrets masked. Raises LinkFault."""
    line = mask(" ".join(text.split())).text
    if not line:
        raise LinkFault(field, "empty")
    if len(line) > most:
        raise LinkFault(field, "long")
    return line


def said_yes(held: Held, scope: Scope) -> str:
    row = held.row
    return f"{held.user.name} kopplade {row.relative_name} som anhörig, efter ja från den äldre. Får {MAY[scope]}. {row.reason}"


def _spoken_of(relation: str, called: str, language: str) -> str:
    """The elder, as the relative is told of them."""
    who = person(relation, called)
    return who.called(language) if who else called
