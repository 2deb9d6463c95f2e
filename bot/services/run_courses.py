"""What a samordnare and a handledare do with a group: make it, change it, move it, call it off, say who leads it and who came.

Those who have booked are told by bot/services/tend_bookings.py, which finds what was moved or called off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, NoResultFound
from sqlalchemy.orm import Session

from bot.domain.course import BookingStatus
from bot.domain.course_draft import (
    MOST_MEETINGS,
    CourseDraft,
    CourseFaults,
    Fault,
    Wording,
    faults_of,
    faults_of_names,
    faults_of_times,
    faults_of_wording,
)
from bot.domain.secrets import mask
from bot.engine.world import World
from bot.services.ports import Clock
from bot.services.viewer import Viewer, viewer
from bot.store import courses, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import BookingRow, CourseLeaderRow, CourseRow, MeetingRow, UserRow


class CourseNotFound(Exception):
    """There is no such group, or whoever asks may not see it."""


class CourseDesk:
    """Groups as staff run them. Every method is one transaction. Raises CourseNotFound, CourseFaults, DatabaseAway.

    What is already as it is asked for is not done again, so a form sent twice does nothing twice.
    """

    def __init__(self, database: Database, world: Callable[[], World], clock: Clock) -> None:
        self._database = database
        self._world = world
        self._clock = clock

    def add(self, user: UserRow, draft: CourseDraft) -> int:
        """Makes a group; its id. The same `key` makes the same group."""
        try:
            return self._add(user, draft)
        except IntegrityError:  # another process has just made it
            return self._add(user, draft)

    def _add(self, user: UserRow, draft: CourseDraft) -> int:
        with self._database.writing() as session:
            now = business_time(session, self._clock())
            if draft.key and (made := session.scalar(select(CourseRow.id).where(CourseRow.key == draft.key))):
                return made
            _refuse(faults_of(draft, now) + self._faults_of_place(user, draft.wording))
            row = CourseRow(
                key=draft.key,
                kind=draft.kind,
                starts_at=min(start for start, _ in draft.times),
                ends_at=max(end for _, end in draft.times),
                created_at=now,
                created_by=user.id,
                version=0,
            )
            _say(row, draft.wording)
            session.add(row)
            session.flush()
            session.add_all(MeetingRow(course_id=row.id, starts_at=start, ends_at=end) for start, end in draft.times)
            for helper, names in ((False, draft.handledare), (True, draft.helpers)):
                for name in dict.fromkeys(names):
                    session.add(
                        CourseLeaderRow(
                            course_id=row.id,
                            name=name,
                            helper=helper,
                            away=False,
                            user_id=self._account(session, row, name),
                        )
                    )
                    session.flush()
            users.audit(session, now, user.id, "course_add", detail=f"course:{row.id}")
            return row.id

    def change(self, user: UserRow, course_id: int, wording: Wording) -> None:
        """Changes what is said of a group. Those who have booked are told when it is at another place."""
        with self._database.writing() as session:
            row, now = self._course(session, user, course_id)
            _refuse(faults_of_wording(wording) + self._faults_of_place(user, wording))
            if wording.place != row.place:
                following = next((m for m in courses.meetings_of(session, row.id) if m.starts_at > now), None)
                if following:
                    following.moved_at = now
            _say(row, wording)
            self._done(session, row, user, now, "course_change")

    def move(self, user: UserRow, course_id: int, meeting_id: int, starts_at: datetime, ends_at: datetime) -> None:
        """Gives a meeting that is to come another time."""
        with self._database.writing() as session:
            row, now = self._course(session, user, course_id)
            found = session.get(MeetingRow, meeting_id)
            if found is None or found.course_id != row.id:
                raise CourseNotFound(f"no meeting {meeting_id} of course {course_id}")
            if (found.starts_at, found.ends_at) == (starts_at, ends_at):
                return
            if row.cancelled_at:
                raise CourseFaults(Fault("day", "called_off"))
            if found.starts_at <= now:
                raise CourseFaults(Fault("day", "has_been"))
            self._check_times(session, row, starts_at, ends_at, now, but=found.id)
            if found.starts_at != starts_at:
                found.moved_at = now
            found.starts_at, found.ends_at = starts_at, ends_at
            self._span(session, row)
            self._done(session, row, user, now, "course_move")

    def add_meeting(self, user: UserRow, course_id: int, starts_at: datetime, ends_at: datetime) -> None:
        """One more meeting of a group. Nobody is told: the reminders tell of it."""
        with self._database.writing() as session:
            row, now = self._course(session, user, course_id)
            meetings = courses.meetings_of(session, row.id)
            if any((one.starts_at, one.ends_at) == (starts_at, ends_at) for one in meetings):
                return
            if row.cancelled_at:
                raise CourseFaults(Fault("day", "called_off"))
            if len(meetings) >= MOST_MEETINGS:
                raise CourseFaults(Fault("day", "bad_count", (("most", MOST_MEETINGS),)))
            self._check_times(session, row, starts_at, ends_at, now)
            session.add(MeetingRow(course_id=row.id, starts_at=starts_at, ends_at=ends_at))
            session.flush()
            self._span(session, row)
            self._done(session, row, user, now, "course_add_meeting")

    def call_off(self, user: UserRow, course_id: int) -> None:
        """Calls the group off, for good. Everyone who has booked or waits is told."""
        with self._database.writing() as session:
            row, now = self._course(session, user, course_id)
            if row.cancelled_at:
                return
            if not any(meeting.starts_at > now for meeting in courses.meetings_of(session, row.id)):
                raise CourseFaults(Fault("sure", "has_been"))
            row.cancelled_at = now
            self._done(session, row, user, now, "course_call_off")

    def add_leader(self, user: UserRow, course_id: int, name: str, helper: bool) -> None:
        """Somebody more who leads the group."""
        name = " ".join(name.split())
        with self._database.writing() as session:
            row, now = self._course(session, user, course_id)
            leaders = courses.leaders_of(session, row.id)
            same = next((leader for leader in leaders if leader.name.casefold() == name.casefold()), None)
            if same and same.helper == helper:
                return
            if not name:
                raise CourseFaults(Fault("name", "no_name"))
            if same:
                raise CourseFaults(Fault("name", "both"))
            _refuse([Fault("name", fault.why, fault.values) for fault in faults_of_names((name,), ())])
            session.add(
                CourseLeaderRow(
                    course_id=row.id, name=name, helper=helper, away=False, user_id=self._account(session, row, name)
                )
            )
            self._done(session, row, user, now, "course_add_leader")

    def remove_leader(self, user: UserRow, course_id: int, leader_id: int) -> None:
        """Takes somebody off the group. The last handledare stays until there is another: without one there are no seats."""
        with self._database.writing() as session:
            row, now = self._course(session, user, course_id)
            leaders = courses.leaders_of(session, row.id)
            leader = next((one for one in leaders if one.id == leader_id), None)
            if leader is None:
                return
            if not leader.helper and not any(one.id != leader.id and not one.helper for one in leaders):
                raise CourseFaults(Fault("leaders", "last_handledare"))
            session.delete(leader)
            self._done(session, row, user, now, "course_remove_leader")

    def set_away(self, user: UserRow, course_id: int, leader_id: int, away: bool) -> None:
        """Somebody who leads the group falls ill, or is back. Their seats go and come with them; nobody who has a chair loses it by this."""
        with self._database.writing() as session:
            row, now = self._course(session, user, course_id)
            leader = next((one for one in courses.leaders_of(session, row.id) if one.id == leader_id), None)
            if leader is None:
                raise CourseNotFound(f"no leader {leader_id} of course {course_id}")
            if leader.away == away:
                return
            leader.away = away
            self._done(session, row, user, now, "course_away" if away else "course_back")

    def note_attendance(self, user: UserRow, course_id: int, came: Mapping[int, bool | None]) -> None:
        """Who came, by booking; None where it is not known. Bookings of other groups, and those without a chair, are passed over."""
        with self._database.writing() as session:
            row, now = self._course(session, user, course_id)
            if row.cancelled_at:
                raise CourseFaults(Fault("came", "called_off"))
            if row.starts_at > now:
                raise CourseFaults(Fault("came", "not_yet"))
            chosen = select(BookingRow).where(
                BookingRow.course_id == row.id, BookingRow.id.in_(came), BookingRow.status == BookingStatus.BOOKED
            )
            for booking in session.scalars(chosen):
                booking.attended = came[booking.id]
            users.audit(session, now, user.id, "course_attendance", detail=f"course:{row.id}")

    def _course(self, session: Session, user: UserRow, course_id: int) -> tuple[CourseRow, datetime]:
        return lock_seen(session, viewer(user, self._world().organisation), course_id), business_time(
            session, self._clock()
        )

    def _faults_of_place(self, user: UserRow, wording: Wording) -> list[Fault]:
        """The place must be one of ours, in its own municipality, and in one that the user works for."""
        organisation = self._world().organisation
        place = next((place for place in self._world().places if place.id == wording.place), None)
        home = organisation.municipality(place.municipality) if place else None
        if not wording.place:
            return []
        if home is None or home.id != wording.municipality or not sees(viewer(user, organisation), home.id):
            return [Fault("place", "unknown_place")]
        return []

    def _check_times(
        self,
        session: Session,
        row: CourseRow,
        starts_at: datetime,
        ends_at: datetime,
        now: datetime,
        but: int | None = None,
    ) -> None:
        _refuse(faults_of_times(((starts_at, ends_at),), now))
        others = (one for one in courses.meetings_of(session, row.id) if one.id != but)
        if any(one.starts_at < ends_at and starts_at < one.ends_at for one in others):
            raise CourseFaults(Fault("day", "meets_then"))

    def _span(self, session: Session, row: CourseRow) -> None:
        meetings = courses.meetings_of(session, row.id)
        row.starts_at = min(meeting.starts_at for meeting in meetings)
        row.ends_at = max(meeting.ends_at for meeting in meetings)

    def _account(self, session: Session, row: CourseRow, name: str) -> int | None:
        """The account of that name, when exactly one that works for the group's municipality has it."""
        organisation = self._world().organisation
        accounts = session.scalars(select(UserRow).where(UserRow.disabled_at.is_(None)))
        found = [
            one.id
            for one in accounts
            if one.name.casefold() == name.casefold() and sees(viewer(one, organisation), row.municipality)
        ]
        return found[0] if len(found) == 1 else None

    def _done(self, session: Session, row: CourseRow, user: UserRow, now: datetime, act: str) -> None:
        row.version += 1
        users.audit(session, now, user.id, act, detail=f"course:{row.id}")


def sees(who: Viewer, municipality: str) -> bool:
    """Whether somebody works for a municipality."""
    return not who.municipalities or municipality in who.municipalities


def lock_seen(session: Session, who: Viewer, course_id: int) -> CourseRow:
    """The group, held until the transaction ends. Raises CourseNotFound."""
    try:
        row = courses.lock(session, course_id)
    except NoResultFound:
        raise CourseNotFound(f"no course {course_id}") from None
    if not sees(who, row.municipality):
        raise CourseNotFound(f"user {who.user_id} finds no course {course_id}")
    return row


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise CourseFaults(*faults)


def _say(row: CourseRow, wording: Wording) -> None:
    """Secrets in what is said are masked: an account number for a fee is better told at the door."""
    row.title, row.about, row.bring, row.cost = (
        {language: mask(text).text for language, text in texts.items() if text.strip()}
        for texts in (wording.title, wording.about, wording.bring, wording.cost)
    )
    row.municipality, row.place = wording.municipality, wording.place
    row.language, row.level, row.tags = wording.language, wording.level, list(wording.tags)
