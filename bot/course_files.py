"""Reads the plans of courses in ``config/courses/*.yml``, one file for each municipality.

    municipality: Vara
    courses:
      - id: vara-mobilen
        kind: course                 # course, workshop, drop_in or coaching
        title: {sv: Mobilen från början, en: Your phone from the start}
        place: vara-bibliotek        # the id of a place
        handledare: [Handledare A]   # eight seats for each; a coaching time has one
        weekly: {day: tuesday, hours: "10-12", meetings: 1}

Instead of ``weekly``, ``dates`` lists the meetings of one group: ``["2026-12-01 10-12", "2026-12-08 10-12"]``. Optional: helpers, language, level
(beginner, some, used), about, bring, cost, tags (words that lead here; ``foto*`` takes any ending), sample.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path

from bot.domain.course import CourseKind
from bot.domain.course_plan import CoursePlan, Times, Weekly
from bot.domain.opening_hours import STOCKHOLM
from bot.marked_yaml import FileFault, Marked, YamlFault, read_marked
from bot.place_hours import known_keys, read_truth
from bot.plan_files import read_both, read_keys, read_plans, read_texts

LEVELS = ("beginner", "some", "used")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS = re.compile(r"(\d{1,2})(?:[.:](\d\d))?-(\d{1,2})(?:[.:](\d\d))?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NEEDED = ("id", "kind", "title", "place", "handledare")
_OPTIONAL = ("weekly", "dates", "helpers", "language", "level", "about", "bring", "cost", "tags", "sample")


def read_courses(folder: Path) -> tuple[list[CoursePlan], list[FileFault]]:
    """The plans that can be read, `municipality` as the file writes it, and everything that is wrong with the others. No folder is no courses."""
    return read_plans(folder, "courses", _plan)


def course_lines(folder: Path) -> dict[str, tuple[Path, int]]:
    """File and line of each course that says its id, whatever else is wrong with it."""
    found: dict[str, tuple[Path, int]] = {}
    for path in sorted(folder.glob("*.yml")):
        try:
            for entry in read_marked(path).mapping("the file")["courses"].items("courses"):
                found.setdefault(entry.mapping("a course")["id"].text("id"), (path, entry.line))
        except (YamlFault, KeyError):
            continue
    return found


def _plan(entry: Marked, municipality: str) -> CoursePlan:
    given = read_keys(entry, "course", _NEEDED, _OPTIONAL)
    if ("weekly" in given) == ("dates" in given):
        raise YamlFault(entry.line, "write either weekly: or dates: for when the course is")
    handledare = read_texts(given["handledare"], "handledare")
    if not handledare:
        raise YamlFault(given["handledare"].line, "a course without handledare has no seats: name at least one")
    return CoursePlan(
        id=given["id"].text("id"),
        kind=_kind(given["kind"]),
        title=read_both(given["title"], "title"),
        municipality=municipality,
        place=given["place"].text("place"),
        handledare=handledare,
        weekly=_weekly(given["weekly"]) if "weekly" in given else None,
        dates=_dates(given["dates"]) if "dates" in given else (),
        helpers=read_texts(given["helpers"], "helpers") if "helpers" in given else (),
        language=given["language"].text("language") if "language" in given else "sv",
        level=_level(given["level"]) if "level" in given else "beginner",
        about=read_both(given["about"], "about") if "about" in given else {},
        bring=read_both(given["bring"], "bring") if "bring" in given else {},
        cost=read_both(given["cost"], "cost") if "cost" in given else {},
        tags=read_texts(given["tags"], "tags") if "tags" in given else (),
        sample="sample" in given and read_truth(given["sample"], "sample"),
    )


def _kind(marked: Marked) -> CourseKind:
    text = marked.text("kind")
    try:
        return CourseKind(text)
    except ValueError:
        raise YamlFault(marked.line, f"{text!r} is no kind of course: use one of {', '.join(CourseKind)}") from None


def _level(marked: Marked) -> str:
    text = marked.text("level")
    if text not in LEVELS:
        raise YamlFault(marked.line, f"{text!r} is no level: use one of {', '.join(LEVELS)}")
    return text


def _weekly(marked: Marked) -> Weekly:
    given = known_keys(marked, "weekly", {"day", "hours", "meetings"})
    for key in ("day", "hours"):
        if key not in given:
            raise YamlFault(marked.line, f'weekly has no {key!r}: write it as {{day: tuesday, hours: "10-12"}}')
    day = given["day"].text("day")
    if day not in _DAYS:
        raise YamlFault(given["day"].line, f"{day!r} is no day: use one of {', '.join(_DAYS)}")
    start, end = _hours(given["hours"].text("hours"), given["hours"].line)
    meetings = given["meetings"].text("meetings") if "meetings" in given else "1"
    if not meetings.isdecimal() or not 1 <= int(meetings) <= 20:
        raise YamlFault(marked.line, f"meetings is {meetings!r}: write a number from 1 to 20")
    return Weekly(_DAYS.index(day), start, end, int(meetings))


def _dates(marked: Marked) -> Times:
    times = []
    for entry in marked.items("dates"):
        written = entry.text("dates")
        day, _, hours = written.partition(" ")
        try:
            if not _DATE.fullmatch(day):
                raise ValueError
            on = date.fromisoformat(day)
        except ValueError:
            raise YamlFault(entry.line, f'{written!r} is no meeting: write it as "2026-12-01 10-12"') from None
        start, end = _hours(hours, entry.line)
        times.append((datetime.combine(on, start, STOCKHOLM), datetime.combine(on, end, STOCKHOLM)))
    if not times or times != sorted(times):
        raise YamlFault(marked.line, "dates must hold at least one meeting, the earliest first")
    if any(later[0] < earlier[1] for earlier, later in pairwise(times)):
        raise YamlFault(marked.line, "dates has two meetings at once: mend a time or remove one")
    return tuple(times)


def _hours(written: str, line: int) -> tuple[time, time]:
    found = _HOURS.fullmatch(written.strip())
    try:
        if not found:
            raise ValueError
        start, end = time(int(found[1]), int(found[2] or 0)), time(int(found[3]), int(found[4] or 0))
        if start >= end:
            raise ValueError
    except ValueError:
        raise YamlFault(line, f'{written!r} are no hours: write them as "10-12" or "13.30-15"') from None
    return start, end
