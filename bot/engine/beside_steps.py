"""What is said beside the steps: "vänta lite", "nu är jag tillbaka", "jag är så dum". The step, or the question, stays open, and nobody is counted as not understood."""

from __future__ import annotations

from bot.domain import beside_steps
from bot.domain.case import Reason
from bot.domain.conversation import Position
from bot.domain.plain_facts import is_what_they_have
from bot.domain.step_words import says_solved
from bot.engine import guide, new_need, offers, open_step, places, questions, where
from bot.engine.danger import DANGER
from bot.engine.flow import SAFETY
from bot.engine.walk import Walk
from nlu.labels import PEOPLE, TOPICS

_MAY_WAIT = ("choose", "topics", "person", "resume", "next_need", "follow_up", "course", "loan", "places", "borrow")
"""Questions that "vänta" does not answer; to any other the words may be the answer."""
_ASKED_AGAIN = ("topics", "person", "resume", "next_need", "danger")
"""Questions that are asked again after a fact that does not answer them."""
_NOT_NOW = ("resume", "next_need")
"""Offers that are still there another day."""
_NO_NEED = ("out_of_scope", "find_place", "next", "affirm")
"""What a mere fact about oneself is taken for."""


def heard(walk: Walk) -> bool:
    """Acts on a pause, a return or shame; False when the message is something else."""
    question = walk.conversation.question
    if (
        walk.word is not None
        or walk.understanding.entity("option")
        or (question and question.kind not in _MAY_WAIT and not question.soft)
    ):
        return False
    if not _in_guide(walk) and (walk.means(*TOPICS, *PEOPLE) or walk.understanding.intent in DANGER):
        return False
    position = walk.conversation.position
    if position and (position.flow in SAFETY or open_step.error(walk) or says_solved(walk.incoming.text)):
        return False  # nobody is told to take their time while money goes
    return _returned(walk) or _paused(walk) or _ashamed(walk) or _tries(walk)


def told(walk: Walk) -> bool:
    """Takes note of a fact about the resident in the middle of a guide, or beside a question: it moves nothing, and is no trouble."""
    understanding, text = walk.understanding, walk.incoming.text
    home = where.is_told_alone(walk) and (not understanding.accepted or understanding.intent == "find_place")
    what_they_have = is_what_they_have(text) or home
    if (
        walk.word is not None
        or not (_in_guide(walk) or (what_they_have and _asked(walk)))
        or not (what_they_have or beside_steps.only_tells(text))
    ):
        return False
    if understanding.intent in DANGER and not (home or beside_steps.is_plain_fact(text)):
        return False
    if (
        (understanding.accepted and understanding.intent not in _NO_NEED and understanding.intent not in DANGER)
        or open_step.error(walk)
        or open_step.aside(walk)
    ):
        return False
    if (located := where.named_in(walk)) and len(located) == 1:
        where.remember(walk, located[0])
    walk.set(not_understood=0)
    walk.say("told_noted")
    if _asked(walk):
        questions.ask_again(walk)
    else:
        open_step.remind(walk)
    return True


def _asked(walk: Walk) -> bool:
    """Whether something was asked that a fact beside it leaves open."""
    question = walk.conversation.question
    return question is not None and question.kind in _ASKED_AGAIN


def _paused(walk: Walk) -> bool:
    question = walk.conversation.question
    if not beside_steps.pauses(walk.incoming.text) or _asks_hours_of_another_day(walk):
        return False
    walk.set(not_understood=0)
    if question and question.kind in _NOT_NOW:
        walk.set(question=None)
        walk.say("pause_guide")
    elif walk.conversation.position:
        walk.say("pause_guide")
        walk.offer(walk.world.texts.get("button_resume", walk.language), "FORTSÄTT")
    else:
        walk.say("pause")
    return True


def _asks_hours_of_another_day(walk: Walk) -> bool:
    """Whether "i morgon då" follows on an answer about a place."""
    question, conversation = walk.conversation.question, walk.conversation
    just_told = question is not None and question.kind == "place" and conversation.near is not None
    return just_told and conversation.position is None and places.asks_another_day(walk.incoming.text)


def _returned(walk: Walk) -> bool:
    text, conversation = walk.incoming.text, walk.conversation
    just_paused = walk.world.texts.get("pause_guide", walk.language) in conversation.last_answer
    if not beside_steps.returns(text, just_paused) or (
        walk.means("next") and not just_paused and not beside_steps.is_back(text)
    ):
        return False
    question = conversation.question
    walk.set(not_understood=0)
    if conversation.position:
        walk.say("resumed")
        walk.may_give_way()
        guide.repeat(walk)
    elif question:
        return False  # "då kör vi" is a yes to what was asked
    elif conversation.paused and not conversation.other_writer:
        walk.say("resumed")
        walk.may_give_way()
        guide.resume(walk, conversation.paused[-1])
    else:
        new_need.greet(walk)
    return True


def _tries(walk: Walk) -> bool:
    """Somebody goes and does the step, which says neither that it is done nor that it fails."""
    question = walk.conversation.question
    if not _in_guide(walk) or (question and not question.soft) or not beside_steps.will_try(walk.incoming.text):
        return False
    walk.set(not_understood=0)
    walk.say("no_hurry")
    open_step.remind(walk)
    return True


def _ashamed(walk: Walk) -> bool:
    if not beside_steps.is_ashamed(walk.incoming.text):
        return False
    kindly = walk.world.texts.get("not_your_fault", walk.language)
    again = kindly in walk.conversation.last_answer
    walk.set(not_understood=0)
    if again:
        offers.offer_person(walk, Reason.STUCK)
        return True
    walk.say("not_your_fault")
    if walk.conversation.position:
        open_step.remind(walk)
    elif walk.conversation.question is None:
        walk.say("own_words_or_person")
    return True


def _in_guide(walk: Walk) -> Position | None:
    position = walk.conversation.position
    flow = walk.world.flows.get(position.flow) if position else None
    return position if flow and flow.kind == "guide" and flow.name not in SAFETY else None
