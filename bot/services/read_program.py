"""What anybody may know of the courses and places to come. Nobody's name is in it, and of bookings only whether there are chairs left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from bot.domain.course import CourseKind
from bot.domain.duty import Municipality
from bot.domain.opening_hours import STOCKHOLM
from bot.domain.place import Place
from bot.engine.world import World
from bot.services.ports import Clock
from bot.services.share_calendar import LONGEST_TOKEN, token_hash
from bot.store import calendar_tokens, courses
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import CourseLeaderRow, CourseRow, MeetingRow

KEPT_IN_CALENDARS = timedelta(days=30)
"""A calendar goes on showing what was lately, so that what is over does not vanish under the reader's hands."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One time that a group meets. `changed_at` is when its time was set last."""

    id: int
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class PublicCourse:
    """A group as a poster tells of it. `meetings` are those to come, soonest first (a calendar has late ones too), of `meetings_in_all`.

    `open_seats` are chairs that a newcomer may have. `place` is None when it is not a place of ours any more. `version` grows when the group is changed.
    """

    id: int
    kind: CourseKind
    title: Mapping[str, str]
    about: Mapping[str, str]
    bring: Mapping[str, str]
    cost: Mapping[str, str]
    municipality: str
    place: Place | None
    language: str
    level: str
    meetings: tuple[Meeting, ...]
    meetings_in_all: int
    seats: int
    open_seats: int
    called_off: bool
    version: int

    @property
    def needs_booking(self) -> bool:
        """A drop-in does not."""
        return self.kind != CourseKind.DROP_IN

    @property
    def is_full(self) -> bool:
        return self.needs_booking and self.open_seats <= 0


@dataclass(frozen=True, slots=True)
class Program:
    """One municipality's courses and places at the business time `now`."""

    municipality: Municipality
    courses: tuple[PublicCourse, ...]
    places: tuple[Place, ...]
    now: datetime

    @property
    def is_sample(self) -> bool:
        """Whether any of it is made up for trying things out."""
        return self.municipality.sample or any(place.sample for place in self.places)


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """A group that somebody teaches, with how many come. `helps` is true for a young helper."""

    course: PublicCourse
    booked: int
    waiting: int
    helps: bool


def read_programs(
    database: Database, clock: Clock, world: World, municipalities: Iterable[Municipality]
) -> tuple[Program, ...]:
    """What is to come in each of these municipalities. Raises DatabaseAway."""
    wanted = tuple(municipalities)
    with database.reading() as session:
        now = business_time(session, clock())
        where = (
            CourseRow.municipality.in_([municipality.id for municipality in wanted]),
            CourseRow.ends_at > now,
            CourseRow.starts_at < now + courses.AHEAD,
            CourseRow.cancelled_at.is_(None),
        )
        found = _courses(session, world, where, now)
    return tuple(
        Program(
            municipality,
            tuple(course for course in found if course.municipality == municipality.id),
            places_of(world, municipality, now),
            now,
        )
        for municipality in wanted
    )


def read_calendar(
    database: Database, clock: Clock, world: World, municipality: Municipality | None = None, place: Place | None = None
) -> tuple[PublicCourse, ...]:
    """The groups of a municipality, or of a place, for a calendar: with those that were lately and those that were called off. Raises DatabaseAway."""
    with database.reading() as session:
        now = business_time(session, clock())
        where = [CourseRow.ends_at > now - KEPT_IN_CALENDARS, CourseRow.starts_at < now + courses.AHEAD]
        if municipality is not None:
            where.append(CourseRow.municipality == municipality.id)
        if place is not None:
            where.append(CourseRow.place == place.id)
        return _courses(session, world, where, None)


def read_own_calendar(database: Database, clock: Clock, world: World, token: str) -> tuple[OwnGroup, ...] | None:
    """The groups of the handledare whose token it is, without those they are away from; None when it is nobody's. Raises DatabaseAway."""
    if not 0 < len(token) <= LONGEST_TOKEN:
        return None
    with database.reading() as session:
        user = calendar_tokens.owner(session, token_hash(token))
        if user is None:
            return None
        now = business_time(session, clock())
        mine = select(CourseLeaderRow.course_id, CourseLeaderRow.helper).where(
            CourseLeaderRow.user_id == user.id, CourseLeaderRow.away.is_(False)
        )
        helps = dict(session.execute(mine).all())
        where = (CourseRow.id.in_(helps), CourseRow.ends_at > now - KEPT_IN_CALENDARS)
        rows = session.scalars(select(CourseRow).where(*where)).all()
        standing = courses.chairs(session, rows)
        found = _courses(session, world, where, None)
    return tuple(
        OwnGroup(
            course, standing[course.id].booked, standing[course.id].waiting + standing[course.id].held, helps[course.id]
        )
        for course in found
    )


def places_of(world: World, municipality: Municipality, now: datetime) -> tuple[Place, ...]:
    """The places of a municipality that count today, by name."""
    today = now.astimezone(STOCKHOLM).date()
    ours = (
        place
        for place in world.places
        if place.municipality in (municipality.id, municipality.name) and place.is_current(today)
    )
    return tuple(sorted(ours, key=lambda place: place.name))


def _courses(
    session: Session, world: World, where: Sequence[ColumnElement[bool]], now: datetime | None
) -> tuple[PublicCourse, ...]:
    """These groups by when they meet next, each with its meetings: those after `now`, or all. Groups without any are left out."""
    rows = session.scalars(select(CourseRow).where(*where)).all()
    standing = courses.chairs(session, rows)
    meetings: dict[int, list[MeetingRow]] = {row.id: [] for row in rows}
    query = select(MeetingRow).where(MeetingRow.course_id.in_(meetings)).order_by(MeetingRow.starts_at, MeetingRow.id)
    for meeting in session.scalars(query):
        meetings[meeting.course_id].append(meeting)
    places = {place.id: place for place in world.places}
    found = []
    for row in rows:
        shown = tuple(
            _meeting(row, meeting) for meeting in meetings[row.id] if now is None or _to_come(row, meeting, now)
        )
        if shown:
            found.append(_course(row, shown, len(meetings[row.id]), standing[row.id], places.get(row.place)))
    return tuple(sorted(found, key=lambda course: (course.meetings[0].starts_at, course.id)))


def _to_come(row: CourseRow, meeting: MeetingRow, now: datetime) -> bool:
    """Nobody joins a course that has begun; at a drop-in one is welcome as long as it lasts."""
    return (meeting.ends_at if row.kind == CourseKind.DROP_IN else meeting.starts_at) > now


def _meeting(row: CourseRow, meeting: MeetingRow) -> Meeting:
    changed = max(at for at in (row.created_at, row.cancelled_at, meeting.moved_at) if at is not None)
    return Meeting(meeting.id, meeting.starts_at, meeting.ends_at, changed)


def _course(
    row: CourseRow, meetings: tuple[Meeting, ...], in_all: int, chairs: courses.Chairs, place: Place | None
) -> PublicCourse:
    return PublicCourse(
        id=row.id,
        kind=CourseKind(row.kind),
        title=row.title,
        about=row.about,
        bring=row.bring,
        cost=row.cost,
        municipality=row.municipality,
        place=place,
        language=row.language,
        level=row.level,
        meetings=meetings,
        meetings_in_all=in_all,
        seats=chairs.seats,
        open_seats=chairs.open,
        called_off=row.cancelled_at is not None,
        version=row.version,
    )
