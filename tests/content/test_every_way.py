"""Every guide is walked by every way through, in both languages, as a resident would: KLART, FASTNAT, each usual error, each option."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bot.domain.conversation import Language
from bot.domain.sms_text import unusual
from bot.engine.flow import Flow, Option, Step
from bot.engine.guide import SAFETY
from tests.bot.engine.talk import SATURDAY, Talk, world

GUIDES = sorted(name for name, flow in world().flows.items() if flow.kind == "guide")
_NUMBER = re.compile(r"\b(\d+) (?:av|of) (\d+):")


def test_there_are_guides() -> None:
    assert len(GUIDES) >= 12


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", GUIDES)
def test_every_step_is_short_numbered_and_reached(name: str, language: Language) -> None:
    flow = world().flows[name]
    walker = _Walker(flow, language)
    for text, entities in _openings(flow):
        talk = Talk(language=language, now=SATURDAY)
        talk.says(text, flow.intents[0], entities=entities)
        walker.check(talk, first=True)
        walker.go_on(talk)
    waiting = {step.id for step in flow.every_step() if step.waits}
    assert walker.reached == waiting


def _openings(flow: Flow) -> Iterator[tuple[str, dict[str, str]]]:
    """First messages that take each branch."""
    yield "", {}
    for option in _options(flow.steps):
        condition = option.condition
        if condition and condition.words:
            for word in condition.words:
                yield word.replace("*", ""), {}
        elif condition and condition.entity:
            for value in condition.values:
                yield "", {condition.entity: value}


def _options(steps: tuple[Step, ...]) -> Iterator[Option]:
    for step in steps:
        for option in step.options:
            yield option
            yield from _options(option.steps)


class _Walker:
    def __init__(self, flow: Flow, language: Language) -> None:
        self.flow = flow
        self.language = language
        self.reached: set[str] = set()
        self._seen: set[tuple[object, ...]] = set()

    def check(self, talk: Talk, first: bool = False) -> None:
        assert talk.answer, "silence"
        assert not unusual(talk.answer), talk.answer
        assert talk.segments <= (3 if first else 2), f"{talk.segments} SMS: {talk.answer}"

    def go_on(self, talk: Talk) -> None:
        """From the open step, every way to the end."""
        position = talk.conversation.position
        if position is None or position.flow != self.flow.name:
            return
        if talk.case and not talk.conversation.meanwhile:
            talk.says("KLART")
            assert "JA" in talk.answer or "OK" in talk.answer
            talk.says("JA")
            self.check(talk)
        mark = (position.step, tuple(t for t in position.trail if not t[0].startswith("error:")))
        if mark in self._seen:
            return
        self._seen.add(mark)
        self.reached.add(position.step)
        at, of = self._number(talk)
        step = self.flow.step(position.step)
        assert step is not None
        self._when_it_fails(talk, step)
        if step.kind == "choose":
            for number in range(1, len(step.options) + 1):
                self._moved(talk, str(number), at, of)
        else:
            self._moved(talk, "KLART", at, of)

    def _moved(self, talk: Talk, text: str, at: int, of: int) -> None:
        onward = talk.fork()
        onward.says(text)
        self.check(onward)
        if onward.step is None:
            assert at == of, f"the guide ends after step {at} of {of}"
            return
        now_at, now_of = self._number(onward)
        assert now_at == at + 1
        assert now_of <= of
        back = onward.fork()
        back.says("TILLBAKA")
        self.check(back)
        assert self._number(back) == (at, of)
        self.go_on(onward)

    def _when_it_fails(self, talk: Talk, step: Step) -> None:
        stuck = talk.fork()
        stuck.says("FASTNAT")
        self.check(stuck)
        assert stuck.answer != talk.answer
        stuck.says("FASTNAT")
        self.check(stuck)
        assert world().texts.get("offer_person", self.language) in stuck.answer
        stuck.says("NEJ")
        self.check(stuck)
        assert stuck.step == talk.step
        if step.kind != "step":
            return
        for error in (*step.errors, *self.flow.errors):
            told = talk.fork()
            told.says(error.when[0].replace("*", ""))
            self.check(told)
            assert told.step == talk.step

    def _number(self, talk: Talk) -> tuple[int, int]:
        """The number of the open step, as IGEN says it."""
        again = talk.fork()
        again.says("IGEN")
        self.check(again)
        found = _NUMBER.search(again.answer)
        assert found, again.answer
        return int(found.group(1)), int(found.group(2))


def test_safety_flows_are_walked_too() -> None:
    assert "fraud_suspected" in GUIDES
    assert set(SAFETY) <= world().flows.keys()
