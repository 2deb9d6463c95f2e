"""Plays every way through a flow with the engine itself, and collects the answers, placeholders at their longest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice, product

from bot.checks.longest import Longest
from bot.checks.sent import LANGUAGES
from bot.domain.conversation import Conversation, Language, Position
from bot.domain.duty import Organisation, Team
from bot.domain.gazetteer import Gazetteer
from bot.domain.message import Incoming
from bot.engine import guide
from bot.engine.flow import Flow, Step
from bot.engine.walk import Walk
from bot.engine.world import World
from bot.flows import Content
from nlu.understanding import Understanding

MOST_WAYS = 2000
"""More ways than this through one flow are not played; nobody could review them either."""

_NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
_NOTHING_UNDERSTOOD = Understanding("", "out_of_scope", 0.0, False, (), (), "und")
_Choice = tuple[str, str, bool]
"""Step id, option id, and whether the question is shown (a branch never is)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a flow. `steps` are the ids of the steps said in it; `first` when the flow begins with it."""

    language: Language
    text: str
    steps: tuple[str, ...]
    first: bool
    opens_case: bool


@dataclass(slots=True)
class _Played(Walk):
    """A walk that fills placeholders with their longest values and notes the steps it comes to."""

    longest: Longest = field(default_factory=lambda: Longest({"sv": {}, "en": {}}))
    steps: list[str] = field(default_factory=list)

    def fill(self, text: str, **values: str) -> str:
        for name, value in values.items():
            text = text.replace("{" + name + "}", value)
        return self.longest.fill(text, self.language)

    def set(self, **changes: object) -> None:
        Walk.set(self, **changes)
        position = self.conversation.position
        if position and position.step and position.step not in self.steps:
            self.steps.append(position.step)


def ways(flow: Flow) -> Iterator[tuple[_Choice, ...]]:
    """Every set of choices that leads through the flow. A question with `words` may also have been answered before."""
    yield from _ways(flow.steps)


def too_many_ways(flow: Flow) -> bool:
    """Whether there are more than MOST_WAYS."""
    return sum(1 for _ in islice(ways(flow), MOST_WAYS + 1)) > MOST_WAYS


def answers(content: Content, flow: Flow, longest: Longest) -> Iterator[Answer]:
    """Every different answer of the flow, on every way, in both languages.

    Raises KeyError for flows and texts that do not exist: play sound flows only.
    """
    for language in LANGUAGES:
        seen: set[Answer] = set()
        for way in answers_by_way(content, flow, longest, language):
            for answer in way:
                if answer not in seen:
                    seen.add(answer)
                    yield answer


def answers_by_way(content: Content, flow: Flow, longest: Longest, language: Language) -> Iterator[list[Answer]]:
    """The answers of each way through the flow, in order. Raises KeyError for flows and texts that do not exist."""
    world = World(content.flows, content.texts, (), Gazetteer((), (), ()), Organisation("", (), Team("", "", ())))
    for way in islice(ways(flow), MOST_WAYS):
        yield list(_play(world, flow, way, language, longest))


def _play(world: World, flow: Flow, way: tuple[_Choice, ...], language: Language, longest: Longest) -> Iterator[Answer]:
    """Follows the way as a resident would who does every step."""
    known = tuple((step, option, False) for step, option, shown in way if not shown)
    chosen = {step: option for step, option, shown in way if shown}
    conversation = Conversation(language=language, position=Position(flow.name, "", known))
    first = True
    while True:
        walk = _Played(conversation, Incoming("", "sms"), _NOTHING_UNDERSTOOD, world, _NOW, longest=longest)
        at = conversation.position
        step = flow.step(at.step) if at and not first else None
        if step and step.kind == "choose":
            guide.choose(walk, step, chosen[step.id])
        else:
            guide.forward(walk)
        after = walk.conversation.position
        before = {at.step} if at else set()
        steps = tuple(name for name in walk.steps if name not in before and flow.step(name))
        text = " ".join(part.strip() for part in walk.parts if part.strip())
        yield Answer(language, text, steps, first, walk.case_opened)
        if after is None or after.flow != flow.name:
            return
        conversation = walk.conversation.with_(case=None)
        first = False


def _ways(steps: tuple[Step, ...]) -> Iterator[tuple[_Choice, ...]]:
    """The ways through steps that follow each other."""
    forks = [step for step in steps if step.options]
    for way in product(*(tuple(_fork(step)) for step in forks)) if forks else ((),):
        yield tuple(choice for part in way for choice in part)


def _fork(step: Step) -> Iterator[tuple[_Choice, ...]]:
    for option in step.options:
        for shown in (True, False) if step.kind == "choose" and option.words else (step.kind == "choose",):
            for inner in _ways(option.steps):
                yield ((step.id, option.id, shown), *inner)
