"""Where the resident is: what the message names, what is remembered, or a question."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.conversation import Question
from bot.domain.gazetteer import Location, distance_km
from bot.domain.relations import HELPED, Helped
from bot.domain.sms_text import prepare, unusual
from bot.domain.town_words import ends_as_town, is_everyday_word, tells_no_town
from bot.domain.whose_town import only_the_writers, tells_home, towns_meant
from bot.engine.answers import SHORT_ANSWER_WORDS, says_no, says_yes
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk
from nlu.understanding import Entity

_TOWNS = ("place", "municipality", "place_unknown")
COURSES, LOANS = "course_list", "loans"
"""What a question of where the resident is remembers, when it is asked for courses or loans."""
_IN_SWEDEN_KM = 60
"""As the crow flies: farther than this from every name is not in Sweden. In the mountains some are this far from one."""
_NAME_SHOWN = 40
"""No Swedish locality's name is longer."""


def locate(walk: Walk, topic: str | None = None) -> Location | None:
    """Where the resident is; None when that was asked instead. The question remembers what it is asked for."""
    located = named_in(walk)
    if located is None:
        if walk.conversation.near:
            located = walk.world.gazetteer.by_name(walk.conversation.near, walk.conversation.municipality)[:1]
        if not located:
            ask_where(walk, topic)
            return None
    if not located:
        names = (walk.understanding.entity(kind) for kind in ("postcode", "place_unknown", "place", "municipality"))
        name = _as_written(next(filter(None, names), ""))
        if not name:
            ask_where(walk, topic)
            return None
        walk.say("place_unknown", name=name)
        walk.set(question=Question("place", about=topic or "", soft=True))
        return None
    if len(located) > 1:
        ask_which(walk, located, topic)
        return None
    return located[0]


def locate_or_home(walk: Walk, topic: str) -> Location | None:
    """As locate, but who names no town and never has is taken to be in the municipality they write to."""
    home = walk.world.organisation.municipality(walk.conversation.municipality)
    if home is not None and walk.conversation.near is None and named_in(walk) is None:
        located = walk.world.gazetteer.by_name(home.name, home.id)
        if located:
            return located[0]
    return locate(walk, topic)


def named_in(walk: Walk) -> tuple[Location, ...] | None:
    """The places that the message names; empty when it names one that does not exist, None when it names none."""
    gazetteer, understanding = walk.world.gazetteer, walk.understanding
    if walk.incoming.latitude is not None and walk.incoming.longitude is not None:
        return _near_point(walk, walk.incoming.latitude, walk.incoming.longitude)
    if postcode := understanding.entity("postcode"):
        found = gazetteer.by_postcode(postcode)
        return (found,) if found else ()
    if value := town_named(walk) or _own_town_last(walk):
        return gazetteer.by_name(value, walk.conversation.municipality)
    unknown = next((entity.value for entity in _meant(walk) if entity.entity == "place_unknown"), None)
    return gazetteer.by_name(unknown, walk.conversation.municipality) if unknown else None


def _near_point(walk: Walk, latitude: float, longitude: float) -> tuple[Location, ...]:
    """The nearest name; none for a point abroad, or one that a telephone without a position sends."""
    found = walk.world.gazetteer.nearest_name(latitude, longitude)
    here = replace(found, lat=latitude, lon=longitude)
    return (found,) if distance_km(here, found) <= _IN_SWEDEN_KM else ()


def town_named(walk: Walk) -> str | None:
    """The town or municipality that the message names; an everyday word that is a hamlet's name too is none."""
    meant = _meant(walk)
    return next((entity.value for kind in ("place", "municipality") for entity in meant if entity.entity == kind), None)


def note_home(walk: Walk) -> None:
    """Keeps the town that the message tells as a home, whatever it is about: a case that it opens then reaches the right team."""
    told = [
        town for town in _meant(walk) if town.entity != "place_unknown" and tells_home(walk.incoming.text, town.start)
    ]
    located = walk.world.gazetteer.by_name(told[0].value, walk.conversation.municipality) if told else ()
    if len(located) == 1 and walk.conversation.municipality is None:
        remember(walk, located[0])
    elif len(located) == 1:
        walk.set(near=located[0].name)  # whose team it is does not change with a visit


