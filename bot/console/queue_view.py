"""What the address of the queue says of list, page and filter, and what there is to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query

from bot.console.trust import HOME
from bot.domain.duty import Municipality, Organisation
from bot.services.queue_filter import Filter
from bot.services.read_queue import View
from bot.services.viewer import Viewer

_MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """The address, read. `unit` is written municipality/unit."""

    view: View = View.WAITING
    page: int = 1
    municipality: str = ""
    unit: str = ""
    urgency: str = ""
    topic: str = ""
    channel: str = ""
    language: str = ""
    alarm: int = 0

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are on, by name."""
        names = ("municipality", "unit", "urgency", "topic", "channel", "language")
        found = {name: getattr(self, name) for name in names if getattr(self, name)}
        return found | ({"alarm": str(self.alarm)} if self.alarm else {})

    def query(self, view: View | None = None, page: int = 1) -> str:
        """The query of the same filters with another list or page."""
        return urlencode({"view": view or self.view, **self.chosen, **({"page": page} if page > 1 else {})})

    def path(self, view: View | None = None, page: int = 1) -> str:
        return f"{HOME}?{self.query(view, page)}"

    def filter(self, organisation: Organisation) -> Filter:
        """What is asked of the cases. A municipality's cases may be stored under its id or its name."""
        of_unit, _, unit = self.unit.partition("/")
        name = self.municipality or of_unit
        found = organisation.municipality(name) if name else None
        names = (found.id, found.name) if found else (name,) if name else ()
        if self.municipality and of_unit and found and of_unit != found.id:
            unit = "-"  # a unit of another municipality: nothing fits both
        return Filter(names, unit, self.urgency, self.topic, self.channel, self.language, self.alarm)


_Text = Annotated[str, Query(max_length=80)]


def asked(
    view: View = View.WAITING,
    page: Annotated[int, Query(ge=1, le=_MOST_PAGES)] = 1,
    municipality: _Text = "",
    unit: _Text = "",
    urgency: _Text = "",
    topic: _Text = "",
    channel: _Text = "",
    language: _Text = "",
    alarm: Annotated[int, Query(ge=0, le=3)] = 0,
) -> Asked:
    """What a request asks for."""
    return Asked(view, page, municipality, unit, urgency, topic, channel, language, alarm)


def municipalities(organisation: Organisation, who: Viewer) -> tuple[Municipality, ...]:
    """Those whose cases somebody sees."""
    return tuple(m for m in organisation.municipalities if not who.municipalities or m.id in who.municipalities)


def units(ours: Iterable[Municipality], who: Viewer) -> list[tuple[str, str]]:
    """Values and names of the units to choose from: those of municipalities that have several, or of all when there are several municipalities."""
    ours = tuple(ours)
    if who.unit:
        return []
    several = len(ours) > 1
    return [
        (f"{m.id}/{unit.id}", f"{m.name}: {unit.name}" if several else unit.name)
        for m in ours
        if several or len(m.units) > 1
        for unit in m.units
    ]
