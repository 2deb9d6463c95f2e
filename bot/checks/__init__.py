"""What `lotsen check` finds: every fault in flows, texts, examples and configuration, all at once, with file and line.

One file per kind of fault, each a function from what was loaded to findings. Nothing starts while there are any.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.checks import (
    answers,
    configuration,
    helpers_voice,
    intents,
    loops,
    needs,
    provenance,
    readability,
    screen_words,
    secrets_asked,
    structure,
    text_keys,
    texts,
)
from bot.checks.intents import Written
from bot.checks.longest import longest
from bot.domain.duty import Organisation
from bot.domain.finding import Finding
from bot.domain.place import Place
from bot.flows import Content


def check_all(
    content: Content,
    asked: Mapping[str, frozenset[str]],
    examples: Sequence[Written],
    examples_folder: str,
    organisation: Organisation,
    places: Sequence[Place],
    today: date,
) -> list[Finding]:
    """Every fault, ordered by file and line, the faults of form that loading found included.

    `asked` are the texts that the code says (text_keys.asked_for), `examples` what intents.read gave of
    `examples_folder`.
    """
    found = [
        *check_flows(content, asked, today, organisation),
        *intents.check(examples, examples_folder),
        *configuration.check(organisation, places, today),
    ]
    return sorted(set(found))


def check_flows(
    content: Content,
    asked: Mapping[str, frozenset[str]],
    today: date,
    organisation: Organisation | None = None,
) -> list[Finding]:
    """Every fault in flows and texts, ordered by file and line. Local facts of the organisation count in lengths."""
    widest = longest(content, organisation)
    found = [
        *content.findings,
        *texts.check(content, widest, asked),
        *answers.check(content, widest, asked),
        *text_keys.check(content, asked),
        *secrets_asked.check(content),
        *readability.check(content),
        *structure.check(content),
        *helpers_voice.check(content),
        *loops.check(content),
        *screen_words.check(content),
        *provenance.check(content, today),
        *needs.check(content),
    ]
    return sorted(set(found))
