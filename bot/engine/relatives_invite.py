"""An elder wants somebody to follow: the relative asks, and the elder is asked, so that nobody follows by a word that was misread."""

from __future__ import annotations

import re

from bot.domain.inviting import invites
from bot.engine import open_step
from bot.engine.walk import Walk

_NUMBER = re.compile(r"\+?\d[\d -]{7,14}\d")
_SHORT = 10
"""Words."""


def heard(walk: Walk) -> bool:
    """Tells how a relative comes to follow; False when the message says something else."""
    if walk.word is not None or walk.family.questions:
        return False
    if not invites(walk.incoming.text) and not _gives_their_number(walk):
        return False
    walk.set(not_understood=0)
    walk.say("link_invite")
    if walk.conversation.position:
        open_step.remind(walk)
    return True


def _gives_their_number(walk: Walk) -> bool:
    """Whether the relative's number follows on that: they still write themselves, so the same is told again."""
    told = walk.world.texts.get("link_invite", walk.language) in walk.conversation.last_answer
    text = walk.incoming.text
    return told and len(text.split()) <= _SHORT and _NUMBER.search(text) is not None
