"""A guide as a phone would show it, and the map of its steps, for those who write guides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.checks.figures import GuideFigures, figures, figures_of
from bot.checks.longest import longest
from bot.domain.conversation import Language
from bot.domain.duty import Organisation
from bot.domain.sms_text import prepare
from bot.engine.flow import Flow, Option, Step
from bot.flows import Content


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message. `kind` is step, helper, choose, say, ask, if_stuck or error; `told_by` the words that call forth an error."""

    kind: str
    text: str
    segments: int
    told_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the map: a step, or an option under which steps stand. `depth` is how many options it stands under."""

    depth: int
    id: str
    kind: str
    leads: str
    """What chooses an option: its words as the resident sees them, or the condition; empty for a step."""
    bubbles: tuple[Bubble, ...]


@dataclass(frozen=True, slots=True)
class GuidePreview:
    """A guide in one language. `errors` hold for every step of it."""

    name: str
    title: str
    lines: tuple[Line, ...]
    errors: tuple[Bubble, ...]
    figures: GuideFigures


def previews(content: Content, organisation: Organisation) -> list[GuideFigures]:
    """The figures of every guide, by name."""
    return sorted(figures(content, organisation), key=lambda row: row.name)


def preview(content: Content, organisation: Organisation, name: str, language: Language) -> GuidePreview:
    """One guide; local facts stand at their longest. Raises KeyError when there is no such guide."""
    flow = content.flows[name]
    if flow.kind != "guide":
        raise KeyError(name)
    writer = _Writer(content, organisation, language)
    row = figures_of(content, name, organisation)
    return GuidePreview(
        name, flow.title.in_(language), tuple(writer.lines(flow.steps, 0)), tuple(writer.errors(flow)), row
    )


def as_text(shown: GuidePreview) -> Iterator[str]:
    """The preview for a terminal, a line for each message, indented as deep as it stands."""
    row = shown.figures
    yield f"{shown.title} ({shown.name}): {row.steps} steps and {row.cost} SMS on the longest way, LIX {row.lix:.0f}"
    for line in shown.lines:
        margin = "  " * line.depth
        yield (
            f"{margin}> {line.leads or '(otherwise)'}" if line.kind == "option" else f"{margin}{line.id} ({line.kind})"
        )
        yield from (f"{margin}  {_as_line(one)}" for one in line.bubbles)
    if shown.errors:
        yield "anywhere in the guide"
        yield from (f"  {_as_line(one)}" for one in shown.errors)


def _as_line(one: Bubble) -> str:
    told = f" [{', '.join(one.told_by)}]" if one.told_by else ""
    return f"{one.kind}{told}, {one.segments} SMS: {one.text}"


class _Writer:
    def __init__(self, content: Content, organisation: Organisation, language: Language) -> None:
        self._longest = longest(content, organisation)
        self._language = language

    def lines(self, steps: tuple[Step, ...], depth: int) -> Iterator[Line]:
        for step in steps:
            yield Line(depth, step.id, step.kind, "", tuple(self._bubbles(step)))
            for option in step.options:
                yield Line(depth + 1, option.id, "option", self._leads(option), ())
                yield from self.lines(option.steps, depth + 2)

    def errors(self, owner: Flow | Step) -> Iterator[Bubble]:
        for error in owner.errors:
            yield self._bubble("error", error.say.in_(self._language), error.when)

    def _bubbles(self, step: Step) -> Iterator[Bubble]:
        if step.text:
            numbered = [f"{i} {o.label.in_(self._language)}." for i, o in enumerate(step.options, 1) if o.label]
            yield self._bubble(step.kind, " ".join([step.text.in_(self._language), *numbered]))
        if step.helper:
            yield self._bubble("helper", step.helper.in_(self._language))
        if step.if_stuck:
            yield self._bubble("if_stuck", step.if_stuck.in_(self._language))
        yield from self.errors(step)

    def _bubble(self, kind: str, text: str, told_by: tuple[str, ...] = ()) -> Bubble:
        ready = prepare(self._longest.fill(text, self._language))
        return Bubble(kind, ready.text, ready.segments, told_by)

    def _leads(self, option: Option) -> str:
        if option.label:
            return option.label.in_(self._language)
        condition = option.condition
        if condition is None:
            return ""
        return ", ".join(condition.words or condition.values or (condition.channel or "",))
