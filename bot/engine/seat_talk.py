"""Talk about a seat that was asked about: questions are answered from what is known of the course, and the question of JA stays open."""

from __future__ import annotations

from bot.domain.course import Course
from bot.domain.keywords import Keyword
from bot.domain.opening_hours import STOCKHOLM, describe_clock, describe_moment
from bot.domain.place import Place
from bot.domain.seat_question import About, asks, thinks
from bot.domain.seat_question import leaves as leaves_in_words
from bot.domain.seat_question import takes as takes_in_words
from bot.engine.answers import says_no, says_yes
from bot.engine.offers import yes_or_no
from bot.engine.walk import Walk
from nlu.labels import SAFETY, TOPICS

_SHORT = 7
"""Words of a remark that is no need of its own."""
_SHORT_NEED = 4
"""Words: a longer message that is read as a guide's need is about that, whatever it asks besides."""
_LONGEST = 16
"""Words of a question about a course."""
_OTHER_NEEDS = frozenset({"stop", "privacy", "about_bot", "change_language", "menu", "wish", "feedback"})


def takes(walk: Walk) -> bool:
    """JA, also in words of one's own. What asks something besides is no yes yet."""
    if walk.word is not None:
        return walk.word == Keyword.YES
    text = walk.incoming.text
    return not thinks(text) and (takes_in_words(text) or (says_yes(walk) and asks(text) is None))


def leaves(walk: Walk) -> bool:
    """NEJ, also in words of one's own."""
    if walk.word is not None:
        return walk.word == Keyword.NO
    return leaves_in_words(walk.incoming.text) or (
        (says_no(walk) or walk.means("course_cancel")) and asks(walk.incoming.text) is None
    )


def asked(walk: Walk) -> About | None:
    """What the message asks of the course; None when it is about something else, or may be about danger."""
    text, understanding = walk.incoming.text, walk.understanding
    length = len(text.split())
    if walk.word is not None or length > _LONGEST or understanding.intent in SAFETY or walk.means("human", "callback"):
        return None
    about = asks(text)
    if (
        understanding.accepted
        and understanding.intent in TOPICS
        and ((length > _SHORT_NEED and about != About.BRING) or about in (None, About.SOMETHING))
    ):
        return None
    return (
        None if about == About.SOMETHING and understanding.accepted and understanding.intent in _OTHER_NEEDS else about
    )


def answer(walk: Walk, course: Course, about: About | None) -> bool:
    """Answers what was asked, or gives time to think; False when the message is about something else."""
    if about is None:
        return _thinks(walk, course) or _unclear(walk, course)
    walk.set(not_understood=0)
    place = next((place for place in walk.world.places if place.id == course.place), None)
    _TELL.get(about, _unknown)(walk, course, place)
    ask_again(walk, course)
    return True


def ask_again(walk: Walk, course: Course) -> None:
    """Puts the open question again, in a few words."""
    walk.say("queue_again" if course.is_full else "seat_again")
    yes_or_no(walk)


def _thinks(walk: Walk, course: Course) -> bool:
    understanding, text = walk.understanding, walk.incoming.text
    about_something_else = (
        understanding.intent in SAFETY
        or walk.means("human", "callback")
        or (understanding.accepted and understanding.intent in TOPICS)
    )
    if walk.word is not None or about_something_else or len(text.split()) > _LONGEST or not thinks(text):
        return False
    walk.set(not_understood=0)
    walk.say("seat_no_hurry")
    yes_or_no(walk)
    return True


def _unclear(walk: Walk, course: Course) -> bool:
    """A short remark that was not understood is no new need: the seat is asked about again, once."""
    understanding = walk.understanding
    short = len(walk.incoming.text.split()) <= _SHORT
    if (
        walk.word is not None
        or understanding.accepted
        or understanding.intent in SAFETY
        or not short
        or walk.conversation.not_understood
    ):
        return False
    walk.set(not_understood=1)
    walk.say("did_not_quite_understand")
    ask_again(walk, course)
    return True


def _cost(walk: Walk, course: Course, place: Place | None) -> None:
    cost = course.cost.get(walk.language) or course.cost.get("sv", "")
    if cost:
        walk.parts.append(cost)
    else:
        _unknown(walk, course, place)


def _bring(walk: Walk, course: Course, place: Place | None) -> None:
    bring = course.bring.get(walk.language) or course.bring.get("sv", "")
    if bring:
        walk.parts.append(bring)
    else:
        walk.say("seat_nothing_to_bring")


def _place(walk: Walk, course: Course, place: Place | None) -> None:
    if place is None:
        _unknown(walk, course, place)
        return
    town = "" if place.town in place.name else f" ({place.town})"
    address = f", {place.address}" if place.address else ""
    walk.say("seat_place", place=f"{place.name}{address}{town}")


def _way(walk: Walk, course: Course, place: Place | None) -> None:
    _place(walk, course, place)
    if place is not None:
        walk.say("seat_way_unknown")


def _access(walk: Walk, course: Course, place: Place | None) -> None:
    before, known = len(walk.parts), place.access if place else ()
    if "level_entrance" in known:
        walk.say("seat_level_entrance")
    if "hearing_loop" in known:
        walk.say("seat_hearing_loop")
    walk.say("seat_access_ask" if len(walk.parts) > before else "seat_unknown")


def _length(walk: Walk, course: Course, place: Place | None) -> None:
    start, end = (at.astimezone(STOCKHOLM).time() for at in (course.starts_at, course.ends_at))
    walk.say("seat_length", start=describe_clock(start, walk.language), end=describe_clock(end, walk.language))
    if course.meetings > 1:
        walk.say("course_meetings", count=str(course.meetings))


def _when(walk: Walk, course: Course, place: Place | None) -> None:
    weekday = walk.world.texts.get(f"weekday_{course.starts_at.astimezone(STOCKHOLM).weekday()}", walk.language)
    when = describe_moment(course.starts_at, walk.now, walk.language)
    walk.say("seat_when", when=when if weekday in when else f"{when} ({weekday})")


def _seats(walk: Walk, course: Course, place: Place | None) -> None:
    if course.is_full:
        walk.say("seat_none_left", seats=str(course.seats))
    elif course.open_seats == course.seats:
        walk.say("seat_all_free", seats=str(course.seats))
    elif course.open_seats == 1:
        walk.say("seat_one_left", seats=str(course.seats))
    else:
        walk.say("seat_left", seats=str(course.seats), left=str(course.open_seats))


def _company(walk: Walk, course: Course, place: Place | None) -> None:
    walk.say("seat_company")


def _language(walk: Walk, course: Course, place: Place | None) -> None:
    if course.language in ("sv", "en"):
        walk.say("seat_in_swedish" if course.language == "sv" else "seat_in_english")
    else:
        _unknown(walk, course, place)


def _unknown(walk: Walk, course: Course, place: Place | None) -> None:
    walk.say("seat_unknown")


_TELL = {
    About.COST: _cost,
    About.BRING: _bring,
    About.PLACE: _place,
    About.WAY: _way,
    About.ACCESS: _access,
    About.LENGTH: _length,
    About.WHEN: _when,
    About.SEATS: _seats,
    About.COMPANY: _company,
    About.LANGUAGE: _language,
}
