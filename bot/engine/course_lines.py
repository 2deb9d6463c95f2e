"""How a course and a booking are told: in a line, and in a list that fits in two SMS."""

from __future__ import annotations

from bot.domain.course import Booking, BookingStatus, Course
from bot.domain.opening_hours import describe_moment
from bot.engine.steps.choose import numbered
from bot.engine.walk import Walk

MORE = "more"
"""Begins the option that stands for what a list had no room for."""
_LISTED = 4
_TWO_SMS = 306
"""Characters of two SMS that belong together."""


def page(walk: Walk, lines: list[tuple[int, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Labels and options of as many lines as an answer may hold; one more for the rest, if any. `lines` are ids with what is told of each."""
    labels: list[str] = []
    room = _room(walk)
    for _, label in lines[:_LISTED]:
        if labels and sum(map(len, labels)) + len(label) > room:
            break
        labels.append(label)
    options = [str(number) for number, _ in lines[: len(labels)]]
    if rest := lines[len(labels) :]:
        labels.append(walk.world.texts.get("more_courses", walk.language))
        options.append(MORE + ",".join(str(number) for number, _ in rest))
    return tuple(labels), tuple(options)


def _room(walk: Walk) -> int:
    """Characters for the labels, so that the list costs two SMS when it is said again after a number that is not on it."""
    around = (
        walk.world.texts.get("choose_again", walk.language, last=str(_LISTED)),
        walk.world.texts.get("more_courses", walk.language),
    )
    return _TWO_SMS - sum(map(len, around)) - len(numbered(("",) * _LISTED)) - 1


def rest_of(option: str) -> list[int]:
    """The ids that page left for later."""
    return [int(number) for number in option.removeprefix(MORE).split(",")]


def told(walk: Walk, course: Course) -> str:
    """ "Mobilen från början, tisdag 1 december kl 10, Vara bibliotek"."""
    place = next((place.name for place in walk.world.places if place.id == course.place), course.place)
    when = describe_moment(course.starts_at, walk.now, walk.language)
    return f"{course.title_in(walk.language)}, {when}, {place}"


def told_booking(walk: Walk, booking: Booking) -> str:
    """The same with whom the chair is for, which tells two bookings of one group apart."""
    return told(walk, booking.course) + (f" ({booking.for_whom})" if booking.for_whom else "")


def say_own(walk: Walk, booking: Booking) -> None:
    booked = booking.status == BookingStatus.BOOKED
    walk.say("already_booked" if booked else "already_waiting", course=told(walk, booking.course))
