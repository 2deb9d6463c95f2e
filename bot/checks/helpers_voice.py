"""The helper's voice: that every step of every guide has one, and that none tells anybody to use another person's means of identification."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.checks.sent import LANGUAGES, file_of, line_of
from bot.domain.finding import Finding
from bot.engine.flow import SAFETY, Step
from bot.flows import Content

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_THEIRS = re.compile(
    r"\{vems\}[^.]*?\b(?:BankID|bankdosa|dosa|Freja|e-legitimation|e-leg|säkerhetskod|pinkod|lösenord|security code|password|bank device|code device|eID)\b",
    re.IGNORECASE,
)
_USES = re.compile(
    r"\b(?:logga in med|loggar in med|legitimera dig med|använd|använda|skriv under med|skriv in|skriv|knappa in|öppna|lås upp|log in with|sign in with|sign with|use|type|enter|open|unlock)\b",
    re.IGNORECASE,
)
_THEY_DO = re.compile(
    r"^\W*(?:(?:sedan|nu|då|then|now) )?(?:be|hjälp|säg till|låt|ask|help|tell|let|\{vem\})\b|\b(?:aldrig|inte|never|do not|not)\b|\{vem\} (?:själv )?(?:loggar|skriver|öppnar|logs|types|opens|uses)",
    re.IGNORECASE,
)


def check(content: Content) -> list[Finding]:
    """Steps without `helper`, and helper texts by which one person would identify as another."""
    return [finding for name in content.flows for finding in _flow(content, name)]


def _flow(content: Content, name: str) -> Iterator[Finding]:
    flow = content.flows[name]
    if flow.kind != "guide" or name in SAFETY:
        return
    file = file_of(content, name)
    for step in flow.every_step():
        if step.kind != "step":
            continue
        if step.helper is None:
            message = f"step {step.id!r} has no helper, for somebody who helps another person"
            yield Finding(
                file,
                line_of(content, name, step.id),
                "missing-helper",
                message,
                "write helper: after step:, with {vem} and {vems}",
            )
        for language, said in _uses_anothers(step):
            message = f"helper of step {step.id!r} in {language} tells one person to use another's means of identification ({said})"
            hint = "let {vem} do it: Be {vem} logga in"
            yield Finding(
                file, line_of(content, name, f"{step.id}.helper", language), "anothers-identification", message, hint
            )


def _uses_anothers(step: Step) -> Iterator[tuple[str, str]]:
    if step.helper is None:
        return
    for language in LANGUAGES:
        for sentence in _SENTENCE.split(step.helper.in_(language)):
            if _THEIRS.search(sentence) and _USES.search(sentence) and not _THEY_DO.search(sentence):
                yield language, sentence.strip()
