"""Places where a person helps for free, and which of them to send somebody to.

Only places that are verified, current, and staffed now or within two weeks are ever answered. Place data ages fast:
what nobody has verified for half a year is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from bot.domain.gazetteer import Location, distance_km, fold
from bot.domain.opening_hours import CLOSED, STOCKHOLM, OpeningHours, OpenNow, OpensAt, OpenState

# In a place's ``helps_with``: every digital topic there is.
DIGITAL = "digital"
MAX_AGE_DAYS = 183
# Outside the resident's own municipality nobody is sent farther than this.
FARTHEST_KM = 80.0
# Points are right to about 2 km, so anything finer would be invented.
_ROUND_TO_FIVE_FROM_KM = 10


class PlaceKind(StrEnum):
    """What sort of place it is; decides what it may be offered for."""

    LIBRARY = "library"
    BRANCH_LIBRARY = "branch_library"
    CITIZEN_SERVICE = "citizen_service"
    STATE_SERVICE = "state_service"
    DIGITAL_CENTRE = "digital_centre"
    LEARNING_CENTRE = "learning_centre"
    ASSOCIATION = "association"
    MEETING_POINT = "meeting_point"
    MOBILE = "mobile"


@dataclass(frozen=True)
class Place:
    """One door. ``lat`` and ``lon`` in degrees (WGS 84); ``municipality`` short ("Kalmar"); ``unit`` owns its cases.

    ``helps_with`` holds topic intents, or ``DIGITAL`` for all of them. ``directions`` say in Swedish ("sv") and English
    ("en") how to find the help once there. ``valid_from`` and ``valid_to`` are both included. A ``sample`` place is
    invented for trying the product out: it never ages, and must never stand beside live providers.
    """

    id: str
    name: str
    kind: PlaceKind
    municipality: str
    unit: str
    town: str
    lat: float
    lon: float
    helps_with: frozenset[str]
    hours: OpeningHours
    directions: Mapping[str, str] = field(default_factory=dict)
    address: str | None = None
    providers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("sv",)
    access: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    verified_at: date | None = None
    verified_by: str | None = None
    sample: bool = False

    def is_valid(self, day: date) -> bool:
        """Whether the place is there on this day, by its own dates."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def is_current(self, day: date, max_age_days: int = MAX_AGE_DAYS) -> bool:
        """Whether it may be shown on this day: inside its dates, and verified not longer ago than ``max_age_days``."""
        return self.is_valid(day) and self.is_verified(day, max_age_days)

    def is_verified(self, today: date, max_age_days: int = MAX_AGE_DAYS) -> bool:
        """Whether somebody made sure of it not longer ago than ``max_age_days``; a sample never ages."""
        return self.sample or (
            self.verified_at is not None and today - self.verified_at <= timedelta(days=max_age_days)
        )

    def receives(self, day: date, today: date) -> bool:
        """Whether a course on ``day`` may be told of ``today``: the place is verified, there on that day, and not shut just then.

        Its ordinary hours do not matter: a course brings its own handledare, and perhaps a key.
        """
        return self.is_verified(today) and self.is_valid(day) and self.hours.exceptions.get(day) != CLOSED

    def helps(self, topic: str | None) -> bool:
        """Whether it helps with the topic (None: the person has not said what).

        A state desk never counts for everything digital: it is named for the topics it lists and no others.
        """
        if topic is not None and topic in self.helps_with:
            return True
        if self.kind is PlaceKind.STATE_SERVICE:
            return False
        return DIGITAL in self.helps_with or (topic is None and bool(self.helps_with))

    def open_state(self, now: datetime) -> OpenState | None:
        """Staffed now, or when next within two weeks and while the place is current; None when it is not."""
        state = self.hours.open_state(now, valid_from=self.valid_from, valid_to=self.valid_to)
        day = state.at if isinstance(state, OpensAt) else now.astimezone(STOCKHOLM)
        return state if self.is_current(day.date()) else None

    @property
    def location(self) -> Location:
        """The place as a point of the map; its municipality code is not known here."""
        return Location(self.town, self.municipality, "", self.lat, self.lon)


@dataclass(frozen=True)
class PlaceAnswer:
    """A place to name: about how many kilometres away (say "cirka"; 0 is "in town"), and when somebody is there."""

    place: Place
    km: int
    opens: OpenState


def about_km(km: float) -> int:
    """A distance as coarse as it is known: whole kilometres below ten, then fives."""
    return round(km) if km < _ROUND_TO_FIVE_FROM_KM else 5 * round(km / 5)


def nearest_places(
    places: Iterable[Place],
    location: Location,
    topic: str | None,
    now: datetime,
    limit: int = 3,
    farthest_km: float = FARTHEST_KM,
) -> tuple[PlaceAnswer, ...]:
    """The places to offer, best first: the right town, then the same municipality, then by distance.

    Among equals the one that is staffed soonest comes first, then by id. Empty when there is none: say so, and offer a
    person instead. Raises ValueError when ``now`` has no time zone.
    """
    found: list[tuple[tuple[object, ...], PlaceAnswer]] = []
    for place in places:
        state = place.open_state(now) if place.helps(topic) else None
        if state is None:
            continue
        own = _same_municipality(place, location)
        in_town = fold(place.town) == fold(location.name) and (own or not location.municipality)
        distance = distance_km(location, place.location)
        if not own and distance > farthest_km:
            continue
        km = 0 if in_town else about_km(distance)
        opens = datetime.min.replace(tzinfo=UTC) if isinstance(state, OpenNow) else state.at
        rank = (not in_town, not own, km, opens, place.id)
        found.append((rank, PlaceAnswer(place, km, state)))
    found.sort(key=lambda entry: entry[0])
    return tuple(answer for _, answer in found[:limit])


def _same_municipality(place: Place, location: Location) -> bool:
    return bool(location.municipality) and fold(place.municipality) == fold(location.municipality)
