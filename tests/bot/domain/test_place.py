from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.gazetteer import Location
from bot.domain.opening_hours import STOCKHOLM, DayHours, Interval, OpeningHours, OpenNow, OpensAt
from bot.domain.place import DIGITAL, Place, PlaceKind, about_km, nearest_places

EVERY_DAY = OpeningHours({day: DayHours((Interval(time(10), time(18)),)) for day in range(7)})
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=STOCKHOLM)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=STOCKHOLM)
LIBRARY = Place(
    id="kalmar",
    name="Kalmar stadsbibliotek",
    kind=PlaceKind.LIBRARY,
    municipality="Kalmar",
    unit="bibliotek",
    town="Kalmar",
    lat=56.6616,
    lon=16.3616,
    helps_with=frozenset({DIGITAL}),
    hours=EVERY_DAY,
    verified_at=date(2026, 11, 2),
    verified_by="Kalmar stadsbibliotek",
)
LINDSDAL = replace(LIBRARY, id="lindsdal", town="Lindsdal", lat=56.7333, lon=16.3)
NYBRO = replace(LIBRARY, id="nybro", municipality="Nybro", town="Nybro", lat=56.7447, lon=15.9071)
DESK = replace(LIBRARY, id="desk", kind=PlaceKind.STATE_SERVICE, helps_with=frozenset({"fk_login"}))
IN_KALMAR = Location("Kalmar", "Kalmar", "0880", 56.6616, 16.3616)


def ids(
    places: list[Place], location: Location = IN_KALMAR, topic: str | None = None, now: datetime = NOON
) -> list[str]:
    return [answer.place.id for answer in nearest_places(places, location, topic, now)]


@pytest.mark.parametrize(
    ("change", "current"),
    [
        ({}, True),
        ({"verified_at": None}, False),
        ({"verified_at": date(2026, 5, 24)}, True),
        ({"verified_at": date(2026, 5, 23)}, False),
        ({"valid_to": date(2026, 11, 22)}, False),
        ({"valid_to": date(2026, 11, 23)}, True),
        ({"valid_from": date(2026, 11, 24)}, False),
        ({"sample": True, "verified_at": None}, True),
        ({"sample": True, "verified_at": None, "valid_to": date(2026, 11, 22)}, False),
    ],
)
def test_current_is_verified_lately_and_inside_its_dates(change: dict[str, object], current: bool) -> None:
    assert replace(LIBRARY, **change).is_current(date(2026, 11, 23)) is current  # type: ignore[arg-type]


def test_a_library_helps_with_everything_digital_and_a_state_desk_with_its_list() -> None:
    assert LIBRARY.helps("swish") and LIBRARY.helps(None)
    assert DESK.helps("fk_login")
    assert not DESK.helps("swish") and not DESK.helps(None)
    assert not replace(DESK, helps_with=frozenset({DIGITAL})).helps("swish")


def test_a_place_for_one_topic_is_offered_for_it_and_when_nothing_was_said() -> None:
    centre = replace(LIBRARY, helps_with=frozenset({"bankid_get"}))
    assert centre.helps("bankid_get") and centre.helps(None) and not centre.helps("swish")


def test_the_right_town_first_then_the_municipality_then_distance() -> None:
    far = replace(LINDSDAL, id="far", town="Påryd", lat=56.5667, lon=15.9167)
    in_lindsdal = Location("Lindsdal", "Kalmar", "0880", 56.7333, 16.3)
    assert ids([NYBRO, far, LIBRARY, LINDSDAL], in_lindsdal) == ["lindsdal", "kalmar", "far"]


def test_a_neighbour_is_offered_when_ones_own_municipality_has_nothing() -> None:
    emmaboda = Location("Emmaboda", "Emmaboda", "0862", 56.6300, 15.5400)
    assert ids([LIBRARY, NYBRO], emmaboda) == ["nybro", "kalmar"]


