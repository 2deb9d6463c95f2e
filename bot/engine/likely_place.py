"""Where help or courses are, asked without the interpreter being sure: answering does no harm, so nothing is asked first."""

from __future__ import annotations

import re

from bot.engine import limits, places, where
from bot.engine.walk import Walk

_POSTCODE_WORDS = 2
"""Of a message that is a postcode and nothing else."""
_LIST_WORDS = 3
_WHERE = re.compile(
    r"(?:^|[,.?!\n]|\b(?:och|o|men|undrar|veta|vet|vet du|vet ni|hej|hejsan|hallå|då|så|and|hello|know))\W*(?:var|vart|where)\b",
    re.IGNORECASE,
)
"""Where, as a question: not the "var" of "det var min man"."""


def asked(walk: Walk) -> bool:
    """Whether a place is named and the way there is the likeliest need, opening hours are asked for, or a postcode says it all."""
    understanding, text = walk.understanding, walk.incoming.text
    nothing_open = walk.conversation.position is None
    if places.asks_hours(text) and not understanding.accepted and nothing_open:
        return True
    if not understanding.accepted and nothing_open and where.is_told_alone(walk):
        return True
    bare = understanding.entity("postcode") is not None and len(text.split()) <= _POSTCODE_WORDS
    if bare and nothing_open and where.named_in(walk):
        return True
    short = len(text.split()) <= limits.LONG_REMARK
    if not understanding.accepted and short and where.town_named(walk) and _WHERE.search(text):
        return True
    return understanding.intent == "find_place" and where.named_in(walk) is not None


def courses_asked(walk: Walk) -> bool:
    """ "Kurs Kalmar", of one who has nothing booked."""
    understanding = walk.understanding
    likely = not understanding.accepted and understanding.intent == "course_list"
    short = len(walk.incoming.text.split()) <= _LIST_WORDS
    return likely and short and not walk.programme.bookings and where.town_named(walk) is not None
