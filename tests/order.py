"""The order of test files: the longest first, so that at the end no process works alone while the others have nothing left."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

LONGEST_FIRST = ("slow", "browser")
"""The marks of long tests, the longest first."""


def longest_first(tests: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Files with a test of the first mark, then those with one of the next, then all others; within each as they came."""
    ranks: dict[Path, int] = {}
    for test in tests:
        ranks[test.path] = min(ranks.get(test.path, len(LONGEST_FIRST)), _rank(test))
    return sorted(tests, key=lambda test: ranks[test.path])


def _rank(test: pytest.Item) -> int:
    return next((rank for rank, name in enumerate(LONGEST_FIRST) if test.get_closest_marker(name)), len(LONGEST_FIRST))
