"""Which courses there are, one of them, and a chair at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.domain.conversation import Question
from bot.domain.course import Booking, BookingStatus, Course, CourseKind
from bot.domain.events import BookingCancelled, SeatAccepted, SeatTaken
from bot.domain.gazetteer import Location, distance_km, fold
from bot.domain.opening_hours import STOCKHOLM, describe_moment
from bot.domain.place import Place
from bot.domain.said_day import NoSuchDay, said_day
from bot.engine import where
from bot.engine.answers import says_no, says_yes
from bot.engine.offers import yes_or_no
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk
from bot.engine.words import holds
from nlu.labels import PEOPLE, SAFETY

COURSES = "course_list"
"""What a question of where the resident is remembers, when it is asked for courses."""

FARTHEST_KM = 40.0
"""Nobody is told of a course farther from home, unless it is in their own municipality."""

_LISTED = 4
_TWO_SMS = 306
"""Characters of two SMS that belong together."""
_MORE = "more"
_QUEUE = "queue"
"""Among the options of the question "book": a place in the queue was asked about, no chair."""
_OF_COURSES = frozenset({"course_list", "course_book", "affirm", "next", "out_of_scope"})
_NEVER_OF_COURSES = PEOPLE - _OF_COURSES - {"find_place"} | SAFETY
_TELLING_FROM = 6
"""Letters of a title's word that tells what a course is about."""
_UNTELLING = frozenset({"början", "kursen", "träffar", "nybörjare", "handledare", "digital", "digitalt", "online", "course", "beginners", "handledning", "workshop"})
_SHORT_REMARK = 4
"""Words of a message that is about the list although it was read as another need."""
_LONG_REMARK = 7
"""Words from which a message that was not understood is about something else."""


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
        walk.set(question=Question("place", about=COURSES, soft=True))
        return
    _list(walk, _narrowed(walk, near) or _groups(near) or near, _for_whom(walk))


def pick(walk: Walk, question: Question, option: str) -> None:
    """One course in full, with the question whether to book it."""
    if option.startswith(_MORE):
        rest = tuple(filter(None, (_course(walk, one) for one in _rest(option))))
        if rest:
            _list(walk, rest, question.about)
        else:
            find(walk)
        return
    course = _course(walk, int(option))
    walk.set(question=None)
    if course is None:
        walk.say("course_gone")
        find(walk)
        return
    whom = _for_whom(walk) or question.about
    own = walk.programme.booked(course.id, whom)
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
    _ask_to_book(walk, course, whom)


def book(walk: Walk, question: Question) -> bool:
    """JA gives the chair, or a place in the queue when that was asked; whose chair was taken meanwhile is asked about the queue."""
    if says_no(walk):
        walk.set(question=None, not_understood=0)
        walk.say("not_booked")
        return True
    if not says_yes(walk):
        return False
    walk.set(question=None, not_understood=0)
    course = _course(walk, int(question.options[0]))
    if course is None:
        walk.say("course_gone")
    elif (own := walk.programme.booked(course.id, question.about)) is not None:
        _say_own(walk, own)
    elif course.is_full and _QUEUE not in question.options:
        _ask_to_book(walk, course, question.about)
    else:
        walk.events.append(SeatTaken(course.id, waits=course.is_full, for_whom=question.about))
        if question.about:
            walk.say("seat_for_whom", whom=question.about)
        walk.say("course_waitlisted" if course.is_full else "course_booked", course=_told(walk, course))
    return True


def _ask_to_book(walk: Walk, course: Course, whom: str) -> None:
    walk.say("course_full" if course.is_full else "course_book")
    walk.set(question=Question("book", (str(course.id), _QUEUE) if course.is_full else (str(course.id),), about=whom))
    yes_or_no(walk)


