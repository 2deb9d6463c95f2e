"""Needs, and the flows that the engine starts by name."""

from __future__ import annotations

import re
from pathlib import Path

import bot.engine
from bot.checks.needs import REQUIRED, SERVED, without_flow
from bot.engine.guide import SAFETY
from bot.engine.texts import Texts
from bot.flows import Content
from nlu.labels import KNOWN

from .samples import content


def test_every_flow_that_the_engine_starts_by_name_is_required() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(bot.engine.__file__).parent.rglob("*.py"))
    named = set(re.findall(r"flows\[\"(\w+)\"\]", source))
    assert len(named) >= 6
    assert named | set(SAFETY) <= set(REQUIRED)


def test_needs_without_a_flow_are_told(tmp_path: Path) -> None:
    assert without_flow(Content({}, Texts({}), {}, ())) == sorted(SERVED)
    assert set(without_flow(content(tmp_path))) == SERVED - set(REQUIRED)


def test_only_needs_that_are_known_are_served() -> None:
    assert SERVED <= KNOWN
