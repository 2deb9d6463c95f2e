"""Groups as staff see them: which there are, who has a chair, who waits, and what is not as it should be. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import Session

from bot.domain.course import FEWEST_IN_A_GROUP, BookingStatus, CourseKind
from bot.domain.course_draft import Wording
from bot.services.ports import Clock
from bot.services.read_queue import names
from bot.services.run_courses import CourseNotFound, sees
from bot.services.viewer import Viewer
from bot.store import courses, users
from bot.store.clock import business_time
from bot.store.courses import Chairs
from bot.store.database import Database
from bot.store.tables import AddressRow, BookingRow, ConversationRow, CourseLeaderRow, CourseRow, MeetingRow, UserRow

MOST_LINES = 300
"""Meetings on one page."""
BACK = timedelta(days=60)
"""How far back the list of what has been goes."""


class Period(StrEnum):
    """Which meetings are listed."""

    COMING = "coming"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to list; empty means any."""

    period: Period = Period.COMING
    municipality: str = ""
    place: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Leader:
    """Who leads a group. `name` is empty for those who may not see names."""

    id: int
    name: str
    helper: bool
    away: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """One time that a group meets; `number` counts from one."""

    id: int
    number: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it stands: how many chairs, and who leads it."""

    id: int
    kind: CourseKind
    wording: Wording
    chairs: Chairs
    leaders: tuple[Leader, ...]
    meetings: tuple[Meeting, ...]
    called_off: bool
    by_us: bool
    """Made in the console, not by a plan of config/courses."""

    @property
    def needs_booking(self) -> bool:
        return self.kind != CourseKind.DROP_IN

    @property
    def too_few(self) -> bool:
        return (
            self.kind in (CourseKind.COURSE, CourseKind.WORKSHOP)
            and self.chairs.taken < FEWEST_IN_A_GROUP
            and not self.called_off
        )

    @property
    def over(self) -> int:
        """How many have a chair that is no longer there."""
        return max(0, self.chairs.taken - self.chairs.seats) if self.needs_booking and not self.called_off else 0

    @property
    def away(self) -> int:
        """How many handledare are away."""
        return sum(leader.away and not leader.helper for leader in self.leaders)

    @property
    def there(self) -> int:
        """How many handledare there are."""
        return sum(not leader.away and not leader.helper for leader in self.leaders)

    @property
    def helpers_alone(self) -> bool:
        """Young helpers come, and nobody grown-up does."""
        return (
            self.there == 0
            and any(leader.helper and not leader.away for leader in self.leaders)
            and not self.called_off
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting of a group, for a list by day."""

    group: Group
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class CourseList:
    """Meetings in order, at the business time `now`; `cut` when there are more."""

    lines: tuple[Line, ...]
    cut: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who has a chair or waits. `address` is empty for those who may not see it; `number` is their place in the list or the queue."""

    booking_id: int
    number: int
    address: str
    channel: str
    for_whom: str
    booked_by: str
    booked_at: datetime
    offered_until: datetime | None
    attended: bool | None
    opted_out: bool


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One group with everyone in it. `begun` when its first meeting has begun, `over` when the last has."""

    group: Group
    booked: tuple[Participant, ...]
    queue: tuple[Participant, ...]
    now: datetime
    staff: tuple[str, ...] = field(default=())
    """Names of those who could lead it."""

    @property
    def begun(self) -> bool:
        return bool(self.group.meetings) and self.group.meetings[0].starts_at <= self.now

    @property
    def coming(self) -> tuple[Meeting, ...]:
        """The meetings that are to come."""
        return tuple(meeting for meeting in self.group.meetings if meeting.starts_at > self.now)


def course_list(database: Database, clock: Clock, who: Viewer, wanted: Wanted, with_names: bool = True) -> CourseList:
    """Meetings to come, soonest first, or those that have been, latest first. Raises DatabaseAway."""
    with database.reading() as session:
        now = business_time(session, clock())
        found = session.execute(
            _in_period(wanted.period, now).where(seen_by(who), *_chosen(wanted)).limit(MOST_LINES + 1)
        ).all()
        rows = {course.id: course for course, _ in found}
        groups = _groups(session, rows.values(), with_names)
        lines = tuple(
            Line(groups[course.id], _meeting(groups[course.id], meeting)) for course, meeting in found[:MOST_LINES]
        )
        return CourseList(lines, len(found) > MOST_LINES, now)


def group_page(database: Database, clock: Clock, who: Viewer, course_id: int, with_names: bool = True) -> GroupPage:
    """One group. Raises CourseNotFound, DatabaseAway."""
    with database.reading() as session:
        row = session.get(CourseRow, course_id)
        if row is None or not sees(who, row.municipality):
            raise CourseNotFound(f"user {who.user_id} finds no course {course_id}")
        group = _groups(session, [row], with_names)[row.id]
        bookings = courses.booked_on(session, row.id)
        booked = [one for one in bookings if one.status == BookingStatus.BOOKED]
        waiting = [one for one in bookings if one.status != BookingStatus.BOOKED]
        named = names(session) if with_names else {}
        reach = _addresses(session, bookings)
        return GroupPage(
            group=group,
            booked=tuple(_participant(one, number, reach, named, with_names) for number, one in enumerate(booked, 1)),
            queue=tuple(_participant(one, number, reach, named, with_names) for number, one in enumerate(waiting, 1)),
            now=business_time(session, clock()),
            staff=_staff(session, row.municipality) if with_names else (),
        )