def test_nobody_is_sent_across_the_country() -> None:
    kiruna = Location("Kiruna", "Kiruna", "2584", 67.8557, 20.2251)
    assert ids([LIBRARY, NYBRO], kiruna) == []


def test_a_town_of_the_same_name_elsewhere_is_not_the_right_town() -> None:
    in_leksand = Location("Kalmar", "Leksand", "2029", 56.9, 16.3)
    (answer,) = nearest_places([LIBRARY], in_leksand, None, NOON)
    assert answer.km > 0


def test_among_equals_the_one_open_now() -> None:
    evening = replace(LIBRARY, id="a-evening", hours=OpeningHours({0: DayHours((Interval(time(17), time(19)),))}))
    assert ids([evening, LIBRARY]) == ["kalmar", "a-evening"]


def test_expired_unverified_and_never_staffed_places_are_not_answered() -> None:
    unstaffed = OpeningHours({day: DayHours(unstaffed=(Interval(time(6), time(22)),)) for day in range(7)})
    places = [
        replace(LIBRARY, id="old", verified_at=date(2025, 1, 1)),
        replace(LIBRARY, id="ended", valid_to=date(2026, 11, 1)),
        replace(LIBRARY, id="unstaffed", hours=unstaffed),
    ]
    assert ids(places) == []


def test_a_place_that_ends_before_it_opens_again_is_not_answered() -> None:
    ends_today = replace(LIBRARY, valid_to=date(2026, 11, 23))
    assert ids([ends_today]) == ["kalmar"]
    assert ids([ends_today], now=NOON.replace(hour=19)) == []


def test_a_stop_in_the_coming_days_is_answered_with_its_day() -> None:
    bus = replace(LIBRARY, kind=PlaceKind.MOBILE, valid_from=date(2026, 11, 26), valid_to=date(2026, 11, 26))
    (answer,) = nearest_places([bus], IN_KALMAR, None, NOON)
    assert answer.opens == OpensAt(datetime(2026, 11, 26, 10, tzinfo=STOCKHOLM))


def test_a_place_whose_verification_runs_out_before_it_opens_is_not_answered() -> None:
    monday_only = OpeningHours({0: DayHours((Interval(time(10), time(18)),))})
    aging = replace(LIBRARY, hours=monday_only, verified_at=date(2026, 5, 24))
    assert ids([aging]) == ["kalmar"]
    assert ids([aging], now=NOON.replace(hour=19)) == []


def test_what_an_answer_holds() -> None:
    in_town, nearby = nearest_places([LINDSDAL, LIBRARY], IN_KALMAR, "swish", NOON)
    assert (in_town.place.id, in_town.km) == ("kalmar", 0)
    assert in_town.opens == OpenNow(datetime(2026, 11, 23, 18, tzinfo=STOCKHOLM))
    assert (nearby.place.id, nearby.km) == ("lindsdal", 9)


def test_no_more_than_asked_for() -> None:
    places = [replace(LIBRARY, id=str(number)) for number in range(9)]
    assert len(nearest_places(places, IN_KALMAR, None, MORNING)) == 3
    assert len(nearest_places(places, IN_KALMAR, None, MORNING, limit=1)) == 1


def test_an_unknown_municipality_still_finds_the_town_of_the_name() -> None:
    unsure = Location("Kalmar", "", "", 56.6616, 16.3616)
    assert ids([LINDSDAL, LIBRARY], unsure) == ["kalmar", "lindsdal"]


@pytest.mark.parametrize(("km", "about"), [(0.2, 0), (1.6, 2), (8.4, 8), (11.9, 10), (13, 15), (47, 45)])
def test_distances_are_as_coarse_as_they_are_known(km: float, about: int) -> None:
    assert about_km(km) == about


@given(st.permutations([LIBRARY, LINDSDAL, NYBRO, DESK]))
def test_the_order_of_the_files_does_not_matter(places: list[Place]) -> None:
    assert ids(places, topic="fk_login") == ["desk", "kalmar", "lindsdal"]
