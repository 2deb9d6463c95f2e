"""Reads the conversation tests that editors write; tests/content/conversations/README.md is the format."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal

from bot.domain.address import Channel
from bot.domain.case import Reason
from bot.domain.finding import Finding

CheckKind = Literal["holds", "lacks", "step", "case", "silent"]

_TIME = re.compile(r"(\d{1,4}) (minut|timm|dag)\w*")
_UNITS = {"minut": "minutes", "timm": "hours", "dag": "days"}
_CHANNELS: dict[str, Channel] = {"sms": "sms", "telegram": "telegram"}
_NAMED = ("step", "case")
_HINT = "a line begins with ==, >, <, !, @, ~, step: or case:, or with # for a remark"


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold of an answer. `wanted` are alternatives of which one is enough."""

    line: int
    kind: CheckKind
    wanted: tuple[str, ...]


@dataclass(slots=True)
class Said:
    """One message of the resident and what is checked after it. `channel` and `passed` are what came before it."""

    line: int
    text: str
    channel: Channel
    passed: timedelta
    checks: list[Check] = field(default_factory=list)


@dataclass(slots=True)
class ConversationTest:
    """One conversation, from a person never seen before."""

    file: str
    line: int
    title: str
    said: list[Said] = field(default_factory=list)


def read_all(folder: Path) -> tuple[list[ConversationTest], list[Finding]]:
    """Every conversation of the folder's .txt files, and every fault of form."""
    tests: list[ConversationTest] = []
    found: list[Finding] = []
    for path in sorted(folder.glob("*.txt")):
        read = read_text(path.name, path.read_text(encoding="utf-8"))
        tests += read[0]
        found += read[1]
    return tests, found


def read_text(file: str, text: str) -> tuple[list[ConversationTest], list[Finding]]:
    """The conversations of one file, and its faults of form."""
    reader = _Reader(file)
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            reader.take(number, line.strip())
    for test in reader.tests:
        if not any(said.checks for said in test.said):
            reader.fault(
                test.line, f"the conversation {test.title!r} checks nothing", "write < and what the answer must hold"
            )
    return reader.tests, reader.found


@dataclass(slots=True)
class _Reader:
    file: str
    tests: list[ConversationTest] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)
    channel: Channel = "sms"
    passed: timedelta = timedelta(0)

    def fault(self, line: int, message: str, hint: str = _HINT) -> None:
        self.found.append(Finding(self.file, line, "conversation-form", message, hint))

    def take(self, number: int, line: str) -> None:
        mark, _, rest = line.partition(" ")
        rest = rest.strip()
        if mark == "==":
            self.tests.append(ConversationTest(self.file, number, rest))
            self.channel, self.passed = "sms", timedelta(0)
        elif not self.tests:
            self.fault(number, "this stands before the first conversation", "begin with == and a title")
        elif mark == ">":
            self.tests[-1].said.append(Said(number, rest, self.channel, self.passed))
            self.passed = timedelta(0)
        elif mark == "@":
            self._channel(number, rest)
        elif mark == "~":
            self._time(number, rest)
        elif check := self._check(number, mark, rest):
            self._add(check)

    def _channel(self, number: int, name: str) -> None:
        if name not in _CHANNELS:
            self.fault(number, f"{name!r} is no channel", "write @ sms or @ telegram")
        self.channel = _CHANNELS.get(name, "sms")

    def _time(self, number: int, written: str) -> None:
        found = _TIME.fullmatch(written)
        if found is None:
            self.fault(number, f"{written!r} is no time", "write for example: ~ 3 dagar")
            return
        self.passed += timedelta(**{_UNITS[found.group(2)]: int(found.group(1))})

    def _check(self, number: int, mark: str, rest: str) -> Check | None:
        wanted = tuple(part.strip() for part in rest.split("|") if part.strip())
        name = mark.removesuffix(":")
        if mark == "<" and not rest:
            return Check(number, "silent", ())
        if mark in ("<", "!") and wanted:
            return Check(number, "holds" if mark == "<" else "lacks", wanted)
        if mark.endswith(":") and name in _NAMED and wanted:
            if name == "case" and (unknown := [w for w in wanted if w != "none" and w not in tuple(Reason)]):
                self.fault(number, f"no case has the reason {unknown[0]!r}", "one of: none, " + ", ".join(Reason))
                return None
            return Check(number, "step" if name == "step" else "case", wanted)
        self.fault(number, f"a line cannot begin with {mark!r}" if wanted else f"nothing stands after {mark!r}")
        return None

    def _add(self, check: Check) -> None:
        said = self.tests[-1].said
        if said:
            said[-1].checks.append(check)
        else:
            self.fault(
                check.line,
                "nothing has been said yet that this could be the answer to",
                "write > and what the resident writes first",
            )
