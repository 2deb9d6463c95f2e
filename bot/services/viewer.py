"""Who looks, and which cases they may see. Secrecy runs between a municipality's units (OSL 2009:400, 8 kap. 2 §).

An account of a unit sees that unit's cases; one of a municipality without a unit sees all of the municipality's; one without a municipality sees
everything. Cases that belong to nobody yet (no municipality, or no unit) are seen by all who might take them.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, true

from bot.domain.duty import Organisation
from bot.store.tables import CaseRow, LinkRow, UserRow


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks. `municipalities` are the names under which their cases may be stored; empty means every municipality. `unit` None means every unit."""

    user_id: int
    municipalities: tuple[str, ...] = ()
    unit: str | None = None

    @property
    def scope(self) -> tuple[tuple[str, ...], str | None]:
        """What they may see, without who they are: two with the same scope see the same cases."""
        return self.municipalities, self.unit


def viewer(user: UserRow, organisation: Organisation) -> Viewer:
    """What this account may see. The municipality of a case may be stored by id or by name."""
    if not user.municipality:
        return Viewer(user.id)
    ours = organisation.municipality(user.municipality)
    names = (user.municipality, ours.id, ours.name) if ours else (user.municipality,)
    return Viewer(user.id, tuple(dict.fromkeys(names)), user.unit or None)


def seen_by(who: Viewer, case: type[CaseRow] | type[LinkRow] = CaseRow) -> ColumnElement[bool]:
    """The cases that somebody may see; `case` is the table, or an alias of it. Links between relatives and elders are seen by the same rule."""
    if not who.municipalities:
        return true()
    ours: ColumnElement[bool] = case.municipality.in_(who.municipalities)
    if who.unit:
        ours = and_(ours, (case.unit == who.unit) | case.unit.is_(None))
    return ours | case.municipality.is_(None)


def sees_case(who: Viewer, case: CaseRow | LinkRow) -> bool:
    """The same of one case, or link, that has been read."""
    if not who.municipalities or case.municipality is None:
        return True
    return case.municipality in who.municipalities and (not who.unit or case.unit in (None, who.unit))
