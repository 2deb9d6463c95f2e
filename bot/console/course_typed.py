"""What somebody typed about a group, as it was typed, and as days, times and names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from bot.domain.course import CourseKind
from bot.domain.course_draft import (
    LEVELS,
    MOST_MEETINGS,
    CourseDraft,
    CourseFaults,
    Fault,
    Wording,
    faults_of_names,
    faults_of_times,
    faults_of_wording,
    meeting,
    weekly,
)
from bot.domain.course_plan import Times
from bot.domain.opening_hours import STOCKHOLM
from bot.domain.said_day import NoSuchDay, said_day

Typed = Mapping[str, str]
"""What a form held, by the name of the field."""

LANGUAGES = ("sv", "en", "ar", "fa", "fi", "so", "uk")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WITH_YEAR = re.compile(r"(.+?)[\s,/]+(20\d\d)")
_TIME = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[.:](\d\d))?", re.IGNORECASE)


def day_of(text: str, today: date) -> date:
    """The day that was typed: "2026-12-08", "8 december", "8/12", "8 december 2027", "i morgon". Raises CourseFaults."""
    text = " ".join(text.split())
    if not text:
        raise CourseFaults(Fault("day", "no_day"))
    gone = CourseFaults(Fault("day", "no_such_day", (("day", text),)))
    if found := _ISO.fullmatch(text):
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            raise gone from None
    with_year = _WITH_YEAR.fullmatch(text)
    try:
        said = said_day(with_year[1], date(int(with_year[2]), 1, 1)) if with_year else said_day(text, today)
    except NoSuchDay:
        raise gone from None
    if said is None or said.day is None:
        raise CourseFaults(Fault("day", "unclear_day"))
    if with_year and said.day.year != int(with_year[2]):
        raise gone
    return said.day


def time_of(text: str, where: str) -> time:
    """The time that was typed: "10", "10.30", "kl 9:15". `where` is its field. Raises CourseFaults."""
    text = text.strip()
    if not text:
        raise CourseFaults(Fault(where, "no_time"))
    found = _TIME.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise CourseFaults(Fault(where, "unclear_time"))
    return time(int(found[1]), int(found[2] or 0))


def meeting_of(typed: Typed, now: datetime) -> tuple[datetime, datetime]:
    """Start and end of one meeting. Raises CourseFaults with everything that cannot be read."""
    day, start, end = _read_times(typed, now)
    return meeting(day, start, end)


def names_of(text: str) -> tuple[str, ...]:
    """One name a line."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def wording_of(typed: Typed, home: Mapping[str, str]) -> Wording:
    """What is said of a group. `home` has each place's municipality, by their ids."""
    place = typed.get("place", "")

    def both(name: str) -> dict[str, str]:
        pairs = (("sv", typed.get(name, "")), ("en", typed.get(f"{name}_en", "")))
        return {language: text.strip() for language, text in pairs if text.strip()}

    tags = (tag.strip().casefold() for tag in typed.get("tags", "").split(","))
    return Wording(
        title=both("title"),
        municipality=home.get(place, ""),
        place=place if place in home else "",
        about=both("about"),
        bring=both("bring"),
        cost=both("cost"),
        language=typed["language"] if typed.get("language") in LANGUAGES else "sv",
        level=typed["level"] if typed.get("level") in LEVELS else "beginner",
        tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
    )


def draft_of(typed: Typed, home: Mapping[str, str], now: datetime) -> CourseDraft:
    """A new group. Raises CourseFaults with everything that is wrong, so that it can be corrected at once."""
    faults: list[Fault] = []
    wording = wording_of(typed, home)
    faults += faults_of_wording(wording)
    kind = next((kind for kind in CourseKind if kind == typed.get("kind")), None)
    if kind is None:
        faults.append(Fault("kind", "no_kind"))
    times: Times = ()
    try:
        times = _times(typed, now)
    except CourseFaults as wrong:
        faults += wrong.faults
    faults += faults_of_times(times, now)
    handledare, helpers = names_of(typed.get("handledare", "")), names_of(typed.get("helpers", ""))
    faults += faults_of_names(handledare, helpers)
    if faults or kind is None:
        raise CourseFaults(*faults)
    key = typed.get("key", "")
    return CourseDraft(
        kind, wording, times, handledare, helpers, f"console:{key}" if re.fullmatch(r"[\w-]{8,60}", key) else None
    )


def typed_of(wording: Wording) -> dict[str, str]:
    """What a form holds before anything is changed."""
    texts = (("title", wording.title), ("about", wording.about), ("bring", wording.bring), ("cost", wording.cost))
    typed = {name: said.get("sv", "") for name, said in texts}
    typed |= {f"{name}_en": said.get("en", "") for name, said in texts}
    return typed | {
        "place": wording.place, "language": wording.language, "level": wording.level, "tags": ", ".join(wording.tags)
    }  # fmt: skip


def typed_meeting(starts_at: datetime, ends_at: datetime) -> dict[str, str]:
    """Day and times as somebody would type them."""
    start, end = starts_at.astimezone(STOCKHOLM), ends_at.astimezone(STOCKHOLM)
    return {"day": start.date().isoformat(), "start": f"{start:%H.%M}", "end": f"{end:%H.%M}"}


def _times(typed: Typed, now: datetime) -> Times:
    faults: list[Fault] = []
    count = typed.get("count", "").strip() or "1"
    if not (count.isascii() and count.isdecimal() and 1 <= int(count[:4]) <= MOST_MEETINGS):
        faults.append(Fault("count", "bad_count", (("most", MOST_MEETINGS),)))
    try:
        day, start, end = _read_times(typed, now)
    except CourseFaults as wrong:
        raise CourseFaults(*wrong.faults, *faults) from None
    if faults:
        raise CourseFaults(*faults)
    return weekly(day, start, end, int(count))


def _read_times(typed: Typed, now: datetime) -> tuple[date, time, time]:
    faults: list[Fault] = []
    day, start, end = date.min, time.min, time.min
    try:
        day = day_of(typed.get("day", ""), now.astimezone(STOCKHOLM).date())
    except CourseFaults as wrong:
        faults += wrong.faults
    try:
        start = time_of(typed.get("start", ""), "start")
    except CourseFaults as wrong:
        faults += wrong.faults
    try:
        end = time_of(typed.get("end", ""), "end")
    except CourseFaults as wrong:
        faults += wrong.faults
    if faults:
        raise CourseFaults(*faults)
    return day, start, end
