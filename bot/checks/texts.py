"""Single texts: alphabet, length, placeholders, web addresses, and words that the carrier acts on itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from bot.checks.longest import EVERYWHERE, HELPED, PLACEHOLDER, Longest
from bot.checks.sent import Kind, Sent, sent_texts
from bot.domain.finding import Finding
from bot.domain.sms_text import segments, septets, unusual
from bot.flows import Content

LIMITS: Mapping[Kind, int] = {
    "step": 225,
    "helper": 225,
    "if_stuck": 225,
    "error": 225,
    "aside": 225,
    "choose": 225,
    "option": 40,
    "menu": 40,
    "title": 45,
}
"""Septets, as bot/flows/README.md tells editors. A question counts with its numbered options."""

MOST_SEGMENTS = 2
"""A text of texts.yml is an answer of its own, and a later answer costs at most two SMS."""

CARRIER_WORDS = ("STOP", "END", "CANCEL", "QUIT", "START", "YES", "HELP", "INFO", "UNSUBSCRIBE")
"""Twilio acts on these itself, and the message may never reach us: no resident is asked to write one."""

_DOUBLE = frozenset("^{}\\[~]|€\f")
_ADDRESS = re.compile(r"https?:|www\.", re.IGNORECASE)
_CARRIER = re.compile(rf"\b(?:{'|'.join(CARRIER_WORDS)})\b")


def check(content: Content, longest: Longest, asked: Mapping[str, frozenset[str]]) -> list[Finding]:
    """Every text in both languages. `asked` are the placeholders that the code fills in, by key of texts.yml."""
    findings: list[Finding] = []
    for sent in sent_texts(content):
        findings.extend(_alphabet(sent))
        findings.extend(_length(sent, longest))
        findings.extend(_words(sent))
        findings.extend(_placeholders(sent, asked))
    return findings


def _alphabet(sent: Sent) -> Iterator[Finding]:
    shown = PLACEHOLDER.sub("", sent.text)
    for character in unusual(sent.text):
        name = unicodedata.name(character, "a control character")
        message = (
            f"{sent.what} holds {character!r}, {name} (U+{ord(character):04X}), which is not in the SMS alphabet:"
            f" with it the text costs {segments(sent.text)} SMS, without it {segments(_without(sent.text))}"
        )
        yield Finding(sent.file, sent.line, "not-gsm7", message, "write it with a plain character, or leave it out")
    for character in dict.fromkeys(c for c in shown if c in _DOUBLE):
        name = unicodedata.name(character, "a control character")
        message = f"{sent.what} holds {character!r}, {name} (U+{ord(character):04X}), which counts as two in an SMS"
        yield Finding(sent.file, sent.line, "double-character", message, "use round brackets, a comma or a word")


def _without(text: str) -> str:
    odd = unusual(text)
    return "".join("x" if c in odd else c for c in text)


def _length(sent: Sent, longest: Longest) -> Iterator[Finding]:
    counted = longest.fill(f"{sent.text} {sent.beside}".strip(), sent.language)
    length = septets(counted)
    if (limit := LIMITS.get(sent.kind)) and length > limit:
        with_options = " with its options" if sent.beside else ""
        message = f"{sent.what}{with_options} has {length} characters; at most {limit}"
        yield Finding(sent.file, sent.line, "long-text", message, f"take away {length - limit}")
    if sent.kind == "text" and (cost := segments(counted)) > MOST_SEGMENTS:
        message = f"{sent.what} costs {cost} SMS ({length} characters); at most {MOST_SEGMENTS}"
        yield Finding(sent.file, sent.line, "long-answer", message, "shorten it")


def _words(sent: Sent) -> Iterator[Finding]:
    if found := _ADDRESS.search(sent.text):
        message = f"{sent.what} holds a web address that can be pressed ({found.group()})"
        yield Finding(sent.file, sent.line, "link", message, "say it in words: Skriv 1177.se i webbläsaren")
    for word in dict.fromkeys(_CARRIER.findall(sent.text)):
        message = f"{sent.what} has the word {word} in capitals, which the SMS carrier acts on itself"
        hint = "use another word, such as STOPP, STARTA or PERSON"
        yield Finding(sent.file, sent.line, "carrier-word", message, hint)
    if sent.kind == "title" and sent.text.endswith("."):
        yield Finding(sent.file, sent.line, "full-stop", f"{sent.what} ends with a full stop", "leave it out")


def _placeholders(sent: Sent, asked: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    known = (
        EVERYWHERE
        | (HELPED if sent.kind == "helper" else frozenset())
        | (asked.get(sent.key, frozenset()) if sent.kind == "text" else frozenset())
    )
    for name in dict.fromkeys(PLACEHOLDER.findall(sent.text)):
        if name not in known:
            message = f"{sent.what} has the placeholder {{{name}}}, which nothing fills in"
            hint = "one of: " + ", ".join(f"{{{n}}}" for n in sorted(known))
            yield Finding(sent.file, sent.line, "unknown-placeholder", message, hint)
