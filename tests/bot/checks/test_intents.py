"""Edges of the checks of training examples; the samples of each fault are in broken/."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks.intents import Written, check, read


def _check(*texts: str) -> list[str]:
    written = [Written("swish.yml", number, text, "swish", "sv") for number, text in enumerate(texts, 1)]
    return [finding.id for finding in check(written, "data/intents", ("swish",), {})]


@pytest.mark.parametrize(
    "text",
    [
        "ring 070-174 06 05",
        "ring 0701740699",
        "ring +46 70 174 06 50",
        "ring 0771-524 524",
        "ring 020-50 50 50",
        "vad betyder 114 14",
        "bor i 392 31 kalmar",
        "räkningen på 1 250 kr från 2026-11-22",
    ],
)
def test_nobodys_data_is_fine(text: str) -> None:
    assert _check(text) == []


@pytest.mark.parametrize(
    "text", ["ring 070-174 06 04", "ring 070-174 07 00", "ring 0480-45 00 00", "jag är 19121212-1212"]
)
def test_somebodys_data_is_not(text: str) -> None:
    assert _check(text) == ["personal-data"]


def test_a_finding_never_repeats_what_it_found() -> None:
    written = [Written("swish.yml", 1, "jag är 19121212-1212, ring 0480-45 00 00", "swish", "sv")]
    findings = check(written, "data/intents", ("swish",), {})
    assert len(findings) == 2
    assert not any("1212" in str(finding) or "0480" in str(finding) for finding in findings)


def test_three_examples_may_share_five_words_and_four_may_not() -> None:
    start = "kan ni hjälpa mig med"
    assert _check(*(f"{start} {thing}" for thing in ("swish", "mobilen", "datorn"))) == []
    assert _check(*(f"{start} {thing}" for thing in ("swish", "mobilen", "datorn", "tv"))) == ["same-words"]


def test_the_same_text_twice_for_one_need_is_no_contradiction() -> None:
    assert _check("hur får jag swish", "Hur får jag swish") == []


def test_examples_know_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "swish.yml"
    path.write_text(
        'version: "3.1"\nnlu:\n- intent: swish\n  examples: |\n    - ett\n\n    - två\n    - ett\n', encoding="utf-8"
    )
    written, findings = read(tmp_path)
    assert findings == []
    assert [(example.line, example.text) for example in written] == [(5, "ett"), (7, "två"), (8, "ett")]
