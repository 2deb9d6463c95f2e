"""A change that makes understanding worse by more than a point is not let in unseen."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from bot.gazetteer_files import load_gazetteer
from bot.settings import load_settings
from bot.wiring import GAZETTEER, train_if_needed
from nlu.danger import SHIPPED, DangerRules
from nlu.evaluate import evaluate, load_labelled
from nlu.labels import OUT_OF_SCOPE
from nlu.targets import targets
from nlu.understand import EmbeddedInterpreter
from nlu.understanding import Context
from tools.record_figures import FIGURES, figures, labelled_texts

A_POINT = 0.01
FEWEST = 2
"""Texts that may be lost where a point is less than that: of fifty dangers without a rule one is two points."""
AT_MOST = {row.title for row in targets(evaluate(None, []), evaluate(None, [])) if row.at_most}  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def interpreter() -> EmbeddedInterpreter:
    """The real one, of the shipped examples."""
    settings = load_settings()
    train_if_needed(settings)
    return EmbeddedInterpreter.load(settings.model_folder, load_gazetteer(GAZETTEER).names(), DangerRules.load(SHIPPED))


@pytest.mark.slow
def test_nothing_is_lost(interpreter: EmbeddedInterpreter) -> None:
    before = json.loads(FIGURES.read_text(encoding="utf-8"))[interpreter.tier]
    now = figures(interpreter)
    assert set(now) == set(before), "a target came or went: python -m tools.record_figures"
    lost = {
        title: (before[title], now[title])
        for title in now
        if (now[title] - before[title]) * (1 if title in AT_MOST else -1) > _may_lose(title)
    }
    assert not lost, (
        f"worse than recorded (before, now): {lost}. Mend it; if it is meant, python -m tools.record_figures"
    )


@pytest.mark.slow
def test_hardly_an_alarm_is_raised_by_what_is_said_inside_guides(interpreter: EmbeddedInterpreter) -> None:
    """170 remarks, none of them a danger; the strictest bound leaves four alarms, and one more may come."""
    remarks = load_labelled(FIGURES.parent / "in_guides.tsv")
    report = evaluate(interpreter, remarks, Context(in_guide=True))
    assert report.texts == 170
    assert report.false_alarms is not None
    assert report.false_alarms * report.texts < 5.5
    assert report.accuracy is not None
    assert report.accuracy > 0.82


def _may_lose(title: str) -> float:
    texts = labelled_texts()
    counts = Counter(text.intent for text in texts)
    if "no rule" in title:
        return FEWEST / 40
    for name, count in (
        ("fraud", counts["fraud_suspected"]), ("emergency", counts["emergency"]), ("out of scope", counts[OUT_OF_SCOPE]),
        ("loss", sum(text.stage == "loss" for text in texts)),
        ("other languages", sum(text.language not in ("sv", "en") for text in texts)),
    ):  # fmt: skip
        if name in title:
            return max(A_POINT, FEWEST / count)
    return A_POINT


def test_a_lost_point_would_be_seen() -> None:
    """The rows that most texts are behind have no more room than a point."""
    assert _may_lose("right, in scope") == _may_lose("false alarms") == A_POINT
    assert _may_lose("fraud caught") < 2 * A_POINT
    assert "acted on and wrong" in AT_MOST and "right, in scope" not in AT_MOST
