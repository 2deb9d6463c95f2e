"""What a flow is, as data. bot/flows/README.md is the format that editors write; bot/flows reads it into these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.domain.case import Reason, Urgency
from bot.domain.conversation import Language

SAFETY = ("emergency", "fraud_suspected")
"""Flows of danger: they are told at once, in every state, and are not kept to be offered again."""

StepKind = Literal["step", "say", "choose", "branch", "find_place", "open_case", "ask", "act", "go"]


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same text in both languages."""

    sv: str
    en: str

    def in_(self, language: Language) -> str:
        return self.sv if language == "sv" else self.en


@dataclass(frozen=True, slots=True)
class ScreenError:
    """A usual error: when the resident's words hold one of `when`, `say` is the answer and the step stays open."""

    id: str
    when: tuple[str, ...]
    say: Bilingual


@dataclass(frozen=True, slots=True)
class Aside:
    """A common question in the middle of any guide ("var hittar jag App Store?"), and its answer. The open step stays."""

    id: str
    when: tuple[str, ...]
    say: Bilingual


@dataclass(frozen=True, slots=True)
class Condition:
    """When a branch is taken: an entity's value, words in the message that started the flow, or the channel."""

    entity: str | None = None
    values: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a question, or one branch. `words` answer the question in advance."""

    id: str
    label: Bilingual | None
    words: tuple[str, ...]
    condition: Condition | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a flow. `kind` says which of the fields below it uses."""

    id: str
    kind: StepKind
    text: Bilingual | None = None
    helper: Bilingual | None = None
    """The step as it is told to somebody who helps another person; {vem} and {vems} are that person."""
    if_stuck: Bilingual | None = None
    errors: tuple[ScreenError, ...] = ()
    options: tuple[Option, ...] = ()
    reason: Reason | None = None
    urgency: Urgency | None = None
    target: str = ""
    """The other flow of `go`, what `act` does, or what `ask` stores."""

    @property
    def waits(self) -> bool:
        """Whether the resident must answer before the flow goes on."""
        return self.kind in ("step", "choose", "ask", "find_place")


@dataclass(frozen=True, slots=True)
class Flow:
    """One conversation about one need."""

    name: str
    kind: Literal["guide", "page"]
    intents: tuple[str, ...]
    title: Bilingual
    steps: tuple[Step, ...]
    errors: tuple[ScreenError, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    reviewed: date | None = None
    sources: tuple[str, ...] = ()
    left_out: str = ""
    for_whom: str = ""
    have_ready: str = ""

    def every_step(self) -> Iterator[Step]:
        """All steps, those inside options too."""
        yield from _every(self.steps)

    def step(self, step_id: str) -> Step | None:
        """The step of that id, or the one that has taken over from it; None when there is neither."""
        wanted = self.moved.get(step_id, step_id)
        return next((step for step in self.every_step() if step.id == wanted), None)


def _every(steps: tuple[Step, ...]) -> Iterator[Step]:
    for step in steps:
        yield step
        for option in step.options:
            yield from _every(option.steps)
