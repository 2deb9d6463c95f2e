"""Who is there: the teams that a handledare may ask about, their hours, and who of them is at work or away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.attendance import at_work, is_away
from bot.domain.duty import Municipality, Organisation, Team, is_holiday
from bot.domain.opening_hours import STOCKHOLM, Interval
from bot.services.attendance import may_say_for
from bot.services.ports import Clock
from bot.services.viewer import Viewer
from bot.store import attendance
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import UserRow

_ACTING = ("handledare", "samordnare", "admin")


class State(StrEnum):
    """Where somebody is, as far as the console knows."""

    THERE = "there"
    ELSEWHERE = "elsewhere"  # has not said that they are away, and has not been seen for a while
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a team. `may_say` whether the viewer may say that they are away or back."""

    id: int
    name: str
    role: str
    state: State
    seen_at: datetime | None
    back_at: datetime | None
    may_say: bool


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team with its hours today and on the next day that it has any. `municipality` and `unit` are names; empty for the team of all."""

    municipality: str
    unit: str
    today: tuple[Interval, ...]
    holiday: bool
    on_duty: bool
    next_day: date | None
    next_hours: tuple[Interval, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class DutyPage:
    """What the page shows. `back_on` is the day on which the viewer's own team is there next."""

    now: datetime
    me: Person | None
    back_on: date | None
    teams: tuple[TeamLine, ...]


def duty_page(database: Database, clock: Clock, user: UserRow, who: Viewer, organisation: Organisation) -> DutyPage:
    """The teams of the viewer's municipality, or of all for who sees all; people without a unit stand with every team of theirs. Raises DatabaseAway."""
    with database.reading() as session:
        now = business_time(session, clock())
        staff = attendance.staff(session, _ACTING)
    people = [(row, _person(row, user, organisation, now)) for row in staff]
    teams = [
        _team(m.name, unit.name, unit.team, now, _of(people, m, unit.id))
        for m in _towns(who, organisation)
        for unit in m.units
    ]
    if not who.municipalities:
        of_all = tuple(person for row, person in people if not row.municipality)
        teams.append(_team("", "", organisation.default_team, now, of_all))
    own = organisation.team(user.municipality, user.unit)
    me = next((person for row, person in people if row.id == user.id), None)
    return DutyPage(now, me, own.next_day(now.astimezone(STOCKHOLM).date()), tuple(teams))


def _towns(who: Viewer, organisation: Organisation) -> list[Municipality]:
    return [
        m for m in organisation.municipalities if not who.municipalities or {m.id, m.name} & set(who.municipalities)
    ]


def _of(people: list[tuple[UserRow, Person]], town: Municipality, unit_id: str) -> tuple[Person, ...]:
    ours = ((row, person) for row, person in people if row.municipality in (town.id, town.name))
    return tuple(person for row, person in ours if row.unit in (None, "", unit_id))


def _team(municipality: str, unit: str, team: Team, now: datetime, people: tuple[Person, ...]) -> TeamLine:
    today = now.astimezone(STOCKHOLM).date()
    following = team.next_day(today)
    hours = team.hours(following) if following else ()
    order = list(State)
    there_first = tuple(sorted(people, key=lambda person: order.index(person.state)))
    return TeamLine(
        municipality, unit, team.hours(today), is_holiday(today), team.on_duty(now), following, hours, there_first
    )


def _person(row: UserRow, viewer_row: UserRow, organisation: Organisation, now: datetime) -> Person:
    if is_away(row.away_since, row.back_at, now):
        state = State.AWAY
    else:
        state = State.THERE if at_work(row.seen_at, row.away_since, row.back_at, now) else State.ELSEWHERE
    return Person(
        row.id, row.name, row.role, state, row.seen_at, row.back_at, may_say_for(viewer_row, row, organisation)
    )
