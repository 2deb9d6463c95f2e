"""Places and courses as the database keeps them: the same faults as in the files, for what the console has written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.checks.places import Held, check, check_courses, growing_old
from bot.domain.duty import Organisation
from bot.domain.finding import Finding
from bot.domain.opening_hours import STOCKHOLM
from bot.domain.place import Place
from bot.place_documents import DocumentUnreadable, place_of
from bot.store import courses, places
from bot.store.tables import CourseRow, PlaceRow

PLACES, COURSES = "places of the console", "courses of the console"
"""Where a finding is, in the stead of a file."""
AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was found, and remarks that are no faults."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


def check_kept(session: Session, organisation: Organisation, now: datetime, told: frozenset[str] = frozenset()) -> Kept:
    """What is wrong with the places that the console wrote, and with the courses to come that no plan of `told` begot."""
    found: list[Finding] = []
    readable: list[tuple[PlaceRow, Place]] = []
    for row in (row for row in places.listed(session) if row.removed_at is None):
        try:
            readable.append((row, place_of(row.document, row.municipality)))
        except DocumentUnreadable as unreadable:
            hint = "mend it on the console's page of places"
            found += [
                Finding(PLACES, 1, "place-unreadable", f"{row.id!r}: {fault}", hint) for fault in unreadable.faults
            ]
    own = [place for row, place in readable if row.origin == places.CONSOLE]
    found += check(own, {place.id: (PLACES, 1) for place in own}, now)
    for place in own:
        home = organisation.municipality(place.municipality)
        if home is None or place.unit not in {unit.id for unit in home.units}:
            message = (
                f"the place {place.id!r} belongs to {place.municipality!r}, {place.unit!r}, which is not configured"
            )
            found.append(
                Finding(
                    PLACES,
                    1,
                    "unknown-unit",
                    message,
                    "choose another unit on its page, or add the unit to the municipality's file",
                )
            )
    found += check_courses(_held(session, now, told), [place for _, place in readable])
    return Kept(tuple(found), tuple(growing_old(own, now)))


def _held(session: Session, now: datetime, told: frozenset[str]) -> list[Held]:
    query = select(CourseRow).where(
        CourseRow.ends_at > now, CourseRow.starts_at < now + AHEAD, CourseRow.cancelled_at.is_(None)
    )
    held = []
    for row in session.scalars(query.order_by(CourseRow.id)):
        if row.key is not None and row.key.partition(":")[0] in told:
            continue
        there = [leader for leader in courses.leaders_of(session, row.id) if not leader.helper and not leader.away]
        meetings = tuple(
            (meeting.starts_at, meeting.ends_at)
            for meeting in courses.meetings_of(session, row.id)
            if meeting.starts_at > now
        )
        title = row.title.get("sv", "")
        name = f"{title} ({row.starts_at.astimezone(STOCKHOLM):%Y-%m-%d})"
        held.append(Held(name, row.place, len(there), meetings, (COURSES, 1)))
    return held