def now(database: Database, clock: Clock) -> datetime:
    """Business time. Raises DatabaseAway."""
    with database.reading() as session:
        return business_time(session, clock())


def note_view(database: Database, clock: Clock, who: Viewer, course_id: int) -> None:
    """Keeps in the audit log that somebody saw who is in a group. Raises DatabaseAway."""
    with database.writing() as session:
        users.audit(session, business_time(session, clock()), who.user_id, "course_view", detail=f"course:{course_id}")


def seen_by(who: Viewer) -> ColumnElement[bool]:
    """The groups that somebody may see."""
    return CourseRow.municipality.in_(who.municipalities) if who.municipalities else true()


def _in_period(period: Period, now: datetime) -> Select[CourseRow, MeetingRow]:
    query = select(CourseRow, MeetingRow).join(MeetingRow, MeetingRow.course_id == CourseRow.id)
    if period == Period.PAST:
        return query.where(MeetingRow.ends_at <= now, MeetingRow.ends_at > now - BACK).order_by(
            MeetingRow.starts_at.desc(), CourseRow.id
        )
    return query.where(MeetingRow.ends_at > now).order_by(MeetingRow.starts_at, CourseRow.id)


def _chosen(wanted: Wanted) -> list[ColumnElement[bool]]:
    pairs = (
        (CourseRow.municipality, wanted.municipality),
        (CourseRow.place, wanted.place),
        (CourseRow.kind, wanted.kind),
    )
    return [column == value for column, value in pairs if value]


def _groups(session: Session, rows: Iterable[CourseRow], with_names: bool) -> dict[int, Group]:
    by_id = {row.id: row for row in rows}
    standing = courses.chairs(session, by_id.values())
    leaders: dict[int, list[Leader]] = defaultdict(list)
    query = (
        select(CourseLeaderRow)
        .where(CourseLeaderRow.course_id.in_(by_id))
        .order_by(CourseLeaderRow.helper, CourseLeaderRow.id)
    )
    for one in session.scalars(query):
        leaders[one.course_id].append(Leader(one.id, one.name if with_names else "", one.helper, one.away))
    meetings: dict[int, list[MeetingRow]] = defaultdict(list)
    for meeting in session.scalars(
        select(MeetingRow).where(MeetingRow.course_id.in_(by_id)).order_by(MeetingRow.starts_at)
    ):
        meetings[meeting.course_id].append(meeting)
    return {
        row.id: Group(
            id=row.id,
            kind=CourseKind(row.kind),
            wording=Wording(
                row.title,
                row.municipality,
                row.place,
                row.about,
                row.bring,
                row.cost,
                row.language,
                row.level,
                tuple(row.tags),
            ),
            chairs=standing[row.id],
            leaders=tuple(leaders[row.id]),
            meetings=tuple(
                Meeting(m.id, number, m.starts_at, m.ends_at) for number, m in enumerate(meetings[row.id], 1)
            ),
            called_off=row.cancelled_at is not None,
            by_us=row.created_by is not None,
        )
        for row in by_id.values()
    }


def _meeting(group: Group, row: MeetingRow) -> Meeting:
    return next(meeting for meeting in group.meetings if meeting.id == row.id)


def _addresses(session: Session, bookings: Sequence[BookingRow]) -> dict[tuple[int, str], AddressRow]:
    """The address of each conversation and channel."""
    query = (
        select(ConversationRow.id, AddressRow)
        .join(AddressRow, AddressRow.person_id == ConversationRow.person_id)
        .where(ConversationRow.id.in_({one.conversation_id for one in bookings}))
        .order_by(AddressRow.id.desc())
    )
    return {(conversation_id, address.channel): address for conversation_id, address in session.execute(query)}


def _participant(
    row: BookingRow,
    number: int,
    reach: Mapping[tuple[int, str], AddressRow],
    named: Mapping[int, str],
    with_names: bool,
) -> Participant:
    address = reach.get((row.conversation_id, row.channel))
    return Participant(
        booking_id=row.id,
        number=number,
        address=address.text if address and with_names else "",
        channel=row.channel,
        for_whom=row.for_whom if with_names else "",
        booked_by=named.get(row.booked_by or 0, ""),
        booked_at=row.booked_at,
        offered_until=row.offered_until,
        attended=row.attended,
        opted_out=bool(address and address.opted_out_at),
    )


def _staff(session: Session, municipality: str) -> tuple[str, ...]:
    """Names of the accounts that answer people there, in alphabetical order."""
    query = (
        select(UserRow.name, UserRow.municipality)
        .where(UserRow.disabled_at.is_(None), UserRow.role != "reader")
        .order_by(func.lower(UserRow.name))
    )
    return tuple(dict.fromkeys(name for name, home in session.execute(query) if home in (None, "", municipality)))
