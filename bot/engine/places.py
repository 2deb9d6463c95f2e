"""Answers where help is: the nearest places that are open now or next."""

from __future__ import annotations

from bot.domain.conversation import Question
from bot.domain.gazetteer import Location
from bot.domain.opening_hours import STOCKHOLM, OpensAt, describe, describe_day
from bot.domain.place import PlaceAnswer, nearest_places
from bot.engine import where
from bot.engine.walk import Walk

FAR_KM = 60
"""Farther than this a place is said to be far, and the resident's own library is named instead."""


def find(walk: Walk, topic: str | None = None) -> None:
    """Answers with the nearest place, or asks where the resident is."""
    location = where.locate(walk, topic)
    if location is not None:
        answer(walk, location, topic)


def answer(walk: Walk, location: Location, topic: str | None = None) -> None:
    """The nearest open places, with town, about how far, and hours."""
    where.remember(walk, location)
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
