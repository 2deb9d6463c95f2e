"""What guides cost and how hard they are to read, as told and as aimed for."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from bot.checks.figures import AIM_MEDIAN, AIM_MOST, figures, guide_figures
from bot.checks.readability import MOST_LIX
from bot.configuration import load_configuration
from bot.flows import load_strictly

ORGANISATION = load_configuration(Path(__file__).parents[3] / "config").organisation
ROWS = figures(load_strictly(), ORGANISATION)


def test_the_shipped_guides_keep_to_the_aims() -> None:
    assert len(ROWS) >= 29
    assert {row.name: row.cost for row in ROWS if row.cost > AIM_MOST} == {}
    assert median(row.usual for row in ROWS) <= AIM_MEDIAN
    assert max(row.lix for row in ROWS) <= MOST_LIX
    assert [row.name for row in ROWS if row.lacks] == []


def test_the_table_says_what_the_rows_say() -> None:
    table = guide_figures(load_strictly(), ORGANISATION).splitlines()
    first = ROWS[0]
    assert table[2] == f"| {first.name} | {first.steps} | {first.cost} | {first.usual:g} | {first.lix:.0f} |"
    assert f"at most {first.cost} (aim 12)" in table[-2]
    assert table[-1] == f"Guides whose local facts every municipality has given: {len(ROWS)} of {len(ROWS)}."


def test_the_dearest_stands_first() -> None:
    assert [row.cost for row in ROWS] == sorted((row.cost for row in ROWS), reverse=True)
    assert all(row.usual <= row.cost for row in ROWS)
