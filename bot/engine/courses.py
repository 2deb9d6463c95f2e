"""Which courses there are, one of them, and a chair at it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.conversation import Question
from bot.domain.course import Booking, BookingStatus, Course, CourseKind
from bot.domain.events import BookingCancelled, SeatAccepted, SeatTaken
from bot.domain.gazetteer import Location, distance_km, fold
from bot.domain.opening_hours import STOCKHOLM, describe_moment
from bot.domain.said_day import NoSuchDay, said_day
from bot.engine import where
from bot.engine.answers import says_no, says_yes
from bot.engine.offers import yes_or_no
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk
from bot.engine.words import holds

COURSES = "course_list"
"""What a question of where the resident is remembers, when it is asked for courses."""

FARTHEST_KM = 40.0
"""Nobody is told of a course farther from home, unless it is in their own municipality."""

_LISTED = 4
_LIST_LENGTH = 230
"""Characters of the list, so that it costs two SMS with what is said around it."""
_MORE = "more"


def find(walk: Walk) -> None:
    """Lists the courses near the resident, or asks where that is."""
    home = walk.world.organisation.municipality(walk.conversation.municipality)
    if where.named_in(walk) is None and walk.conversation.near is None and home is not None:
        located = walk.world.gazetteer.by_name(home.name, home.id)
        if located:
            answer(walk, located[0])
            return
    location = where.locate(walk, COURSES)
    if location is not None:
        answer(walk, location)


def answer(walk: Walk, location: Location) -> None:
    """The courses near `location`: those on the day and about the thing that the message names, else all."""
    where.remember(walk, location)
    walk.set(question=None)
    near = _near(walk, location)
    if not near:
        walk.say("no_courses", name=location.name)
        return
    _list(walk, _narrowed(walk, near) or near)


def pick(walk: Walk, question: Question, option: str) -> None:
    """One course in full, with the question whether to book it."""
    if option.startswith(_MORE):
        shown = int(option.removeprefix(_MORE))
        location = walk.world.gazetteer.by_name(walk.conversation.near or "", walk.conversation.municipality)
        near = _near(walk, location[0]) if location else ()
        _list(walk, near[shown:] or near)
        return
    course = walk.programme.course(int(option))
    walk.set(question=None)
    if course is None:
        walk.say("course_gone")
        find(walk)
        return
    own = walk.programme.booked(course.id)
    if own is not None:
        _say_own(walk, own)
        return
    walk.parts.append(f"{_told(walk, course)}.")
    if course.meetings > 1:
        walk.say("course_meetings", count=str(course.meetings))
    for text in (course.bring, course.cost):
        if said := text.get(walk.language):
            walk.parts.append(said)
            walk.may_give_way()
    if not course.needs_booking:
        walk.say("drop_in_welcome")
        return
    walk.say("course_full" if course.is_full else "course_book")
    walk.set(question=Question("book", options=(str(course.id),)))
    yes_or_no(walk)


def book(walk: Walk, question: Question) -> bool:
    """JA gives the chair, or a place in the queue when there is none."""
    if says_no(walk):
        walk.set(question=None, not_understood=0)
        walk.say("not_booked")
        return True
    if not says_yes(walk):
        return False
    walk.set(question=None, not_understood=0)
    course = walk.programme.course(int(question.options[0]))
    if course is None:
        walk.say("course_gone")
    elif (own := walk.programme.booked(course.id)) is not None:
        _say_own(walk, own)
    else:
        walk.events.append(SeatTaken(course.id, waits=course.is_full))
        walk.say("course_waitlisted" if course.is_full else "course_booked", course=_told(walk, course))
    return True


def ask_to_cancel(walk: Walk) -> None:
    """Asks whether to give the chair back; which, when there are several."""
    bookings = walk.programme.bookings
    if not bookings:
        walk.say("no_bookings")
        return
    if len(bookings) == 1:
        walk.say("cancel_course", course=_told(walk, bookings[0].course))
        walk.set(question=Question("cancel_booking", options=(str(bookings[0].id),)))
        yes_or_no(walk)
        return
    labels = tuple(_told(walk, booking.course) for booking in bookings)
    walk.say("cancel_which")
    walk.parts.append(numbered(labels))
    walk.say("choose_footer")
    walk.may_give_way()
    offer_numbers(walk, labels)
    walk.set(question=Question("which_booking", tuple(str(booking.id) for booking in bookings), labels))


def cancel(walk: Walk, question: Question) -> bool:
    """JA gives the chair back."""
    if says_yes(walk):
        cancelled(walk, question, question.options[0])
    elif says_no(walk):
        walk.set(question=None, not_understood=0)
        walk.say("keeps_seat")
    else:
        return False
    return True


def cancelled(walk: Walk, question: Question, option: str) -> None:
    """Gives the chair back that was chosen."""
    booking = walk.programme.booking(int(option))
    walk.set(question=None, not_understood=0)
    if booking is None:
        walk.say("no_bookings")
        return
    walk.events.append(BookingCancelled(booking.id))
    walk.say("course_cancelled", course=_told(walk, booking.course))


def comes(walk: Walk, question: Question) -> bool:
    """The answer to a reminder: JA keeps the chair, NEJ and "kan inte komma" give it back."""
    if says_yes(walk):
        walk.set(question=None, not_understood=0)
        walk.say("welcome_then")
    elif says_no(walk) or walk.means("course_cancel"):
        cancelled(walk, question, question.options[0])
    else:
        return False
    return True


def takes_seat(walk: Walk, question: Question) -> bool:
    """The answer to the offer of a chair that became free."""
    yes, no = says_yes(walk), says_no(walk) or walk.means("course_cancel")
    if not yes and not no:
        return False
    booking = walk.programme.booking(int(question.options[0]))
    walk.set(question=None, not_understood=0)
    held = booking is not None and booking.offered_until is not None and booking.offered_until > walk.now
    if no and booking is not None:
        cancelled(walk, question, question.options[0])
    elif booking is not None and held:
        walk.events.append(SeatAccepted(booking.id))
        walk.say("course_booked", course=_told(walk, booking.course))
    elif booking is not None and booking.status == BookingStatus.BOOKED:
        _say_own(walk, booking)
    else:
        walk.say("seat_gone")
    return True


def asks_about(walk: Walk, question: Question) -> bool:
    """A message beside the numbers of a list that names a day, or a thing that a course is about, narrows the list."""
    if says_no(walk):
        walk.set(question=None, not_understood=0)
        walk.say("not_booked")
        return True
    location = walk.world.gazetteer.by_name(walk.conversation.near or "", walk.conversation.municipality)
    near = _near(walk, location[0]) if location and walk.word is None else ()
    narrowed = _narrowed(walk, near)
    if narrowed is None:
        return False
    walk.set(not_understood=0)
    _list(walk, narrowed or near)
    return True


def _near(walk: Walk, location: Location) -> tuple[Course, ...]:
    """Courses of the resident's municipality, then those not far away; each by day, and what needs no booking last.

    Of one course on several dates the next is told, and when that is full the next with a chair.
    """
    home = fold(location.municipality)
    places = {place.id: place for place in walk.world.places}
    ranked = []
    for course in walk.programme.courses:
        place = places.get(course.place)
        if place is None or course.kind == CourseKind.COACHING:
            continue
        own = fold(place.municipality) == home
        if own or distance_km(location, place.location) <= FARTHEST_KM:
            ranked.append(((not own, not course.needs_booking, course.starts_at, course.id), course))
    return tuple(_each_once(course for _, course in sorted(ranked, key=lambda entry: entry[0])))


def _each_once(courses: Iterable[Course]) -> Iterable[Course]:
    told: dict[tuple[str, str], bool] = {}
    for course in courses:
        name = (course.title["sv"], course.place)
        if name not in told or (told[name] and not course.is_full):
            told[name] = course.is_full
            yield course


def _narrowed(walk: Walk, near: tuple[Course, ...]) -> tuple[Course, ...] | None:
    """Those on the day, or about the thing, that the message names; None when it names neither. Says so when there are none."""
    text = walk.incoming.text
    try:
        day = said_day(text, walk.now.astimezone(STOCKHOLM).date())
    except NoSuchDay as unknown:
        walk.say("no_such_day", day=str(unknown))
        return near
    about = tuple(course for course in near if course.tags and holds(text, course.tags))
    if day is None:
        return about or None
    then = tuple(course for course in near if day.covers(course.starts_at.astimezone(STOCKHOLM).date()))
    if not then:
        walk.say("no_course_then")
    return tuple(course for course in then if course in about) or then


def _list(walk: Walk, courses: tuple[Course, ...]) -> None:
    labels: list[str] = []
    for course in courses[:_LISTED]:
        label = _told(walk, course)
        if course.is_full:
            label += walk.world.texts.get("full", walk.language)
        if labels and sum(map(len, labels)) + len(label) > _LIST_LENGTH:
            break
        labels.append(label)
    shown = courses[: len(labels)]
    options = [str(course.id) for course in shown]
    if len(courses) > len(shown):
        labels.append(walk.world.texts.get("more_courses", walk.language))
        options.append(f"{_MORE}{len(shown)}")
    walk.say("courses_near")
    walk.parts.append(numbered(tuple(labels)))
    walk.say("course_footer")
    walk.may_give_way()
    offer_numbers(walk, tuple(labels))
    walk.set(question=Question("course", tuple(options), tuple(labels), soft=True))


def _told(walk: Walk, course: Course) -> str:
    """ "Mobilen från början, tisdag 1 december kl 10, Vara bibliotek"."""
    place = next((place.name for place in walk.world.places if place.id == course.place), course.place)
    when = describe_moment(course.starts_at, walk.now, walk.language)
    return f"{course.title_in(walk.language)}, {when}, {place}"


def _say_own(walk: Walk, booking: Booking) -> None:
    booked = booking.status == BookingStatus.BOOKED
    walk.say("already_booked" if booked else "already_waiting", course=_told(walk, booking.course))
