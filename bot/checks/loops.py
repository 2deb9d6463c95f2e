"""Flows that go to each other for ever without asking anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.checks.sent import file_of, line_of
from bot.domain.finding import Finding
from bot.engine.flow import Flow, Step
from bot.flows import Content


def check(content: Content) -> list[Finding]:
    """Every `go` that is part of a round which never waits for the resident."""
    findings: list[Finding] = []
    for name, flow in content.flows.items():
        goes, _ = unasked_goes(flow.steps)
        for step in goes:
            if name in _reached(content.flows, step.target):
                way = " -> ".join([name, *_way(content.flows, step.target, name)])
                message = f"step {step.id!r} goes round for ever without a question: {way}"
                line = line_of(content, name, step.id)
                findings.append(
                    Finding(file_of(content, name), line, "endless-loop", message, "let one of these flows ask or end")
                )
    return findings


def goes_round(flows: Mapping[str, Flow], name: str) -> bool:
    """Whether a way from this flow comes to a round that never waits."""
    return any(
        other in _reached(flows, target)
        for other in {name, *_reached(flows, name)}
        for target in _goes_of(flows, other)
    )


def unasked_goes(steps: Iterable[Step]) -> tuple[list[Step], bool]:
    """The `go` steps that can be reached with nobody asked, and whether the steps can be passed without asking.

    A question whose option has `words` may already have been answered, and then asks nobody.
    """
    goes: list[Step] = []
    for step in steps:
        if step.kind == "go":
            goes.append(step)
            return goes, False
        if step.kind in ("branch", "choose"):
            passed = False
            for option in step.options:
                if step.kind == "branch" or option.words:
                    inner, through = unasked_goes(option.steps)
                    goes.extend(inner)
                    passed = passed or through
            if not passed:
                return goes, False
        elif step.waits:
            return goes, False
    return goes, True


def _goes_of(flows: Mapping[str, Flow], name: str) -> list[str]:
    return [step.target for step in unasked_goes(flows[name].steps)[0]] if name in flows else []


def _reached(flows: Mapping[str, Flow], start: str) -> set[str]:
    """The flows that are come to from `start` without a question, `start` itself included."""
    seen: set[str] = set()
    open_ = [start]
    while open_:
        name = open_.pop()
        if name not in seen:
            seen.add(name)
            open_.extend(_goes_of(flows, name))
    return seen


def _way(flows: Mapping[str, Flow], start: str, end: str) -> list[str]:
    """The shortest way from `start` to `end`, both included."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop(0)
        if way[-1] == end:
            return way
        for target in _goes_of(flows, way[-1]):
            if target not in seen:
                seen.add(target)
                ways.append([*way, target])
    return [start]
