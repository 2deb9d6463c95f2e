"""While a person has the conversation: the machine does not go on with guides, and is mostly silent.

Danger, STOPP, privacy and the choice of language are dealt with before this; here is the rest.
"""

from __future__ import annotations

from bot.domain.case import URGENCY_OF, Reason, Status
from bot.domain.conversation import OpenCase
from bot.domain.events import CaseNoted, Remarked
from bot.domain.keywords import Keyword, wish
from bot.domain.stopping import needs_it_no_more
from bot.engine import callback, guide, limits, offers, questions
from bot.engine.walk import Walk

_MOVES = ("next", "back", "repeat", "stuck", "affirm")
"""What somebody says who wants to go on with the steps."""


def listens(walk: Walk) -> bool:
    """Deals with a message while a case is open; False when the machine may answer as usual (steps meanwhile)."""
    case = walk.conversation.case
    if case is None:
        return False
    if _asks_for_person(walk, case):
        return True
    if case.status != Status.WAITING:
        _keeps_silently(walk)
        return True
    question = walk.conversation.question
    if question and questions.is_about_case(question) and questions.answered(walk):
        return True
    if callback.added_later(walk) or _took_back(walk):
        return True
    if walk.conversation.meanwhile:
        return False
    if walk.word == Keyword.WISH and (wanted := wish(walk.incoming.text)):
        walk.events.append(Remarked("wish", wanted))
        walk.say("wish_thanks")
    elif walk.means("thanks"):
        walk.say("thanks_waiting")
    elif walk.on_duty or not _offers_steps(walk):
        tell_waiting(walk)
    return True


def _took_back(walk: Walk) -> bool:
    """Notes that what was asked for is no longer needed; who has danger in their case is not heard so easily."""
    case, text = walk.conversation.case, walk.incoming.text
    grave = case is not None and {Reason.EMERGENCY, Reason.FRAUD} & set(case.reasons)
    if walk.word is not None or grave or not needs_it_no_more(text):
        return False
    walk.events.append(CaseNoted(text))
    walk.set(told_waiting_at=walk.now)
    walk.say("not_needed_noted")
    return True


def asked_for_person(walk: Walk) -> bool:
    """Whether the message asks for a person, to write or to phone."""
    return walk.word == Keyword.PERSON or walk.means("human", "callback")


def add_reason(walk: Walk, reason: Reason) -> None:
    """Adds what was asked for to the open case, once."""
    case = walk.conversation.case
    if case is None or reason not in case.reasons:
        walk.open_case(reason, URGENCY_OF[reason], None)


def tell_waiting(walk: Walk, always: bool = False) -> None:
    """Says that a person will answer and when, once in a while; with 112 when life was in danger, with the bank when it was a fraud."""
    told, case = walk.conversation.told_waiting_at, walk.conversation.case
    reasons = case.reasons if case else ()
    emergency, fraud = Reason.EMERGENCY in reasons, Reason.FRAUD in reasons
    again = limits.DANGER_SAID_AGAIN if emergency or fraud else limits.WAITING_SAID_AGAIN
    if always or told is None or walk.now - told >= again:
        if case and case.status != Status.WAITING:
            walk.say("taken", who=_who_has(walk, case))
        elif emergency:
            walk.say("waiting_in_danger")
        else:
            walk.say("waiting_in_fraud" if fraud else "waiting")
        walk.set(told_waiting_at=walk.now)


def _who_has(walk: Walk, case: OpenCase) -> str:
    """ "Anna på Vara bibliotek", so that the resident knows whom to expect; "En människa" when it is nobody by name."""
    texts, language = walk.world.texts, walk.language
    if not case.handledare:
        return texts.get("who_unnamed", language)
    municipality, unit_id = case.works_at
    home = walk.world.organisation.municipality(municipality) if municipality else None
    unit = next((unit.name for unit in home.units if unit.id == unit_id), None) if home else None
    return texts.get("who_at", language, name=case.handledare, unit=unit) if unit else case.handledare


def _asks_for_person(walk: Walk, case: OpenCase) -> bool:
    if walk.means("callback"):
        page = walk.world.flow_of("callback")
        if case.status == Status.WAITING and callback.asked_already(walk):
            callback.note(walk)
        elif case.status == Status.WAITING and page:
            guide.answer_page(walk, page)
        else:
            add_reason(walk, Reason.CALLBACK)
            tell_waiting(walk, always=True)
    elif asked_for_person(walk):
        add_reason(walk, Reason.ASKED)
        tell_waiting(walk, always=True)
    elif walk.means("case_status"):
        tell_waiting(walk, always=True)
    else:
        return False
    return True


def _keeps_silently(walk: Walk) -> None:
    """A person reads along; what belongs to the case or to those who plan the help is kept all the same."""
    question = walk.conversation.question
    if question and question.kind == "time" and questions.time_given(walk):
        walk.events.append(CaseNoted(walk.incoming.text))
        walk.set(question=None)
    if walk.word == Keyword.WISH and (wanted := wish(walk.incoming.text)):
        walk.events.append(Remarked("wish", wanted))


def _offers_steps(walk: Walk) -> bool:
    """Off duty: the steps of the need that was told, or of the guide that was open."""
    flow = walk.world.flow_of(walk.understanding.intent) if walk.word is None and walk.understanding.accepted else None
    said = walk.incoming.text[: limits.SAID_KEPT]
    if flow is None and (walk.means(*_MOVES) or (walk.word and walk.word.value in _MOVES)):
        position = walk.conversation.position
        flow, said = walk.world.flows[position.flow] if position else None, ""
    if flow is None or flow.kind != "guide":
        return False
    offers.offer_steps_meanwhile(walk, flow.name, said)
    return True
