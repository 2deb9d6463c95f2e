"""What is shipped has no fault on the day it was last reviewed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.checks import check_all, intents
from bot.checks.readability import MOST_LIX, flow_lix
from bot.configuration import load_configuration
from bot.flows import load

from .samples import asked

ROOT = Path(__file__).parents[3]


def test_nothing_shipped_is_broken() -> None:
    content = load()
    reviewed = [flow.reviewed for flow in content.flows.values() if flow.reviewed]
    examples, unreadable = intents.read(ROOT / "data" / "intents")
    configured = load_configuration(ROOT / "config")
    assert len(reviewed) > 20
    assert len(examples) > 2000
    found = check_all(
        content,
        asked(),
        examples,
        "data/intents",
        configured.organisation,
        configured.places,
        max(reviewed, default=date(2026, 11, 22)),
    )
    assert "\n".join(map(str, [*unreadable, *found])) == ""


def test_guides_are_easy_to_read() -> None:
    content = load()
    measured = {name: flow_lix(content, name) for name, flow in content.flows.items() if flow.kind == "guide"}
    assert len(measured) >= 10
    assert max(measured.values()) <= MOST_LIX
