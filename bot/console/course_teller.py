"""Says what the pages about courses have to say in one language: titles, days and hours, and warnings in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from bot.console import times
from bot.console.teller import Teller
from bot.domain.course import FEWEST_IN_A_GROUP
from bot.domain.opening_hours import STOCKHOLM, describe_moment
from bot.domain.place import Place
from bot.services.read_courses import Group, Leader, Line, Meeting, Participant


@dataclass(frozen=True, slots=True)
class Home:
    """A municipality with its places, for a list to choose from."""

    id: str
    name: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class CourseTeller:
    """Pages call it `c`."""

    t: Teller

    def title(self, group: Group) -> str:
        return (
            group.wording.title.get(self.t.language)
            or group.wording.title.get("sv")
            or self.t.w(f"course_kind.{group.kind}")
        )

    def title_language(self, group: Group) -> str:
        """The language that the title is written in."""
        return "en" if self.t.language == "en" and group.wording.title.get("en") else "sv"

    def place(self, group: Group) -> str:
        found = next(
            (place.name for place in self.t.world.places if place.id == group.wording.place), group.wording.place
        )
        return f"{found}, {self.t.municipality(group.wording.municipality)}"

    def day(self, at: datetime) -> str:
        """ "tisdag 8 dec", with the year when it is another one."""
        return times.coming_day(at.astimezone(STOCKHOLM).date(), self.t.now, self.t.language)

    def hours(self, meeting: Meeting) -> str:
        """ "10.00–12.00"."""
        mark = "." if self.t.language == "sv" else ":"
        return "–".join(
            f"{at.astimezone(STOCKHOLM):%H}{mark}{at.astimezone(STOCKHOLM):%M}"
            for at in (meeting.starts_at, meeting.ends_at)
        )

    def when(self, meeting: Meeting) -> str:
        return f"{self.day(meeting.starts_at)} {self.hours(meeting)}"

    def until(self, at: datetime) -> str:
        return describe_moment(at, self.t.now, self.t.language)

    def days(self, lines: Iterable[Line]) -> list[tuple[date, str, list[Line]]]:
        """Meetings by Swedish day, in the order in which they come."""
        by_day = groupby(lines, key=lambda line: line.meeting.starts_at.astimezone(STOCKHOLM).date())
        return [(day, times.coming_day(day, self.t.now, self.t.language), list(some)) for day, some in by_day]

    def chairs(self, group: Group) -> str:
        return self.t.w("courses.chairs", taken=group.chairs.taken, seats=group.chairs.seats)

    def warnings(self, group: Group) -> list[str]:
        """What is not as it should be, the worst first."""
        if group.called_off:
            return [self.t.w("course_warning.called_off")]
        found = []
        if group.over and group.away:
            key = "course_warning.over_one" if group.away == 1 else "course_warning.over_many"
            found.append(
                self.t.w(key, n=group.over, away=group.away) if group.away > 1 else self.t.w(key, n=group.over)
            )
        elif group.over:
            found.append(self.t.w("course_warning.over", n=group.over))
        if group.there == 0:
            found.append(self.t.w("course_warning.nobody"))
        if group.helpers_alone:
            found.append(self.t.w("course_warning.helpers_alone"))
        if group.too_few:
            found.append(self.t.w("course_warning.too_few", n=FEWEST_IN_A_GROUP))
        return found

    def person(self, one: Participant) -> str:
        """Who has the chair: the number, the channel, or only a place in the list."""
        who = self.t.phone(one.address) or (self.t.channel(one.channel) if one.address else "")
        who = (
            f"{who} ({one.number})"
            if who and not self.t.phone(one.address)
            else who or self.t.w("course.person", n=one.number)
        )
        return f"{who}, {self.t.w('course.for_whom', name=one.for_whom)}" if one.for_whom else who

    def leader(self, leader: Leader, number: int) -> str:
        return leader.name or self.t.w("leaders.hidden", n=number)

    def homes(self, municipalities: Iterable[str] = ()) -> list[Home]:
        """The municipalities with their places; only those of these ids when any are given."""
        organisation, wanted = self.t.world.organisation, set(municipalities)
        found = []
        for one in organisation.municipalities:
            if wanted and one.id not in wanted:
                continue
            own = (place for place in self.t.world.places if place.municipality in (one.name, one.id))
            found.append(Home(one.id, one.name, tuple(sorted(own, key=lambda place: place.name))))
        return found