def ask_to_cancel(walk: Walk) -> None:
    """Asks whether to give the chair back; which, when there are several."""
    bookings = walk.programme.bookings
    if not bookings:
        walk.say("no_bookings")
    elif len(bookings) == 1:
        walk.say("cancel_course", course=_told_booking(walk, bookings[0]))
        walk.set(question=Question("cancel_booking", options=(str(bookings[0].id),)))
        yes_or_no(walk)
    else:
        _ask_which(walk, bookings)


def _ask_which(walk: Walk, bookings: tuple[Booking, ...]) -> None:
    labels, options = _page(walk, [(booking.id, _told_booking(walk, booking)) for booking in bookings])
    walk.say("cancel_which")
    walk.parts.append(numbered(labels))
    walk.say("choose_footer")
    walk.may_give_way()
    offer_numbers(walk, labels)
    walk.set(question=Question("which_booking", options, labels))


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
    if option.startswith(_MORE):
        _ask_which(walk, _still_booked(walk, _rest(option)) or walk.programme.bookings)
        return
    booking = walk.programme.booking(int(option))
    walk.set(question=None, not_understood=0)
    if booking is None:
        walk.say("no_bookings")
        return
    walk.events.append(BookingCancelled(booking.id))
    walk.say("course_cancelled", course=_told_booking(walk, booking))


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
        _say_own(walk, booking)
    elif booking.offered_until is not None and booking.offered_until > walk.now:
        walk.events.append(SeatAccepted(booking.id))
        walk.say("course_booked", course=_told(walk, booking.course))
    else:
        walk.events.append(BookingCancelled(booking.id))
        walk.say("seat_gone")
    return True


def asks_about(walk: Walk, question: Question) -> bool:
    """A message beside the numbers of a list that names a day, or a thing that a course is about, narrows the list."""
    if says_no(walk):
        walk.set(question=None, not_understood=0)
        walk.say("not_booked")
        return True
    location = walk.world.gazetteer.by_name(walk.conversation.near or "", walk.conversation.municipality)
    near = _near(walk, location[0]) if location else ()
    own_time = any(course.kind == CourseKind.COACHING and holds(walk.incoming.text, course.tags) for course in near)
    if walk.word is not None or (_about_something_else(walk) and not own_time):
        return False
    if where.named_in(walk) is not None:
        walk.set(not_understood=0)
        find(walk)
        return True
    narrowed = _narrowed(walk, near) if near else None
    if narrowed is None:
        return False
    walk.set(not_understood=0)
    _list(walk, narrowed or _groups(near) or near, _for_whom(walk) or question.about)
    return True


def _about_something_else(walk: Walk) -> bool:
    """Whether a message beside the numbers is about another need than courses: "mobilen" is a course here, "min mobil laddar inte" is not."""
    understanding, length = walk.understanding, len(walk.incoming.text.split())
    if not understanding.accepted:
        return length > _LONG_REMARK
    if understanding.intent in _OF_COURSES:
        return False
    return understanding.intent in _NEVER_OF_COURSES or length > _SHORT_REMARK


def _near(walk: Walk, location: Location) -> tuple[Course, ...]:
    """Courses of the resident's municipality, then those not far away; each by day, and what needs no booking last."""
    home = fold(location.municipality)
    places = {place.id: place for place in walk.world.places}
    ranked = []
    for course in walk.programme.courses:
        place = places.get(course.place)
        if place is None or not _received(walk, course, place):
            continue
        own = fold(place.municipality) == home
        if own or distance_km(location, place.location) <= FARTHEST_KM:
            ranked.append(((not own, not course.needs_booking, course.starts_at, course.id), course))
    return tuple(course for _, course in sorted(ranked, key=lambda entry: entry[0]))


def _course(walk: Walk, course_id: int) -> Course | None:
    """The course, while its place may be told of: it may have shut, expired or been removed since the list was sent."""
    course = walk.programme.course(course_id)
    place = next((place for place in walk.world.places if course and place.id == course.place), None)
    return course if course and place and _received(walk, course, place) else None


