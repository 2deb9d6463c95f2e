"""Danger to life and money, and what is heard after STOPP."""

from __future__ import annotations

from bot.domain.case import URGENCY_OF, Reason, Status
from bot.domain.keywords import Keyword
from bot.domain.message import Kind
from bot.engine import guide, limits, open_step
from bot.engine.danger import DANGER, begin
from bot.engine.flow import SAFETY
from bot.engine.handover import add_reason, asked_for_person
from bot.engine.secrets import holds_only_secrets, warn_of_secrets
from bot.engine.walk import Walk


def danger_told(walk: Walk) -> Reason | None:
    """The danger that the message tells of.

    What the open guide knows as a usual trouble of its step ("hon är dement och kan inte skriva under", "nu vill den ha pinkoden") is
    taken for that: in place of danger to life when only the interpreter suspects one, and not surely; in place of fraud unless a rule
    tells that something is lost or that it is going on.
    """
    if not walk.means(*DANGER):
        return None
    understanding = walk.understanding
    fraud = understanding.intent == "fraud_suspected"
    doubtful = understanding.danger_rule is None and understanding.confidence < limits.SURE_OF_DANGER
    if doubtful and fraud and holds_only_secrets(walk):
        return None
    told = understanding.danger_rule is not None and understanding.entity("fraud_stage") in ("loss", "now")
    position = walk.conversation.position
    elsewhere = position is not None and position.flow not in SAFETY and walk.conversation.case is None
    if elsewhere and (not told if fraud else doubtful) and open_step.error(walk):
        return None
    return DANGER[understanding.intent]


def adds_nothing(walk: Walk, danger: Reason) -> bool:
    """More about a fraud whose guide is open, nothing worse than before, and no person in it: the guide answers.

    Nor does what only the interpreter takes for the danger that a person is already dealing with: two voices at once help nobody.
    """
    case = walk.conversation.case
    if is_over(walk):
        return case is not None or open_step.error(walk) is not None
    if case is not None:
        suspected = walk.understanding.danger_rule is None
        return suspected and case.status != Status.WAITING and danger in case.reasons
    return danger == Reason.FRAUD and guide.same_way(walk, walk.world.flows["fraud_suspected"])


def answer_danger(walk: Walk, danger: Reason) -> None:
    """What to do now stands first; what else must be said stands after it. Of a crime that was over long ago: whom to tell, and no alarm."""
    if is_over(walk):
        walk.set(not_understood=0)
        walk.say("danger_over")
        if walk.conversation.position:
            open_step.remind(walk)
            walk.may_give_way()
    else:
        begin(walk, walk.understanding.intent)
    warn_of_secrets(walk)


def is_over(walk: Walk) -> bool:
    """Whether the danger that is told was over long ago."""
    return "over" in (walk.understanding.entity("fraud_stage"), walk.understanding.entity("emergency_kind"))


def after_stop(walk: Walk) -> None:
    """Nothing is sent until START. Danger, a wish for a person and a wish to be forgotten reach people all the same."""
    if walk.word == Keyword.START or walk.incoming.carrier_opt == "start" or walk.incoming.kind == Kind.START:
        guide.start(walk, walk.world.flows["start"])
    elif danger := danger_told(walk):
        if is_over(walk):
            return
        if danger == Reason.EMERGENCY or walk.understanding.entity("fraud_stage") != "attempt":
            walk.open_case(danger, URGENCY_OF[danger], walk.understanding.intent, silent=True)
    elif walk.word == Keyword.ERASE:
        walk.open_case(Reason.PRIVACY, URGENCY_OF[Reason.PRIVACY], None, silent=True)
    elif asked_for_person(walk):
        walk.open_case(Reason.ASKED, URGENCY_OF[Reason.ASKED], None, silent=True)


def while_halted(walk: Walk) -> None:
    """Two machines may be talking: nothing is sent, but a wish for a person reaches the case."""
    if asked_for_person(walk):
        add_reason(walk, Reason.ASKED)
