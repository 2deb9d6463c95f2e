"""When a case may go to another unit. Secrecy runs between units (OSL 2009:400, 8 kap. 2 §); the person's own yes lifts it (10 kap. 1 §)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Home:
    """Whose a case is, or where somebody works: a municipality's id and a unit's. Without a unit it is every unit's of the municipality."""

    municipality: str | None = None
    unit: str | None = None


def needs_consent(case: Home, giver: Home, to: Home) -> bool:
    """Whether the person must have said yes before `to` may read the case.

    A case that is nobody's yet counts as the giver's: they have read it and perhaps written in it.
    """
    municipality = case.municipality or giver.municipality
    if municipality is None:
        return False
    unit = case.unit or (giver.unit if giver.municipality == municipality else None)
    return to.municipality != municipality or (unit is not None and to.unit != unit)
