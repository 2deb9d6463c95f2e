"""Who only leaves: "jag vill sluta nu" ends the guide or the question, and is no STOPP, after which nothing would be heard from us."""

from __future__ import annotations

from bot.domain.stopping import only_leaves
from bot.domain.warm_words import wants_no_more
from bot.engine import courtesies, guide
from bot.engine.walk import Walk


def is_meant(walk: Walk) -> bool:
    """Whether the message says only that they stop with what they are at."""
    return walk.word is None and walk.incoming.carrier_opt is None and only_leaves(walk.incoming.text)


def heard(walk: Walk) -> bool:
    """Leaves the open guide or question; with nothing open how to be rid of messages is told. False when the message says something else."""
    if walk.word is None and walk.conversation.position and wants_no_more(walk.incoming.text):
        walk.set(not_understood=0)
        courtesies.say(walk, "goodbye")
        return True
    if not is_meant(walk):
        return False
    walk.set(not_understood=0)
    if walk.conversation.position:
        guide.leave(walk)
    else:
        walk.set(question=None)
        walk.say("left_for_now")
    return True
