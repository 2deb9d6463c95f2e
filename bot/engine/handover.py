"""While a person has the conversation: the machine does not go on with guides, and is mostly silent.

Danger, STOPP, privacy and the choice of language are dealt with before this; here is the rest.
"""

from __future__ import annotations

from bot.domain.case import Status
from bot.domain.conversation import Question
from bot.domain.keywords import Keyword, keyword
from bot.engine import limits, questions
from bot.engine.walk import Walk


def listens(walk: Walk) -> bool:
    """Deals with a message while a case is open; False when the machine may answer as usual (steps meanwhile)."""
    case = walk.conversation.case
    if case is None:
        return False
    waiting = case.status == Status.WAITING
    question = walk.conversation.question
    if question and question.kind in ("time", "meanwhile") and questions.answered(walk):
        return True
    asks_for_person = keyword(walk.incoming.text) == Keyword.PERSON or (
        walk.understanding.accepted and walk.understanding.intent in ("human", "callback", "case_status")
    )
    if asks_for_person:
        _tell_waiting(walk, always=True)
        return True
    if waiting and walk.conversation.meanwhile:
        return False
    if walk.understanding.accepted and walk.understanding.intent == "thanks":
        walk.say("thanks_waiting")
        return True
    if waiting and not walk.on_duty and _offers_steps(walk):
        return True
    if waiting:
        _tell_waiting(walk)
    return True


def _offers_steps(walk: Walk) -> bool:
    flow = walk.world.flow_of(walk.understanding.intent) if walk.understanding.accepted else None
    if flow is None or flow.kind != "guide":
        return False
    walk.say("offer_meanwhile", title=walk.title(flow))
    walk.set(question=Question("meanwhile", options=(flow.name,)))
    walk.offer(walk.world.texts.get("button_yes", walk.language), "JA")
    walk.offer(walk.world.texts.get("button_no", walk.language), "NEJ")
    return True


def _tell_waiting(walk: Walk, always: bool = False) -> None:
    told = walk.conversation.told_waiting_at
    if always or told is None or walk.now - told >= limits.WAITING_SAID_AGAIN:
        case = walk.conversation.case
        taken = case and case.status != Status.WAITING
        walk.say("taken" if taken else "waiting")
        walk.set(told_waiting_at=walk.now)
