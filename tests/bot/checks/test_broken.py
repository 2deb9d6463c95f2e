"""Every kind of fault has a broken sample, and is told in exactly the words of the sample's expected.txt.

A sample is a folder named after the fault: see samples.py. A fault of configuration, which is no text of an editor's,
has its sample in test_configuration.py.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.checks
import bot.flows
import bot.marked_yaml
from bot.checks import check_flows

from .samples import BROKEN, TODAY, asked, content, found
from .test_configuration import BROKEN_CONFIGURATIONS

SAMPLES = sorted(path.name for path in BROKEN.iterdir() if path.is_dir())
UNSAMPLED = {"unreadable", "not-utf8"}
"""Faults of the disk; tests/bot/test_marked_yaml.py has them."""


OF_PLACES = {"place-unreadable", "course-no-place", "course-no-handledare", "course-closed-place"}
"""Faults of what the console keeps; test_places.py and test_kept.py have them, with their words."""

OF_REPLIES = {"reply-too-long", "reply-placeholder", "reply-asks-secret", "reply-not-gsm7"}
"""Faults of ready replies; test_replies.py has them, with their words."""
OF_THE_SERVER = {"email-without-smtp"}
"""Faults of settings and configuration together; test_configuration.py has them."""


def test_the_sound_minimum_has_no_fault(tmp_path: Path) -> None:
    assert check_flows(content(tmp_path), asked(), TODAY) == []


@pytest.mark.parametrize("fault", SAMPLES)
def test_a_broken_sample_is_told_in_these_words(fault: str, tmp_path: Path) -> None:
    expected = (BROKEN / fault / "expected.txt").read_text(encoding="utf-8").splitlines()
    findings = found(tmp_path, fault)
    assert [str(finding) for finding in findings] == expected
    assert fault in {finding.id for finding in findings}


def test_every_kind_of_fault_has_a_sample() -> None:
    ids = set(_ids())
    assert len(ids) > 60
    assert ids - UNSAMPLED - OF_PLACES - OF_REPLIES - OF_THE_SERVER == set(SAMPLES) | {
        case.fault for case in BROKEN_CONFIGURATIONS
    }


def test_every_fault_says_what_to_do() -> None:
    """Where, what, and what to do; faults of form say the last in their message when it is plain."""
    told = [line for fault in SAMPLES for line in (BROKEN / fault / "expected.txt").read_text().splitlines()]
    assert len(told) >= len(SAMPLES) > 60
    assert all(line.rpartition(" [")[0].split(": ", 1)[1] for line in told)


def _ids() -> Iterator[str]:
    """The id of every finding that the loader and the checks can make, from their source."""
    checks = Path(bot.checks.__file__).parent.glob("*.py")
    for path in (*checks, Path(bot.flows.__file__), Path(bot.marked_yaml.__file__)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _id_of(node)
            elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
                yield from _faults_yielded(node.value)


def _id_of(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in ("Finding", "fault"):
        yield from (_text(argument) for argument in call.args[:3] if _is_id(argument))


def _faults_yielded(made: ast.Tuple) -> Iterator[str]:
    """Checks that yield (mark, id, message, hint) or (id, message, hint) for their caller to make findings of."""
    if len(made.elts) in (3, 4):
        yield from (_text(element) for element in made.elts[:2] if _is_id(element))


def _is_id(node: ast.expr) -> bool:
    text = _text(node)
    return text == "link" or ("-" in text and text.islower() and text.replace("-", "").isalnum())


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
