"""What is due to those who are linked: a question nobody answered, a leave that runs out or ran out, news of a case, reminders for the relative, and to the elder
what was done in their name.

Runs every half minute in every process, by the rules of bot/services/tending.py. The one who is written to is held before the link, and nobody else is. What
two people must be told is owed to the second of them. The elder is written to by SMS, the relative on the channel that they asked from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from bot.domain.address import Address
from bot.domain.case import Status
from bot.domain.course import BookingStatus
from bot.domain.link import ASKED_AGAIN, Deed, EndedBy, LinkStatus, Scope
from bot.domain.link_news import news, state_of
from bot.domain.opening_hours import describe_moment
from bot.domain.relations import Helped
from bot.domain.reminders import Reminder, due_reminder
from bot.engine.duty_words import when_answered
from bot.engine.helping import person
from bot.services.apply_events import resident_wrote
from bot.services.tell_deeds import told_deeds, untold
from bot.services.tending import Step, Tending, Turn, tend
from bot.services.write_first import conversation_of, is_answering, write_first
from bot.store import bookings, cases, links, notices
from bot.store.tables import BookingRow, CaseRow, CourseRow, DeedRow, LinkRow, MeetingRow

AHEAD = timedelta(days=2)
"""Meetings farther off have no reminder that could be due."""
DEEDS_GATHERED = timedelta(minutes=15)
"""Who books and changes their mind does so within this, and the elder gets one message of it all."""
_TAKEN_UP = "relative_wrote"
_REMINDED = "relative_reminded"
_OVER = "link_over"
"""Owed to the relative when the elder has been told that the time is out."""


@dataclass(frozen=True, slots=True)
class DueLink:
    """A link that something is due for, and the one who is written to: `conversation_id`. `about` is a booking, meeting or deed."""

    link_id: int
    conversation_id: int
    about: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Turn(Turn):
    """What can be done for one link."""

    def link(self, due: DueLink) -> LinkRow:
        """The link as it is now, held; before it the one who is written to."""
        conversation_of(self.session, due.conversation_id)
        row = links.lock(self.session, due.link_id)
        assert row is not None, "links are kept"
        return row

    def tell_relative(self, link: LinkRow, key: str, **values: str) -> bool:
        """Writes to the relative; `whom` is how they speak of the elder."""
        language = self.language_of(link.relative_id)
        who = person(link.relation, link.called) or Helped("den du hjälper", "the person you help")
        told = {"whom": who.called(language), **values}
        return write_first(
            self.session, self.world, link.relative_id, link.relative_channel, key, told, self.now, self.real
        )

    def tell_elder(self, link: LinkRow, key: str, **values: str) -> bool:
        """Writes to the elder, always by SMS."""
        channel = Address(link.elder_address).channel
        return write_first(
            self.session,
            self.world,
            link.elder_id,
            channel,
            key,
            {"who": link.relative_name, **values},
            self.now,
            self.real,
        )


def tend_links(tending: Tending) -> int:
    """Does what is due; how many were written to. Raises DatabaseAway."""
    return tend(tending, _Turn, _STEPS)


def _find_unanswered(session: Session, now: datetime) -> list[DueLink]:
    return _relatives(
        session.scalars(select(LinkRow).where(LinkRow.status == LinkStatus.ASKED, LinkRow.ends_at <= now)).all()
    )


def _end_question(turn: _Turn, due: DueLink) -> bool:
    """The same words whether the number is anybody's, stopped or silent."""
    link = turn.link(due)
    if link.status != LinkStatus.ASKED or link.ends_at is None or link.ends_at > turn.now:
        return False
    links.end(link, LinkStatus.UNANSWERED, EndedBy.TIME, turn.now)
    return turn.tell_relative(link, "elder_unanswered")


def _find_over(session: Session, now: datetime) -> list[DueLink]:
    found = session.scalars(select(LinkRow).where(LinkRow.status == LinkStatus.ACTIVE, LinkRow.ends_at <= now)).all()
    return [DueLink(link.id, link.elder_id) for link in found]


