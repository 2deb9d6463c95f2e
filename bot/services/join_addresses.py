"""Joins the SMS and the Telegram of one person, after a yes by SMS.

Rules:
1. A turn holds its own conversation only. The turn of the one who asks writes the question; the turn that hears the yes marks it; the joining is a
   transaction of its own right after, which holds both conversations in the order of their ids. Tending does what a process that died has left.
2. Everything of the Telegram conversation goes to the SMS conversation. The one that is left is empty, and nothing refers to it but the wish itself.
3. A person has one address on a channel: an older Telegram account of the same number becomes a person of its own, with nothing of the old.
4. The one who asks is never shown whether anything was sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.domain.address import Address
from bot.domain.case import URGENCY_OF, Reason
from bot.domain.conversation import Conversation
from bot.domain.events import Answered, Button, Event, JoinAnswered, JoinWanted
from bot.domain.joining import ANSWER_WITHIN, ASKED_AT_ONCE, TRIES, JoinStatus
from bot.engine.joined import joined
from bot.engine.world import World
from bot.services.book_course import NotAsItWas
from bot.services.join_cases import TwoOnLoan, join_bookings, join_cases, join_follow_ups, join_links, join_loans
from bot.services.open_case_for import sender_of
from bot.services.queue_answer import queue_answer
from bot.services.tending import Tending
from bot.store import cases, conversations, inbox, join, moving
from bot.store.clock import business_time
from bot.store.database import Database, DatabaseAway
from bot.store.tables import AddressRow, ConversationRow, JoinRow

_log = structlog.get_logger(__name__)


def want(session: Session, world: World, event: JoinWanted, asker_id: int, now: datetime, real: datetime) -> bool:
    """Asks the number, if it may be asked; True when a message was queued. The caller's turn holds the asker's conversation."""
    earlier = join.asks_of(session, asker_id, event.number)
    since = now - ANSWER_WITHIN
    if any(row.status in (JoinStatus.DECLINED, JoinStatus.ACCEPTED) for row in earlier) or len(earlier) >= TRIES:
        return False
    if any(row.asked_at > since for row in earlier) or join.numbers_asked(session, asker_id, since) >= ASKED_AT_ONCE:
        return False
    asker = moving.address_on(session, asker_id, "telegram")
    address, number_id = _number(session, world, event.number, asker_id, now)
    if asker is None or number_id == asker_id:
        return False
    state = Conversation.from_json(session.get_one(ConversationRow, number_id).state)
    silent = bool(address.opted_out_at or address.blocked_at or state.opted_out) or join.is_open(
        session, event.number, now
    )
    silent = silent or join.questions_since(session, event.number, since) >= ASKED_AT_ONCE
    session.add(
        JoinRow(
            asker_id=asker_id,
            asker_address=asker.text,
            number_id=number_id,
            number=event.number,
            status=JoinStatus.UNSENT if silent else JoinStatus.ASKED,
            asked_at=now,
            ends_at=now + ANSWER_WITHIN,
        )
    )
    session.flush()
    if silent:
        return False
    texts = world.texts
    buttons = (
        Button(texts.get("button_yes", state.language), "JA"),
        Button(texts.get("button_no", state.language), "NEJ"),
    )
    question = Answered(texts.get("own_question", state.language), buttons)
    queue_answer(session, number_id, address, question, now, real, author="bot")
    return True


def answer(session: Session, event: JoinAnswered, number_id: int, now: datetime) -> None:
    """Marks what the number said. Raises NotAsItWas when the question is open no longer."""
    row = join.lock(session, event.request_id)
    if row is None or row.number_id != number_id or row.status != JoinStatus.ASKED or row.ends_at <= now:
        raise NotAsItWas
    row.status, row.answered_at = JoinStatus.ACCEPTED if event.yes else JoinStatus.DECLINED, now


def carry_out(database: Database, world: World, events: Iterable[Event], real: datetime) -> bool:
    """After a turn that said yes: joins at once; True when a message was queued. A fault is left to tending."""
    said_yes = [event.request_id for event in events if isinstance(event, JoinAnswered) and event.yes]
    queued = False
    for request_id in said_yes:
        queued |= _try(database, world, request_id, real)
    return queued


def tend_joins(tending: Tending) -> int:
    """Joins what was left half-way, and ends what was not answered in time; how many were written to. Raises DatabaseAway."""
    real = tending.clock()
    with tending.database.reading() as session:
        now = business_time(session, real)
        left, over = [row.id for row in join.accepted(session)], [row.id for row in join.over(session, now)]
    for request_id in over:
        with tending.database.writing() as session:
            row = join.lock(session, request_id)
            if row is not None and row.status == JoinStatus.ASKED:
                row.status, row.answered_at = JoinStatus.UNANSWERED, now
    written = sum(_try(tending.database, tending.world(), request_id, real) for request_id in left)
    if written:
        tending.wakeup.outbox()
    return written


def _try(database: Database, world: World, request_id: int, real: datetime) -> bool:
    try:
        with database.writing() as session:
            return join_accepted(session, world, request_id, business_time(session, real), real)
    except DatabaseAway:
        raise
    except TwoOnLoan:
        with database.writing() as session:
            return _give_to_a_person(session, world, request_id, business_time(session, real), real)
    except Exception as error:  # one that cannot be joined must not keep the others waiting
        _log.error("joining failed", request=request_id, error=type(error).__name__)
        return False


def join_accepted(session: Session, world: World, request_id: int, now: datetime, real: datetime) -> bool:
    """Joins what was said yes to; True when messages were queued. Raises TwoOnLoan, with nothing kept by the caller."""
    row = _held(session, request_id)
    if row is None:
        return False
    telegram, sms = row.asker_id, row.number_id
    own, number = moving.address_on(session, telegram, "telegram"), moving.address_on(session, sms, "sms")
    asker, target = session.get_one(ConversationRow, telegram), session.get_one(ConversationRow, sms)
    stopped = Conversation.from_json(asker.state).opted_out
    fits = own is not None and own.text == row.asker_address and number is not None and number.text == row.number
    if not fits or stopped or moving.address_on(session, telegram, "sms") is not None:
        row.status = JoinStatus.VOID
        return False
    assert own is not None
    if (older := moving.address_on(session, sms, "telegram")) is not None:
        moving.begin_anew(
            session, older, target, Conversation(language=Conversation.from_json(target.state).language), now
        )
    join_cases(session, world, telegram, sms, now, real)
    join_bookings(session, telegram, sms, now)
    join_loans(session, telegram, sms, now)
    join_links(session, telegram, sms, now)
    join_follow_ups(session, telegram, sms)
    _join_states(session, asker, target, row.answered_at or now)
    row.status = JoinStatus.JOINED
    own.person_id = target.person_id
    moving.move_all(session, telegram, sms)
    row = session.get_one(JoinRow, request_id)
    row.asker_id = telegram  # the wish alone tells where the empty conversation went
    if inbox.pending(session, sms):
        session.get_one(ConversationRow, sms).due_at = real
    address = moving.address_on(session, sms, "telegram")
    assert address is not None, "it was moved a moment ago"
    state = Conversation.from_json(session.get_one(ConversationRow, sms).state)
    said = world.texts.get("own_joined_there", state.language)
    queue_answer(session, sms, address, Answered(said), now, real, author="bot")
    return True


def _held(session: Session, request_id: int) -> JoinRow | None:
    """The wish that was said yes to, with both conversations held; None when it is carried out already."""
    seen = session.get(JoinRow, request_id)
    if seen is None or seen.status != JoinStatus.ACCEPTED:
        return None
    for conversation_id in sorted((seen.asker_id, seen.number_id)):
        conversations.lock(session, conversation_id)
    row = join.lock(session, request_id)
    return row if row is not None and row.status == JoinStatus.ACCEPTED else None


def _join_states(session: Session, asker: ConversationRow, target: ConversationRow, answered_at: datetime) -> None:
    """The yes itself is no sign of where the person was last."""
    sms, telegram = Conversation.from_json(target.state), Conversation.from_json(asker.state)
    by_sms, by_telegram = _before_the_yes(session, target.id, answered_at), telegram.heard_at
    newer = by_telegram is not None and (by_sms is None or by_telegram > by_sms)
    state = joined(sms, telegram, telegram_is_newer=newer)
    target.state, target.municipality, target.unit = state.to_json(), state.municipality, state.unit
    target.version += 1
    asker.state, asker.due_at = Conversation(language=telegram.language).to_json(), None
    asker.version += 1


def _before_the_yes(session: Session, conversation_id: int, answered_at: datetime) -> datetime | None:
    yes = join.last_heard(session, conversation_id, answered_at)
    return join.last_heard(session, conversation_id, yes) if yes else None


def _number(session: Session, world: World, number: str, asker_id: int, now: datetime) -> tuple[AddressRow, int]:
    """The number's address, held so that questions to it are counted one by one, and its conversation, begun when it never wrote."""
    query = select(AddressRow).where(AddressRow.text == number).with_for_update(key_share=True)
    held = session.scalar(query.execution_options(populate_existing=True))
    if held is not None:
        return held, session.scalars(
            select(ConversationRow.id).where(ConversationRow.person_id == held.person_id)
        ).one()
    home = session.get_one(ConversationRow, asker_id)
    try:
        address, conversation = conversations.begin(session, Address(number), home.municipality, home.unit, now)
    except IntegrityError:  # it wrote at this very moment
        raise NotAsItWas from None
    address.sender = sender_of(world.organisation, home.municipality, home.unit)
    return address, conversation.id


def _give_to_a_person(session: Session, world: World, request_id: int, now: datetime, real: datetime) -> bool:
    """Says that it is not one conversation after all, and leaves it to a handledare."""
    row = _held(session, request_id)
    if row is None:
        return False
    row.status = JoinStatus.VOID
    address, conversation = (
        conversations.address_of(session, row.number_id, "sms"),
        session.get_one(ConversationRow, row.number_id),
    )
    language = Conversation.from_json(conversation.state).language
    team = world.organisation.team(conversation.municipality, conversation.unit)
    summary = (
        "Invånaren vill ha sms och Telegram som ett samtal, men har lånat två av samma sak. Det behöver redas ut först."
    )
    new = cases.NewCase(
        conversation.id, address.text, "sms", language, conversation.municipality, conversation.unit, team.id, Reason.ASKED, URGENCY_OF[Reason.ASKED],
        None, summary,
    )  # fmt: skip
    cases.open_or_add(session, new, now)
    conversation.version += 1
    queue_answer(
        session,
        conversation.id,
        address,
        Answered(world.texts.get("own_not_joined", language)),
        now,
        real,
        author="bot",
    )
    return True
