"""Needs and flows: which flow serves which need, flows that the engine starts by name, and the menu."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.sent import faulty_files, file_of, line_of
from bot.domain.finding import Finding
from bot.flows import TEXTS_FILE, Content
from nlu.labels import ASKABLE, KNOWN, SAFETY

REQUIRED = (
    "emergency", "fraud_suspected", "stop", "start", "privacy", "human", "menu", "wish", "change_language",
    "find_place", "relative_help",
)  # fmt: skip
"""Flows that the engine starts by name. Those that are also needs must serve the need of their name."""

SERVED = ASKABLE | SAFETY | {"about_bot", "privacy", "change_language", "menu", "stop"}
"""Needs that a flow is for; greetings, thanks and what is said inside a guide are the engine's own."""


def check(content: Content) -> list[Finding]:
    """Every fault between needs, flows and menu."""
    return [*_required(content), *_intents(content), *_menu(content), *_subjects(content), *_never_started(content)]


def without_flow(content: Content) -> list[str]:
    """Needs that no flow serves yet; they get the nearest place and a person. No fault, but worth telling."""
    served = {intent for flow in content.flows.values() for intent in flow.intents}
    return sorted(SERVED - served)


def _required(content: Content) -> Iterator[Finding]:
    for name in REQUIRED:
        flow = content.flows.get(name)
        if flow is None:
            message, hint = "this flow is missing, and Lotsen starts it by name", "write it: bot/flows/README.md"
            yield Finding(f"{name}.yml", 1, "missing-flow", message, hint)
        elif name in KNOWN and name not in flow.intents:
            message, hint = f"the flow must serve the need {name!r}", f"write intents: [{name}]"
            yield Finding(file_of(content, name), line_of(content, name, ":intents"), "missing-intent", message, hint)


def _intents(content: Content) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for name, flow in content.flows.items():
        where = file_of(content, name), line_of(content, name, ":intents")
        for intent in flow.intents:
            if intent not in KNOWN:
                message, hint = f"{intent!r} is no need that Lotsen knows", "the names are in nlu/labels.py"
                yield Finding(*where, "unknown-intent", message, hint)
            elif first.setdefault(intent, name) != name:
                message = f"the need {intent!r} is served by {file_of(content, first[intent])} too"
                yield Finding(*where, "two-flows", message, "let only one of them have it")


def _subjects(content: Content) -> Iterator[Finding]:
    for number, subject in enumerate(content.texts.subjects):
        for name in subject.flows:
            if name not in content.flows:
                message, hint = f"a subject names {name!r}, which is no flow", "mend the name, or remove it"
                line = line_of(content, "texts", f"subject/{number}")
                yield Finding(TEXTS_FILE, line, "unknown-subject-flow", message, hint)


def _menu(content: Content) -> Iterator[Finding]:
    for item in content.texts.menu:
        if item.flow not in content.flows:
            message, hint = f"the menu names {item.flow!r}, which is no flow", "mend the name, or remove the line"
            yield Finding(
                TEXTS_FILE, line_of(content, "texts", f"menu/{item.flow}"), "unknown-menu-flow", message, hint
            )


def _never_started(content: Content) -> Iterator[Finding]:
    gone_to = {step.target for flow in content.flows.values() for step in flow.every_step() if step.kind == "go"}
    in_menu = {item.flow for item in content.texts.menu}
    faulty = faulty_files(content)
    for name, flow in content.flows.items():
        if file_of(content, name) in faulty:
            continue
        if not flow.intents and name not in gone_to | in_menu and name not in REQUIRED:
            message = "nothing ever starts this flow: it has no intents, is not in the menu, and no go: names it"
            line = line_of(content, name, ":intents")
            yield Finding(file_of(content, name), line, "never-started", message, "give it an intent, or remove it")
