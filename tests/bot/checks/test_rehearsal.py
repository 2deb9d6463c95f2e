"""Ways through a flow, and the answers on them, as the engine gives them."""

from __future__ import annotations

from pathlib import Path

from bot.checks.longest import longest
from bot.checks.rehearsal import Answer, answers, too_many_ways, ways

from .samples import content

GUIDE = """flow: swish
kind: guide
intents: [swish]
title: {sv: Swish, en: Swish}
reviewed: 2026-11-01
sources: [swish.nu]
left_out: Inget.
steps:
  - id: which
    choose: {sv: "Vilken?", en: "Which?"}
    options:
      - id: a
        sv: Ny
        en: New
        words: [ny]
        steps:
          - id: get
            step: {sv: Hämta appen., en: Get the app.}
            if_stuck: {sv: Sök., en: Search.}
      - {id: b, sv: Gammal, en: Old}
  - id: open
    step: {sv: Öppna appen., en: Open the app.}
    if_stuck: {sv: Tryck., en: Press.}
"""


def _answers(folder: Path) -> list[Answer]:
    sample = folder / "sample"
    sample.mkdir()
    (sample / "swish.yml").write_text(GUIDE, encoding="utf-8")
    (sample / "texts.yml").write_text(
        'texts:\n  step_number: {sv: "{at} av {of}:", en: "{at} of {of}:"}\n'
        "  step_footer: {sv: Svara KLART., en: Reply DONE.}\n  last_step_footer: {sv: Sista., en: Last.}\n",
        encoding="utf-8",
    )
    flows = folder / "flows"
    flows.mkdir()
    made = content(flows, sample)
    assert made.findings == ()
    flow = made.flows["swish"]
    assert set(ways(flow)) == {
        (("which", "a", True),),
        (("which", "a", False),),
        (("which", "b", True),),
    }
    assert not too_many_ways(flow)
    return [answer for answer in answers(made, flow, longest(made)) if answer.language == "sv"]


def test_every_way_is_played(tmp_path: Path) -> None:
    said = {(answer.text, answer.first, answer.steps) for answer in _answers(tmp_path)}
    assert said == {
        ("1 av 3: Vilken? 1 Ny. 2 Gammal. Ord.", True, ("which",)),
        ("2 av 3: Hämta appen. Svara KLART.", False, ("get",)),
        ("3 av 3: Öppna appen. Sista.", False, ("open",)),
        ("2 av 2: Öppna appen. Sista.", False, ("open",)),
        ("1 av 2: Hämta appen. Svara KLART.", True, ("get",)),
        ("Ord. Ord.", False, ()),
    }
