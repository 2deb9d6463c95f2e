"""Answers where help is: the nearest places that are open now or next."""

from __future__ import annotations

from bot.domain.conversation import Question
from bot.domain.gazetteer import Location
from bot.domain.opening_hours import STOCKHOLM, OpensAt, describe, describe_day
from bot.domain.place import PlaceAnswer, nearest_places
from bot.domain.sms_text import prepare, unusual
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk

FAR_KM = 60
"""Farther than this a place is said to be far, and the resident's own library is named instead."""

_NAME_SHOWN = 40
"""No Swedish locality's name is longer."""


def find(walk: Walk, topic: str | None = None) -> None:
    """Answers with the nearest place, or asks where the resident is."""
    located = named_in(walk)
    if located is None:
        if walk.conversation.near:
            located = walk.world.gazetteer.by_name(walk.conversation.near, walk.conversation.municipality)[:1]
        if not located:
            ask_where(walk, topic)
            return
    if not located:
        names = (walk.understanding.entity(kind) for kind in ("postcode", "place_unknown", "place", "municipality"))
        name = _as_written(next(filter(None, names), ""))
        if not name:
            ask_where(walk, topic)
            return
        walk.say("place_unknown", name=name)
        walk.set(question=Question("place", about=topic or "", soft=True))
        return
    if len(located) > 1:
        ask_which(walk, located, topic)
        return
    answer(walk, located[0], topic)


def named_in(walk: Walk) -> tuple[Location, ...] | None:
    """The places that the message names; empty when it names one that does not exist, None when it names none."""
    gazetteer, understanding = walk.world.gazetteer, walk.understanding
    if walk.incoming.latitude is not None and walk.incoming.longitude is not None:
        return (gazetteer.nearest_name(walk.incoming.latitude, walk.incoming.longitude),)
    if postcode := understanding.entity("postcode"):
        found = gazetteer.by_postcode(postcode)
        return (found,) if found else ()
    for name in ("place", "municipality"):
        if value := understanding.entity(name):
            return gazetteer.by_name(value, walk.conversation.municipality)
    if unknown := understanding.entity("place_unknown"):
        return gazetteer.by_name(unknown, walk.conversation.municipality)
    return None


def remember(walk: Walk, location: Location) -> None:
    """Keeps the town, and the municipality when it is one of ours and nothing else is known."""
    ours = walk.world.organisation.municipality(location.municipality)
    walk.set(near=location.name, municipality=ours.id if ours else walk.conversation.municipality)


def ask_where(walk: Walk, topic: str | None = None) -> None:
    """Asks for town or postcode; the question remembers what the help is about."""
    walk.say("ask_where")
    walk.set(question=Question("place", about=topic or "", soft=True))


def ask_which(walk: Walk, located: tuple[Location, ...], topic: str | None = None) -> None:
    """Several towns have that name: asks which."""
    some = located[:4]
    labels = tuple(", ".join(filter(None, (place.name, place.municipality))) for place in some)
    walk.say("which_town", name=some[0].name)
    walk.parts.append(numbered(labels))
    walk.say("choose_footer")
    walk.may_give_way()
    offer_numbers(walk, labels)
    walk.set(question=Question("places", tuple(f"{p.lat},{p.lon}" for p in some), labels, about=topic or ""))


def answer(walk: Walk, location: Location, topic: str | None = None) -> None:
    """The nearest open places, with town, about how far, and hours."""
    remember(walk, location)
    walk.set(question=Question("place", about=topic or "", soft=True))
    found = nearest_places(walk.world.places, location, topic, walk.now, limit=2)
    if location.guessed:
        walk.say("place_guessed", name=location.name)
    if not found:
        walk.say("no_place", name=location.name)
        return
    near = [place for place in found if place.km <= FAR_KM]
    if not near:
        walk.say("far_place", name=location.name)
        near = list(found[:1])
    walk.say("nearest_one" if len(near) == 1 else "nearest_some")
    walk.parts.append(line(walk, near[0]))
    for place in near[1:]:
        walk.parts.append(line(walk, place))
        walk.may_give_way()
    walk.say("free_of_charge")
    walk.may_give_way()


def _as_written(name: str) -> str:
    """A name as the resident wrote it, short, and in letters that an SMS can hold."""
    plain = prepare(name).text
    return "".join(letter for letter in plain if not unusual(letter))[:_NAME_SHOWN].strip()


def line(walk: Walk, found: PlaceAnswer) -> str:
    """One place in words: name, town, how far, when open."""
    place = found.place
    where = place.name if place.town in place.name else f"{place.name} i {place.town}"
    if walk.language == "en":
        where = where.replace(f" i {place.town}", f" in {place.town}")
    about = walk.world.texts.get("about_km", walk.language, km=str(found.km))
    far = f", {about}" if found.km else ""
    today = walk.now.astimezone(STOCKHOLM).date()
    later_day = isinstance(found.opens, OpensAt) and found.opens.at.date() != today
    hours = "" if later_day else describe_day(place.hours, today, walk.language)
    today_too = f" {walk.world.texts.get('hours_today', walk.language, hours=hours)}" if hours else ""
    return f"{where}{far}: {describe(found.opens, walk.now, walk.language)}{today_too}."
