"""Makes what was said of links true: the question to the elder, its answer, and every end.

Rules:
1. A turn holds its own conversation, then the elder's address (while a question is put), then links in the order of their ids. The other person's
   conversation is never held or changed: what concerns them is the link, or a message that is queued.
2. A link that is no longer as the turn read it raises NotAsItWas, and the turn is taken again.
3. The relative is never shown whether anything was sent: a question that may not be sent leaves the same trace as one that nobody answers.
4. The question goes out at any hour, since somebody waits for it, and so does the yes; whatever else is told waits for the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.domain.address import Address, as_dialled
from bot.domain.conversation import Conversation, Language
from bot.domain.events import (
    Answered,
    Button,
    LinkAnswered,
    LinkDoubted,
    LinkEnded,
    LinkScoped,
    LinkWanted,
    Priority,
)
from bot.domain.link import (
    ANSWER_WITHIN,
    ASKED_AT_ONCE,
    LASTS,
    TRIES,
    Doubt,
    EndedBy,
    LinkStatus,
    Scope,
)
from bot.domain.quiet_hours import after_quiet
from bot.domain.relations import Helped
from bot.engine.helping import person
from bot.engine.world import World
from bot.services.book_course import NotAsItWas
from bot.services.open_case_for import sender_of
from bot.services.queue_answer import queue_answer
from bot.store import cases, conversations, links
from bot.store.tables import AddressRow, ConversationRow, LinkRow

LinkEvent = LinkWanted | LinkAnswered | LinkDoubted | LinkScoped | LinkEnded
LONGEST_REASON = 300


def link_relatives(
    session: Session, world: World, event: LinkEvent, conversation_id: int, channel: str, now: datetime, real: datetime
) -> bool:
    """Does what the event says, for a turn of this conversation; True when a message was queued. Raises NotAsItWas."""
    match event:
        case LinkWanted():
            return _want(session, world, event, conversation_id, channel, now, real)
        case LinkAnswered():
            return _answer(session, world, event, conversation_id, now, real)
        case LinkDoubted():
            return _doubt(session, event, conversation_id, now)
        case LinkScoped():
            return _scope(session, world, event, conversation_id, now, real)
        case LinkEnded():
            return _end(session, world, event, conversation_id, now, real)


def end_all(
    session: Session, world: World, conversation_id: int, now: datetime, real: datetime, by: EndedBy | None = None
) -> bool:
    """After STOPP nothing can be told to this person any more, so nobody follows them and they follow nobody; True when a message was queued.

    `by` is who ended it when it was not this person (a new owner of their number).
    """
    either = (LinkRow.elder_id == conversation_id) | (LinkRow.relative_id == conversation_id)
    found = session.scalars(select(LinkRow.id).where(either, LinkRow.status.in_(links.LIVING)).order_by(LinkRow.id))
    queued = False
    for link_id in found.all():
        row = links.lock(session, link_id)
        if row is not None and row.status in links.LIVING:
            queued |= _close(session, world, row, row.elder_id == conversation_id, now, real, by)
    return queued


def ask_elder(session: Session, world: World, row: LinkRow, now: datetime, real: datetime) -> None:
    """Puts the question to the elder: one SMS, at once, and from now ANSWER_WITHIN. The caller has seen that the elder may be written to."""
    language = _language(session, row.elder_id)
    texts = world.texts
    municipality = world.organisation.municipality(row.municipality)
    who = texts.get("link_from_municipality", language, municipality=municipality.name) if municipality else "Lotsen"
    asked = texts.get("link_question", language, sender=who, relative=row.relative_name)
    row.status, row.asked_at, row.ends_at, row.silent = LinkStatus.ASKED, now, now + ANSWER_WITHIN, False
    session.flush()
    address = session.scalars(select(AddressRow).where(AddressRow.text == row.elder_address)).one()
    buttons = (Button(texts.get("button_yes", language), "JA"), Button(texts.get("button_no", language), "NEJ"))
    queue_answer(session, row.elder_id, address, Answered(asked, buttons), now, real, author="bot")


def unnamed(world: World, language: Language, address: AddressRow) -> str:
    """How the elder is told of a relative who gave no name: by their number, or as a relative on Telegram."""
    if address.channel == "sms":
        return world.texts.get("link_unnamed_number", language, number=as_dialled(address.text))
    return world.texts.get("link_unnamed_telegram", language)


def _want(
    session: Session, world: World, event: LinkWanted, relative_id: int, channel: str, now: datetime, real: datetime
) -> bool:
    own = conversations.address_of(session, relative_id, channel)
    earlier = links.asks_of(session, relative_id, event.number)
    if not _may_ask(session, earlier, relative_id, event.number, now):
        return False
    elder_address, elder_id = _elder(session, world, event.number, relative_id, now)
    if elder_id == relative_id:
        return False
    silent = _must_not_be_written_to(session, elder_address, elder_id)
    silent = silent or links.questions_to(session, event.number, now - ANSWER_WITHIN) >= ASKED_AT_ONCE
    home = session.get_one(ConversationRow, relative_id)
    row = LinkRow(
        municipality=home.municipality,
        unit=home.unit,
        relative_id=relative_id,
        relative_channel=channel,
        relative_name=event.relative_name or unnamed(world, _language(session, elder_id), own),
        elder_id=elder_id,
        elder_address=event.number,
        called=event.called,
        relation=event.relation,
        status=LinkStatus.HELD if event.doubt else LinkStatus.ASKED,
        scope=Scope.FOLLOW,
        asked_at=now,
        ends_at=None if event.doubt else now + ANSWER_WITHIN,
        silent=silent,
        reason=_WHY.get(event.doubt, event.doubt)[:LONGEST_REASON],
    )
    session.add(row)
    session.flush()
    if event.doubt:
        _note(session, relative_id, f"Vill följa någon som anhörig. {row.reason} Ingen har tillfrågats.", now)
        return False
    if silent:
        return False
    ask_elder(session, world, row, now, real)
    return True


def _may_ask(session: Session, earlier: Sequence[LinkRow], relative_id: int, number: str, now: datetime) -> bool:
    """Whether a new question may be made: none is living, no no was said, and there are tries and numbers left."""
    for row in earlier:
        if row.status in (LinkStatus.ASKED, LinkStatus.ACTIVE) and row.ends_at is not None and row.ends_at <= now:
            over = LinkStatus.UNANSWERED if row.status == LinkStatus.ASKED else LinkStatus.ENDED
            links.end(row, over, EndedBy.TIME, now)  # it ran out, and no row says so yet
            session.flush()
        elif row.status in links.LIVING:
            return False
    if any(row.ended_by in _NOT_AGAIN for row in earlier):
        return False
    if sum(row.status == LinkStatus.UNANSWERED for row in earlier) >= TRIES:
        return False
    since = now - ANSWER_WITHIN
    asked_lately = any(row.asked_at > since for row in earlier)
    return not asked_lately and links.numbers_asked(session, relative_id, since) < ASKED_AT_ONCE


def _elder(session: Session, world: World, number: str, relative_id: int, now: datetime) -> tuple[AddressRow, int]:
    """The elder's address, held so that questions to it are counted one by one; with a conversation, begun for a number that never wrote."""
    held = session.scalar(
        select(AddressRow)
        .where(AddressRow.text == number)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if held is not None:
        return held, session.scalars(
            select(ConversationRow.id).where(ConversationRow.person_id == held.person_id)
        ).one()
    home = session.get_one(ConversationRow, relative_id)
    try:
        address, conversation = conversations.begin(session, Address(number), home.municipality, home.unit, now)
    except IntegrityError:  # the number wrote, or was asked for by somebody else, at this very moment
        raise NotAsItWas from None
    address.sender = sender_of(world.organisation, home.municipality, home.unit)
    return address, conversation.id


def _answer(session: Session, world: World, event: LinkAnswered, elder_id: int, now: datetime, real: datetime) -> bool:
    row = _as_it_was(session, event.link_id, elder_id, now)
    again = row.status == LinkStatus.ACTIVE
    if not event.yes:
        links.end(row, LinkStatus.ENDED if again else LinkStatus.DECLINED, EndedBy.ELDER, now)
        return _tell_relative(session, world, row, "link_over_told" if again else "link_no_told", now, real)
    row.ends_at, row.asked_again_at = now + LASTS, None
    if again:
        return False
    row.status, row.scope, row.started_at, row.told_state = LinkStatus.ACTIVE, Scope.FOLLOW, now, ""
    return _tell_relative(session, world, row, "link_yes_told", now, real)


def _as_it_was(session: Session, link_id: int, elder_id: int, now: datetime) -> LinkRow:
    """The link while its question is open, held. Raises NotAsItWas."""
    row = links.lock(session, link_id)
    if row is None or row.elder_id != elder_id or row.silent or row.ends_at is None or row.ends_at <= now:
        raise NotAsItWas
    if row.status != LinkStatus.ASKED and not (row.status == LinkStatus.ACTIVE and row.asked_again_at):
        raise NotAsItWas
    return row


def _doubt(session: Session, event: LinkDoubted, elder_id: int, now: datetime) -> bool:
    row = links.lock(session, event.link_id)
    if row is None or row.elder_id != elder_id or row.status not in (LinkStatus.ASKED, LinkStatus.ACTIVE):
        raise NotAsItWas
    row.status, row.asked_again_at = LinkStatus.HELD, None
    row.reason = f"{_DOUBTED[event.doubt]}: {event.said}"[:LONGEST_REASON]
    _note(
        session,
        elder_id,
        f"Får {row.relative_name} följa? {_DOUBTED[event.doubt]}. Inget går vidare förrän du har tittat.",
        now,
    )
    return False


def _scope(session: Session, world: World, event: LinkScoped, elder_id: int, now: datetime, real: datetime) -> bool:
    row = links.lock(session, event.link_id)
    if row is None or row.elder_id != elder_id or not links.is_living(row, now):
        raise NotAsItWas
    row.scope = event.scope
    return _tell_relative(session, world, row, f"link_told_{event.scope}", now, real)


def _end(session: Session, world: World, event: LinkEnded, conversation_id: int, now: datetime, real: datetime) -> bool:
    row = links.lock(session, event.link_id)
    if row is None or conversation_id != (row.elder_id if event.by_elder else row.relative_id):
        raise NotAsItWas
    if event.by_elder and row.status == LinkStatus.UNANSWERED:
        links.end(
            row, LinkStatus.DECLINED, EndedBy.ELDER, now
        )  # the relative knows that there is no leave, and hears no more of it
        return False
    return row.status in links.LIVING and _close(session, world, row, event.by_elder, now, real)


def _close(
    session: Session,
    world: World,
    row: LinkRow,
    by_elder: bool,
    now: datetime,
    real: datetime,
    by: EndedBy | None = None,
) -> bool:
    """Ends what lives, and tells the other one: the relative that there is no leave, the elder who had said yes that nobody follows."""
    began = row.started_at is not None
    status = LinkStatus.ENDED if began or not by_elder else LinkStatus.DECLINED
    links.end(row, status, by or (EndedBy.ELDER if by_elder else EndedBy.RELATIVE), now)
    if by_elder:
        return _tell_relative(session, world, row, "link_over_told" if began else "link_no_told", now, real)
    if not began:
        return False
    language = _language(session, row.elder_id)
    text = world.texts.get("link_left_told", language, relative=row.relative_name)
    return _tell(session, row.elder_id, "sms", text, now, real, held=True)


def _tell_relative(session: Session, world: World, row: LinkRow, key: str, now: datetime, real: datetime) -> bool:
    """A yes is waited for, and told at any hour."""
    language = _language(session, row.relative_id)
    who = person(row.relation, row.called) or Helped("den du hjälper", "the person you help")
    text = world.texts.get(key, language, called=who.called(language))
    return _tell(session, row.relative_id, row.relative_channel, text, now, real, held=key != "link_yes_told")


def _tell(
    session: Session, conversation_id: int, channel: str, text: str, now: datetime, real: datetime, held: bool
) -> bool:
    """Queues a message to the other one, whose conversation is not held; never after STOPP."""
    address = conversations.address_of(session, conversation_id, channel)
    if address.channel != channel or _must_not_be_written_to(session, address, conversation_id):
        return False
    wait = after_quiet(now) - now if held else timedelta(0)
    queue_answer(
        session,
        conversation_id,
        address,
        Answered(text, priority=Priority.REMINDER),
        now,
        real,
        author="bot",
        held=wait,
    )
    return True


def _must_not_be_written_to(session: Session, address: AddressRow, conversation_id: int) -> bool:
    return bool(address.opted_out_at or address.blocked_at) or _state(session, conversation_id).opted_out


def _language(session: Session, conversation_id: int) -> Language:
    return _state(session, conversation_id).language


def _state(session: Session, conversation_id: int) -> Conversation:
    return Conversation.from_json(session.get_one(ConversationRow, conversation_id).state)


def _note(session: Session, conversation_id: int, text: str, now: datetime) -> None:
    case = cases.open_of(session, conversation_id)
    if case is not None:
        cases.note(session, case.id, text, now, kind="event")


_NOT_AGAIN = (EndedBy.ELDER, EndedBy.HANDLEDARE, EndedBy.NEW_OWNER)
"""After a no of these only a handledare asks again."""
_DOUBTED = {
    Doubt.PRESSED: "Den äldre verkar pressad",
    Doubt.UNSURE: "Den äldre undrar om frågan är äkta, eller vet inte vem som frågar",
    Doubt.BY_ANOTHER: "Någon annan verkar svara åt den äldre",
    Doubt.ACCUSED: "Den äldre säger att den anhöriga har gjort något illa",
    Doubt.DANGER: "Den äldre vill inte att någon följer, och berättade samtidigt om en fara",
    Doubt.NEW_OWNER: "Numret verkar tillhöra någon annan nu",
}
_WHY = {
    "secrets": "Den anhöriga verkar vilja ha någon annans koder eller pengar.",
    "name": "Den anhöriga kallar sig något som liknar en myndighet, en bank eller en webbadress.",
}
