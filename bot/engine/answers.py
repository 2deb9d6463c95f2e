"""Whether a message says yes or no."""

from __future__ import annotations

from bot.domain.keywords import Keyword
from bot.engine.walk import Walk


def says_yes(walk: Walk) -> bool:
    """Whether the message is a yes."""
    return walk.word == Keyword.YES or walk.means("affirm")


def says_no(walk: Walk) -> bool:
    """Whether the message is a no."""
    return walk.word == Keyword.NO or walk.means("deny")
