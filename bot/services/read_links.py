"""Links between relatives and elders as staff see them: of one case, in a list, and one by itself. Secrecy runs between units here too.

On a case stands what its reader needs to meet the person: who follows them, and whom they follow by the name that they use. Numbers stand on the
link's own page only, and that somebody looked is in the audit log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.orm import Session

from bot.domain.link import Deed, EndedBy, LinkStatus, Scope
from bot.services.ports import Clock
from bot.services.read_cases import CaseNotFound
from bot.services.run_courses import sees
from bot.services.viewer import Viewer, seen_by, sees_case
from bot.store import cases, conversations, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import BookingRow, CaseRow, CourseRow, DeedRow, LinkRow

ON_PAGE = 50
MOST_DEEDS = 100
RECENT = timedelta(days=30)
"""How long an ended link stays in the list; on the person's case it stays as long as it is kept."""


class LinkNotFound(CaseNotFound):
    """There is no such link, or whoever asks may not see it."""


class Standing(StrEnum):
    """Which links a list shows."""

    LIVING = "living"
    HELD = "held"
    ASKED = "asked"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link as it stands at the moment it is read: what has run out by then counts as over, though no row says so yet."""

    id: int
    municipality: str | None
    unit: str | None
    relative_name: str
    relative_channel: str
    called: str
    status: LinkStatus
    scope: Scope
    asked_at: datetime
    started_at: datetime | None
    ends_at: datetime | None
    ended_at: datetime | None
    ended_by: EndedBy | None
    reason: str
    made_by: str | None
    ended_by_name: str | None
    silent: bool
    """It counts as asked, but nothing was sent to the elder."""

    @property
    def is_living(self) -> bool:
        return self.status in (LinkStatus.HELD, LinkStatus.ASKED, LinkStatus.ACTIVE)


@dataclass(frozen=True, slots=True)
class LinkPage:
    """One link by itself, with how both are reached and those of their open cases that the viewer may see."""

    link: LinkLine
    elder_address: str
    relative_address: str
    elder_case: int | None
    relative_case: int | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list somebody wants to see. `municipalities` are the names under which one municipality's links may be stored."""

    standing: Standing = Standing.LIVING
    municipalities: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class LinkList:
    """A page of the list, those that wait for a handledare first. `counts` are of every standing, with the same municipality and unit."""

    links: tuple[LinkLine, ...]
    counts: Mapping[Standing, int]
    page: int
    pages: int
    now: datetime


@dataclass(frozen=True, slots=True)
class Group:
    """The course that a relative booked or cancelled. `title` is by language, `place` the place's id, `starts_at` the first meeting."""

    title: Mapping[str, str]
    starts_at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class DeedLine:
    """Something that a relative did in the elder's name. `group` is what was booked or cancelled, `flow` the guide; neither when it is not to be seen."""

    id: int
    at: datetime
    kind: Deed
    relative_name: str
    group: Group | None = None
    flow: str = ""


@dataclass(frozen=True, slots=True)
class CaseLinks:
    """The links of a case's person that the viewer may see. `by_booking` tells which relative made a booking."""

    helpers: tuple[LinkLine, ...] = ()
    helped: tuple[LinkLine, ...] = ()
    deeds: tuple[DeedLine, ...] = ()
    by_booking: Mapping[int, str] = field(default_factory=dict)

    @property
    def held(self) -> tuple[LinkLine, ...]:
        """Those that wait for a handledare."""
        return tuple(link for link in (*self.helpers, *self.helped) if link.status == LinkStatus.HELD)


