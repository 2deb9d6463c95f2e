"""What may be borrowed near, one of it, and the resident's own loans. What is borrowed is named only to the one who just wrote about it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.conversation import Question
from bot.domain.events import LoanWanted
from bot.domain.gazetteer import Location, distance_km, fold
from bot.domain.loan import FETCH_WITHIN_DAYS, LoanType, last_moment, staffed_at
from bot.domain.opening_hours import STOCKHOLM, describe_date
from bot.engine import limits, own_loans, where
from bot.engine.answers import agrees_to, says_no
from bot.engine.offers import yes_or_no
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk
from bot.engine.where import LOANS
from bot.engine.words import holds

FARTHEST_KM = 40.0
"""Nobody is told of a loan farther from home, unless it is in their own municipality."""

_LISTED = 5


def find(walk: Walk, wish: str = "") -> None:
    """Acts on the resident's own loan when the message is about that; else lists what is lent near them, or asks where that is. `wish` is what was wished for, said before."""
    if own_loans.answered(walk):
        return
    location = where.locate_or_home(walk, f"{LOANS}|{(wish or walk.incoming.text)[: limits.SAID_KEPT]}")
    if location is not None:
        answer(walk, location, wish)


def wish_asked(about: str) -> str | None:
    """What was wished for, when it was loans that the question of where the resident is was asked for; None when it was not."""
    kind, _, wish = about.partition("|")
    return wish if kind == LOANS else None


def answer(walk: Walk, location: Location, wish: str = "") -> None:
    """What is lent near `location`; when the message, or the `wish` before it, names one thing of it, that one in full."""
    where.remember(walk, location)
    walk.set(question=None)
    near = _near(walk, location)
    if not near:
        walk.say("no_loans", name=location.name)
        return
    named = _narrowed(walk, near) or tuple(each for each in near if _is_named(each, wish))
    if len(named) == 1:
        _tell(walk, named[0])
    else:
        _list(walk, named or near)


def pick(walk: Walk, question: Question, option: str) -> None:
    """One thing in full, with the question whether to borrow it."""
    wanted = walk.shelf.type(int(option))
    walk.set(question=None)
    if wanted is None:
        walk.say("loan_gone")
        find(walk)
    else:
        _tell(walk, wanted)


def borrow(walk: Walk, question: Question) -> bool:
    """JA has one put aside, or gives a place in the queue when none is in."""
    if says_no(walk):
        walk.set(question=None, not_understood=0)
        walk.say("not_borrowed")
        return True
    if not agrees_to(walk, "device_loan"):
        return False
    walk.set(question=None, not_understood=0)
    wanted = walk.shelf.type(int(question.options[0]))
    if wanted is None:
        walk.say("loan_gone")
    elif (own := walk.shelf.own(wanted.id)) is not None:
        own_loans.tell(walk, own)
    elif wanted.is_out:
        walk.events.append(LoanWanted(wanted.id, waits=True))
        walk.say("loan_queued", thing=wanted.title_in(walk.language), number=str(wanted.waiting + 1))
    else:
        place = _fetched_at(walk, wanted)
        by = last_moment(walk.now, FETCH_WITHIN_DAYS, staffed_at(walk.world.places, place))
        walk.events.append(LoanWanted(wanted.id, place))
        day = describe_date(by.astimezone(STOCKHOLM).date(), walk.now, walk.language)
        walk.say(
            "loan_put_aside", thing=wanted.title_in(walk.language), place=own_loans.place_name(walk, place), day=day
        )
    return True


def asks_about(walk: Walk, question: Question) -> bool:
    """A message beside the numbers of the list that names a thing of it picks that one."""
    if says_no(walk):
        walk.set(question=None, not_understood=0)
        walk.say("not_borrowed")
        return True
    listed = tuple(each for option in question.options if (each := walk.shelf.type(int(option))))
    named = _narrowed(walk, listed) if walk.word is None else ()
    if not named or own_loans.is_about_own(walk):
        return False
    walk.set(not_understood=0, question=None)
    if len(named) == 1:
        _tell(walk, named[0])
    else:
        _list(walk, named)
    return True


def _tell(walk: Walk, wanted: LoanType) -> None:
    own = walk.shelf.own(wanted.id)
    if own is not None:
        own_loans.tell(walk, own)
        return
    place = _fetched_at(walk, wanted)
    things = wanted.contents_in(walk.language)
    thing, at, days = wanted.title_in(walk.language), own_loans.place_name(walk, place), str(wanted.days)
    if len(things) > 1:
        walk.say("loan_about_kit", thing=thing, place=at, days=days, things=", ".join(things))
    else:
        walk.say("loan_about", thing=thing, place=at, days=days)
    if wanted.is_out:
        walk.say("loan_all_out", number=str(wanted.waiting))
    else:
        walk.say("loan_borrow")
    walk.set(question=Question("borrow", options=(str(wanted.id),)))
    yes_or_no(walk)


def _fetched_at(walk: Walk, wanted: LoanType) -> str:
    """The nearest place that has one in; when all are out, the nearest that it belongs to."""
    located = walk.world.gazetteer.by_name(walk.conversation.near or "", walk.conversation.municipality)
    points = {place.id: place.location for place in walk.world.places}
    candidates = sorted(set(wanted.free_at if not wanted.is_out else wanted.homes))

    def far(place: str) -> tuple[float, str]:
        known = located and place in points
        return (distance_km(located[0], points[place]) if known else FARTHEST_KM, place)

    return min(candidates, key=far)


def _near(walk: Walk, location: Location) -> tuple[LoanType, ...]:
    """What the resident's own municipality lends, then what is lent not far away and not at home."""
    names = {each.id: each.name for each in walk.world.organisation.municipalities}
    points = {place.id: place.location for place in walk.world.places}
    own, others = [], []
    for each in walk.shelf.types:
        if fold(names.get(each.municipality, each.municipality)) == fold(location.municipality):
            own.append(each)
        elif any(home in points and distance_km(location, points[home]) <= FARTHEST_KM for home in each.homes):
            others.append(each)
    told = {each.title["sv"] for each in own}
    return (*own, *(each for each in others if each.title["sv"] not in told))


def _narrowed(walk: Walk, near: Iterable[LoanType]) -> tuple[LoanType, ...]:
    """Those that the message names."""
    return tuple(each for each in near if _is_named(each, walk.incoming.text))


def _is_named(each: LoanType, said: str) -> bool:
    return holds(said, (*each.tags, *each.title.values()))


def _list(walk: Walk, types: tuple[LoanType, ...]) -> None:
    shown = types[:_LISTED]
    labels = []
    for each in shown:
        label = walk.world.texts.get(
            "loan_in_list", walk.language, thing=each.title_in(walk.language), days=str(each.days)
        )
        labels.append(label + (walk.world.texts.get("loan_out", walk.language) if each.is_out else ""))
    walk.say("loans_near")
    walk.parts.append(numbered(tuple(labels)))
    walk.say("loan_footer")
    walk.may_give_way()
    offer_numbers(walk, tuple(labels))
    walk.set(question=Question("loan", tuple(str(each.id) for each in shown), tuple(labels), soft=True))
