"""A fault in content or configuration: where, what, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault. `id` names the kind of fault; `hint` says how to mend it."""

    file: str
    line: int
    id: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" + (f" ({self.hint})" if self.hint else "") + f" [{self.id}]"


class ContentError(Exception):
    """Content or configuration that nothing may start on. `findings` are all its faults."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = tuple(findings)
