"""Long files of tests come first, and files stay whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.order import longest_first


@dataclass(frozen=True)
class Marked:
    """A test of a file, with the mark it bears."""

    path: Path
    number: int
    mark: str | None = None

    def get_closest_marker(self, name: str) -> str | None:
        return self.mark if self.mark == name else None


def test_long_files_come_first_and_stay_whole() -> None:
    short, page, crash = Path("test_short.py"), Path("test_page.py"), Path("test_crash.py")
    tests: list[Any] = [
        Marked(short, 1), Marked(short, 2), Marked(page, 3), Marked(page, 4, "browser"), Marked(crash, 5), Marked(crash, 6, "slow"), Marked(crash, 7, "browser"),
    ]  # fmt: skip
    assert [test.number for test in longest_first(tests)] == [5, 6, 7, 3, 4, 1, 2]  # type: ignore[attr-defined]
