"""The words by which usual errors and options are recognised: too loose, never used, or fired by ordinary talk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from bot.checks.sent import file_of, line_of
from bot.domain.finding import Finding
from bot.domain.keywords import keyword
from bot.domain.place_names import fold
from bot.engine.flow import Aside, Flow, ScreenError, Step
from bot.engine.words import holds
from bot.flows import ASIDES_FILE, Content

SHORTEST = 2
"""Letters or digits of the shortest word to recognise ("qr"); one letter stands in nearly every message."""

_Told = TypeVar("_Told", ScreenError, Aside)

FEWEST_WORDS = 2
"""Words in a phrase that tells an aside."""

ORDINARY = frozenset(
    """
    att av de den det du ej en er ett för har i inte ja jag kan man med mig min mitt nej nu och ok om på så som
    till vad vi är a and are can do in is it me my no not of on that the this to you yes
    """.split()
)
"""Words that nearly any message holds."""


def check(content: Content) -> list[Finding]:
    """Every fault in `when` of errors and `words` of options."""
    found = [finding for name, flow in content.flows.items() for finding in _flow(content, name, flow)]
    return [*found, *_asides(content)]


def _asides(content: Content) -> Iterator[Finding]:
    """Asides count in every guide, so their words must be more than one: a single word stands in too much else."""
    for aside in content.asides:
        line = line_of(content, "asides", f"aside:{aside.id}")
        for word in aside.when:
            if len(word.split()) < FEWEST_WORDS:
                yield Finding(ASIDES_FILE, line, "loose-word", *_loose(f"the aside {aside.id!r}", word))
    for earlier, later, word in _same_words(content.asides):
        message = f"the aside {later.id!r} is told by {word!r}, but {earlier.id!r} takes that first"
        line = line_of(content, "asides", f"aside:{later.id}")
        yield Finding(ASIDES_FILE, line, "same-word", message, "let only one of them have it")


def _flow(content: Content, name: str, flow: Flow) -> Iterator[Finding]:
    file = file_of(content, name)
    steps = list(flow.every_step())
    for error in (*flow.errors, *(error for step in steps for error in step.errors)):
        line = line_of(content, name, f"error:{error.id}")
        for title in (flow.title.sv, flow.title.en):
            if word := next((w for w in error.when if _length(w) and holds(title, (w,))), None):
                message = f"the error {error.id!r} is told by {word!r}, which the flow's own title holds ({title})"
                hint = "whoever only says what the flow is about would get it: use more special words"
                yield Finding(file, line, "word-in-title", message, hint)
        for word in error.when:
            if _is_loose(word):
                yield Finding(file, line, "loose-word", *_loose(f"the error {error.id!r}", word))
    for step in steps:
        yield from _never_told(content, name, flow, step)
        yield from _options(content, name, step)


def _never_told(content: Content, name: str, flow: Flow, step: Step) -> Iterator[Finding]:
    """Words that an error before it on the same step takes first, so that they never count."""
    if step.kind != "step":
        return
    for earlier, later, word in _same_words((*step.errors, *flow.errors)):
        message = f"the error {later.id!r} is told by {word!r}, but {earlier.id!r} takes that first on step {step.id!r}"
        line = line_of(content, name, f"error:{later.id}")
        yield Finding(file_of(content, name), line, "same-word", message, "let only one of them have it")


def _same_words(errors: Sequence[_Told]) -> Iterator[tuple[_Told, _Told, str]]:
    first: dict[str, _Told] = {}
    for error in errors:
        for word in error.when:
            owner = first.setdefault(fold(word), error)
            if owner is not error:
                yield owner, error, word


def _options(content: Content, name: str, step: Step) -> Iterator[Finding]:
    file, line = file_of(content, name), line_of(content, name, step.id)
    owners: dict[str, str] = {}
    for option in step.options:
        for label in (option.label.sv, option.label.en) if option.label else ():
            if keyword(label):
                message = f"option {option.id!r} of step {step.id!r} is called {label!r}, which is a keyword with a meaning of its own"
                yield Finding(
                    file,
                    line,
                    "keyword-label",
                    message,
                    "whoever answers with the label would do that instead: say it in other words",
                )
        for word in (*option.words, *(option.condition.words if option.condition else ())):
            if _is_loose(word):
                yield Finding(file, line, "loose-word", *_loose(f"option {option.id!r} of step {step.id!r}", word))
        for word in option.words:
            owner = owners.setdefault(fold(word), option.id)
            if owner != option.id:
                message = f"options {owner!r} and {option.id!r} of step {step.id!r} are both told by {word!r}"
                yield Finding(file, line, "same-word", message, "let only one of them have it")


def _loose(what: str, word: str) -> tuple[str, str]:
    return f"{what} is told by {word!r}, which stands in nearly any message", "use a word that only this is told with"


def _is_loose(word: str) -> bool:
    return _length(word) < SHORTEST or word.casefold() in ORDINARY


def _length(word: str) -> int:
    return sum(c.isalnum() for c in word)
