"""A place that shut, expired, was removed, or that nobody has verified is never named, also when that came between question and answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.conversation import Conversation
from bot.domain.course import Course, CourseKind, Programme
from bot.domain.events import Answered, SeatTaken
from bot.domain.message import Incoming
from bot.domain.opening_hours import CLOSED
from bot.domain.place import Place
from bot.engine.advance import Turn, advance
from bot.engine.world import World
from tests.bot.engine import talk as module
from tests.bot.engine.talk import Talk, understood
from tests.stand_ins import MONDAY

LIBRARY = "Kalmar stadsbibliotek"
Change = Callable[[Place], Place]


def _shut(place: Place) -> Place:
    days = {MONDAY.date() + timedelta(days=ahead): CLOSED for ahead in range(40)}
    return replace(place, hours=replace(place.hours, exceptions=days))


CHANGES: dict[str, Change | None] = {
    "shut": _shut,
    "expired": lambda place: replace(place, valid_to=date(2026, 11, 22)),
    "not there yet": lambda place: replace(place, valid_from=date(2027, 6, 1)),
    "unverified": lambda place: replace(place, sample=False, verified_at=date(2026, 5, 1)),
    "gone": None,
}


def changed(world: World, change: Change | None) -> World:
    """The world in which every place of Kalmar has changed."""
    others = [place for place in world.places if place.municipality != "Kalmar"]
    ours = [place for place in world.places if place.municipality == "Kalmar"]
    return replace(world, places=(*(change(place) for place in ours if change), *others))


@pytest.mark.parametrize("change", CHANGES)
def test_a_place_is_not_named_after_it_changed(monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    talk, before = Talk(), module.world()
    assert "ort" in talk.says("var kan jag få hjälp", "find_place")
    asked = talk.fork()
    assert LIBRARY in asked.says("Kalmar", entities={"place": "Kalmar"})
    monkeypatch.setattr(module, "world", lambda: changed(before, CHANGES[change]))
    answer = talk.says("Kalmar", entities={"place": "Kalmar"})
    assert answer and not any(place.name in answer for place in before.places if place.municipality == "Kalmar")
    again = asked.says("Kalmar", entities={"place": "Kalmar"})
    assert again and LIBRARY not in again


COURSE = Course(
    7, CourseKind.COURSE, {"sv": "Mobilen från början", "en": "Your phone from the start"}, "kalmar", "kalmar-stadsbibliotek",
    MONDAY + timedelta(days=8), MONDAY + timedelta(days=8, hours=2), seats=8, open_seats=8,
)  # fmt: skip


def turn(conversation: Conversation, text: str, world: World, means: str | None = None, **entities: str) -> Turn:
    understanding = understood(text, means, entities=entities)
    return advance(conversation, Incoming(text, "sms"), understanding, world, MONDAY, programme=Programme((COURSE,)))


def said(turn: Turn) -> str:
    return " ".join(event.text for event in turn.events if isinstance(event, Answered))


@pytest.mark.parametrize("change", CHANGES)
def test_a_course_there_is_not_told_of_nor_booked(change: str) -> None:
    world = module.world()
    listed = turn(Conversation(), "kurser i Kalmar", world, "course_list", place="Kalmar")
    assert LIBRARY in said(listed)
    asked = turn(listed.conversation, "1", world)
    assert "JA" in said(asked)
    booked = turn(asked.conversation, "ja", world, "affirm")
    assert any(isinstance(event, SeatTaken) for event in booked.events)

    after = changed(world, CHANGES[change])
    for first, text, means in (
        (Conversation(), "kurser i Kalmar", "course_list"),
        (listed.conversation, "1", None),
        (asked.conversation, "ja", "affirm"),
    ):
        answered = turn(first, text, after, means, **({"place": "Kalmar"} if means == "course_list" else {}))
        assert said(answered) and LIBRARY not in said(answered)
        assert not any(isinstance(event, SeatTaken) for event in answered.events)


def test_a_course_outside_the_ordinary_hours_is_told_of() -> None:
    world = module.world()
    evening = replace(
        COURSE, starts_at=MONDAY + timedelta(days=8, hours=11), ends_at=MONDAY + timedelta(days=8, hours=13)
    )
    understanding = understood("kurser i Kalmar", "course_list", entities={"place": "Kalmar"})
    listed = advance(
        Conversation(),
        Incoming("kurser i Kalmar", "sms"),
        understanding,
        world,
        MONDAY,
        programme=Programme((evening,)),
    )
    assert LIBRARY in said(listed)
