"""The resident's own bookings: giving a chair back, answering a reminder, and taking a chair that became free."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.booking_question import asks_what_is_booked, asks_when_in_short, cannot_come, names_course
from bot.domain.case import Status
from bot.domain.conversation import Question
from bot.domain.course import Booking, BookingStatus
from bot.domain.events import BookingCancelled, SeatAccepted
from bot.domain.message import Kind
from bot.domain.opening_hours import STOCKHOLM
from bot.domain.said_day import NoSuchDay, said_day
from bot.domain.stopping import regrets
from bot.engine import open_step
from bot.engine.answers import agrees_to, says_no, says_yes
from bot.engine.course_lines import MORE, page, rest_of, say_own, told, told_booking
from bot.engine.offers import yes_or_no
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk
from nlu.labels import SAFETY, TOPICS

_TOLD = 3
_GIVE_WAY = frozenset(
    {
        "topics",
        "person",
        "resume",
        "next_need",
        "follow_up",
        "choose",
        "cancel_booking",
        "which_booking",
        "book",
        "meanwhile",
    }
)
"""Hard questions that stay open while somebody asks what they have booked."""
_TELLS_MORE = 12
"""Words: who has nothing booked and says more asks for something else besides, which must not be lost."""


def ask_to_cancel(walk: Walk) -> None:
    """Asks whether to give the chair back; which, when there are several."""
    bookings = walk.programme.bookings
    if not bookings:
        walk.say("no_bookings")
        return
    meant = _on_day_named(walk, bookings) or bookings
    if len(meant) == 1:
        walk.say("cancel_course", course=told_booking(walk, meant[0]))
        walk.set(question=Question("cancel_booking", options=(str(meant[0].id),)))
        yes_or_no(walk)
    else:
        _ask_which(walk, meant)


def _on_day_named(walk: Walk, bookings: tuple[Booking, ...]) -> tuple[Booking, ...]:
    """Those on the day that the message names; none when it names none."""
    try:
        day = said_day(walk.incoming.text, walk.now.astimezone(STOCKHOLM).date())
    except NoSuchDay:
        return ()
    return tuple(one for one in bookings if day and day.covers(one.course.starts_at.astimezone(STOCKHOLM).date()))


def asked(walk: Walk) -> bool:
    """Tells what is booked to one who asks, or asks whether to cancel it: also in the middle of a guide, and while a person is waited for. False when neither is meant."""
    conversation, bookings = walk.conversation, walk.programme.bookings
    case, question = conversation.case, conversation.question
    if (
        walk.word is not None
        or walk.incoming.kind not in (Kind.TEXT, Kind.PHOTO)
        or (case is not None and case.status != Status.WAITING)
    ):
        return False  # who has the case answers
    understanding, text = walk.understanding, walk.incoming.text
    if understanding.intent in SAFETY or (question and not question.soft and question.kind not in _GIVE_WAY):
        return False
    of_the_guide = conversation.position is not None and not bookings
    elsewhere = (of_the_guide or (understanding.accepted and understanding.intent in TOPICS)) and not names_course(text)
    if not bookings and len(text.split()) > _TELLS_MORE:
        return False
    of_the_seat = question is not None and question.kind == "book" and names_course(text)
    if (asks_what_is_booked(text) and not elsewhere and not of_the_seat) or (
        bookings
        and conversation.position is None
        and asks_when_in_short(text)
        and (question is None or question.kind in ("coming", "place"))
    ):
        _tell(walk)
    elif (
        bookings
        and question is None
        and (cannot_come(text) or regrets(text))
        and not elsewhere
        and (names_course(text) or conversation.position is None)
        and (case is None or names_course(text))
    ):
        walk.set(not_understood=0)
        ask_to_cancel(walk)
    else:
        return False
    return True


def _tell(walk: Walk) -> None:
    walk.set(not_understood=0)
    if not walk.programme.bookings:
        walk.say("no_bookings")
        walk.say("no_bookings_see")
    for count, booking in enumerate(walk.programme.bookings[:_TOLD]):
        walk.say(
            "own_seat" if booking.status == BookingStatus.BOOKED else "own_waits", course=told_booking(walk, booking)
        )
        if count:
            walk.may_give_way()
    if walk.programme.bookings:
        walk.say("own_cancel")
    if walk.conversation.position and walk.conversation.case is None:
        open_step.remind(walk)
        walk.may_give_way()


def _ask_which(walk: Walk, bookings: tuple[Booking, ...]) -> None:
    labels, options = page(walk, [(booking.id, told_booking(walk, booking)) for booking in bookings])
    walk.say("cancel_which")
    walk.parts.append(numbered(labels))
    walk.say("choose_footer")
    walk.may_give_way()
    offer_numbers(walk, labels)
    walk.set(question=Question("which_booking", options, labels))


def cancel(walk: Walk, question: Question) -> bool:
    """JA gives the chair back."""
    if agrees_to(walk, "course_cancel"):
        cancelled(walk, question, question.options[0])
    elif says_no(walk):
        walk.set(question=None, not_understood=0)
        walk.say("keeps_seat")
    else:
        return False
    return True


def cancelled(walk: Walk, question: Question, option: str) -> None:
    """Gives the chair back that was chosen."""
    if option.startswith(MORE):
        _ask_which(walk, _still_booked(walk, rest_of(option)) or walk.programme.bookings)
        return
    booking = walk.programme.booking(int(option))
    walk.set(question=None, not_understood=0)
    if booking is None:
        walk.say("no_bookings")
        return
    walk.events.append(BookingCancelled(booking.id))
    walk.say("course_cancelled", course=told_booking(walk, booking))


def comes(walk: Walk, question: Question) -> bool:
    """The answer to a reminder: JA keeps the chair, NEJ and "kan inte komma" give it back. When the meeting has begun nothing is asked any more."""
    yes, no = says_yes(walk), says_no(walk) or walk.means("course_cancel")
    if not yes and not no:
        return False
    if question.about and datetime.fromisoformat(question.about) <= walk.now:
        walk.set(question=None)
        return False
    booked = _still_booked(walk, map(int, question.options))
    walk.set(question=None, not_understood=0)
    if not booked:
        walk.say("no_bookings")
    elif yes:
        walk.say("welcome_then")
    elif len(booked) > 1:
        _ask_which(walk, booked)
    else:
        cancelled(walk, question, str(booked[0].id))
    return True


def takes_seat(walk: Walk, question: Question) -> bool:
    """The answer to the offer of a chair that became free. Who answers too late leaves the queue, and is told so once."""
    yes, no = says_yes(walk), says_no(walk) or walk.means("course_cancel")
    if not yes and not no:
        return False
    booking = walk.programme.booking(int(question.options[0]))
    walk.set(question=None, not_understood=0)
    if booking is None:
        walk.say("not_booked" if no else "seat_gone")
    elif no:
        cancelled(walk, question, question.options[0])
    elif booking.status == BookingStatus.BOOKED:
        say_own(walk, booking)
    elif booking.offered_until is not None and booking.offered_until > walk.now:
        walk.events.append(SeatAccepted(booking.id))
        walk.say("course_booked", course=told(walk, booking.course))
    else:
        walk.events.append(BookingCancelled(booking.id))
        walk.say("seat_gone")
    return True


def _still_booked(walk: Walk, numbers: Iterable[int]) -> tuple[Booking, ...]:
    return tuple(filter(None, map(walk.programme.booking, numbers)))
