"""When to phone somebody who asks to be phoned, and on which number: what was told already is not asked for."""

from __future__ import annotations

from bot.domain.callback_words import hears_badly, says_when, would_rather_write
from bot.domain.case import Reason
from bot.domain.conversation import Question
from bot.domain.events import CaseNoted
from bot.engine import limits
from bot.engine.walk import Walk
from nlu.labels import TOPICS

_LONGEST = 25
"""Words of a later message that may tell when to phone; a longer one is about something else besides, and is read in the conversation."""


def asked(walk: Walk, question: str) -> None:
    """Asks for what was not told yet of time and number; what was told is noted on the case. `question` asks for all that the channel needs."""
    text = walk.incoming.text
    number = walk.understanding.entity("phone_number") is not None
    needs_number = walk.incoming.channel == "telegram" and not number
    if would_rather_write(text):
        by_text(walk)
        return
    when = tells_when(walk)
    if when or number:
        walk.events.append(CaseNoted(text))
    if when and not needs_number:
        walk.say("callback_noted_other" if number else "callback_noted")
        walk.set(question=None)
        return
    if when:
        walk.say("callback_which_number")
    elif number:
        walk.say("callback_when_other")
    else:
        walk.parts.append(question)
    walk.set(question=Question("time", soft=True))


def by_text(walk: Walk) -> None:
    """Notes that a person should write instead of phoning."""
    walk.events.append(CaseNoted(walk.incoming.text))
    walk.set(question=None, told_waiting_at=walk.now)
    walk.say("callback_by_text")


def asked_already(walk: Walk) -> bool:
    """Whether being phoned was asked for before, and no question about it is open: "och ring på mobilen" adds to that."""
    case, question = walk.conversation.case, walk.conversation.question
    return case is not None and Reason.CALLBACK in case.reasons and (question is None or question.kind != "time")


def note(walk: Walk) -> None:
    """Keeps what was said of being phoned, and asks nothing again."""
    if would_rather_write(walk.incoming.text):
        by_text(walk)
        return
    walk.events.append(CaseNoted(walk.incoming.text[: limits.SAID_KEPT]))
    walk.set(told_waiting_at=walk.now)
    walk.say("noted")


def added_later(walk: Walk) -> bool:
    """Adds to the case what is told of the time after it was asked for; False when the message tells nothing of it."""
    case, text = walk.conversation.case, walk.incoming.text
    if (
        case is None
        or Reason.CALLBACK not in case.reasons
        or walk.word is not None
        or len(text.split()) > _LONGEST
        or walk.means(*TOPICS)
    ):
        return False
    if hears_badly(text):
        by_text(walk)
        return True
    number = walk.understanding.entity("phone_number") is not None
    if not (tells_when(walk) or number or would_rather_write(text)):
        return False
    note(walk)
    return True


def tells_when(walk: Walk) -> bool:
    """Whether the message says when to phone."""
    return walk.understanding.entity("time") is not None or says_when(walk.incoming.text)
