"""What relatives did in an elder's name, told to the elder: all that has gathered in one message of at most two SMS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.conversation import Language
from bot.domain.link import Deed
from bot.domain.opening_hours import describe_moment
from bot.domain.sms_text import prepare
from bot.engine import limits
from bot.engine.world import World
from bot.store import courses
from bot.store.tables import BookingRow, CourseRow, DeedRow, LinkRow

_ORDER = (Deed.BOOKED, Deed.WAITLISTED, Deed.CANCELLED, Deed.NOTED, Deed.GUIDE)
T = TypeVar("T")


def told_deeds(
    session: Session, world: World, done: Sequence[tuple[LinkRow, DeedRow]], key: str, language: Language, now: datetime
) -> str:
    """The deeds as sentences, so long as they fit into the text `key`: each by itself, else counted by kind, else counted in all."""
    texts = world.texts
    by_relative: dict[str, list[DeedRow]] = {}
    for link, deed in done:
        by_relative.setdefault(link.relative_name, []).append(deed)
    ways = (
        {
            who: _each_once([_told(session, world, deed, language, now) for deed in deeds])
            for who, deeds in by_relative.items()
        },
        {who: _counted(world, deeds, language) for who, deeds in by_relative.items()},
    )
    for way in ways:
        said = " ".join(
            texts.get("deed_by", language, who=who, deeds=_joined(world, deeds, language)) for who, deeds in way.items()
        )
        if prepare(texts.get(key, language, deeds=said)).segments <= limits.LATER_SEGMENTS:
            return said
    return texts.get("deed_many", language, count=str(len(done)))


def _told(session: Session, world: World, deed: DeedRow, language: Language, now: datetime) -> str:
    texts = world.texts
    if deed.kind == Deed.GUIDE:
        flow = world.flows.get(deed.about)
        return (
            texts.get("deed_guide", language, title=flow.title.in_(language))
            if flow
            else texts.get("deed_guides", language)
        )
    if deed.kind == Deed.NOTED:
        return texts.get("deed_noted", language)
    values = _when_and_where(session, world, int(deed.about), language, now)
    return texts.get(f"deed_{deed.kind}", language, **values)


def _when_and_where(
    session: Session, world: World, booking_id: int, language: Language, now: datetime
) -> dict[str, str]:
    row = session.get_one(CourseRow, session.get_one(BookingRow, booking_id).course_id)
    seen = courses.as_seen(session, [row], now).get(row.id)
    place = next((place.name for place in world.places if place.id == row.place), row.place)
    return {"when": describe_moment(seen.starts_at if seen else row.starts_at, now, language), "place": place}


def _counted(world: World, deeds: Sequence[DeedRow], language: Language) -> list[str]:
    texts = world.texts
    count = Counter(deed.kind for deed in deeds)
    told = {
        Deed.BOOKED: texts.get("deed_times", language, count=str(count[Deed.BOOKED])),
        Deed.WAITLISTED: texts.get("deed_queues", language, count=str(count[Deed.WAITLISTED])),
        Deed.CANCELLED: texts.get("deed_cancels", language, count=str(count[Deed.CANCELLED])),
        Deed.NOTED: texts.get("deed_noted", language),
        Deed.GUIDE: texts.get("deed_guides", language),
    }
    return [told[kind] for kind in _ORDER if count[kind]]


def _joined(world: World, parts: Sequence[str], language: Language) -> str:
    """ "a, b och c"."""
    both = world.texts.get("and", language)
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {both} {parts[-1]}"


def _each_once(parts: Sequence[T]) -> list[T]:
    return list(dict.fromkeys(parts))


def untold(session: Session, elder_id: int) -> list[tuple[LinkRow, DeedRow]]:
    """What relatives did for that elder and the elder was not told of, the oldest first."""
    query = (
        select(LinkRow, DeedRow)
        .join(DeedRow, DeedRow.link_id == LinkRow.id)
        .where(LinkRow.elder_id == elder_id, DeedRow.told_at.is_(None))
    )
    return [(link, deed) for link, deed in session.execute(query.order_by(DeedRow.id))]