def is_told_alone(walk: Walk) -> bool:
    """Whether a short message tells a home and hardly more: "jag är i Vara"."""
    text = walk.incoming.text
    return len(text.split()) <= SHORT_ANSWER_WORDS and any(
        town.entity != "place_unknown" and tells_home(text, town.start) and not re.search(r"\w", text[town.end :])
        for town in _meant(walk)
    )


def _own_town_last(walk: Walk) -> str | None:
    """One of our municipalities that the message ends with, where its name is an everyday word."""
    names = (home.name for home in walk.world.organisation.municipalities)
    return next((name for name in names if ends_as_town(walk.incoming.text, name)), None)


def _meant(walk: Walk) -> list[Entity]:
    """The towns of the message; of a relative's and an elder's the elder's."""
    text = walk.incoming.text
    towns = [
        entity for entity in walk.understanding.entities if entity.entity in _TOWNS and not _is_everyday(text, entity)
    ]
    starts = sorted({entity.start for entity in towns})
    meant = [] if only_the_writers(text, starts) else towns_meant(text, starts)
    return [entity for entity in towns if entity.start in meant]


def _is_everyday(text: str, town: Entity) -> bool:
    return town.entity != "place_unknown" and bool(town.end) and is_everyday_word(text, town.start, town.end)


def ask_plainly(walk: Walk) -> bool:
    """Asks again in other words when the answer was "hemma" or "vet inte"; False when that was done already, or the message says something else."""
    if (
        walk.word is not None
        or walk.conversation.near
        or walk.conversation.not_understood
        or not tells_no_town(walk.incoming.text)
    ):
        return False
    walk.set(not_understood=1)
    walk.say("where_unclear")
    return True


def asks_again(walk: Walk) -> bool:
    """A yes to "which town are you in" names none, so it is asked again; a no takes the question back. False when the message is neither, or the town was told before."""
    question = walk.conversation.question
    if question is None or walk.conversation.near or walk.conversation.position:
        return False
    if says_yes(walk):
        ask_where(walk, question.about)
    elif says_no(walk) and len(walk.incoming.text.split()) <= SHORT_ANSWER_WORDS:
        walk.set(question=None)
        walk.say("own_words")
    else:
        return False
    walk.set(not_understood=0)
    return True


def remember(walk: Walk, location: Location) -> None:
    """Keeps the town, and the municipality when it is one of ours; else the one that was known stays."""
    ours = walk.world.organisation.municipality(location.municipality)
    walk.set(near=location.name, municipality=ours.id if ours else walk.conversation.municipality)


def ask_where(walk: Walk, topic: str | None = None) -> None:
    """Asks for town or postcode, of another's need where they live; the question remembers what the help is about."""
    kind = (topic or "").partition("|")[0]
    if whom := _who_lives_elsewhere(walk):
        walk.say("ask_where_they_live", whom=whom.called(walk.language))
    elif kind == COURSES:
        walk.say("ask_where_courses")
    elif kind == LOANS:
        walk.say("ask_where_loans")
    else:
        walk.say("ask_where")
    walk.set(question=Question("place", about=topic or "", soft=True))


def _who_lives_elsewhere(walk: Walk) -> Helped | None:
    """Whom the need is of, when only the writer's own town was named."""
    starts = [entity.start for entity in walk.understanding.entities if entity.entity in _TOWNS]
    if not only_the_writers(walk.incoming.text, starts):
        return None
    relation = walk.understanding.entity("relation") or ""
    return Helped(*HELPED.get(relation, HELPED["klient"]))


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


def _as_written(name: str) -> str:
    """A name as the resident wrote it, short, and in letters that an SMS can hold."""
    plain = prepare(name).text
    return "".join(letter for letter in plain if not unusual(letter))[:_NAME_SHOWN].strip()
