"""How a flow hangs together: where steps lead, steps nobody comes to, removed steps, what belongs in which kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.checks.sent import file_of, line_of
from bot.domain.finding import Finding
from bot.engine.flow import Flow, Step
from bot.flows import Content

FEWEST_OPTIONS = 2
MOST_OPTIONS = 5
"""A question has so many options: bot/flows/README.md."""

NOTHING_AFTER = {"opt_out": "after STOPP nothing more is said", "show_menu": "the menu waits for a number"}
"""Acts that end what Lotsen says, and why."""


def check(content: Content) -> list[Finding]:
    """Every fault of structure in every flow."""
    return [finding for name, flow in content.flows.items() for finding in _flow(content, name, flow)]


def _flow(content: Content, name: str, flow: Flow) -> Iterator[Finding]:
    file = file_of(content, name)
    for step in flow.every_step():
        for fault, message, hint in _step(flow, step, content.flows):
            yield Finding(file, line_of(content, name, step.id), fault, message, hint)
    for step in _unreached(flow.steps):
        message, hint = (
            f"step {step.id!r} is never come to",
            "the step before it never lets the flow go on: move or remove it",
        )
        yield Finding(file, line_of(content, name, step.id), "unreached-step", message, hint)
    for step, act in _after_acts(flow.steps):
        message = f"step {step.id!r} comes after {act}: {NOTHING_AFTER[act]}"
        yield Finding(file, line_of(content, name, step.id), "after-act", message, "move it before, or remove it")
    if flow.kind == "guide" and not any(step.kind == "step" for step in flow.every_step()):
        message, hint = "the guide has no step:", "give it one, or write kind: page"
        yield Finding(file, line_of(content, name, ":flow"), "guide-without-step", message, hint)
    for old, new in flow.moved.items():
        yield from _moved(file, line_of(content, name, ":flow"), flow, old, new)
    errors = [error.id for error in (*flow.errors, *(e for step in flow.every_step() for e in step.errors))]
    for error in _twice(errors):
        message, hint = f"the error {error!r} stands twice in this flow", "ids are unique within a flow"
        yield Finding(file, line_of(content, name, f"error:{error}"), "same-error", message, hint)


def _step(flow: Flow, step: Step, flows: Mapping[str, Flow]) -> Iterator[tuple[str, str, str]]:
    """(id, message, hint) of the faults of one step."""
    if step.kind == "go" and step.target not in flows:
        yield (
            "unknown-flow",
            f"step {step.id!r} goes to {step.target!r}, which is no flow",
            "name a flow",
        )
    if step.kind == "act" and flow.kind == "guide":
        yield (
            "act-in-guide",
            f"step {step.id!r} acts ({step.target}) inside a guide",
            "put it into a page and go: there",
        )
    if step.kind == "step" and step.if_stuck is None:
        yield "no-second-explanation", f"step {step.id!r} has no if_stuck:", "explain it once more in other words"
    if step.kind == "choose" and step.options and not FEWEST_OPTIONS <= len(step.options) <= MOST_OPTIONS:
        message = f"step {step.id!r} has {len(step.options)} options; {FEWEST_OPTIONS} to {MOST_OPTIONS} are allowed"
        yield "option-count", message, "ask in two questions, or leave the question out"
    for option in _twice([option.id for option in step.options]):
        yield (
            "same-option",
            f"the option {option!r} stands twice in step {step.id!r}",
            "give it another id",
        )


def _moved(file: str, line: int, flow: Flow, old: str, new: str) -> Iterator[Finding]:
    ids = {step.id for step in flow.every_step()}
    if new not in ids:
        message, hint = f"moved: sends {old!r} to {new!r}, which is no step here", "name the step that takes over"
        yield Finding(file, line, "moved-nowhere", message, hint)
    if old in ids:
        message, hint = f"moved: names {old!r}, which is still a step", "remove the line, or the step"
        yield Finding(file, line, "moved-still-here", message, hint)


def _unreached(steps: Sequence[Step]) -> list[Step]:
    """The first step of every stretch that no way leads to."""
    found: list[Step] = []
    _goes_on(steps, found)
    return found


def _goes_on(steps: Sequence[Step], unreached: list[Step]) -> bool:
    """Whether a flow can go on after these steps. `go`, `find_place` and `ask` leave the flow for good."""
    for index, step in enumerate(steps):
        ends = step.kind in ("go", "find_place", "ask")
        if step.options:
            ways = [_goes_on(option.steps, unreached) for option in step.options]
            ends = not any(ways)
        if ends:
            unreached.extend(steps[index + 1 : index + 2])
            return False
    return True


def _after_acts(steps: Sequence[Step], act: str = "") -> Iterator[tuple[Step, str]]:
    """Steps that come after an act of NOTHING_AFTER on the same level or in options below it."""
    for step in steps:
        if act:
            yield step, act
        for option in step.options:
            yield from _after_acts(option.steps, act)
        if step.kind == "act" and step.target in NOTHING_AFTER:
            act = step.target


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
