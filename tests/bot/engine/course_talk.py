"""Talks about the shipped courses, with chairs as a test wants them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from bot.configuration import load_configuration
from bot.domain.conversation import Question
from bot.domain.course import Booking, BookingStatus, Course, Programme, seats
from bot.domain.course_plan import groups
from bot.domain.events import BookingCancelled, Event, SeatAccepted, SeatTaken
from tests.bot.engine.talk import MONDAY, ROOT, Talk

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
VARA, KALMAR, KUNGSBACKA, MJOLBY = ({"place": name} for name in ("Vara", "Kalmar", "Kungsbacka", "Mjölby"))
MOBILE, BANKID = "Mobilen från början", "BankID i lugn takt"


@cache
def coming(now: datetime = MONDAY) -> Programme:
    """The groups of the shipped plans, nobody booked."""
    made = []
    for plan in load_configuration(ROOT / "config").courses:
        for _, times in groups(plan, now):
            chairs, (start, end) = seats(plan.kind, len(plan.handledare)), times[0]
            made.append(
                Course(
                    0, plan.kind, plan.title, plan.municipality, plan.place, start, end, chairs, 0, chairs, len(times), plan.language, plan.bring, plan.cost, plan.tags
                )
            )  # fmt: skip
    made.sort(key=lambda course: course.starts_at)
    return Programme(tuple(replace(course, id=i) for i, course in enumerate(made, 1)))


def the(title: str, municipality: str, programme: Programme | None = None, nth: int = 0) -> Course:
    """The next group of that title in a municipality, or one after it."""
    found = [c for c in (programme or coming()).courses if c.title["sv"] == title and c.municipality == municipality]
    return found[nth]


def full(courses: Iterable[Course], programme: Programme | None = None) -> Programme:
    """The programme with no chair left in these."""
    numbers, programme = {course.id for course in courses}, programme or coming()
    return replace(
        programme,
        courses=tuple(replace(c, taken=c.seats, open_seats=0) if c.id in numbers else c for c in programme.courses),
    )


def booked(
    *courses: Course, status: BookingStatus = BookingStatus.BOOKED, programme: Programme | None = None, **more: Any
) -> Programme:
    """The programme with a chair in each of these, numbered from 1."""
    own = tuple(Booking(i, course, status, **more) for i, course in enumerate(courses, 1))
    return replace(programme or coming(), bookings=own)


def talk_about(programme: Programme | None = None, channel: Any = "sms", **more: Any) -> Talk:
    return Talk(channel, programme=programme or coming(), **more)


def list_courses(talk: Talk, where: dict[str, str], text: str = "vilka kurser finns det") -> str:
    return talk.says(text, "course_list", entities=where)


def bookings_in(talk: Talk) -> list[Event]:
    return [event for event in talk.events if isinstance(event, SeatTaken | SeatAccepted | BookingCancelled)]


def open_question(talk: Talk) -> str | None:
    return talk.conversation.question.kind if talk.conversation.question else None


def asked(talk: Talk, question: Question) -> Talk:
    """As though we had written first."""
    talk.conversation = talk.conversation.with_(question=question, introduced_at=talk.now, heard_at=talk.now)
    return talk


def reminded(talk: Talk, *options: str, about: datetime | None = None) -> Talk:
    return asked(talk, Question("coming", options or ("1",), about=about.isoformat() if about else "", soft=True))


def many(count: int) -> Programme:
    first = the(MOBILE, "vara")
    made = (
        replace(
            first, id=i, title={"sv": f"Kurs nummer {i}", "en": f"Course {i}"}, starts_at=first.starts_at + i * HOUR
        )
        for i in range(1, count + 1)
    )
    return Programme(tuple(made))
