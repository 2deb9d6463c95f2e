"""What of a list somebody wants to see."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement

from bot.store.tables import CaseRow


@dataclass(frozen=True, slots=True)
class Filter:
    """What is not named is not asked about. `municipalities` are the names under which one municipality's cases may be stored."""

    municipalities: tuple[str, ...] = ()
    unit: str = ""
    urgency: str = ""
    topic: str = ""
    channel: str = ""
    language: str = ""
    alarm: int = 0
    """At least this level of alarm (bot/store/tables/cases.py)."""

    def conditions(self) -> list[ColumnElement[bool]]:
        """What a case must fulfil."""
        asked: list[ColumnElement[bool]] = []
        if self.municipalities:
            asked.append(CaseRow.municipality.in_(self.municipalities))
        for name in ("unit", "urgency", "topic", "channel", "language"):
            value = getattr(self, name)
            if value:
                asked.append(getattr(CaseRow, name) == value)
        if self.alarm:
            asked.append(CaseRow.alarm >= self.alarm)
        return asked
