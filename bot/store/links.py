"""Links between relatives and elders: who may follow whom, and what a turn may know of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.case import Status
from bot.domain.conversation import Conversation, Position, position_from_json
from bot.domain.link import LATE_ANSWER, Elder, EndedBy, Family, Helper, LinkStatus, Question, Scope, Wish
from bot.store import cases, courses, join
from bot.store.tables import AddressRow, ConversationRow, DeedRow, LinkRow, MessageRow

LIVING = (LinkStatus.HELD, LinkStatus.ASKED, LinkStatus.ACTIVE)
"""One of these at a time for each relative and number."""
_WITHOUT_LEAVE = (LinkStatus.HELD, LinkStatus.ASKED, LinkStatus.DECLINED, LinkStatus.UNANSWERED, LinkStatus.ENDED)


def family_of(session: Session, conversation_id: int, now: datetime) -> Family:
    """What a turn of this conversation may know of links. `now` is business time: what is over by then is no leave, though no row says so yet."""
    addresses = _addresses(session, conversation_id)
    as_elder = _of(session, LinkRow.elder_id == conversation_id)
    as_relative = _of(session, LinkRow.relative_id == conversation_id)
    joins = join.questions_to(session, conversation_id, now)
    return Family(
        questions=tuple(_questions(as_elder, now)),
        helpers=tuple(_helper(row) for row in as_elder if is_living(row, now)),
        elders=tuple(_elder(session, row, now) for row in as_relative if is_living(row, now)),
        wishes=tuple(_wishes(as_relative, now)),
        own_numbers=frozenset(row.text for row in addresses if row.channel == "sms"),
        name=next((row.name for row in addresses if row.name), ""),
        person_wrote_at=_person_wrote_at(session, conversation_id) if as_elder or joins else None,
        joins=joins,
        held=tuple(row.id for row in as_elder if row.status == LinkStatus.HELD),
        run_out=tuple(_run_out(as_elder, now)),
    )


def is_living(row: LinkRow, now: datetime) -> bool:
    """Whether it lets anything through at this business time."""
    return row.status == LinkStatus.ACTIVE and row.ends_at is not None and row.ends_at > now


def lock(session: Session, link_id: int) -> LinkRow | None:
    """The link as it is now, kept from others' changes until the transaction ends. A conversation that is locked too is locked first."""
    return session.get(LinkRow, link_id, with_for_update=True, populate_existing=True)


def living_of(session: Session, conversation_id: int, now: datetime) -> list[LinkRow]:
    """The active links in which this person is the elder or the relative."""
    rows = _of(session, (LinkRow.elder_id == conversation_id) | (LinkRow.relative_id == conversation_id))
    return [row for row in rows if is_living(row, now)]


def asks_of(session: Session, relative_id: int, number: str) -> list[LinkRow]:
    """Every link that this relative has asked for with this number, the newest first."""
    query = select(LinkRow).where(LinkRow.relative_id == relative_id, LinkRow.elder_address == number)
    return list(session.scalars(query.order_by(LinkRow.id.desc())))


def numbers_asked(session: Session, relative_id: int, since: datetime) -> int:
    """How many numbers this person has wanted to follow since then."""
    query = select(func.count(LinkRow.elder_address.distinct())).where(
        LinkRow.relative_id == relative_id, LinkRow.asked_at >= since, LinkRow.made_by.is_(None)
    )
    return session.scalar(query) or 0


def questions_to(session: Session, number: str, since: datetime) -> int:
    """How many questions this number has got since then, from anybody."""
    query = select(func.count()).where(
        LinkRow.elder_address == number, LinkRow.asked_at >= since, LinkRow.made_by.is_(None)
    )
    return session.scalar(query) or 0


def version(session: Session, conversation_id: int) -> str:
    """Changes whenever a link of this person does, or a relative has done something in their name."""
    own = (LinkRow.elder_id == conversation_id) | (LinkRow.relative_id == conversation_id)
    rows = session.execute(
        select(LinkRow.id, LinkRow.status, LinkRow.scope, LinkRow.ends_at).where(own).order_by(LinkRow.id)
    ).all()
    if not rows:
        return ""
    newest = session.scalar(select(func.max(DeedRow.id)).where(DeedRow.link_id.in_([row.id for row in rows])))
    stand = ".".join(
        f"{row.id}{row.status}{row.scope}{row.ends_at:%y%m%d}" if row.ends_at else f"{row.id}{row.status}"
        for row in rows
    )
    return f"{stand}.{newest}"