def _received(walk: Walk, course: Course, place: Place) -> bool:
    day, today = (at.astimezone(STOCKHOLM).date() for at in (course.starts_at, walk.now))
    return place.receives(day, today)


def _groups(courses: tuple[Course, ...]) -> tuple[Course, ...]:
    """All but the times alone with a handledare, which are told to those who ask for one."""
    return tuple(course for course in courses if course.kind != CourseKind.COACHING)


def _for_whom(walk: Walk) -> str:
    """Whom the message says the seat is for, as "mamma"; empty for the one who writes."""
    return walk.understanding.entity("relation") or ""


def _each_once(courses: Iterable[Course]) -> Iterator[Course]:
    """Of one course on several dates the next, and when that is full the next with a chair as well."""
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
        return _groups(near)
    about = tuple(course for course in near if holds(text, (*course.tags, *_title_words(course))))
    if day is None:
        return about or None
    then = tuple(course for course in _groups(near) if day.covers(course.starts_at.astimezone(STOCKHOLM).date()))
    if not then:
        walk.say("no_course_then")
    return tuple(course for course in about if day.covers(course.starts_at.astimezone(STOCKHOLM).date())) or then


def _title_words(course: Course) -> tuple[str, ...]:
    """The telling words of its titles, with any ending: a samordnare writes a title and need not think of what people may call it."""
    words = {word.strip(".,:;!?\"'()").lower() for title in course.title.values() for word in title.split()}
    return tuple(f"{word[:-2]}*" for word in sorted(words - _UNTELLING) if len(word) >= _TELLING_FROM)


def _list(walk: Walk, courses: tuple[Course, ...], whom: str = "") -> None:
    full = walk.world.texts.get("full", walk.language)
    labels, options = _page(walk, [(course.id, _told(walk, course) + (f" {full}" if course.is_full else "")) for course in _each_once(courses)])
    said_before = bool(walk.parts)
    walk.say("courses_near")
    if said_before:
        walk.may_give_way()
    walk.parts.append(numbered(labels))
    walk.say("course_footer")
    walk.may_give_way()
    offer_numbers(walk, labels)
    walk.set(question=Question("course", options, labels, about=whom, soft=True))


def _page(walk: Walk, lines: list[tuple[int, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
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
        options.append(_MORE + ",".join(str(number) for number, _ in rest))
    return tuple(labels), tuple(options)


def _room(walk: Walk) -> int:
    """Characters for the labels, so that the list costs two SMS when it is said again after a number that is not on it."""
    around = walk.world.texts.get("choose_again", walk.language, last=str(_LISTED)), walk.world.texts.get("more_courses", walk.language)
    return _TWO_SMS - sum(map(len, around)) - len(numbered(("",) * _LISTED)) - 1


def _rest(option: str) -> list[int]:
    """The ids that _page left for later."""
    return [int(number) for number in option.removeprefix(_MORE).split(",")]


def _still_booked(walk: Walk, numbers: Iterable[int]) -> tuple[Booking, ...]:
    return tuple(filter(None, map(walk.programme.booking, numbers)))


def _told(walk: Walk, course: Course) -> str:
    """ "Mobilen från början, tisdag 1 december kl 10, Vara bibliotek"."""
    place = next((place.name for place in walk.world.places if place.id == course.place), course.place)
    when = describe_moment(course.starts_at, walk.now, walk.language)
    return f"{course.title_in(walk.language)}, {when}, {place}"


def _told_booking(walk: Walk, booking: Booking) -> str:
    """The same with whom the chair is for, which tells two bookings of one group apart."""
    return _told(walk, booking.course) + (f" ({booking.for_whom})" if booking.for_whom else "")


def _say_own(walk: Walk, booking: Booking) -> None:
    booked = booking.status == BookingStatus.BOOKED
    walk.say("already_booked" if booked else "already_waiting", course=_told(walk, booking.course))
