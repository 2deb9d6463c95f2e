"""Answers where help is: the nearest places that are open now or next."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.domain.conversation import Question
from bot.domain.gazetteer import Location
from bot.domain.opening_hours import STOCKHOLM, OpensAt, describe, describe_date, describe_day
from bot.domain.place import PlaceAnswer, nearest_places
from bot.domain.place_names import fold
from bot.domain.said_day import NoSuchDay, SaidDay, said_day
from bot.engine import where
from bot.engine.walk import Walk
from bot.engine.words import holds
from nlu.labels import SAFETY, TOPICS

FAR_KM = 60
"""Farther than this a place is said to be far, and the resident's own library is named instead."""

_HOURS = ("öppet", "öppnar de", "öppnar dom", "öppnar ni", "när öppnar", "öppettid*", "stänger de*", "stänger dom", "stänger ni", "när stänger", "stängt", "opening hours",
          "they open", "it open", "open on", "open today", "open tomorrow", "open now", "they close", "it close", "closing time")  # fmt: skip
_WAY = ("kommer jag dit", "kommer man dit", "kommer vi dit", "komma dit", "tar jag mig dit", "hittar jag dit", "hittar man dit", "hitta dit", "adress", "adressen", "vägen dit",
        "går det buss", "parkering", "parkera", "var ligger det", "var ligger den", "var ligger biblioteket", "get there", "address", "find it")  # fmt: skip
_PHONE = ("telefonnummer", "telefonnumret", "telefonnr", "tel nr", "tele nr", "vad har de för nummer", "vad har dom för nummer", "vad är numret", "numret dit", "nummer dit", "numret till dem", "numret till dom",
          "ringa dit", "ringa dem", "ringa dom", "ringa biblioteket", "phone number", "their number", "call them")  # fmt: skip
_DAY = r"(?:(?:i |till )?helgen|(?:this |the )?weekend|i ?dag|i ?mor(?:gon|ron|rn|n)|i ?over ?mor[gr]on|i ?kvall|(?:mandag|tisdag|onsdag|torsdag|fredag|lordag|sondag)(?:en|ar|arna)?|today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_ANOTHER_DAY = re.compile(
    rf"(?:(?:och|men|o|hur|ar det|e de|da|ok|okej|tack|and|what about|how about|pa|nu pa|on|till) )*{_DAY}(?: (?:da|a|ocksa|sen|ar det|e det|tack|then))*"
)
_WEEKEND = ("helgen", "weekend")
_SATURDAY = 5
_SHORT = 8
"""Words of a question about the place."""
_DAYS_AHEAD = 14


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


def more(walk: Walk, topic: str | None) -> bool:
    """What is asked about the nearest place when it was told of: its hours on a day, where it is, how to get there. False when nothing is."""
    text, understanding = walk.incoming.text, walk.understanding
    asks_number = holds(text, _PHONE) and not (understanding.accepted and understanding.intent in SAFETY)
    elsewhere = (understanding.intent in SAFETY and not asks_number) or (
        understanding.accepted and understanding.intent in TOPICS
    )
    located = walk.world.gazetteer.by_name(walk.conversation.near or "", walk.conversation.municipality)
    if walk.word is not None or elsewhere or not located or len(text.split()) > _SHORT:
        return False
    found = nearest_places(walk.world.places, located[0], topic, walk.now, limit=1)
    if not found:
        return False
    place = found[0].place
    if holds(text, _HOURS) or asks_another_day(text):
        day = _day_asked(walk)
        if day is None:
            answer(walk, located[0], topic)
        elif place.is_current(day):
            when = describe_date(day, walk.now, walk.language)
            walk.say("place_hours", place=place.name, day=when, hours=describe_day(place.hours, day, walk.language))
        else:
            return False
    elif holds(text, _WAY):
        town = "" if place.town in place.name else f" ({place.town})"
        walk.say("place_is", place=f"{place.name}{f', {place.address}' if place.address else ''}{town}")
        if directions := place.directions.get(walk.language):
            walk.parts.append(directions)
            walk.may_give_way()
        walk.say("seat_way_unknown")
    elif asks_number:
        walk.say("place_phone_unknown", place=place.name)
    else:
        return False
    walk.set(not_understood=0)
    return True


def asks_hours(text: str) -> bool:
    """Whether a short message asks when a place is open."""
    return holds(text, _HOURS) and len(text.split()) <= _SHORT


def asks_another_day(text: str) -> bool:
    """Whether a short message is nothing but a day: "och på söndag då?", after the hours of another."""
    return _ANOTHER_DAY.fullmatch(fold(text)) is not None


def _day_asked(walk: Walk) -> date | None:
    """The day that the message names, when it is another than today and soon."""
    today = walk.now.astimezone(STOCKHOLM).date()
    try:
        said = said_day(walk.incoming.text, today)
    except NoSuchDay:
        return None
    if said is None and holds(walk.incoming.text, _WEEKEND):
        said = SaidDay(weekday=_SATURDAY)
    coming = (today + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD))
    day = next((day for day in coming if said and said.covers(day)), None)
    return None if day == today else day


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
