"""Thanks, goodbyes and kind words: one warm line each, and nothing else is moved."""

from __future__ import annotations

from bot.domain.step_words import tells_trouble
from bot.domain.warm_words import has_courtesy, is_thumb, is_warm, needs_no_more, nods
from bot.engine import limits, offers
from bot.engine.walk import Walk

KINDS = ("thanks", "goodbye")


def say(walk: Walk, kind: str) -> None:
    """One warm line; an open step stays, and a need that waits is offered."""
    if walk.conversation.position:
        walk.say("thanks_in_guide" if kind == "thanks" else "goodbye_in_guide")
    else:
        walk.say("thanks" if kind == "thanks" else "goodbye")
        walk.set(question=None)
        offers.offer_next_need(walk)


def likely(walk: Walk) -> str | None:
    """The courtesy that the interpreter is not sure of, or does not know; None where a question waits for its answer, or trouble is told."""
    question, text, understanding = walk.conversation.question, walk.incoming.text, walk.understanding
    asked = question is not None and not question.soft
    nothing_open = not asked and walk.conversation.position is None
    if is_warm(text) or (nothing_open and not understanding.accepted and (is_thumb(text) or nods(text))):
        return "thanks"
    if needs_no_more(text) and nothing_open:
        return "goodbye"
    if (
        not has_courtesy(text)
        or understanding.accepted
        or asked
        or tells_trouble(text)
        or understanding.confidence < limits.LIKELY
    ):
        return None
    return understanding.intent if understanding.intent in KINDS else None
