"""Whether a message says yes or no, or a number."""

from __future__ import annotations

import re

from bot.domain.keywords import Keyword
from bot.engine.walk import Walk

SHORT_ANSWER_WORDS = 7
"""A numbered answer is short; a longer text that holds a number is about something else."""
_NUMBER_ONLY = re.compile(
    r"\W*(?:(?:nr|nummer|numret|alternativ|val|svar|number|option)\W*)?(\d{1,3})\W*(?:(?:tack|snälla|please|thanks)\W*)?",
    re.IGNORECASE,
)


def says_yes(walk: Walk) -> bool:
    """Whether the message is a yes."""
    return walk.word == Keyword.YES or walk.means("affirm")


def says_no(walk: Walk) -> bool:
    """Whether the message is a no."""
    return walk.word == Keyword.NO or walk.means("deny")


def said_number(walk: Walk) -> int | None:
    """The number that a short message answers with, in figures or words."""
    text = walk.incoming.text
    if len(text.split()) > SHORT_ANSWER_WORDS:
        return None
    option = walk.understanding.entity("option")
    if option and option.isdecimal():
        return int(option)
    found = _NUMBER_ONLY.fullmatch(text)
    return int(found.group(1)) if found else None