def links_of_case(database: Database, clock: Clock, who: Viewer, case_id: int) -> CaseLinks:
    """Raises CaseNotFound, DatabaseAway."""
    with database.reading() as session:
        row = session.scalar(select(CaseRow).where(CaseRow.id == case_id, seen_by(who)))
        if row is None:
            raise CaseNotFound(f"user {who.user_id} finds no case {case_id}")
        if row.conversation_id is None:
            return CaseLinks()
        now = business_time(session, clock())
        own = (LinkRow.elder_id == row.conversation_id) | (LinkRow.relative_id == row.conversation_id)
        found = session.scalars(select(LinkRow).where(own, seen_by(who, LinkRow)).order_by(LinkRow.id.desc())).all()
        helpers = [link for link in found if link.elder_id == row.conversation_id]
        lines = {link.id: line for link, line in zip(found, _lines(session, found, now), strict=True)}
        return CaseLinks(
            helpers=_sorted(lines[link.id] for link in helpers),
            helped=_sorted(lines[link.id] for link in found if link.relative_id == row.conversation_id),
            deeds=_deeds(session, who, helpers),
            by_booking=_by_booking(session, helpers),
        )


def link_list(database: Database, clock: Clock, who: Viewer, wanted: Wanted, page: int = 1) -> LinkList:
    """Raises DatabaseAway."""
    with database.reading() as session:
        now = business_time(session, clock())
        where = [seen_by(who, LinkRow)]
        if wanted.municipalities:
            where.append(LinkRow.municipality.in_(wanted.municipalities))
        if wanted.unit:
            where.append(LinkRow.unit == wanted.unit)
        counts = {
            standing: session.scalar(select(func.count()).select_from(LinkRow).where(*where, _stands(standing, now)))
            or 0
            for standing in Standing
        }
        pages = max(1, -(-counts[wanted.standing] // ON_PAGE))
        page = min(max(1, page), pages)
        newest = func.coalesce(LinkRow.ended_at, LinkRow.started_at, LinkRow.asked_at)
        query = select(LinkRow).where(*where, _stands(wanted.standing, now))
        query = query.order_by((LinkRow.status != LinkStatus.HELD), newest.desc(), LinkRow.id.desc())
        rows = session.scalars(query.limit(ON_PAGE).offset((page - 1) * ON_PAGE)).all()
        return LinkList(_lines(session, rows, now), counts, page, pages, now)


def link_page(database: Database, clock: Clock, who: Viewer, link_id: int) -> LinkPage:
    """Raises LinkNotFound, DatabaseAway."""
    with database.reading() as session:
        row = session.scalar(select(LinkRow).where(LinkRow.id == link_id, seen_by(who, LinkRow)))
        if row is None:
            raise LinkNotFound(f"user {who.user_id} finds no link {link_id}")
        now = business_time(session, clock())
        address = conversations.address_of(session, row.relative_id, row.relative_channel)
        return LinkPage(
            _lines(session, [row], now)[0],
            row.elder_address,
            address.text,
            _open_case(session, who, row.elder_id),
            _open_case(session, who, row.relative_id),
            now,
        )


def note_view(database: Database, clock: Clock, who: Viewer, link_id: int) -> None:
    """Keeps in the audit log that somebody looked at a link, where both numbers stand. Raises DatabaseAway."""
    with database.writing() as session:
        users.audit(session, business_time(session, clock()), who.user_id, "link_view", detail=f"link:{link_id}")


def _stands(standing: Standing, now: datetime) -> ColumnElement[bool]:
    has_run_out = and_(LinkRow.ends_at.is_not(None), LinkRow.ends_at <= now)
    asked = and_(LinkRow.status == LinkStatus.ASKED, not_(has_run_out))
    active = and_(LinkRow.status == LinkStatus.ACTIVE, not_(has_run_out))
    match standing:
        case Standing.HELD:
            return LinkRow.status == LinkStatus.HELD
        case Standing.ASKED:
            return asked
        case Standing.LIVING:
            return or_(active, asked, LinkRow.status == LinkStatus.HELD)
        case Standing.OVER:
            over = LinkRow.status.in_((LinkStatus.DECLINED, LinkStatus.UNANSWERED, LinkStatus.ENDED))
            run_out = and_(LinkRow.status.in_((LinkStatus.ASKED, LinkStatus.ACTIVE)), has_run_out)
            return or_(over, run_out) & (
                func.coalesce(LinkRow.ended_at, LinkRow.ends_at, LinkRow.asked_at) > now - RECENT
            )


def _lines(session: Session, rows: Sequence[LinkRow], now: datetime) -> tuple[LinkLine, ...]:
    ids = {row.made_by for row in rows} | {row.ended_by_user for row in rows}
    named = {user_id: users.name_of(session, user_id) for user_id in ids if user_id}
    return tuple(_line(row, named, now) for row in rows)


def _line(row: LinkRow, named: Mapping[int, str | None], now: datetime) -> LinkLine:
    status, ended_at, ended_by = LinkStatus(row.status), row.ended_at, EndedBy(row.ended_by) if row.ended_by else None
    if status in (LinkStatus.ASKED, LinkStatus.ACTIVE) and row.ends_at is not None and row.ends_at <= now:
        status = LinkStatus.UNANSWERED if status == LinkStatus.ASKED else LinkStatus.ENDED
        ended_at, ended_by = row.ends_at, EndedBy.TIME
    return LinkLine(
        id=row.id,
        municipality=row.municipality,
        unit=row.unit,
        relative_name=row.relative_name,
        relative_channel=row.relative_channel,
        called=row.called,
        status=status,
        scope=Scope(row.scope),
        asked_at=row.asked_at,
        started_at=row.started_at,
        ends_at=row.ends_at,
        ended_at=ended_at,
        ended_by=ended_by,
        reason=row.reason,
        made_by=named.get(row.made_by or 0),
        ended_by_name=named.get(row.ended_by_user or 0),
        silent=row.silent,
    )


def _sorted(lines: Iterable[LinkLine]) -> tuple[LinkLine, ...]:
    """What waits for a handledare first, then what goes on, then what is over; the newest first in each."""
    order = {LinkStatus.HELD: 0, LinkStatus.ASKED: 1, LinkStatus.ACTIVE: 1}
    return tuple(sorted(lines, key=lambda line: order.get(line.status, 2)))


def _deeds(session: Session, who: Viewer, links: Sequence[LinkRow]) -> tuple[DeedLine, ...]:
    names = {link.id: link.relative_name for link in links}
    query = select(DeedRow).where(DeedRow.link_id.in_(names)).order_by(DeedRow.id.desc()).limit(MOST_DEEDS)
    rows = session.scalars(query).all()[::-1]
    groups = _groups(session, who, {_booking_of(row) for row in rows}, {link.elder_id for link in links})
    return tuple(
        DeedLine(
            row.id, row.at, Deed(row.kind), names[row.link_id], groups.get(_booking_of(row)),
            row.about if row.kind == Deed.GUIDE else "",
        )
        for row in rows
    )  # fmt: skip


def _groups(session: Session, who: Viewer, bookings: set[int], elders: set[int]) -> dict[int, Group]:
    """What was booked, by the booking's id; of courses that the viewer may see."""
    query = select(BookingRow.id, CourseRow).join(CourseRow, CourseRow.id == BookingRow.course_id)
    found = session.execute(query.where(BookingRow.id.in_(bookings), BookingRow.conversation_id.in_(elders)))
    return {
        booking_id: Group(course.title, course.starts_at, course.place)
        for booking_id, course in found
        if sees(who, course.municipality)
    }


def _booking_of(deed: DeedRow) -> int:
    return (
        int(deed.about) if deed.kind in (Deed.BOOKED, Deed.WAITLISTED, Deed.CANCELLED) and deed.about.isdecimal() else 0
    )


def _by_booking(session: Session, links: Sequence[LinkRow]) -> dict[int, str]:
    names = {link.id: link.relative_name for link in links}
    query = select(BookingRow.id, BookingRow.link_id).where(BookingRow.link_id.in_(names))
    return {booking_id: names[link_id] for booking_id, link_id in session.execute(query) if link_id is not None}


def _open_case(session: Session, who: Viewer, conversation_id: int) -> int | None:
    row = cases.open_of(session, conversation_id)
    return row.id if row is not None and sees_case(who, row) else None
