"""The sample places of config/places: always somewhere to go, short enough for an SMS, and marked as samples."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.domain.gazetteer import Gazetteer
from bot.domain.opening_hours import STOCKHOLM, OpenNow
from bot.domain.place import Place, nearest_places
from bot.gazetteer_files import load_gazetteer
from bot.place_files import load_places

ROOT = Path(__file__).parents[1]
MUNICIPALITIES = ("Kalmar", "Kungsbacka", "Mjölby", "Vara")
GSM7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


@pytest.fixture(scope="module")
def places() -> list[Place]:
    return load_places(ROOT / "config" / "places")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(ROOT / "data" / "gazetteer")


def test_each_municipality_has_several_and_all_are_samples(places: list[Place]) -> None:
    for municipality in MUNICIPALITIES:
        assert sum(place.municipality == municipality for place in places) >= 2
    assert {place.municipality for place in places} == set(MUNICIPALITIES)
    assert all(place.sample for place in places)


def test_every_file_says_at_its_top_that_it_is_a_sample() -> None:
    files = sorted((ROOT / "config" / "places").glob("*.yml"))
    assert len(files) == len(MUNICIPALITIES)
    for file in files:
        assert file.read_text(encoding="utf-8").startswith("# SAMPLE."), file


def test_what_residents_read_fits_an_sms_and_does_not_say_sample(places: list[Place]) -> None:
    for place in places:
        for text in (place.name, place.town, *place.directions.values()):
            assert set(text) <= GSM7, text
            assert not any(word in text.casefold() for word in ("exempel", "sample")), text
            assert not any(letter.isdigit() for letter in text), text
        assert len(place.name) <= 40
        assert all(len(text) <= 80 for text in place.directions.values())


def test_each_place_is_where_its_town_is(places: list[Place], gazetteer: Gazetteer) -> None:
    for place in places:
        (town,) = gazetteer.by_name(place.town, place.municipality)
        assert town.municipality == place.municipality
        assert (place.lat, place.lon) == pytest.approx((town.lat, town.lon), abs=0.02), place.id


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_there_is_help_soon_on_any_day_and_hour(places: list[Place], gazetteer: Gazetteer, municipality: str) -> None:
    (location,) = gazetteer.by_name(municipality)
    longest = timedelta()
    for number in range(400):
        for hour in (3, 12, 21):
            now = datetime.combine(date(2026, 11, 1) + timedelta(days=number), time(hour), STOCKHOLM)
            answers = nearest_places(places, location, "bankid_get", now)
            assert answers and answers[0].place.municipality == municipality
            soonest = min(now if isinstance(answer.opens, OpenNow) else answer.opens.at for answer in answers)
            # Shut everywhere from the evening of 23 December to the morning of the 27th: the longest there is.
            longest = max(longest, soonest - now)
    assert longest <= timedelta(days=4)


def test_a_state_desk_is_named_for_its_own_topics_only(places: list[Place], gazetteer: Gazetteer) -> None:
    (kalmar,) = gazetteer.by_name("Kalmar")
    now = datetime(2026, 11, 23, 12, tzinfo=STOCKHOLM)

    def named(topic: str | None) -> set[str]:
        return {answer.place.id for answer in nearest_places(places, kalmar, topic, now)}

    assert "kalmar-servicekontor" in named("pension")
    assert "kalmar-servicekontor" not in named("swish") | named(None)


def test_a_door_without_staff_is_not_called_open(places: list[Place]) -> None:
    (vedum,) = [place for place in places if place.id == "vara-vedum"]
    tuesday_evening = datetime(2026, 11, 24, 20, tzinfo=STOCKHOLM)
    assert vedum.hours.unstaffed(tuesday_evening.date())
    assert not isinstance(vedum.open_state(tuesday_evening), OpenNow)
