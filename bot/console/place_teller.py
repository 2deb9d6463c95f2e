"""Says what the pages about places have to say in one language: when somebody is there, who owns the place, days and hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.console import times
from bot.console.teller import Teller
from bot.console.words import has
from bot.domain.opening_hours import Interval, describe
from bot.domain.place import Place


@dataclass(frozen=True, slots=True)
class PlaceTeller:
    """Pages call it `p`."""

    t: Teller

    def day(self, on: date) -> str:
        """ "torsdag 19 nov", with the year when it is another one; "i dag" and "i morgon" stand before it."""
        said = times.coming_day(on, self.t.now, self.t.language)
        return said[:1].upper() + said[1:]

    def date_of(self, on: date) -> str:
        return times.date_of(on, self.t.language)

    def weekday(self, number: int) -> str:
        return times.weekday(number, self.t.language).capitalize()

    def spans(self, intervals: Sequence[Interval]) -> str:
        return times.spans(intervals, self.t.language)

    def opens(self, place: Place) -> str:
        """When somebody is at the place: now, or next; empty when that is not within two weeks."""
        state = place.hours.open_state(self.t.now, valid_from=place.valid_from, valid_to=place.valid_to)
        said = describe(state, self.t.now, self.t.language) if state else ""
        return said[:1].upper() + said[1:]

    def unit(self, place: Place) -> str:
        """ "Kalmar: Biblioteket"."""
        home = self.t.world.organisation.municipality(place.municipality)
        units = home.units if home else ()
        return f"{place.municipality}: {next((unit.name for unit in units if unit.id == place.unit), place.unit)}"

    def field(self, name: str) -> str:
        """What a field of the form is called: "Namn", "Måndag, bemannat"."""
        kind, _, rest = name.partition("_")
        if kind in ("staffed", "unstaffed"):
            return f"{self.weekday(int(rest))}, {self.t.w('place.' + kind).lower()}"
        if kind in ("season", "day"):
            at, _, part = rest.partition("_")
            row = self.t.w("place.season" if kind == "season" else "place.days_row", n=int(at) + 1)
            last = "place.last_day"
            return f"{row}, {self.t.w({'from': 'place.first_day', 'to': last}.get(part, 'place.' + part)).lower()}"
        return self.t.w({"language": "place.languages"}.get(name, f"place.{name}"))

    def spoken(self, code: str) -> str:
        """A language that is spoken at a place."""
        return self.t.w(f"spoken.{code}") if has(f"spoken.{code}") else code

    def access(self, code: str) -> str:
        """Something that makes a place easy to come to."""
        return self.t.w(f"access.{code}") if has(f"access.{code}") else code