def _end_leave(turn: _Turn, due: DueLink) -> bool:
    link = turn.link(due)
    if link.status != LinkStatus.ACTIVE or links.is_living(link, turn.now):
        return False
    links.end(link, LinkStatus.ENDED, EndedBy.TIME, turn.now)
    notices.owe(turn.session, _OVER, str(link.id), turn.now)
    return turn.tell_elder(link, "elder_time_is_out")


def _find_owed(session: Session, _: datetime) -> list[DueLink]:
    owed = list(map(int, notices.owed(session, (_OVER,))))
    return _relatives(session.scalars(select(LinkRow).where(LinkRow.id.in_(owed))).all())


def _tell_owed(turn: _Turn, due: DueLink) -> bool:
    link = turn.link(due)
    return notices.settle(turn.session, _OVER, str(link.id)) and turn.tell_relative(link, "elder_leave_over")


def _find_to_ask_again(session: Session, now: datetime) -> list[DueLink]:
    query = select(LinkRow).where(
        LinkRow.status == LinkStatus.ACTIVE,
        LinkRow.asked_again_at.is_(None),
        LinkRow.ends_at <= now + ASKED_AGAIN,
        LinkRow.ends_at > now,
    )
    return [DueLink(link.id, link.elder_id) for link in session.scalars(query)]


def _ask_again(turn: _Turn, due: DueLink) -> bool:
    """The question is the row itself, as the first one was; another question of ours is answered before it is put."""
    link = turn.link(due)
    if (
        link.asked_again_at
        or not links.is_living(link, turn.now)
        or (link.ends_at or turn.now) > turn.now + ASKED_AGAIN
    ):
        return False
    if is_answering(conversation_of(turn.session, link.elder_id), turn.now):
        return False
    link.asked_again_at = turn.now
    return turn.tell_elder(link, "elder_asked_again")


def _find_news(session: Session, now: datetime) -> list[DueLink]:
    open_case = and_(CaseRow.conversation_id == LinkRow.elder_id, CaseRow.status != Status.RESOLVED)
    query = (
        select(LinkRow, CaseRow.id, CaseRow.status)
        .outerjoin(CaseRow, open_case)
        .where(LinkRow.status == LinkStatus.ACTIVE, LinkRow.ends_at > now)
    )
    return [
        DueLink(link.id, link.relative_id)
        for link, case_id, status in session.execute(query)
        if news(link.told_state, state_of(case_id, status), link.told_at or link.started_at, now)
    ]


def _tell_news(turn: _Turn, due: DueLink) -> bool:
    link = turn.link(due)
    case = cases.open_of(turn.session, link.elder_id)
    state = state_of(case.id, case.status) if case else ""
    what = news(link.told_state, state, link.told_at or link.started_at, turn.now)
    if what is None or not links.is_living(link, turn.now):
        return False
    link.told_state, link.told_at = state, turn.now
    when = ""
    if case:
        team = turn.world.organisation.team(case.municipality, case.unit)
        when = when_answered(team, turn.now, turn.world.texts, turn.language_of(link.relative_id))
    return turn.tell_relative(link, f"elder_news_{what}", when=when)


def _find_deeds(session: Session, now: datetime) -> list[DueLink]:
    query = select(LinkRow.elder_id, DeedRow.link_id).join(DeedRow, DeedRow.link_id == LinkRow.id).where(
        DeedRow.told_at.is_(None), DeedRow.at <= now - DEEDS_GATHERED
    )  # fmt: skip
    by_elder = {row.elder_id: row.link_id for row in session.execute(query)}
    return [DueLink(link_id, elder_id) for elder_id, link_id in by_elder.items()]


def _tell_deeds(turn: _Turn, due: DueLink) -> bool:
    """All that was done for this elder, by whomever. What cannot be told for STOPP counts as told."""
    language = turn.language_of(due.conversation_id)  # holds the elder before the link
    link = turn.link(due)
    done = untold(turn.session, link.elder_id)
    if not done or done[0][1].at > turn.now - DEEDS_GATHERED:
        return False
    for _, deed in done:
        deed.told_at = turn.now
    living = any(links.is_living(one, turn.now) for one, _ in done)
    key = "deed_told" if living else "deed_told_after"
    return turn.tell_elder(link, key, deeds=told_deeds(turn.session, turn.world, done, key, language, turn.now))


