"""Several needs in one message: one is acted on, the others are offered afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.keywords import keyword
from bot.domain.said_instead import meant_instead
from bot.domain.told_needs import after_yes_or_no, is_courteous, needs_in, readings
from bot.engine.limits import SURE_OF_DANGER
from bot.engine.world import World
from nlu.labels import SAFETY, TOPICS
from nlu.understanding import Context, Interpreter, RankedIntent, Understanding, candidates

CLEAR = 0.8
"""A part that is read alone must be this sure to be a need: parts of one need are often taken for another."""
_LONGEST = 60
"""Words: a longer message tells a story, and its sentences are no needs of their own."""
_AT_ONCE = ("callback", "human")
"""A person who is asked for is never waited with."""
_SERVED = TOPICS | {"find_place", "course_list", "device_loan", *_AT_ONCE}
"""What may be a part's need. Booking and cancelling, wishes and relatives are one matter with what is said around them."""
_FREE_TEXT = ("text", "time", "place", "note", "yes_no", "own_number")
"""Questions whose answer is not cut up."""

_ASKED_FOR_WORDS = ("text", "time", "place", "note", "own_number")
_BESIDE_A_LIST = ("course_book", "course_cancel", "device_loan")
_AGREES = ("affirm", "deny")
_NAME = 2
"""Words that may be the mere name of what is wanted."""
_CORRECTED = (None, "place", "yes_no", "choice")
"""Questions beside which "nej jag menade" may tell another need."""


@dataclass(frozen=True, slots=True)
class Read:
    """A message as understood: what to act on, the flows that wait, and the words that each was told by."""

    understanding: Understanding
    also: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


def read(interpreter: Interpreter, world: World, text: str, language: str, context: Context) -> Read:
    """Understands a message, its further needs included. Danger stands first, then a person who is asked for; needs that are alike in the order told."""
    whole = interpreter.understand(text, language, context)
    also = further_needs(world, whole)
    if keyword(text) or len(text.split()) > _LONGEST or (whole.intent in SAFETY and whole.accepted):
        return Read(whole, also)
    if context.question in _CORRECTED and (instead := _corrected(interpreter, whole, text, language)):
        return Read(instead)
    if wanted := _agreed(interpreter, whole, text, language, context):
        return Read(wanted, also)
    if context.question in _FREE_TEXT:
        return Read(whole, also)
    parts = needs_in(text)
    if danger := _danger_in(interpreter, parts, language):
        whole = replace(danger, text=text)
        return Read(whole, tuple(_told(interpreter, world, parts, language)))
    told = _told(interpreter, world, parts, language)
    if len(told) < 2:
        return Read(_read_plainly(interpreter, whole, text, language), also)
    if whole.intent in SAFETY:
        return Read(whole, tuple(told))  # in doubt about danger, that is asked first
    flows = {name: intent for name, (intent, _) in told.items()}
    first = next((name for name, intent in flows.items() if intent in _AT_ONCE), next(iter(flows)))
    others = tuple(name for name in flows if name != first and flows[name] not in _AT_ONCE)
    return Read(_made_first(whole, flows[first]), others, {name: words for name, (_, words) in told.items()})


def further_needs(world: World, understanding: Understanding) -> tuple[str, ...]:
    """Flows of the further needs that the interpreter found in a message, most urgent first; empty for most messages.

    Only guides wait for each other; a need that people meet is served or asked for at once.
    """
    flows = [world.flow_of(intent) for intent in understanding.needs[1:]]
    first = world.flow_of(understanding.intent)
    names = [flow.name for flow in flows if flow and flow.kind == "guide" and flow != first]
    return tuple(dict.fromkeys(names))


def _danger_in(interpreter: Interpreter, parts: Sequence[str], language: str) -> Understanding | None:
    """The danger that a part tells by itself and that the other needs around it hid; only by a rule, or very surely."""
    for part in parts:
        understood = interpreter.understand(part, language)
        if (
            understood.accepted
            and understood.intent in SAFETY
            and (understood.danger_rule or understood.confidence >= SURE_OF_DANGER)
        ):
            return understood
    return None


def _told(interpreter: Interpreter, world: World, parts: Sequence[str], language: str) -> dict[str, tuple[str, str]]:
    """The flow of each need that a part surely tells, in the order told, with its intent and its words."""
    found: dict[str, tuple[str, str]] = {}
    for part in parts:
        intent = _surely(interpreter, part, language)
        flow = world.flow_of(intent) if intent else None
        if intent and flow and flow.name not in found:
            found[flow.name] = (intent, part)
    return found


def _surely(interpreter: Interpreter, part: str, language: str) -> str | None:
    """The need that a part tells by itself; None when it is not sure, or none that can wait."""
    for reading in readings(part):
        understood = interpreter.understand(reading, language)
        if understood.accepted and understood.confidence >= CLEAR and understood.intent in _SERVED:
            return understood.intent
    return None


def _corrected(interpreter: Interpreter, whole: Understanding, text: str, language: str) -> Understanding | None:
    """What was meant instead of what was answered: "nej jag menade recepten". A "nej" is no answer then, as far as the rest tells a need."""
    meant = meant_instead(text)
    if meant is None:
        return None
    alone = interpreter.understand(meant, language)
    if alone.accepted and alone.intent in SAFETY:
        return replace(alone, text=text)
    if intent := _surely(interpreter, meant, language):
        return _made_first(whole, intent)
    return (
        replace(alone, text=text, entities=whole.entities)
        if not alone.accepted and alone.intent not in SAFETY and candidates(alone)
        else None
    )


def _agreed(
    interpreter: Interpreter, whole: Understanding, text: str, language: str, context: Context
) -> Understanding | None:
    """The need that is told after a yes or a no: "ja jag vill ha hjälp med swish". A sure answer to what was asked stays one."""
    rest = after_yes_or_no(text)
    answers = context.question in _FREE_TEXT or context.in_guide
    if not rest or whole.intent not in _AGREES or (whole.accepted and answers) or context.question in _ASKED_FOR_WORDS:
        return None
    if context.in_guide and not is_courteous(rest) and len(rest.split()) > _NAME:
        return None  # more about the step
    if intent := _surely(interpreter, rest, language):
        return _made_first(whole, intent)
    alone = interpreter.understand(rest, language)
    doubtful = alone.accepted or alone.intent in SAFETY or context.in_guide
    if alone.accepted and alone.intent in _BESIDE_A_LIST and context.question == "choice":
        return replace(whole, intent=alone.intent, confidence=alone.confidence, accepted=True, ranking=alone.ranking)
    named = is_courteous(rest) or len(rest.split()) <= _NAME or context.question == "choice"
    return replace(alone, text=text, entities=whole.entities) if named and not doubtful and candidates(alone) else None


def _read_plainly(interpreter: Interpreter, whole: Understanding, text: str, language: str) -> Understanding:
    """A message that was not understood for its courtesies: "jag behöver hjälp med swish"."""
    if whole.accepted or whole.intent in SAFETY or not is_courteous(text):
        return whole
    intent = _surely(interpreter, text, language)
    return _made_first(whole, intent) if intent else whole


def _made_first(whole: Understanding, intent: str) -> Understanding:
    if whole.intent == intent and whole.accepted:
        return whole
    others = tuple(each for each in whole.ranking if each.intent != intent)
    return replace(
        whole, intent=intent, confidence=CLEAR, accepted=True, ranking=(RankedIntent(intent, CLEAR), *others)
    )
