"""Who may look after whose account. A samordnare looks after handledare and readers, an administrator after everybody, each within their own
municipality and unit; an account without a municipality reaches all of them."""

from __future__ import annotations

from dataclasses import dataclass

ROLES = ("handledare", "samordnare", "admin", "reader")
_GIVES = {"admin": ROLES, "samordnare": ("handledare", "reader")}
LONGEST_NAME = 120
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account is: its role, and where. `municipality` None is all of them, `unit` None the whole municipality."""

    role: str
    municipality: str | None = None
    unit: str | None = None


def gives(role: str) -> tuple[str, ...]:
    """The roles that somebody with this role may give; none for those who look after nobody."""
    return _GIVES.get(role, ())


def reaches(actor: Standing, other: Standing) -> bool:
    """Whether `other` is where `actor` has something to say."""
    if actor.municipality is None:
        return True
    return other.municipality == actor.municipality and actor.unit in (None, other.unit)


def may_manage(actor: Standing, other: Standing) -> bool:
    """Whether `actor` may give, change and take away what `other` is."""
    return other.role in gives(actor.role) and reaches(actor, other)
