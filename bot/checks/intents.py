"""The training examples: a file for every need, enough of them, no contradictions, nobody's personal data."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import phonenumbers

from bot.domain.finding import Finding
from bot.domain.secrets import mask
from nlu.examples import ExamplesError, load_file
from nlu.labels import KNOWN

LEAST: Mapping[str, int] = {"sv": 40, "en": 10}
"""Examples that a need must have at least, by language."""

SAME_START = 5
SAME_AT_MOST = 3
"""No five words in a row in more than three examples of a need: a filled-in pattern teaches only the pattern."""

INVENTED_PHONES = range(701740605, 701740700)
"""Numbers that PTS has set aside for books and films: 070-174 06 05 to 070-174 06 99."""

_NOBODYS = (
    phonenumbers.PhoneNumberType.TOLL_FREE,
    phonenumbers.PhoneNumberType.SHARED_COST,
    phonenumbers.PhoneNumberType.UAN,
    phonenumbers.PhoneNumberType.PREMIUM_RATE,
)
"""Kinds of number that no private person has."""

_PLACED = re.compile(r"(?P<file>.+?):(?P<line>\d+): (?P<fault>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Written:
    """One example, and where it is written."""

    file: str
    line: int
    text: str
    intent: str
    language: str


def read(folder: Path) -> tuple[list[Written], list[Finding]]:
    """Every example of the folder's files, and every file that cannot be read."""
    written: list[Written] = []
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            examples = load_file(path)
        except ExamplesError as error:
            findings.append(_unreadable(path, error))
            continue
        lines = _lines(path)
        for example in examples:
            line = lines[example.text].pop(0) if lines[example.text] else 1
            written.append(Written(str(path), line, example.text, example.intent, example.language))
    return written, findings


def check(
    written: Sequence[Written], folder: str, labels: Iterable[str] = KNOWN, least: Mapping[str, int] = LEAST
) -> list[Finding]:
    """Every fault in the examples. `folder` is where a missing file is asked for."""
    by_intent: dict[str, list[Written]] = defaultdict(list)
    for example in written:
        by_intent[example.intent].append(example)
    findings: list[Finding] = []
    for label in sorted(labels):
        if label not in by_intent:
            message, hint = f"there are no examples for the need {label!r}", "write some: how residents would say it"
            findings.append(Finding(f"{folder}/{label}.yml", 1, "no-examples", message, hint))
    for intent, examples in by_intent.items():
        findings.extend(_too_few(intent, examples, least))
        findings.extend(_same_words(examples))
    findings.extend(_contradictions(written))
    findings.extend(finding for example in written for finding in _personal(example))
    return findings


def _unreadable(path: Path, error: ExamplesError) -> Finding:
    found = _PLACED.fullmatch(str(error))
    if found is None:
        return Finding(str(path), 1, "bad-examples", str(error))
    return Finding(str(path), int(found["line"]), "bad-examples", found["fault"])


def _lines(path: Path) -> dict[str, list[int]]:
    """The lines that each example is written on, in order."""
    lines: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip().startswith("- "):
            lines[line.strip()[2:].strip()].append(number)
    return lines


def _too_few(intent: str, examples: Sequence[Written], least: Mapping[str, int]) -> Iterator[Finding]:
    counted = Counter(example.language for example in examples)
    for language, wanted in least.items():
        if counted[language] < wanted:
            message = f"the need {intent!r} has {counted[language]} examples in {language}; at least {wanted}"
            yield Finding(
                examples[0].file, 1, "few-examples", message, "write more, each as another person would say it"
            )


def _contradictions(written: Sequence[Written]) -> Iterator[Finding]:
    first: dict[str, Written] = {}
    for example in written:
        other = first.setdefault(" ".join(example.text.casefold().split()), example)
        if other.intent != example.intent:
            message = f'"{example.text}" is an example of {example.intent!r} here and of {other.intent!r} in'
            hint = "decide which it is"
            yield Finding(example.file, example.line, "same-example", f"{message} {other.file}:{other.line}", hint)


def _personal(example: Written) -> Iterator[Finding]:
    """The message never repeats what it found."""
    hint = "take it out; phone numbers are invented ones, 070-174 06 05 to 070-174 06 99"
    if kinds := mask(example.text).kinds:
        message = f"an example holds something secret ({', '.join(kinds)})"
        yield Finding(example.file, example.line, "personal-data", message, hint)
    if sum(c.isdecimal() for c in example.text) >= 7 and any(map(_somebodys, _phones(example.text))):
        yield Finding(
            example.file,
            example.line,
            "personal-data",
            "an example holds a telephone number that may be somebody's",
            hint,
        )


def _phones(text: str) -> list[phonenumbers.PhoneNumber]:
    return [found.number for found in phonenumbers.PhoneNumberMatcher(text, "SE")]


def _somebodys(number: phonenumbers.PhoneNumber) -> bool:
    if number.country_code == 46 and number.national_number in INVENTED_PHONES:
        return False
    return phonenumbers.number_type(number) not in _NOBODYS


def _same_words(examples: Sequence[Written]) -> Iterator[Finding]:
    holders: dict[tuple[str, ...], list[Written]] = defaultdict(list)
    for example in examples:
        said = re.findall(r"\w+", example.text.casefold())
        for row in dict.fromkeys(tuple(said[i : i + SAME_START]) for i in range(len(said) - SAME_START + 1)):
            holders[row].append(example)
    told: set[tuple[Written, ...]] = set()
    for row, those in holders.items():
        if len(those) > SAME_AT_MOST and tuple(those) not in told:
            told.add(tuple(those))
            lines = ", ".join(str(example.line) for example in those)
            message = f'{len(those)} examples hold "{" ".join(row)}" (lines {lines}); at most {SAME_AT_MOST}'
            yield Finding(those[-1].file, those[-1].line, "same-words", message, "say it in other words")
