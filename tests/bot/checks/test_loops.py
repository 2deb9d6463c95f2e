"""Rounds that never wait; a round with a question in it is no fault."""

from __future__ import annotations

from datetime import date

import pytest

from bot.checks.loops import check, goes_round
from bot.engine.flow import Bilingual, Flow, Option, Step
from bot.engine.texts import Texts
from bot.flows import Content

TEXT = Bilingual("Hej.", "Hello.")


def _flow(name: str, *steps: Step) -> Flow:
    return Flow(name, "page", (), TEXT, steps, reviewed=date(2026, 11, 1))


def _go(target: str) -> Step:
    return Step(f"to-{target}", "go", target=target)


def _choose(words: tuple[str, ...], *inside: Step) -> Step:
    return Step(
        "which", "choose", TEXT, options=(Option("a", TEXT, words, None, inside), Option("b", TEXT, (), None, ()))
    )


@pytest.mark.parametrize(
    ("steps", "round_"),
    [
        ((_go("a"),), True),
        ((Step("hello", "say", TEXT), _go("a")), True),
        ((Step("ask", "ask", TEXT), _go("a")), False),
        ((_choose((), _go("a")),), False),
        ((_choose(("ny",), _go("a")),), True),
        ((_choose(()), _go("a")), False),
        ((_go("b"),), False),
    ],
)
def test_a_round_is_found(steps: tuple[Step, ...], round_: bool) -> None:
    flows = {"a": _flow("a", *steps), "b": _flow("b", Step("hello", "say", TEXT))}
    assert goes_round(flows, "a") is round_
    assert [finding.id for finding in check(Content(flows, Texts({}), {}, ()))] == ["endless-loop"] * round_


def test_a_flow_that_leads_into_a_round_is_not_played_but_not_blamed() -> None:
    flows = {"a": _flow("a", _go("b")), "b": _flow("b", _go("b"))}
    assert goes_round(flows, "a")
    assert [finding.file for finding in check(Content(flows, Texts({}), {}, ()))] == ["b.yml"]
