"""What a relative does for an elder by a link, made true in the relative's own turn: rows only, never the elder's conversation.

The link is held first and looked at anew. When the leave has been taken back, or covers less, nothing is done: NotAsItWas lets the turn be thought again, and the
answer says so. What was done is kept as a deed, and bot/services/tend_links.py tells the elder.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.address import Address
from bot.domain.events import BookingCancelled, CaseNoted, GuideShared, SeatTaken, StandingTold
from bot.domain.link import Deed, Scope
from bot.domain.link_news import state_of
from bot.domain.opening_hours import STOCKHOLM
from bot.services.book_course import NotAsItWas, Who, book, cancel, wait
from bot.store import cases, links
from bot.store.tables import DeedRow, LinkRow

ByLink = SeatTaken | BookingCancelled | CaseNoted | GuideShared | StandingTold


def do_by_link(session: Session, event: ByLink, relative_id: int, now: datetime) -> None:
    """Does it. `relative_id` is the conversation whose turn it is. Raises NotAsItWas when the leave does not cover it any more, or the chair is gone."""
    assert event.link_id is not None, "what is done by a link names it"
    link = _living(session, event.link_id, relative_id, now)
    match event:
        case SeatTaken():
            _covers(link, Scope.BOOK)
            who = Who(link.elder_id, Address(link.elder_address).channel)
            row = (wait if event.waits else book)(session, event.course_id, who, now)
            row.link_id = link.id
            _keep(session, link, Deed.WAITLISTED if event.waits else Deed.BOOKED, str(row.id), now)
        case BookingCancelled():
            _covers(link, Scope.BOOK)
            row = cancel(session, event.booking_id, link.elder_id, now)
            _keep(session, link, Deed.CANCELLED, str(row.id), now)
        case CaseNoted():
            case = cases.open_of(session, link.elder_id)
            if case is None:
                raise NotAsItWas
            cases.note(session, case.id, f"Anhörig ({link.relative_name}): {event.text}", now, kind="relative")
            _keep(session, link, Deed.NOTED, str(case.id), now)
        case StandingTold():
            case = cases.open_of(session, link.elder_id)
            if (case.status if case else None) == event.case:  # else it has changed meanwhile, which is news
                link.told_state, link.told_at = state_of(case.id if case else None, event.case), now
        case GuideShared():
            link.position, link.moved_at = asdict(event.position), now
            if not _helped_today(session, link, event.position.flow, now):
                _keep(session, link, Deed.GUIDE, event.position.flow, now)


def _living(session: Session, link_id: int, relative_id: int, now: datetime) -> LinkRow:
    link = links.lock(session, link_id)
    if link is None or link.relative_id != relative_id or not links.is_living(link, now):
        raise NotAsItWas
    return link


def _covers(link: LinkRow, needed: Scope) -> None:
    if not Scope(link.scope).holds(needed):
        raise NotAsItWas


def _keep(session: Session, link: LinkRow, deed: Deed, about: str, now: datetime) -> None:
    session.add(DeedRow(link_id=link.id, at=now, kind=deed, about=about))
    session.flush()


def _helped_today(session: Session, link: LinkRow, flow: str, now: datetime) -> bool:
    """Whether help with that guide is kept for this day already."""
    midnight = now.astimezone(STOCKHOLM).replace(hour=0, minute=0, second=0, microsecond=0)
    query = select(DeedRow.id).where(
        DeedRow.link_id == link.id, DeedRow.kind == Deed.GUIDE, DeedRow.about == flow, DeedRow.at >= midnight
    )
    return session.scalars(query.limit(1)).first() is not None
