"""Every text that can be sent, in both languages, with where it stands and what an editor calls it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.domain.conversation import Language
from bot.engine.flow import Bilingual, Flow, Step
from bot.flows import ASIDES_FILE, TEXTS_FILE, Content

Kind = Literal[
    "title", "step", "helper", "if_stuck", "error", "choose", "option", "say", "ask", "text", "menu", "aside"
]
LANGUAGES: tuple[Language, ...] = ("sv", "en")
_FILES = {"texts": TEXTS_FILE, "asides": ASIDES_FILE}


@dataclass(frozen=True, slots=True)
class Sent:
    """One text in one language. `key` is the flow's name, or the key of a text that belongs to no flow."""

    file: str
    line: int
    kind: Kind
    key: str
    name: str
    language: Language
    text: str
    beside: str = ""
    """The numbered options that a question is always sent with."""

    @property
    def what(self) -> str:
        """How a finding calls it: "step 'restart' in sv"."""
        return f"{self.name} in {self.language}"


def line_of(content: Content, flow: str, mark: str, language: str = "") -> int:
    """The line of a mark of that flow (or of "texts"), in that language where there is one; 1 when it is not known."""
    lines = content.places[flow].lines if flow in content.places else {}
    return lines.get(f"{mark}.{language}", lines.get(mark, 1))


def file_of(content: Content, flow: str) -> str:
    """The file of that flow (or of "texts")."""
    return content.places[flow].file if flow in content.places else f"{flow}.yml"


def faulty_files(content: Content) -> frozenset[str]:
    """Files with faults of form: what was read of them is not whole, so that some further findings would mislead."""
    return frozenset(finding.file for finding in content.findings)


def sent_texts(content: Content) -> Iterator[Sent]:
    """All texts of flows, texts.yml and the menu. Empty ones are left out: that they are is a finding already."""
    for name, flow in content.flows.items():
        yield from flow_texts(content, name, flow)
    for key, text in content.texts.by_key.items():
        yield from _both(content, "texts", "text", key, f"the text {key!r}", key, text)
    for aside in content.asides:
        yield from _both(
            content, "asides", "aside", f"aside:{aside.id}", f"the aside {aside.id!r}", "asides", aside.say
        )
    for item in content.texts.menu:
        yield from _both(
            content, "texts", "menu", f"menu/{item.flow}", f"the menu's line {item.flow!r}", "menu", item.label
        )


def flow_texts(content: Content, name: str, flow: Flow) -> Iterator[Sent]:
    """All texts of one flow."""
    yield from _both(content, name, "title", ":title", "the title", name, flow.title)
    for step in flow.every_step():
        yield from _step_texts(content, name, step)
    for error in (*flow.errors, *(error for step in flow.every_step() for error in step.errors)):
        yield from _both(content, name, "error", f"error:{error.id}", f"the error {error.id!r}", name, error.say)


def numbered(step: Step, language: Language) -> str:
    """A question's options as they are sent: "1 Ja. 2 Nej."."""
    labels = [option.label.in_(language) for option in step.options if option.label]
    return ". ".join(f"{i} {label}" for i, label in enumerate(labels, 1)) + "." if labels else ""


def _step_texts(content: Content, flow: str, step: Step) -> Iterator[Sent]:
    kinds: dict[str, Kind] = {"step": "step", "choose": "choose", "say": "say", "ask": "ask"}
    if step.text and step.kind in kinds:
        for sent in _both(content, flow, kinds[step.kind], step.id, f"step {step.id!r}", flow, step.text):
            yield _with_options(sent, step) if step.kind == "choose" else sent
    if step.helper:
        mark, name = f"{step.id}.helper", f"helper of step {step.id!r}"
        yield from _both(content, flow, "helper", mark, name, flow, step.helper)
    if step.if_stuck:
        mark, name = f"{step.id}.if_stuck", f"if_stuck of step {step.id!r}"
        yield from _both(content, flow, "if_stuck", mark, name, flow, step.if_stuck)
    for option in step.options:
        if option.label:
            mark, name = f"{step.id}/{option.id}", f"option {option.id!r} of step {step.id!r}"
            yield from _both(content, flow, "option", mark, name, flow, option.label)


def _with_options(sent: Sent, step: Step) -> Sent:
    return Sent(
        sent.file, sent.line, sent.kind, sent.key, sent.name, sent.language, sent.text, numbered(step, sent.language)
    )


def _both(content: Content, place: str, kind: Kind, mark: str, name: str, key: str, text: Bilingual) -> Iterator[Sent]:
    for language in LANGUAGES:
        if written := text.in_(language):
            line = line_of(content, place, mark, language)
            file = _FILES.get(place) or file_of(content, place)
            yield Sent(file, line, kind, key, name, language, written)
