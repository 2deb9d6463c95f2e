"""Places and the courses at them: what has expired or was not verified, where nobody ever is, and courses behind a closed door.

Hours that overlap, coordinates outside Sweden and the like are told by whoever reads a place (bot/place_files.py), with file and line or field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.course_plan import Times
from bot.domain.finding import Finding
from bot.domain.opening_hours import STOCKHOLM
from bot.domain.place import Place
from bot.domain.place_state import Concern, concerns, is_open

HORIZON_DAYS = 60
"""A place may be shut for the summer; where nobody is for so long, something was forgotten."""

Where = tuple[str, int]
"""File and line."""


@dataclass(frozen=True, slots=True)
class Held:
    """A course as it is planned: where it is written, at which place, who teaches it (young helpers left out), and its meetings to come."""

    name: str
    place: str
    handledare: int
    meetings: Times
    where: Where


def check(places: Sequence[Place], where: Mapping[str, Where], now: datetime) -> list[Finding]:
    """What keeps places from residents. `where` says where each is written, by its id."""
    found: list[Finding] = []
    for place in places:
        file, line = where[place.id]
        for concern in concerns(place, now, HORIZON_DAYS):
            if concern in _TOLD:
                message, hint = _TOLD[concern]
                filled = message.format(
                    place=repr(place.id), valid_to=place.valid_to, verified_at=place.verified_at or "it was added"
                )
                found.append(Finding(file, line, f"place-{concern.replace('_', '-')}", filled, hint))
    return found


_TOLD = {
    Concern.EXPIRED: ("the place {place} was there until {valid_to}", "remove it, or mend valid_to"),
    Concern.UNVERIFIED: (
        "nobody has verified the place {place} since {verified_at}, so residents are not told of it",
        "ask the place whether everything is right, and write the day (verified_at)",
    ),
    Concern.NEVER_OPEN: (
        f"nobody is at the place {{place}} during the coming {HORIZON_DAYS} days",
        "mend its staffed hours, write the next stops of a mobile unit, or remove it",
    ),
}


def growing_old(places: Iterable[Place], now: datetime) -> list[str]:
    """Remarks on places that will soon not be shown any more; no faults yet."""
    old = [f"{place.id} ({place.verified_at})" for place in places if Concern.GROWING_OLD in concerns(place, now)]
    return [f"places to verify soon, before they are half a year old: {', '.join(old)}"] if old else []


def check_courses(held: Iterable[Held], places: Iterable[Place]) -> list[Finding]:
    """Courses without anybody to teach them, without a place, or when their place is closed; of each course the first such meeting."""
    by_id = {place.id: place for place in places}
    return [finding for course in held for finding in _course(course, by_id.get(course.place))]


def _course(course: Held, place: Place | None) -> Iterator[Finding]:
    file, line = course.where
    if not course.handledare:
        message = f"nobody teaches the course {course.name!r}, so it has no seats"
        yield Finding(file, line, "course-no-handledare", message, "name a handledare who is there, or call it off")
    if place is None:
        message = f"the course {course.name!r} is at {course.place!r}, which is no place"
        yield Finding(file, line, "course-no-place", message, "write the id of a place, or bring the place back")
        return
    for start, end in course.meetings:
        if not is_open(place, start, end):
            when = f"{start.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}-{end.astimezone(STOCKHOLM):%H:%M}"
            message = f"the course {course.name!r} meets {when}, when {place.id!r} is closed"
            yield Finding(file, line, "course-closed-place", message, "move the meeting, or mend the place's hours")
            return
