"""Every shipped file of texts, broken in every one of these ways in turn, is named with the line that was broken."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.checks import provenance, screen_words, structure, text_keys, texts
from bot.checks.longest import longest
from bot.domain.finding import Finding
from bot.flows import FOLDER, load

from .samples import asked

FILES = sorted(path.name for path in FOLDER.glob("*.yml"))
TODAY = date(2026, 11, 22)
_TEXT = re.compile(r"^(\s+(?:- )?(?:\{flow: \w+, )?sv: )(?!>)(\S.*)$")
_UNDER = re.compile(r"^\s+(?!sv:|en:|- )[A-ZÅÄÖ][^:#]*$")


def _findings(folder: Path) -> list[Finding]:
    """What the checks of single files find; those that play whole flows name no other lines and take a hundred times as long."""
    content = load(folder)
    return [
        *content.findings, *texts.check(content, longest(content), asked()), *text_keys.check(content, asked()), *structure.check(content),
        *screen_words.check(content), *provenance.check(content, TODAY),
    ]  # fmt: skip


def _middle(lines: list[str], fits: Callable[[str], bool]) -> int | None:
    """The line in the middle of those that fit, from 0; what stands there is no longer so special as the first and the last."""
    found = [number for number, line in enumerate(lines) if fits(line)]
    return found[len(found) // 2] if found else None


def _misspell_the_language(lines: list[str]) -> int | None:
    at = _middle(lines, lambda line: bool(re.search(r"^\s+en:", line)))
    if at is not None:
        lines[at] = lines[at].replace("en:", "eng:", 1)
    return at


def _put_in_a_dash(lines: list[str]) -> int | None:
    at = _middle(lines, lambda line: bool(_UNDER.match(line)) or bool(_TEXT.match(line)))
    if at is not None:
        lines[at] = re.sub(r"(?<=[a-zåäö]) (?=[a-zåäö])", " \N{EN DASH} ", lines[at], count=1)
    return at


def _take_away_the_name(lines: list[str]) -> int | None:
    at = _middle(lines, lambda line: bool(re.match(r"^\s+- id: ", line)))
    if at is not None:
        lines[at] = re.sub(r"- id: .*", "- idd: x", lines[at])
    return at


def _break_the_form(lines: list[str]) -> int | None:
    at = _middle(lines, lambda line: bool(re.match(r"^\s+(?:sv|step|say|text|title):", line)))
    if at is not None:
        lines[at] = lines[at].replace(":", ": [", 1)
    return at


MUTATIONS = (_misspell_the_language, _put_in_a_dash, _take_away_the_name, _break_the_form)
NEAR = 8
"""A text of several lines is named by the line where it begins, and an item by its first line."""


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__.strip("_"))
@pytest.mark.parametrize("file", FILES)
def test_a_broken_file_is_named_with_its_line(
    file: str, mutate: Callable[[list[str]], int | None], tmp_path: Path
) -> None:
    for needed in {file, "texts.yml"}:
        (tmp_path / needed).write_bytes((FOLDER / needed).read_bytes())
    before = set(_findings(tmp_path))
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    whole = list(lines)
    at = mutate(lines)
    if at is None or lines == whole:
        pytest.skip("nothing in this file can be broken so")
    (tmp_path / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    new = [finding for finding in _findings(tmp_path) if finding not in before]
    assert new, "nothing was found"
    named = [finding.line for finding in new if finding.file == file]
    assert any(abs(line - (at + 1)) <= NEAR for line in named), (
        f"line {at + 1} was broken; found: {[*map(str, new)][:5]}"
    )


def test_every_file_can_be_broken_in_some_way() -> None:
    unbroken = []
    for file in FILES:
        lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
        if all(mutate(changed := list(lines)) is None or changed == lines for mutate in MUTATIONS):
            unbroken.append(file)
    assert unbroken == []
