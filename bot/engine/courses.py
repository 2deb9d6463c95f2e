"""Which courses there are, one of them, and a chair at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from bot.domain.conversation import Question
from bot.domain.course import Course, CourseKind
from bot.domain.gazetteer import Location, distance_km, fold
from bot.domain.opening_hours import STOCKHOLM
from bot.domain.place import Place
from bot.domain.said_day import NoSuchDay, said_day
from bot.domain.seat_question import About, names_subject, wants_both
from bot.engine import elder_seats, limits, seat_talk, where
from bot.engine.answers import said_number, says_no
from bot.engine.course_lines import MORE, page, rest_of, told
from bot.engine.offers import yes_or_no
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk
from bot.engine.where import COURSES
from bot.engine.words import holds
from nlu.labels import PEOPLE, SAFETY

FARTHEST_KM = 40.0
"""Nobody is told of a course farther from home, unless it is in their own municipality."""

_QUEUE = "queue"
"""Among the options of the question "book": a place in the queue was asked about, no chair."""
_LISTED = "listed:"
"""Begins the option of the question "book" that holds the numbers of the list it came from."""
_ASKED_AGAIN_AFTER = timedelta(days=2)
_OF_COURSES = frozenset({"course_list", "course_book", "affirm", "next", "out_of_scope"})
_NEVER_OF_COURSES = PEOPLE - _OF_COURSES - {"find_place"} | SAFETY
_TELLING_FROM = 6
"""Letters of a title's word that tells what a course is about."""
_UNTELLING = frozenset(
    {
        "början",
        "kursen",
        "träffar",
        "nybörjare",
        "handledare",
        "digital",
        "digitalt",
        "online",
        "course",
        "beginners",
        "handledning",
        "workshop",
    }
)
_SHORT_REMARK = 4
"""Words of a message that is about the list although it was read as another need."""
_LONG_REMARK = 7
"""Words from which a message that was not understood is about something else."""


def find(walk: Walk, whom: str = "", wish: str = "") -> None:
    """Lists the courses near the resident, or asks where that is. `whom` is for whom a seat was wanted, and `wish` how it was wished for, said before."""
    whom = _for_whom(walk) or whom
    location = elder_seats.home(walk, whom) or where.locate_or_home(walk, _asked(whom, wish or walk.incoming.text))
    if location is not None:
        answer(walk, location, whom, wish)


def whom_asked(about: str) -> str | None:
    """For whom, when it was courses that the question of where the resident is was asked for; None when it was not."""
    kind, *rest = about.split("|", 2)
    return (rest[0] if rest else "") if kind == COURSES else None


def wish_asked(about: str) -> str:
    """How a course was wished for before the question of where the resident is."""
    kind, *rest = about.split("|", 2)
    return rest[1] if kind == COURSES and len(rest) > 1 else ""


def answer(walk: Walk, location: Location, whom: str = "", wish: str = "") -> None:
    """The courses near `location`: those on the day and about the thing that the message, or the `wish` before it, names; else all."""
    whom = _for_whom(walk) or whom
    where.remember(walk, location)
    walk.set(question=None)
    near = _near(walk, location)
    if not near:
        walk.say("no_courses", name=location.name)
        walk.set(question=Question("place", about=_asked(whom), soft=True))
        return
    narrowed = _narrowed(walk, near) or (_narrowed(walk, near, wish) if wish else None)
    if narrowed is None and names_subject(wish):
        walk.say("no_course_about")
    _list(walk, narrowed or _groups(near) or near, whom)


def pick(walk: Walk, question: Question, option: str) -> None:
    """One course in full, with the question whether to book it."""
    if option.startswith(MORE):
        rest = tuple(filter(None, (_course(walk, one) for one in rest_of(option))))
        if rest:
            _list(walk, rest, question.about)
        else:
            find(walk, question.about)
        return
    course = _course(walk, int(option))
    walk.set(question=None)
    if course is None:
        walk.say("course_gone")
        find(walk, question.about)
        return
    whom = _for_whom(walk) or question.about
    own = elder_seats.booked(walk, course.id, whom)
    if own is not None:
        elder_seats.say_own(walk, whom, own)
        return
    _tell(walk, course, whom, tuple(one for one in question.options if one.isdecimal()))


def _tell(walk: Walk, course: Course, whom: str, listed: tuple[str, ...]) -> None:
    """A course in full, with the question whether to book it when there is anything to book."""
    walk.parts.append(f"{told(walk, course)}.")
    if course.meetings > 1:
        walk.say("course_meetings", count=str(course.meetings))
    for text in (course.bring, course.cost):
        if said := text.get(walk.language):
            walk.parts.append(said)
            walk.may_give_way()
    if not course.needs_booking:
        walk.say("drop_in_welcome")
        return
    _ask_to_book(walk, course, whom, listed)


def book(walk: Walk, question: Question) -> bool:
    """JA gives the chair, or a place in the queue when that was asked; whose chair was taken meanwhile is asked about the queue.

    What is asked about the course is answered, and the question stays.
    """
    course, text = _course(walk, int(question.options[0])), walk.incoming.text
    asked = seat_talk.asked(walk)
    if asked in (About.OTHER_TIME, About.OTHER_COURSE) and _others(walk, question, asked):
        return True
    if seat_talk.leaves(walk):
        walk.set(question=_kept_open(walk, question), not_understood=0)
        walk.say("not_booked")
        return True
    both = _beside(question) if walk.word is None and wants_both(text) else None
    if not seat_talk.takes(walk) and both is None:
        return _another_number(walk, question) or (course is not None and seat_talk.answer(walk, course, asked))
    walk.set(question=None, not_understood=0)
    if course is None:
        walk.say("course_gone")
        find(walk, question.about)
    elif _long_ago(walk):
        _tell(walk, course, question.about, _listed_in(question))
    elif elder_seats.leave_is_over(walk, question.about):
        return True
    elif (own := elder_seats.booked(walk, course.id, question.about)) is not None:
        elder_seats.say_own(walk, question.about, own)
    elif course.is_full and _QUEUE not in question.options:
        _ask_to_book(walk, course, question.about)
    else:
        elder_seats.take(walk, course, question.about)
        other = _course(walk, both) if both is not None else None
        if other and elder_seats.booked(walk, other.id, question.about) is None:
            walk.say("course_then", course=told(walk, other))
            _ask_to_book(walk, other, question.about)
    return True


