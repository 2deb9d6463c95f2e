"""Chairs that a relative takes and gives back for an elder who lets them (Scope.BOOK): the booking is the elder's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.conversation import Question
from bot.domain.course import Booking, BookingStatus, Course
from bot.domain.events import BookingCancelled, SeatTaken
from bot.domain.gazetteer import Location
from bot.domain.link import Elder, Scope, Wish
from bot.domain.opening_hours import describe_moment
from bot.engine import where
from bot.engine.answers import says_no, says_yes
from bot.engine.course_lines import MORE, page, rest_of, told
from bot.engine.course_lines import say_own as say_own_booking
from bot.engine.offers import yes_or_no
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk
from bot.engine.whose_elder import meant, whom

LINK = "link:"
"""Begins what a question about a course remembers when the chair is for an elder."""
_CANCEL = re.compile(r"\b(?:avboka|avbokar|avbeställ\w*|ställa? in|lämna (?:tillbaka|återbud)|cancel)\b", re.IGNORECASE)


def for_whom(walk: Walk) -> str:
    """Whom the message says a chair is for: an elder by link, "mamma" as the relative says it, or nobody."""
    elders = [elder for elder in meant(walk, walk.family.elders) if elder.scope.holds(Scope.BOOK)]
    if len(elders) == 1:
        return f"{LINK}{elders[0].link_id}"
    return walk.understanding.entity("relation") or ""


def home(walk: Walk, about: str) -> Location | None:
    """Where courses for an elder are looked for when the message names no town: their municipality."""
    elder = _elder(walk, about)
    if elder is None or where.named_in(walk) is not None:
        return None
    municipality = walk.world.organisation.municipality(elder.home[0])
    located = walk.world.gazetteer.by_name(municipality.name, municipality.id) if municipality else ()
    return located[0] if located else None


def booked(walk: Walk, course_id: int, about: str) -> Booking | None:
    """The booking of that course for whom it is about."""
    if _link(about) is None:
        return walk.programme.booked(course_id, about)
    elder = _elder(walk, about)
    return next((booking for booking in own(elder) if booking.course.id == course_id), None) if elder else None


def say_own(walk: Walk, about: str, booking: Booking) -> None:
    """That there is a booking already."""
    elder = _elder(walk, about)
    if elder is None:
        say_own_booking(walk, booking)
    else:
        walk.say(
            "elder_has_seat",
            whom=whom(elder).called(walk.language),
            when=_when(walk, booking),
            place=place(walk, booking),
        )


def leave_is_over(walk: Walk, about: str) -> bool:
    """Whether the chair was for an elder who lets this person book no longer; says so."""
    link = _link(about)
    if link is None:
        return False
    elder = walk.family.elder(link)
    if elder and elder.scope.holds(Scope.BOOK):
        return False
    if elder:
        walk.say("elder_not_covered", whom=whom(elder).called(walk.language))
    else:
        say_no_leave(walk, link)
    return True


def take(walk: Walk, course: Course, about: str) -> None:
    """The chair, or the place in the queue when the course is full, and what is said of it."""
    link = _link(about)
    elder = walk.family.elder(link)
    if link is None or elder is None:
        walk.events.append(SeatTaken(course.id, waits=course.is_full, for_whom=about))
        if about:
            walk.say("seat_for_whom", whom=about)
        walk.say("course_waitlisted" if course.is_full else "course_booked", course=told(walk, course))
        return
    walk.events.append(SeatTaken(course.id, waits=course.is_full, link_id=link))
    name = whom(elder).called(walk.language)
    walk.say("elder_queued" if course.is_full else "elder_booked", whom=name, course=told(walk, course))


def say_no_leave(walk: Walk, link_id: int) -> None:
    """Of an elder without a living leave nothing is told but that."""
    wish = next((one for one in walk.family.wishes if one.link_id == link_id), None)
    name = whom(wish).called(walk.language) if wish else walk.world.texts.get("elder_somebody", walk.language)
    walk.say("elder_no_answer" if wish and not wish.refused else "elder_no_leave", whom=name)


def wants_to_cancel(walk: Walk) -> bool:
    """Whether the message is about giving a chair back."""
    return walk.means("course_cancel") or _CANCEL.search(walk.incoming.text) is not None


def may_ask(walk: Walk, people: Sequence[Elder | Wish]) -> bool:
    """Whether it is about an elder's booking: what this person booked for them in their own name is cancelled as ever."""
    if any(isinstance(one, Elder) and one.scope.holds(Scope.BOOK) for one in people):
        return True
    return not walk.programme.bookings


