"""Makes what two conversations cannot both have one: open cases, chairs of the same course, loans of the same thing. Before they become one.

Both conversations are held by the caller; courses are held before types of loans, in the order of their ids.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.case import Status, Urgency, after, highest
from bot.domain.course import BookingStatus
from bot.domain.link import EndedBy, LinkStatus
from bot.domain.loan import LIVE, LoanStatus
from bot.engine.world import World
from bot.services.alert_duty import alert_duty, calm
from bot.services.lend_things import give_up
from bot.store import cases, courses, links, loans
from bot.store.tables import BookingRow, CaseRow, FollowUpRow, LinkRow, LoanRow

OUTCOME = "joined"


class TwoOnLoan(Exception):
    """The person has borrowed two of the same by two addresses; a person sorts it out first."""


def join_cases(session: Session, world: World, one: int, other: int, now: datetime, real: datetime) -> bool:
    """The newer case's reasons and urgency go to the older, and it is closed with a note; True when somebody on duty is told."""
    found = [row for row in (cases.open_of(session, one), cases.open_of(session, other)) if row is not None]
    for row in found:
        cases.note(
            session,
            row.id,
            "Invånaren skriver både på sms och Telegram. Det är ett samtal från och med nu.",
            now,
            kind="event",
        )
        row.version += 1
    if len(found) < 2:
        return False
    kept, closed = sorted(found, key=lambda row: (row.opened_at, row.id))
    before = kept.urgency
    kept.reasons = list(dict.fromkeys((*kept.reasons, *closed.reasons)))
    kept.urgency = highest((Urgency(kept.urgency), Urgency(closed.urgency)))
    kept.topic = kept.topic or closed.topic
    kept.person_name = kept.person_name or closed.person_name
    _take_over(kept, closed)
    closed.status, closed.resolved_at, closed.outcome, closed.waiting_since = (
        after(Status(closed.status), "resolve"),
        now,
        OUTCOME,
        None,
    )
    calm(session, closed)
    cases.note(session, closed.id, f"Samma person som i ärende {kept.id}. Det fortsätter där.", now, kind="event")
    cases.note(
        session, kept.id, f"Samma person som i ärende {closed.id}, som är stängt: {closed.summary}", now, kind="event"
    )
    session.flush()
    grew = kept.urgency != before
    return grew and alert_duty(
        session, kept, world.organisation.team(kept.municipality, kept.unit), world.organisation, real
    )


def join_bookings(session: Session, one: int, other: int, now: datetime) -> None:
    """Of two chairs of a course for the same person one stays: the one they have before the one they wait for, else the first."""
    rows = session.scalars(
        select(BookingRow).where(
            BookingRow.conversation_id.in_((one, other)), BookingRow.status != BookingStatus.CANCELLED
        )
    )
    same: defaultdict[tuple[int, str], list[BookingRow]] = defaultdict(list)
    for row in rows:
        same[row.course_id, row.for_whom].append(row)
    for (course_id, _), twice in sorted(same.items()):
        if len(twice) < 2:
            continue
        courses.lock(session, course_id)
        for row in twice:
            session.refresh(row)
        live = sorted((row for row in twice if row.status != BookingStatus.CANCELLED), key=_standing)
        for row in live[1:]:
            row.status, row.offered_until, row.cancelled_at = BookingStatus.CANCELLED, None, now


def join_loans(session: Session, one: int, other: int, now: datetime) -> None:
    """Of two loans of the same thing one stays. Raises TwoOnLoan when both are out."""
    rows = session.scalars(select(LoanRow).where(LoanRow.conversation_id.in_((one, other)), LoanRow.status.in_(LIVE)))
    same: defaultdict[int, list[LoanRow]] = defaultdict(list)
    for row in rows:
        same[row.type_id].append(row)
    for type_id, twice in sorted(same.items()):
        if len(twice) < 2:
            continue
        loans.lock(session, type_id)
        for row in twice:
            session.refresh(row)
        live = sorted(
            (row for row in twice if row.status in LIVE),
            key=lambda row: (_LOANS.index(LoanStatus(row.status)), row.queued_at, row.id),
        )
        if sum(row.status == LoanStatus.OUT for row in live) > 1:
            raise TwoOnLoan
        for row in live[1:]:
            give_up(row, now)


def join_links(session: Session, telegram: int, sms: int, now: datetime) -> None:
    """A link between the two ends, and so does the second of two with the same elder: the one that was begun stays."""
    both = (telegram, sms)
    query = (
        select(LinkRow.id).where(LinkRow.relative_id.in_(both), LinkRow.status.in_(links.LIVING)).order_by(LinkRow.id)
    )
    same: defaultdict[str, list[LinkRow]] = defaultdict(list)
    for link_id in session.scalars(query).all():
        row = links.lock(session, link_id)
        if row is None or row.status not in links.LIVING:
            continue
        if row.elder_id in both:
            links.end(row, LinkStatus.ENDED, EndedBy.RELATIVE, now)
        else:
            same[row.elder_address].append(row)
    for twice in same.values():
        for row in sorted(twice, key=lambda row: (row.status != LinkStatus.ACTIVE, row.id))[1:]:
            links.end(row, LinkStatus.ENDED, EndedBy.RELATIVE, now)


def join_follow_ups(session: Session, one: int, other: int) -> None:
    """One question is planned at most: the later one, about the guide that was finished last."""
    rows = [row for row in (session.get(FollowUpRow, one), session.get(FollowUpRow, other)) if row is not None]
    if len(rows) > 1:
        session.delete(min(rows, key=lambda row: row.due_at))
        session.flush()


def _take_over(kept: CaseRow, closed: CaseRow) -> None:
    """Whoever has either has the one that stays; and it waits for us when either does."""
    if kept.claimed_by is None and closed.claimed_by is not None:
        kept.claimed_by, kept.claimed_at, kept.status = closed.claimed_by, closed.claimed_at, closed.status
    elif kept.status == Status.ANSWERED and closed.status != Status.ANSWERED:
        kept.status = after(Status.ANSWERED, "resident_wrote")
    waits = [at for at in (kept.waiting_since, closed.waiting_since) if at is not None]
    kept.waiting_since = min(waits, default=None) if kept.status != Status.ANSWERED else None


def _standing(row: BookingRow) -> tuple[bool, bool, datetime, int]:
    return row.status != BookingStatus.BOOKED, row.offered_until is None, row.queued_at, row.id


_LOANS = (LoanStatus.OUT, LoanStatus.OFFERED, LoanStatus.QUEUED)
"""Which of two loans stays."""
