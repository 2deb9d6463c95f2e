"""The helper's voice: a guide told to somebody who helps another person ("Be mamma öppna..."), instead of to the one it is for.

It is on for a guide that is shared by a link, and for one that began with a message that surely tells of another person's need. "Det gäller mig" turns it off.
Flows of danger speak to whoever writes, always.
"""

from __future__ import annotations

import re

from bot.domain.conversation import Helping, Position
from bot.domain.on_behalf import is_for_self, tells_own_need, whose_need
from bot.domain.relations import HELPED, Helped, helped
from bot.engine import limits
from bot.engine.flow import SAFETY, Bilingual, Flow, Step
from bot.engine.walk import Walk

_AT_THE_START = re.compile(r"(^|[.!?] )\{(vems?)\}")
_SHORT = 8
"""Words of a remark in the middle of a guide that may say whom it is for."""
_ABOUT = (
    "det gäller",
    "gäller",
    "det är för",
    "det är till",
    "det är åt",
    "it is for",
    "it's for",
    "its for",
    "for my",
    "åt ",
    "för ",
)
_KEPT = 4
"""Guides that it is remembered for: the open one and those that were left."""


def of_flow(walk: Walk, name: str) -> Helping | None:
    """Whom this person helps with that guide; None when it is for themselves."""
    return next((one for one in walk.conversation.helping if one.flow == name), None)


def person(relation: str, called: str) -> Helped | None:
    """Whom the texts speak of. What stands in our own list is told in each language; anything else as the relative said it."""
    names = HELPED.get(relation, ())
    return helped(relation) if not called or called in names else helped(relation, called)


def begin(walk: Walk, flow: Flow, said: str) -> None:
    """Decides for a guide that begins, or is gone on with, by the message `said`; a further need of the same message is the same person's."""
    if flow.kind != "guide" or flow.name in SAFETY:
        return
    relation = whose_need(said)
    if relation:
        old = of_flow(walk, flow.name)
        if old is None or old.relation != relation:
            remember(walk, Helping(flow.name, relation))
    elif not said:
        _inherit(walk, flow.name)
    elif tells_own_need(said):
        forget(walk, flow.name)


def goes_on_as(walk: Walk, before: str, name: str) -> None:
    """One flow leads to another: it is for the same person."""
    old = of_flow(walk, before)
    if old:
        remember(walk, Helping(name, old.relation, old.called))


def remember(walk: Walk, helping: Helping) -> None:
    """From now on that guide is told to a helper."""
    conversation = walk.conversation
    living = {p.flow for p in (conversation.position, conversation.finished, *conversation.paused) if p} | {
        helping.flow
    }
    others = [one for one in conversation.helping if one.flow != helping.flow and one.flow in living]
    walk.set(helping=(*others, helping)[-_KEPT:])


def forget(walk: Walk, name: str) -> None:
    """That guide is for the one who writes."""
    if of_flow(walk, name):
        walk.set(helping=tuple(one for one in walk.conversation.helping if one.flow != name))


def corrected(walk: Walk) -> bool:
    """ "Det gäller mig" or "det gäller min mamma" in the middle of a guide: whether the message says so, and the voice was changed."""
    position = walk.conversation.position
    if position is None or walk.word is not None or not _is_guide(walk, position):
        return False
    helping = of_flow(walk, position.flow)
    if helping and is_for_self(walk.incoming.text):
        forget(walk, position.flow)
        walk.say("helper_off")
        walk.may_give_way()
        return True
    relation = whose_need(walk.incoming.text) if helping is None and len(walk.incoming.text.split()) <= _SHORT else None
    if relation and walk.incoming.text.lower().lstrip().startswith(_ABOUT):
        remember(walk, Helping(position.flow, relation))
        if whom := person(relation, ""):
            walk.say("helper_on", vem=whom.called(walk.language))
            walk.may_give_way()
        return True
    return False


def say_step(walk: Walk, flow: Flow, step: Step) -> None:
    """A step or a guide's own question, in the voice that the guide has."""
    assert step.text is not None
    whom = _whom(walk, flow)
    if whom is None:
        walk.say_text(step.text)
    elif step.helper is None:
        _say_to(walk, whom, asks=step.kind == "choose")
        walk.say_text(step.text)
    else:
        _say_in_voice(walk, step.helper, whom, of_flow(walk, flow.name))


def say_beside(walk: Walk, flow: Flow, text: Bilingual) -> None:
    """What is said besides the steps: a second explanation, a usual error, a common question."""
    whom = _whom(walk, flow)
    if whom is not None:
        _say_to(walk, whom)
    walk.say_text(text)


def _say_in_voice(walk: Walk, text: Bilingual, whom: Helped, helping: Helping | None) -> None:
    said = walk.fill(in_voice(text.in_(walk.language), whom, walk.language))
    walk.parts.append(said)
    plain = helped(helping.relation) if helping and helping.called else None
    if plain and (shorter := walk.fill(in_voice(text.in_(walk.language), plain, walk.language))) != said:
        walk.may_give_way(shorter)


def in_voice(text: str, whom: Helped, language: str) -> str:
    """`text` with {vem} and {vems} filled in, and a capital where a sentence begins with them."""
    words = {"vem": whom.called(language), "vems": whom.owner(language)}
    text = _AT_THE_START.sub(lambda found: found[1] + _capital(words[found[2]]), text)
    return text.replace("{vem}", words["vem"]).replace("{vems}", words["vems"])


def _say_to(walk: Walk, whom: Helped, asks: bool = False) -> None:
    """ "Säg till din mamma:"; texts that stand after it were measured without, so it gives way when there is no room."""
    walk.say("helper_ask" if asks else "helper_tell", vem=whom.called(walk.language))
    walk.may_give_way()


def _whom(walk: Walk, flow: Flow) -> Helped | None:
    helping = of_flow(walk, flow.name) if flow.kind == "guide" and flow.name not in SAFETY else None
    return person(helping.relation, helping.called) if helping else None


def _inherit(walk: Walk, name: str) -> None:
    conversation = walk.conversation
    last = conversation.helping[-1] if conversation.helping else None
    recent = conversation.heard_at is not None and walk.now - conversation.heard_at <= limits.SAME_SITTING
    if last and recent and of_flow(walk, name) is None:
        remember(walk, Helping(name, last.relation, last.called))


def _is_guide(walk: Walk, position: Position) -> bool:
    flow = walk.world.flows.get(position.flow)
    return flow is not None and flow.kind == "guide" and flow.name not in SAFETY


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
