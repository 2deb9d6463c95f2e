"""A municipality with places and courses to show, and somebody who looks at its pages without an account."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

import httpx
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from bot.domain.address import Address
from bot.domain.duty import Organisation
from bot.domain.opening_hours import DayHours, Interval, OpeningHours
from bot.domain.place import Place, PlaceKind
from bot.engine.world import World
from bot.public import routes
from bot.store import conversations, users
from bot.store.database import Database
from bot.store.tables import BookingRow, CourseLeaderRow, CourseRow, MeetingRow, UserRow
from tests.bot.console.stand import browser_of
from tests.stand_ins import SVEA, WITHOUT_TELEGRAM, WORLD, SettableClock

PUBLIC_URL = "https://lotsen.example.se"
RESIDENT = "Svea Svensson"
"""For whom a chair was booked; no public page may ever hold it."""
HANDLEDARE = "Karin Karlsson"
TEN = datetime(2026, 12, 1, 9, tzinfo=UTC)
"""Tuesday 1 December, ten in the morning in Sweden."""
_DAY = DayHours(staffed=(Interval(time(10), time(18)),))
_BARE = DayHours(staffed=(Interval(time(10), time(15)),), unstaffed=(Interval(time(15), time(20, 30)),))


def place(
    place_id: str = "kalmar-biblioteket", name: str = "Biblioteket", municipality: str = "Kalmar", **more: object
) -> Place:
    """A library that is open Monday to Thursday 10-18, and Friday 10-15 with an unstaffed evening."""
    given: dict[str, object] = {
        "kind": PlaceKind.LIBRARY,
        "unit": "library",
        "town": municipality,
        "lat": 56.66,
        "lon": 16.36,
        "helps_with": frozenset({"digital"}),
        "hours": OpeningHours({0: _DAY, 1: _DAY, 2: _DAY, 3: _DAY, 4: _BARE}),
        "directions": {"sv": "Fråga i disken.", "en": "Ask at the desk."},
        "verified_at": date(2026, 11, 1),
    }
    return Place(id=place_id, name=name, municipality=municipality, **{**given, **more})  # type: ignore[arg-type]


LIBRARY = place()
VARA_LIBRARY = place("vara-biblioteket", "Vara bibliotek", "Vara")


@dataclass
class Shelf:
    """The public pages, and what stands behind them."""

    database: Database
    clock: SettableClock = field(default_factory=SettableClock)
    places: tuple[Place, ...] = (LIBRARY, VARA_LIBRARY)
    organisation: Organisation = WITHOUT_TELEGRAM
    telegram: str = ""
    _residents: int = 0

    @property
    def world(self) -> World:
        return replace(WORLD, places=self.places, organisation=self.organisation)

    def app(self) -> FastAPI:
        app = FastAPI()
        app.mount("/program/static", StaticFiles(directory=routes.STATIC))
        app.include_router(
            routes.make_public(self.database, lambda: self.world, self.clock, PUBLIC_URL, lambda: self.telegram)
        )
        return app

    def reader(self) -> httpx.Client:
        """Somebody at a browser who is not signed in."""
        return browser_of(self.app())

    def course(
        self,
        title: str = "Mobilen från början",
        *starts: datetime,
        kind: str = "course",
        hours: float = 2,
        handledare: int = 1,
        **more: object,
    ) -> int:
        """A group that meets at these times; by default once, on Tuesday 1 December at ten."""
        times = starts or (TEN,)
        given: dict[str, object] = {
            "municipality": "kalmar",
            "place": "kalmar-biblioteket",
            "bring": {"sv": "Ta med din mobil.", "en": "Bring your phone."},
            "cost": {"sv": "Det är gratis.", "en": "It is free."},
            "about": {},
            "tags": [],
        }
        with self.database.writing() as session:
            row = CourseRow(
                kind=kind,
                title={"sv": title, "en": f"{title} in English"},
                starts_at=times[0],
                ends_at=times[-1] + timedelta(hours=hours),
                created_at=self.clock(),
                **{**given, **more},
            )
            session.add(row)
            session.flush()
            session.add_all(
                MeetingRow(course_id=row.id, starts_at=start, ends_at=start + timedelta(hours=hours)) for start in times
            )
            session.add_all(CourseLeaderRow(course_id=row.id, name=HANDLEDARE) for _ in range(handledare))
            return row.id

    def book(self, course_id: int, chairs: int = 1, status: str = "booked") -> None:
        """So many residents have a chair, or wait for one."""
        for _ in range(chairs):
            self._residents += 1
            with self.database.writing() as session:
                _, conversation = conversations.begin(
                    session, Address(f"+467017406{10 + self._residents}"), "kalmar", None, self.clock()
                )
                session.add(
                    BookingRow(
                        course_id=course_id,
                        conversation_id=conversation.id,
                        for_whom=RESIDENT,
                        channel="sms",
                        status=status,
                        booked_at=self.clock(),
                        queued_at=self.clock(),
                    )
                )

    def handledare(self, name: str = HANDLEDARE) -> UserRow:
        """An account."""
        with self.database.writing() as session:
            return users.add(
                session,
                f"{name.split()[0]}@bibliotek.example".lower(),
                name,
                "handledare",
                "no password",
                self.clock(),
                "kalmar",
            )

    def teaches(self, course_id: int, user: UserRow, helper: bool = False, away: bool = False) -> None:
        """The account is one of those who teach the group."""
        with self.database.writing() as session:
            session.add(CourseLeaderRow(course_id=course_id, user_id=user.id, name=user.name, helper=helper, away=away))

    def call_off(self, course_id: int) -> None:
        """The organiser calls the group off."""
        with self.database.writing() as session:
            row = session.get_one(CourseRow, course_id)
            row.cancelled_at = self.clock()
            row.version += 1


SECRETS = (RESIDENT, HANDLEDARE, "Svea", "Karin", SVEA, "0701740605")
"""What no public page may hold."""