def end(row: LinkRow, status: LinkStatus, by: EndedBy, now: datetime, user_id: int | None = None) -> None:
    """Ends a question or a leave; what was shared goes with it."""
    row.status, row.ended_at, row.ended_by, row.ended_by_user = status, now, by, user_id
    row.position = row.moved_at = None


def _of(session: Session, condition: object) -> list[LinkRow]:
    return list(session.scalars(select(LinkRow).where(condition).order_by(LinkRow.id)))  # type: ignore[arg-type]


def _addresses(session: Session, conversation_id: int) -> list[AddressRow]:
    query = (
        select(AddressRow)
        .join(ConversationRow, ConversationRow.person_id == AddressRow.person_id)
        .where(ConversationRow.id == conversation_id)
    )
    return list(session.scalars(query.order_by(AddressRow.id)))


def _questions(rows: Iterable[LinkRow], now: datetime) -> Iterable[Question]:
    for row in rows:
        over = row.ends_at is not None and row.ends_at <= now
        if row.status == LinkStatus.ASKED and not over and not row.silent:
            yield Question(row.id, row.relative_name, row.asked_at)
        elif row.status == LinkStatus.ACTIVE and row.asked_again_at and not over:
            yield Question(row.id, row.relative_name, row.asked_again_at, again=True)


def _run_out(rows: Iterable[LinkRow], now: datetime) -> Iterable[Question]:
    """The newest of each relative, when it is a question that the elder was sent and nobody answered."""
    newest = {row.relative_id: row for row in rows}
    for row in newest.values():
        over = row.ends_at is not None and now - LATE_ANSWER < row.ends_at <= now
        asked = row.status == LinkStatus.ASKED or (row.status == LinkStatus.UNANSWERED and row.ended_by == EndedBy.TIME)
        if over and asked and not row.silent:
            yield Question(row.id, row.relative_name, row.asked_at)


def _helper(row: LinkRow) -> Helper:
    assert row.ends_at is not None, "a living link has an end"
    position = position_from_json(row.position)
    return Helper(row.id, row.relative_name, Scope(row.scope), row.ends_at, position, row.moved_at)


def _elder(session: Session, row: LinkRow, now: datetime) -> Elder:
    case = cases.open_of(session, row.elder_id)
    conversation = Conversation.from_json(session.get_one(ConversationRow, row.elder_id).state)
    if conversation.put_by:  # somebody else may have the number now
        return Elder(row.id, row.called, row.relation, Scope(row.scope))
    position, moved_at = _shown_position(conversation), conversation.heard_at
    if (
        row.moved_at
        and position
        and position.flow == (row.position or {}).get("flow")
        and (moved_at is None or row.moved_at > moved_at)
    ):
        position, moved_at = position_from_json(row.position), row.moved_at
    return Elder(
        row.id,
        row.called,
        row.relation,
        Scope(row.scope),
        Status(case.status) if case else None,
        tuple(courses.booked_by(session, row.elder_id, now)),
        position,
        moved_at,
        (case.municipality, case.unit) if case else (conversation.municipality, conversation.unit),
    )


def _shown_position(conversation: Conversation) -> Position | None:
    """The guide that the elder is in, or left last."""
    return conversation.position or (conversation.paused[-1] if conversation.paused else None)


def _wishes(rows: list[LinkRow], now: datetime) -> Iterable[Wish]:
    """The newest of each number, unless there is leave by it."""
    newest = {row.elder_address: row for row in rows}
    for row in newest.values():
        waits = row.status in (LinkStatus.HELD, LinkStatus.ASKED) or row.status == LinkStatus.UNANSWERED
        if row.status in _WITHOUT_LEAVE or not is_living(row, now):
            yield Wish(row.id, row.called, row.relation, refused=not waits)


def _person_wrote_at(session: Session, conversation_id: int) -> datetime | None:
    query = select(func.max(MessageRow.at, type_=MessageRow.at.type)).where(
        MessageRow.conversation_id == conversation_id, MessageRow.author == "handledare"
    )
    at: datetime | None = session.scalar(query)
    return at
