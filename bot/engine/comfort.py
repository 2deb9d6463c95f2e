"""A warm word to somebody who tells of a death, of loneliness or of an ache: no danger, and yet not to be answered like an errand.

A need that is told besides goes first, and so does an open question or step: it is kept, and told again after the warm word.
"""

from __future__ import annotations

from bot.domain.case import Reason
from bot.engine import offers, open_step, questions
from bot.engine.danger import DANGER
from bot.engine.walk import Walk
from nlu.labels import DIALOGUE, PEOPLE, TOPICS

_SAID = {"bereaved": "sorry_for_your_loss", "lonely": "you_are_lonely", "ailing": "care_advice"}
"""The warm word for each, by what the interpreter calls it."""

_NOT_FOR_THE_DEAD = "relative_help"
"""To help somebody log in: no answer to one who settles the matters of the dead."""


def heard(walk: Walk) -> bool:
    """Answers what is heavy and no danger; False when the message is something else, or tells what is needed."""
    heavy = walk.understanding.entity("ordinary")
    if heavy not in _SAID or walk.word is not None or _tells_a_need(walk, heavy):
        return False
    key, conversation = _SAID[heavy], walk.conversation
    again = walk.world.texts.get(key, walk.language) in conversation.last_answer
    question = conversation.question
    walk.set(not_understood=0)
    if not again:
        walk.say(key)
    if conversation.position and not (question and not question.soft):
        open_step.remind(walk)
    elif question and not question.soft:
        questions.ask_again(walk)
    elif heavy == "ailing":
        walk.say("own_words_or_person")
    else:
        offers.offer_person(walk, Reason.ASKED)
    return True


def condole(walk: Walk) -> None:
    """A word of sorrow before the answer to a need that was told together with a death, where the answer has none and there is room."""
    if walk.understanding.entity("ordinary") != "bereaved" or not walk.parts:
        return
    sorry = walk.world.texts.get("sorry", walk.language)
    if any(sorry in said for said in (*walk.parts, walk.conversation.last_answer)):
        return
    walk.say("sorry")
    walk.may_give_way()
    walk.parts.insert(0, walk.parts.pop())


def _tells_a_need(walk: Walk, heavy: str) -> bool:
    if walk.conversation.position and walk.means(*DIALOGUE):
        return True
    if heavy == "bereaved" and walk.means(_NOT_FOR_THE_DEAD):
        return False
    return walk.means(*TOPICS, *PEOPLE, *DANGER)
