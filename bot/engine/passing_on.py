"""A greeting to the elder or a word to a handledare: said honestly what is passed on and to whom. Lotsen carries nothing to an elder; a case can hold it.

Without a living leave the words are the same whoever is meant, so that nothing is told of them.
"""

from __future__ import annotations

from bot.domain import asking, passing_on
from bot.domain.asking import Told
from bot.domain.case import Status
from bot.domain.events import CaseNoted
from bot.domain.link import Elder
from bot.domain.message import Kind
from bot.domain.relations import HELPED
from bot.engine.walk import Walk
from bot.engine.whose_elder import meant, names_somebody, whom


def answered(walk: Walk) -> bool:
    """Acts on a message that is to be brought to somebody; False when it is none, or is the handledare's to read."""
    text, case = walk.incoming.text, walk.conversation.case
    if (
        walk.word is not None
        or walk.incoming.kind not in (Kind.TEXT, Kind.PHOTO)
        or case is not None
        or _is_a_need(walk)
    ):
        return False
    if passing_on.is_for_elder(text):
        _to_elder(walk)
    elif passing_on.is_for_helper(text) and not (walk.family.elders or walk.family.wishes):
        walk.say("note_not_passed")
    else:
        return False
    walk.set(not_understood=0)
    return True


def own_name_told(walk: Walk) -> bool:
    """The name of a relative that comes after the number: the elder has been asked without it."""
    text = walk.incoming.text
    name = asking.clean_name(asking.own_name(text))
    waiting = [wish for wish in walk.family.wishes if not wish.refused]
    if (
        walk.word is not None
        or not name
        or not waiting
        or len(text.split()) > _NAME_ONLY
        or asking.is_doubtful_name(name)
    ):
        return False
    walk.set(not_understood=0)
    walk.say("link_name_late", relative=name, whom=whom(waiting[-1]).called(walk.language))
    return True


_NAME_ONLY = 5
"""Words of a message that tells a name and nothing else."""


def _is_a_need(walk: Walk) -> bool:
    """ "Berätta för mamma hur man skaffar Swish" is about Swish."""
    flow = walk.world.flow_of(walk.understanding.intent) if walk.understanding.accepted else None
    return flow is not None and flow.kind == "guide"


def _to_elder(walk: Walk) -> None:
    elder = _elder(walk)
    if elder is not None and elder.case is not None and elder.case != Status.RESOLVED:
        walk.events.append(CaseNoted(walk.incoming.text, elder.link_id))
        walk.say("greeting_noted", whom=whom(elder).called(walk.language))
        return
    walk.say("greeting_not_passed", whom=whom(elder).called(walk.language) if elder else _called(walk))


def _elder(walk: Walk) -> Elder | None:
    """The one whose leave this person has and whom the message names; with a pronoun the only one."""
    elders = meant(walk, walk.family.elders) if names_somebody(walk) else walk.family.elders
    return elders[0] if len(elders) == 1 else None


def _called(walk: Walk) -> str:
    relation = walk.understanding.entity("relation") or ""
    if relation in HELPED:
        return asking.called(Told(relation), walk.language)
    return walk.world.texts.get("elder_somebody", walk.language)
