"""Who writes: a resident is told that a human has taken over from the machine, and which one.

Rule: the first reply of a handledare in a case, and the first after the machine or a colleague has written in between, begins with their name.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """The last thing that was written to the resident: by which handledare (None is the machine), in which case."""

    user_id: int | None
    case_id: int | None


def shown_name(shown_as: str, name: str) -> str:
    """How residents see a handledare: as they have chosen, else by the first word of their name."""
    return shown_as.strip() or name.strip().partition(" ")[0]


def needs_introduction(last: LastAnswer | None, user_id: int, case_id: int) -> bool:
    """Whether a reply of this handledare in this case must say who writes. `last` is None while nothing was written."""
    return last is None or (last.user_id, last.case_id) != (user_id, case_id)


def introduction(shown: str, unit: str | None) -> str:
    """What stands before the reply ("Anna, Vara bibliotek: "). An account of no unit gives the name alone; nobody's name gives nothing."""
    if not shown:
        return ""
    return f"{shown}, {unit}: " if unit else f"{shown}: "
