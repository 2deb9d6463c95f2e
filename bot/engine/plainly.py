"""What plain words are, whatever the interpreter takes them for."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.plain_facts import is_new_thing, is_what_they_have
from nlu.labels import SAFETY
from nlu.understanding import RankedIntent, Understanding

_UNREAD = "out_of_scope"


def read(understanding: Understanding, text: str) -> Understanding:
    """The understanding, unless the message is a mere fact such as "swedbank har jag" and no rule of danger speaks: then it is no need, no act and no danger."""
    no_danger = understanding.intent in SAFETY and is_new_thing(text)
    if understanding.danger_rule is not None or not (no_danger or is_what_they_have(text)):
        return understanding
    return replace(
        understanding, intent=_UNREAD, confidence=0.0, accepted=False, ranking=(RankedIntent(_UNREAD, 0.0),), needs=()
    )
