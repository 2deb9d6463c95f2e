"""What the interpreter hands over, and the Protocol that every interpreter keeps."""

from dataclasses import dataclass
from typing import Protocol

from nlu.labels import ASKABLE

# A question is worth its message only when the right answer is likely to be on the list: see docs/understanding.md.
LEAST_MASS = 0.35
LEAST_FIRST = 0.15
LEAST_EACH = 0.05


@dataclass(frozen=True, slots=True)
class RankedIntent:
    """One label with its share of the probability, 0 to 1."""

    intent: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Entity:
    """Something named in the text. `start` and `end` are offsets in the original text, `end` exclusive; both are 0 when
    the entity was concluded from the whole text."""

    entity: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Context:
    """What the conversation is in the middle of when the text comes.

    `question` is the kind of the open question ("yes_no", "choice", "place", "time", "text") and `options` are the labels
    of the numbered options that are open, in their order.
    """

    in_guide: bool = False
    question: str | None = None
    options: tuple[str, ...] = ()


NOTHING_OPEN = Context()


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a text was understood.

    `intent` is always the first of `ranking`; `accepted` says whether it is sure enough to act on. `ranking` holds every
    label of at least .005, best first. `language` is an ISO 639-1 code, or "und" when there are no letters to judge by.
    `danger_rule` is the id of the phrase rule that raised danger, if one did. `needs` are all the needs that are sure enough,
    most urgent first, where the text holds more than one; else empty.
    """

    text: str
    intent: str
    confidence: float
    accepted: bool
    ranking: tuple[RankedIntent, ...]
    entities: tuple[Entity, ...]
    language: str
    danger_rule: str | None = None
    needs: tuple[str, ...] = ()

    def entity(self, name: str) -> str | None:
        """The value of the first entity called `name`, or None."""
        return next((found.value for found in self.entities if found.entity == name), None)


class Interpreter(Protocol):
    """Anything that understands a text: the embedded one, a Rasa server, a stand-in for tests."""

    def understand(self, text: str, language: str | None = None, context: Context = NOTHING_OPEN) -> Understanding:
        """Understands `text`, whatever it holds. `language` is the language of the conversation so far, a mere leaning."""
        ...


def candidates(understanding: Understanding, limit: int = 3) -> tuple[str, ...]:
    """The needs worth asking "menar du 1, 2 eller 3?" about, best first, at most `limit`.

    Only topics and people; empty when no short list is likely to hold the right one, so that "not understood" is the
    better answer.
    """
    ranked = [found for found in understanding.ranking if found.intent in ASKABLE][:limit]
    if not ranked or ranked[0].confidence < LEAST_FIRST or sum(found.confidence for found in ranked) < LEAST_MASS:
        return ()
    if understanding.intent not in ASKABLE and understanding.confidence > sum(found.confidence for found in ranked):
        return ()
    return tuple(found.intent for found in ranked if found.confidence >= LEAST_EACH)
