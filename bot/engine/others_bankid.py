"""Another's BankID, used with leave: no, and what to do instead, in one line; what else is needed goes on beside it, and no case is opened."""

from __future__ import annotations

from bot.domain import others_bankid
from bot.domain.conversation import Helping
from bot.domain.message import Kind
from bot.domain.others_bankid import Use
from bot.domain.relations import HELPED
from bot.engine import danger, guide, helping, offers, open_step
from bot.engine.flow import SAFETY, Flow
from bot.engine.walk import Walk

_THE_SAME = frozenset({"bankid_new_phone", "eid_alternatives", "online_banking"})
"""Guides that a message is taken for because it names a BankID in a telephone, or a bank: the line answers it, unless something does not work."""

_SAYS_IT = "annans BankID"


def is_no_fraud(walk: Walk) -> bool:
    """Whether a fraud that is suspected is but a BankID used with leave, or may be: then it is asked. What a rule finds to be lost, or going on, stays a fraud unless it is only asked about."""
    understanding = walk.understanding
    if understanding.intent != "fraud_suspected" or walk.word is not None:
        return False
    text = walk.incoming.text
    use = others_bankid.told(text)
    if use is None:
        return False
    if understanding.danger_rule is None:
        return True
    done = understanding.entity("fraud_stage") in ("loss", "now")
    return others_bankid.asks_first(text) if done else others_bankid.with_leave(text, use)


def answered(walk: Walk) -> bool:
    """Says the line, and goes on with what else the message needs; False when it tells of no such use."""
    if (
        walk.word is not None
        or walk.incoming.kind not in (Kind.TEXT, Kind.PHOTO)
        or walk.understanding.entity("phone_number")
    ):
        return False
    conversation = walk.conversation
    position = conversation.position
    if (conversation.case and not conversation.meanwhile) or (position and position.flow in SAFETY):
        return False
    use = others_bankid.told(walk.incoming.text)
    if use is None or _the_guide_says_it(walk):
        return False
    walk.set(not_understood=0)
    need = _need(walk)
    if walk.understanding.intent in SAFETY and not others_bankid.with_leave(walk.incoming.text, use):
        walk.say("bankid_is_personal")
        danger.ask(walk, "fraud_suspected")
    elif position:
        walk.say("bankid_is_personal")
        _go_on_beside(walk, need)
    elif need:
        walk.say("bankid_is_personal")
        _begin(walk, need)
    elif use == Use.OTHERS:
        guide.answer_page(walk, walk.world.flows["relative_help"])
    else:
        walk.say("bankid_is_personal")
        walk.say("bankid_what_for")
        walk.may_give_way()
    return True


def _the_guide_says_it(walk: Walk) -> bool:
    """Whether the open step answers the same itself, and knows whose form or ombud it takes there."""
    error = open_step.error(walk)
    return error is not None and _SAYS_IT in error.say.sv


def _need(walk: Walk) -> Flow | None:
    """The guide for what else the message surely needs."""
    flow = walk.world.flow_of(walk.understanding.intent) if walk.understanding.accepted else None
    if flow is None or flow.kind != "guide" or flow.name in SAFETY:
        return None
    return None if flow.name in _THE_SAME and not others_bankid.tells_trouble(walk.incoming.text) else flow


def _go_on_beside(walk: Walk, need: Flow | None) -> None:
    """The open guide keeps its step; another need is offered."""
    position = walk.conversation.position
    if need and position and need.name != position.flow:
        _offer(walk, need)
    else:
        open_step.remind(walk)
        walk.may_give_way()


def _begin(walk: Walk, need: Flow) -> None:
    """The guide begins beside the line, told to a helper when it is named whom it is for; in a later answer there is room for the offer only."""
    if walk.conversation.introduced_at is not None:
        _offer(walk, need)
        return
    relation = next((entity.value for entity in walk.understanding.entities if entity.entity == "relation"), "")
    if relation in HELPED:
        helping.remember(walk, Helping(need.name, relation))
        guide.start(walk, need, goes_on=True)
    else:
        guide.start(walk, need)


def _offer(walk: Walk, need: Flow) -> None:
    walk.set(question=None, needs=(need.name, *(name for name in walk.conversation.needs if name != need.name)))
    offers.offer_next_need(walk)
