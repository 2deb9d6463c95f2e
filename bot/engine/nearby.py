"""What is near: places where somebody helps, courses or loans, whichever the resident was asked where they are for."""

from __future__ import annotations

from bot.domain.gazetteer import Location
from bot.engine import courses, loans, places
from bot.engine.walk import Walk


def find(walk: Walk, about: str) -> None:
    """Answers, or asks where the resident is. `about` is what a question of kind "place" remembers."""
    if (whom := courses.whom_asked(about)) is not None:
        courses.find(walk, whom, courses.wish_asked(about))
    elif (wish := loans.wish_asked(about)) is not None:
        loans.find(walk, wish)
    else:
        places.find(walk, about or None)


def more(walk: Walk, about: str) -> bool:
    """Answers what is asked about the place that was just told of; False when nothing is, or none was."""
    if courses.whom_asked(about) is not None or loans.wish_asked(about) is not None:
        return False
    return places.more(walk, about or None)


def answer(walk: Walk, location: Location, about: str) -> None:
    """Answers for `location`."""
    if (whom := courses.whom_asked(about)) is not None:
        courses.answer(walk, location, whom, courses.wish_asked(about))
    elif (wish := loans.wish_asked(about)) is not None:
        loans.answer(walk, location, wish)
    else:
        places.answer(walk, location, about or None)
