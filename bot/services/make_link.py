"""A handledare links a relative and an elder, from the case of one of them.

Whoever makes a link by hand has the elder's own yes, or has the elder asked by SMS; there is no third way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.domain.address import Address, AddressError
from bot.domain.link import EndedBy, LinkStatus, Scope
from bot.domain.relations import HELPED
from bot.domain.secrets import mask
from bot.engine.world import World
from bot.services.link_work import LONGEST_NAME, Held, LinkFault, ask, begin, line_of, note, reason_of, said_yes
from bot.services.open_case_for import sender_of
from bot.services.ports import Clock
from bot.services.read_cases import CaseNotFound
from bot.services.viewer import Viewer, sees_case, viewer
from bot.services.write_first import may_be_written_to
from bot.store import conversations, links
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import AddressRow, CaseRow, ConversationRow, LinkRow, UserRow

PRESSED_TWICE_WITHIN = timedelta(minutes=1)
"""The same link from the same handledare within this time is one press too many."""


class Side(StrEnum):
    """Whom a case is of, as the link goes."""

    ELDER = "elder"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class NewLink:
    """What a handledare has typed. `case_of` says who the case is of; `other` is the other one's number, or a case ("#12") for somebody without one.

    `called` is what the relative calls the elder ("mamma"). With `said_yes` the elder has told the handledare so and the link begins at once with
    `scope`; without it the elder is asked by SMS and chooses the scope.
    """

    case_of: Side
    other: str
    name: str
    called: str
    said_yes: bool
    scope: Scope
    reason: str


def make_link(database: Database, world: World, clock: Clock, user: UserRow, case_id: int, new: NewLink) -> int:
    """Makes the link, in one transaction; its id. Raises CaseNotFound, LinkFault, DatabaseAway."""
    new = _checked(new)
    try:
        return _make(database, world, clock, user, case_id, new)
    except IntegrityError:  # the number wrote, or was linked, at this very moment: now there is something to find
        return _make(database, world, clock, user, case_id, new)


def _make(database: Database, world: World, clock: Clock, user: UserRow, case_id: int, new: NewLink) -> int:
    who, real = viewer(user, world.organisation), clock()
    with database.writing() as session:
        now = business_time(session, real)
        case = session.get(CaseRow, case_id)
        if case is None or case.conversation_id is None or not sees_case(who, case):
            raise CaseNotFound(f"user {user.id} finds no case {case_id} with a conversation")
        elder, relative = _both(session, world, who, case, new, now)
        if elder.person_id == relative.person_id:
            raise LinkFault("other", "same")
        elder_id, relative_id = (_conversation_id(session, each.person_id) for each in (elder, relative))
        for conversation_id in sorted((elder_id, relative_id)):
            conversations.lock(session, conversation_id)
        session.refresh(case)
        if not sees_case(who, case):
            raise CaseNotFound(f"user {user.id} finds no case {case_id}")
        for conversation_id, address in ((elder_id, elder), (relative_id, relative)):
            if not may_be_written_to(session, conversation_id, address.channel):
                raise LinkFault(
                    "other", "stopped" if (address is elder) != (new.case_of == Side.ELDER) else "stopped_here"
                )
        living = next(
            (row for row in links.asks_of(session, relative_id, elder.text) if row.status in links.LIVING), None
        )
        if living is not None and (
            links.is_living(living, now) or living.status == LinkStatus.HELD or _waits(living, now)
        ):
            if living.made_by == user.id and now - living.asked_at <= PRESSED_TWICE_WITHIN:
                return living.id
            raise LinkFault("other", "already", living.id if sees_case(who, living) else None)
        if living is not None:  # it ran out, and no row says so yet
            over = LinkStatus.UNANSWERED if living.status == LinkStatus.ASKED else LinkStatus.ENDED
            links.end(living, over, EndedBy.TIME, now)
            session.flush()
        relation, called = _called(new.called)
        row = LinkRow(
            municipality=case.municipality or user.municipality,
            unit=case.unit or user.unit,
            relative_id=relative_id,
            relative_channel=relative.channel,
            relative_name=new.name,
            elder_id=elder_id,
            elder_address=elder.text,
            called=called,
            relation=relation,
            status=LinkStatus.HELD,
            scope=Scope.FOLLOW,
            asked_at=now,
            reason=new.reason,
            made_by=user.id,
        )
        session.add(row)
        session.flush()
        held = Held(session, world, user, who, row, now, real)
        if new.said_yes:
            begin(held, new.scope)
            note(held, "link_make", said_yes(held, new.scope), case.id)
        else:
            ask(held)
            said = f"{user.name} lät fråga med sms om {row.relative_name} får följa ärendet. {new.reason}"
            note(held, "link_make", said, case.id)
        return row.id


def _both(
    session: Session, world: World, who: Viewer, case: CaseRow, new: NewLink, now: datetime
) -> tuple[AddressRow, AddressRow]:
    """The elder's address and the relative's; somebody who never wrote gets a conversation."""
    assert case.conversation_id is not None
    own = conversations.address_of(session, case.conversation_id, case.channel)
    if new.case_of == Side.ELDER:
        number = conversations.address_of(session, case.conversation_id, "sms")
        if not _is_swedish_mobile(number.text):
            raise LinkFault("case_of", "elder_no_number")
        return number, _other(session, world, who, case, new.other, now)
    other = _other(session, world, who, case, new.other, now)
    if not _is_swedish_mobile(other.text):
        raise LinkFault("other", "elder_no_number")
    return other, own


def _other(session: Session, world: World, who: Viewer, case: CaseRow, typed: str, now: datetime) -> AddressRow:
    number = typed.removeprefix("#")
    if number.isdecimal() and len(number) <= 7 and not number.startswith("0"):
        found = session.get(CaseRow, int(number))
        if found is None or found.conversation_id is None or not sees_case(who, found):
            raise LinkFault("other", "no_case")
        return conversations.address_of(session, found.conversation_id, found.channel)
    try:
        address = Address.parse(typed)
    except AddressError:
        raise LinkFault("other", "number") from None
    if not address.takes_sms:
        raise LinkFault("other", "number")
    known = conversations.of_address(session, address)
    if known is not None:
        return known[0]
    row, _ = conversations.begin(session, address, case.municipality, case.unit, now)
    row.sender = sender_of(world.organisation, case.municipality, case.unit)
    return row


def _checked(new: NewLink) -> NewLink:
    """With names and reason masked and on one line. Raises LinkFault."""
    name, called = line_of("name", new.name, LONGEST_NAME), mask(" ".join(new.called.split())).text
    if len(called) > LONGEST_NAME:
        raise LinkFault("called", "long")
    return replace(new, other=new.other.strip(), name=name, called=called, reason=reason_of(new.reason))


def _waits(row: LinkRow, now: datetime) -> bool:
    return row.status == LinkStatus.ASKED and (row.ends_at is None or row.ends_at > now)


def _is_swedish_mobile(text: str) -> bool:
    address = Address(text)
    return address.takes_sms and text.startswith("+46")


def _called(typed: str) -> tuple[str, str]:
    """The relation, when what was typed is one, and what the relative is told of the elder by."""
    word = typed.casefold().removeprefix("min ").removeprefix("mina ").removeprefix("din ").removeprefix("dina ")
    if word in HELPED:
        return word, HELPED[word][0]
    return "", typed or HELPED["klient"][0]


def _conversation_id(session: Session, person_id: int) -> int:
    return session.scalars(select(ConversationRow.id).where(ConversationRow.person_id == person_id)).one()