def ask_to_cancel(walk: Walk, elder: Elder) -> None:
    """Asks whether to give the elder's chair back; which, when there are several. Told by time and place."""
    name = whom(elder).called(walk.language)
    if not elder.scope.holds(Scope.BOOK):
        walk.say("elder_not_covered", whom=name)
    elif not (bookings := own(elder)):
        walk.say("elder_no_bookings", whom=name)
    elif len(bookings) == 1:
        walk.say("elder_cancel", whom=name, when=_when(walk, bookings[0]), place=place(walk, bookings[0]))
        walk.set(question=Question("elder_cancel", (str(bookings[0].id),), about=f"{LINK}{elder.link_id}"))
        yes_or_no(walk)
    else:
        _ask_which(walk, elder, bookings)


def cancel(walk: Walk, question: Question) -> bool:
    """JA gives the elder's chair back."""
    if says_yes(walk):
        cancelled(walk, question, question.options[0])
    elif says_no(walk):
        walk.set(question=None, not_understood=0)
        walk.say("elder_keeps_seat")
    else:
        return False
    return True


def cancelled(walk: Walk, question: Question, option: str) -> None:
    """Gives back the chair that was chosen, if the leave still lets it be given back."""
    walk.set(question=None, not_understood=0)
    if leave_is_over(walk, question.about):
        return
    elder = _elder(walk, question.about)
    assert elder is not None, "a leave that is not over"
    if option.startswith(MORE):
        left = tuple(booking for booking in own(elder) if booking.id in rest_of(option))
        _ask_which(walk, elder, left or own(elder))
        return
    booking = next((booking for booking in own(elder) if booking.id == int(option)), None)
    if booking is None:
        walk.say("elder_no_bookings", whom=whom(elder).called(walk.language))
        return
    walk.events.append(BookingCancelled(booking.id, elder.link_id))
    walk.say(
        "elder_cancelled", whom=whom(elder).called(walk.language), when=_when(walk, booking), place=place(walk, booking)
    )


def own(elder: Elder) -> tuple[Booking, ...]:
    """The elder's bookings for themselves; what they booked for somebody else is that one's matter."""
    return tuple(
        booking for booking in elder.bookings if not booking.for_whom and booking.status != BookingStatus.CANCELLED
    )


def place(walk: Walk, booking: Booking) -> str:
    """What the place of a booking is called."""
    return next((place.name for place in walk.world.places if place.id == booking.course.place), booking.course.place)


def _ask_which(walk: Walk, elder: Elder, bookings: Sequence[Booking]) -> None:
    lines = [(booking.id, f"{_when(walk, booking)}, {place(walk, booking)}") for booking in bookings]
    labels, options = page(walk, lines)
    walk.say("elder_cancel_which")
    walk.parts.append(numbered(labels))
    walk.say("choose_footer")
    walk.may_give_way()
    offer_numbers(walk, labels)
    walk.set(question=Question("elder_bookings", options, labels, about=f"{LINK}{elder.link_id}"))


def _when(walk: Walk, booking: Booking) -> str:
    return describe_moment(booking.course.starts_at, walk.now, walk.language)


def _link(about: str) -> int | None:
    return int(about.removeprefix(LINK)) if about.startswith(LINK) else None


def _elder(walk: Walk, about: str) -> Elder | None:
    return walk.family.elder(_link(about))