def _find_reminders(session: Session, now: datetime) -> list[DueLink]:
    """Elders' meetings that they are reminded of the day before, with each relative who is reminded too."""
    coming = [
        one
        for one in bookings.to_remind(session, now, AHEAD)
        if due_reminder(one.starts_at, one.known_at, now) == Reminder.DAY_BEFORE
    ]
    by_elder: dict[int, list[LinkRow]] = {}
    query = select(LinkRow).where(
        LinkRow.elder_id.in_({one.conversation_id for one in coming}),
        LinkRow.status == LinkStatus.ACTIVE,
        LinkRow.ends_at > now,
    )
    for link in session.scalars(query):
        if Scope(link.scope).holds(Scope.REMINDERS):
            by_elder.setdefault(link.elder_id, []).append(link)
    found = [
        DueLink(link.id, link.relative_id, (one.booking_id, one.meeting_id))
        for one in coming
        for link in by_elder.get(one.conversation_id, ())
    ]
    out = notices.sent(session, _REMINDED, [_about(due) for due in found])
    return [due for due in found if _about(due) not in out]


def _remind(turn: _Turn, due: DueLink) -> bool:
    """The same as the elder is told: day, time and place."""
    link = turn.link(due)
    row, meeting = (
        turn.session.get_one(table, number) for table, number in zip((BookingRow, MeetingRow), due.about, strict=True)
    )
    assert isinstance(row, BookingRow)
    assert isinstance(meeting, MeetingRow)
    course = turn.session.get_one(CourseRow, row.course_id)
    if (
        not links.is_living(link, turn.now)
        or not Scope(link.scope).holds(Scope.REMINDERS)
        or row.for_whom
        or course.cancelled_at
    ):
        return False
    if (
        row.status != BookingStatus.BOOKED
        or due_reminder(meeting.starts_at, bookings.known_at(row, meeting), turn.now) != Reminder.DAY_BEFORE
    ):
        return False
    if not notices.take(turn.session, _REMINDED, _about(due), turn.now):
        return False
    when = describe_moment(meeting.starts_at, turn.now, turn.language_of(link.relative_id))
    return turn.tell_relative(link, "elder_remind", when=when, place=turn.place(course.place) or course.place)


def _find_notes(session: Session, now: datetime) -> list[DueLink]:
    query = select(DeedRow.id, LinkRow.id, LinkRow.elder_id).join(LinkRow, LinkRow.id == DeedRow.link_id).where(
        DeedRow.kind == Deed.NOTED, DeedRow.at > now - timedelta(days=1)
    )  # fmt: skip
    found = [DueLink(link_id, elder_id, (deed_id,)) for deed_id, link_id, elder_id in session.execute(query)]
    out = notices.sent(session, _TAKEN_UP, [_about(due) for due in found])
    return [due for due in found if _about(due) not in out]


def _take_up_note(turn: _Turn, due: DueLink) -> bool:
    """A relative's note is read as though the elder had written: a case that waited for the elder waits for us, and says why."""
    link = turn.link(due)
    deed = turn.session.get_one(DeedRow, due.about[0])
    case = cases.open_of(turn.session, link.elder_id)
    if notices.take(turn.session, _TAKEN_UP, _about(due), turn.now) and case and str(case.id) == deed.about:
        resident_wrote(turn.session, link.elder_id, turn.now, f"Anhörig ({link.relative_name})")
    return False


def _relatives(found: Sequence[LinkRow]) -> list[DueLink]:
    return [DueLink(link.id, link.relative_id) for link in found]


def _about(due: DueLink) -> str:
    return ":".join(("link", str(due.link_id), *map(str, due.about)))


_STEPS: tuple[Step[_Turn, DueLink], ...] = (
    Step(_find_notes, _take_up_note, knows_its_hours=True),
    Step(_find_unanswered, _end_question),
    Step(_find_over, _end_leave),
    Step(_find_owed, _tell_owed),
    Step(_find_to_ask_again, _ask_again),
    Step(_find_deeds, _tell_deeds),
    Step(_find_news, _tell_news),
    Step(_find_reminders, _remind),
)