def _ask_to_book(walk: Walk, course: Course, whom: str, listed: tuple[str, ...] = ()) -> None:
    walk.say("course_full" if course.is_full else "course_book")
    options = (
        str(course.id),
        *((_QUEUE,) if course.is_full else ()),
        *((_LISTED + ",".join(listed),) if len(listed) > 1 else ()),
    )
    walk.set(question=Question("book", options, about=whom))
    yes_or_no(walk)


def _long_ago(walk: Walk) -> bool:
    """Whether it was asked so long ago that a JA may be to something else: the course is told once more."""
    heard = walk.conversation.heard_at
    return heard is not None and walk.now - heard > _ASKED_AGAIN_AFTER


def _listed_in(question: Question) -> tuple[str, ...]:
    """The list that the course was chosen from, so that another number of it still counts."""
    listed = next((option for option in question.options if option.startswith(_LISTED)), "")
    return tuple(listed.removeprefix(_LISTED).split(",")) if listed else ()


def _kept_open(walk: Walk, question: Question) -> Question | None:
    """The list that the course was chosen from: after "nej vänta" another number of it may come."""
    courses = [course for option in _listed_in(question) if (course := _course(walk, int(option)))]
    if len(courses) < 2:
        return None
    labels, options = page(walk, [(course.id, told(walk, course)) for course in courses])
    return Question("course", options, labels, about=question.about, soft=True)


def _beside(question: Question) -> int | None:
    """The other course of a list of two."""
    others = [option for option in _listed_in(question) if option != question.options[0]]
    return int(others[0]) if len(others) == 1 else None


def _another_number(walk: Walk, question: Question) -> bool:
    """Another number of the list instead of JA; one that is not on it shows the list again."""
    listed, number = _listed_in(question), said_number(walk)
    if number is None or not listed:
        return False
    if 1 <= number <= len(listed):
        walk.set(not_understood=0)
        pick(walk, Question("course", listed, about=question.about), listed[number - 1])
        return True
    courses = tuple(filter(None, (_course(walk, int(option)) for option in listed)))
    if courses:
        walk.say("choose_again", last=str(len(courses)))
        _list_all(walk, courses, question.about)
    return bool(courses)


def _others(walk: Walk, question: Question, asked: About) -> bool:
    """Another time of the same course, or another course, is asked for: lists those near. When there is none that is said, and the seat is still asked about."""
    at = walk.world.gazetteer.by_name(walk.conversation.near or "", walk.conversation.municipality)
    course = _course(walk, int(question.options[0]))
    if course is None or not at:
        return False
    walk.set(not_understood=0)
    near = [other for other in _groups(_near(walk, at[0])) if other.id != course.id and other.needs_booking]
    same = [other for other in near if other.title["sv"] == course.title["sv"]]
    if asked == About.OTHER_TIME and same:
        _list_all(walk, tuple(same), question.about)
    elif asked == About.OTHER_COURSE and (others := [other for other in near if other not in same]):
        _list(walk, tuple(others), question.about)
    else:
        walk.say("course_no_other")
        seat_talk.ask_again(walk, course)
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
        find(walk, question.about)
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


def _asked(whom: str, wish: str = "") -> str:
    return f"{COURSES}|{whom}|{wish[: limits.SAID_KEPT]}".rstrip("|")


def _for_whom(walk: Walk) -> str:
    """Whom the message says the seat is for: an elder by link, "mamma" as the relative says it; empty for the one who writes."""
    return elder_seats.for_whom(walk)


def _each_once(courses: Iterable[Course]) -> Iterator[Course]:
    """Of one course on several dates the next, and when that is full the next with a chair as well."""
    told: dict[tuple[str, str], bool] = {}
    for course in courses:
        name = (course.title["sv"], course.place)
        if name not in told or (told[name] and not course.is_full):
            told[name] = course.is_full
            yield course


def _narrowed(walk: Walk, near: tuple[Course, ...], said: str = "") -> tuple[Course, ...] | None:
    """Those on the day, or about the thing, that the message, or what was `said` before it, names; None when it names neither. Says so when there are none."""
    text = said or walk.incoming.text
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
    _list_all(walk, tuple(_each_once(courses)), whom)


def _list_all(walk: Walk, courses: tuple[Course, ...], whom: str) -> None:
    full = walk.world.texts.get("full", walk.language)
    labels, options = page(
        walk, [(course.id, told(walk, course) + (f" {full}" if course.is_full else "")) for course in courses]
    )
    said_before = bool(walk.parts)
    walk.say("courses_near")
    if said_before:
        walk.may_give_way()
    walk.parts.append(numbered(labels))
    walk.say("course_footer" if len(labels) > 1 else "course_footer_one")
    walk.may_give_way()
    offer_numbers(walk, labels)
    walk.set(question=Question("course", options, labels, about=whom, soft=True))
