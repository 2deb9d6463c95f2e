"""What config/loans says that a unit lends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """One thing, with the label that is stuck on it and the id of the place it belongs to."""

    label: str
    home: str


@dataclass(frozen=True, slots=True)
class LoanPlan:
    """A type and its units. `municipality` and `unit` (who lends) are ids; `days` is how long it is lent."""

    id: str
    municipality: str
    unit: str
    title: Mapping[str, str]
    days: int
    units: tuple[PlannedUnit, ...]
    wiping: tuple[str, ...]
    contents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    sample: bool = False
