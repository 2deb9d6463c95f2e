"""Who is there, as a handledare sees it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.services.read_duty import DutyPage, State, duty_page
from bot.services.viewer import viewer
from bot.store import users
from bot.store.database import Database
from bot.store.tables import UserRow
from tests.stand_ins import MONDAY, ORGANISATION, SettableClock

NOON = MONDAY + timedelta(hours=2)


def _user(
    database: Database,
    name: str,
    role: str = "handledare",
    municipality: str | None = "kalmar",
    unit: str | None = None,
    **more: object,
) -> UserRow:
    with database.writing() as session:
        user = users.add(session, f"{name}@kalmar.example".casefold(), name, role, "hash", MONDAY, municipality, unit)
        for key, value in more.items():
            setattr(user, key, value)
        return user


def _page(database: Database, user: UserRow, now: datetime = NOON) -> DutyPage:
    return duty_page(database, SettableClock(now), user, viewer(user, ORGANISATION), ORGANISATION)


def test_those_who_are_there_come_first(database: Database) -> None:
    anna = _user(database, "Anna", seen_at=NOON - timedelta(minutes=61))
    _user(database, "Bo", seen_at=NOON, unit="library")
    _user(database, "Cia", municipality="Kalmar", seen_at=NOON, away_since=MONDAY, back_at=NOON + timedelta(days=2))
    _user(database, "Dan", unit="another")
    _user(database, "Eva", "reader")
    _user(database, "Fia", disabled_at=MONDAY)
    _user(database, "Vera", municipality="vara")
    page = _page(database, anna)
    (team,) = page.teams
    assert (team.municipality, team.unit) == ("Kalmar", "The library")
    assert [(person.name, person.state) for person in team.people] == [
        ("Bo", State.THERE),
        ("Anna", State.ELSEWHERE),
        ("Cia", State.AWAY),
    ]
    assert page.me == team.people[1]
    assert [person.may_say for person in team.people] == [False, True, False]


def test_a_samordnare_may_speak_for_all_of_the_own_municipality(database: Database) -> None:
    sara = _user(database, "Sara", "samordnare")
    _user(database, "Anna")
    (team,) = _page(database, sara).teams
    assert [person.may_say for person in team.people] == [True, True]


def test_who_sees_all_sees_every_team_and_those_of_none(database: Database) -> None:
    admin = _user(database, "Admin", "admin", None)
    _user(database, "Vera", municipality="vara")
    teams = _page(database, admin).teams
    assert [(team.municipality, [person.name for person in team.people]) for team in teams] == [
        ("Kalmar", []),
        ("Vara", ["Vera"]),
        ("", ["Admin"]),
    ]


def test_a_reader_is_not_asked_whether_they_leave(database: Database) -> None:
    assert _page(database, _user(database, "Eva", "reader")).me is None


@pytest.mark.parametrize(
    ("now", "open_today", "holiday", "following"),
    [
        (NOON, True, False, date(2026, 11, 24)),
        (datetime(2026, 12, 23, 12, tzinfo=UTC), True, False, date(2026, 12, 28)),
        (
            datetime(2026, 12, 23, 23, 30, tzinfo=UTC),
            False,
            True,
            date(2026, 12, 28),
        ),  # half past midnight on Christmas Eve
        (datetime(2026, 12, 26, 12, tzinfo=UTC), False, True, date(2026, 12, 28)),
        (datetime(2026, 11, 28, 12, tzinfo=UTC), False, False, date(2026, 11, 30)),
    ],
)
def test_hours_today_and_the_next_time(
    database: Database, now: datetime, open_today: bool, holiday: bool, following: date
) -> None:
    page = _page(database, _user(database, "Anna"), now)
    (team,) = page.teams
    assert (bool(team.today), team.holiday, team.next_day, page.back_on) == (open_today, holiday, following, following)
    assert [str(span) for span in team.next_hours] == ["09:00-16:00"]
