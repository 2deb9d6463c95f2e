"""A group as a samordnare writes it down, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.course import CourseKind
from bot.domain.course_plan import Times
from bot.domain.opening_hours import STOCKHOLM
from bot.domain.swedish_days import CLOSED_BY_DEFAULT, eve, is_public_holiday

LEVELS = ("beginner", "some", "used")
MOST_MEETINGS = 20
LONGEST_TITLE = 80
"""Characters: a list of courses in one SMS has three titles."""
LONGEST_WORDS = 160
"""Characters of what to bring and what it costs, which stand in the SMS that tells of the course."""
LONGEST_ABOUT = 600
LONGEST_NAME = 60
_LONGEST_MEETING = timedelta(hours=10)
_FARTHEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: with which field, why (a word of `course_fault.*`), and what the words need."""

    field: str
    why: str
    values: tuple[tuple[str, object], ...] = ()


class CourseFaults(ValueError):
    """It cannot be done as asked; `faults` say why, each beside its field. Nothing was changed."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(", ".join(f"{fault.field}: {fault.why}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Wording:
    """What is told of a group, by language, and where it meets. English may be missing."""

    title: Mapping[str, str]
    municipality: str
    place: str
    about: Mapping[str, str] = field(default_factory=dict)
    bring: Mapping[str, str] = field(default_factory=dict)
    cost: Mapping[str, str] = field(default_factory=dict)
    language: str = "sv"
    level: str = "beginner"
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """A group to be. `handledare` and `helpers` are names; `key` is the form's own, so that a form sent twice makes one group."""

    kind: CourseKind
    wording: Wording
    times: Times
    handledare: tuple[str, ...]
    helpers: tuple[str, ...] = ()
    key: str | None = None


def faults_of_wording(wording: Wording) -> list[Fault]:
    """What is wrong with what is said of a group."""
    found = []
    if not wording.title.get("sv", "").strip():
        found.append(Fault("title", "no_title"))
    if not wording.place or not wording.municipality:
        found.append(Fault("place", "no_place"))
    for name, texts, most in (
        ("title", wording.title, LONGEST_TITLE),
        ("bring", wording.bring, LONGEST_WORDS),
        ("cost", wording.cost, LONGEST_WORDS),
        ("about", wording.about, LONGEST_ABOUT),
    ):
        for language, text in texts.items():
            if len(text) > most:
                where = name if language == "sv" else f"{name}_{language}"
                found.append(Fault(where, "too_long", (("n", len(text)), ("most", most))))
    return found


def faults_of_times(times: Times, now: datetime) -> list[Fault]:
    """What is wrong with meetings that are to come."""
    for start, end in times:
        if end <= start:
            return [Fault("end", "end_before_start")]
        if end - start > _LONGEST_MEETING:
            return [Fault("end", "long_meeting")]
        if start <= now:
            return [Fault("day", "in_the_past")]
        if start > now + _FARTHEST:
            return [Fault("day", "too_far")]
    return []


def faults_of_names(handledare: tuple[str, ...], helpers: tuple[str, ...]) -> list[Fault]:
    """A group has somebody grown-up to lead it, and young helpers are never alone."""
    found = []
    if not handledare:
        found.append(Fault("handledare", "no_handledare"))
    for where, names in (("handledare", handledare), ("helpers", helpers)):
        if any(len(name) > LONGEST_NAME for name in names):
            found.append(Fault(where, "long_name", (("most", LONGEST_NAME),)))
    twice = {name.casefold() for name in handledare} & {name.casefold() for name in helpers}
    if twice:
        found.append(Fault("helpers", "both"))
    return found


def faults_of(draft: CourseDraft, now: datetime) -> list[Fault]:
    """Everything that is wrong with a new group."""
    found = [*faults_of_wording(draft.wording), *faults_of_times(draft.times, now)]
    if not draft.times:
        found.append(Fault("day", "no_day"))
    if not 0 < len(draft.times) <= MOST_MEETINGS and draft.times:
        found.append(Fault("count", "bad_count", (("most", MOST_MEETINGS),)))
    return [*found, *faults_of_names(draft.handledare, draft.helpers)]


def meeting(day: date, start: time, end: time) -> tuple[datetime, datetime]:
    """One meeting, given in Swedish local time."""
    return datetime.combine(day, start, STOCKHOLM).astimezone(UTC), datetime.combine(day, end, STOCKHOLM).astimezone(
        UTC
    )


def weekly(first: date, start: time, end: time, count: int) -> Times:
    """So many meetings at the same hour, a week apart. Later weeks in which the day is a holiday are passed over."""
    found: list[tuple[datetime, datetime]] = []
    day = first
    while len(found) < count:
        if day == first or not (is_public_holiday(day) or eve(day) in CLOSED_BY_DEFAULT):
            found.append(meeting(day, start, end))
        day += timedelta(weeks=1)
    return tuple(found)
