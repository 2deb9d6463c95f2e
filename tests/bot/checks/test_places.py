"""Faults of places and of the courses at them, one broken sample each, with the exact words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest

from bot.checks.places import Held, check, check_courses, growing_old
from bot.domain.opening_hours import STOCKHOLM
from bot.domain.place import Place
from tests.sample_places import place

NOW = datetime(2026, 11, 23, tzinfo=STOCKHOLM)
WHERE = ("config/places/kalmar.yml", 7)


@dataclass(frozen=True)
class Case:
    """A broken place and what is said of it."""

    fault: str
    place: Place
    expected: str


BROKEN = (
    Case(
        "place-expired",
        place(valid_to="2026-11-22"),
        "config/places/kalmar.yml:7: the place 'kalmar-bibliotek' was there until 2026-11-22 (remove it, or mend valid_to) [place-expired]",
    ),
    Case(
        "place-unverified",
        place(verified_at="2026-05-01"),
        "config/places/kalmar.yml:7: nobody has verified the place 'kalmar-bibliotek' since 2026-05-01, so residents are not told of it"
        " (ask the place whether everything is right, and write the day (verified_at)) [place-unverified]",
    ),
    Case(
        "place-never-open",
        place(
            hours={
                "staffed": {"monday": "10-12"},
                "seasons": [{"from": "09-01", "to": "05-31", "unstaffed": {"monday": "8-20"}}],
            }
        ),
        "config/places/kalmar.yml:7: nobody is at the place 'kalmar-bibliotek' during the coming 60 days"
        " (mend its staffed hours, write the next stops of a mobile unit, or remove it) [place-never-open]",
    ),
)


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.fault)
def test_a_broken_place_is_told_in_these_words(case: Case) -> None:
    assert [str(finding) for finding in check([case.place], {case.place.id: WHERE}, NOW)] == [case.expected]


@pytest.mark.parametrize(
    "sound",
    [
        place(),
        place(verified_at="2026-05-24"),
        place(valid_from="2027-01-01"),
        place(verified_at="sample", verified_by=None, sample=True),
        place(
            hours={
                "staffed": {"monday": "10-12"},
                "exceptions": [{"from": "2026-11-23", "to": "2027-01-10", "closed": True}],
            }
        ),
    ],
)
def test_a_sound_place_has_no_fault(sound: Place) -> None:
    assert check([sound], {sound.id: WHERE}, NOW) == []


def test_places_that_grow_old_are_remarked_on_before_they_are_faults() -> None:
    old = place(verified_at="2026-06-01")
    assert check([old], {old.id: WHERE}, NOW) == []
    assert growing_old([old, place(id="new")], NOW) == [
        "places to verify soon, before they are half a year old: kalmar-bibliotek (2026-06-01)"
    ]
    assert growing_old([place()], NOW) == []


def meeting(day: int, start: int, end: int, month: int = 11) -> tuple[datetime, datetime]:
    return datetime(2026, month, day, start, tzinfo=STOCKHOLM), datetime(2026, month, day, end, tzinfo=STOCKHOLM)


COURSES = ("config/courses/kalmar.yml", 5)
SOUND = Held("mobilen", "kalmar-bibliotek", 1, (meeting(23, 10, 12), meeting(30, 16, 19)), COURSES)


def test_a_sound_course_has_no_fault() -> None:
    assert check_courses([SOUND], [place()]) == []


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        (
            Held("mobilen", "kalmar-bibliotek", 0, SOUND.meetings, COURSES),
            "config/courses/kalmar.yml:5: nobody teaches the course 'mobilen', so it has no seats"
            " (name a handledare who is there, or call it off) [course-no-handledare]",
        ),
        (
            Held("mobilen", "nowhere", 1, SOUND.meetings, COURSES),
            "config/courses/kalmar.yml:5: the course 'mobilen' is at 'nowhere', which is no place"
            " (write the id of a place, or bring the place back) [course-no-place]",
        ),
        (
            Held(
                "mobilen",
                "kalmar-bibliotek",
                1,
                (meeting(23, 10, 12), meeting(25, 10, 12), meeting(26, 10, 12)),
                COURSES,
            ),
            "config/courses/kalmar.yml:5: the course 'mobilen' meets 2026-11-25 10:00-12:00, when 'kalmar-bibliotek' is closed"
            " (move the meeting, or mend the place's hours) [course-closed-place]",
        ),
        (
            Held("jul", "kalmar-bibliotek", 1, (meeting(28, 10, 12, month=12),), COURSES),
            "config/courses/kalmar.yml:5: the course 'jul' meets 2026-12-28 10:00-12:00, when 'kalmar-bibliotek' is closed"
            " (move the meeting, or mend the place's hours) [course-closed-place]",
        ),
    ],
)
def test_a_broken_course_is_told_in_these_words(course: Held, expected: str) -> None:
    assert [str(finding) for finding in check_courses([course], [place()])] == [expected]
