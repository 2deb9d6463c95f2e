import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.gazetteer import (
    Gazetteer,
    Location,
    MunicipalityRow,
    PlaceRow,
    PostcodeRow,
    distance_km,
    postcode_digits,
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(
        postcodes=[
            PostcodeRow("39231", "Kalmar", "0880", 56.6616, 16.3616),
            PostcodeRow("39239", "Kalmar", "0880", 56.6616, 16.3616),
            PostcodeRow("39470", "Smedby", "0880", 56.6741, 16.2432),
            PostcodeRow("42750", "Billdal", "", 57.5667, 11.9333),
            PostcodeRow("59530", "Mjölby", "0586", 58.3259, 15.1236),
            PostcodeRow("59601", "Skänninge", "0586", 58.4, 15.0833),
        ],
        places=[
            PlaceRow("Kalmar", "0880", 56.6616, 16.3616, 38408, ("Calmar",)),
            PlaceRow("Kalmar", "0305", 59.5, 17.5, 100),
            PlaceRow("Mjölby", "0586", 58.3259, 15.1236, 12858),
            PlaceRow("Skänninge", "0188", 59.9333, 18.4833, 3242),
            PlaceRow("Skänninge", "0586", 58.3943, 15.0866, 3358),
            PlaceRow("Mölnlycke", "1401", 57.6589, 12.1158, 15608),
            PlaceRow("Hindås", "1401", 57.7049, 12.4528, 2480),
        ],
        municipalities=[
            MunicipalityRow("0188", "Norrtälje", "Stockholm"),
            MunicipalityRow("0305", "Håbo", "Uppsala"),
            MunicipalityRow("0586", "Mjölby", "Östergötland"),
            MunicipalityRow("0880", "Kalmar", "Kalmar"),
            MunicipalityRow("1401", "Härryda", "Västra Götaland"),
        ],
    )


@pytest.mark.parametrize(
    "text", ["39231", "392 31", "SE-392 31", "SE-39231", "s-39231", " 392-31 ", "\uff1392 31", "392\u00a031"]
)
def test_a_postcode_in_any_usual_way(text: str) -> None:
    assert postcode_digits(text) == "39231"


@pytest.mark.parametrize("text", ["", "3923", "392311", "09231", "39 231", "Kalmar", "392 31 Kalmar", "39231\n39231"])
def test_what_is_no_postcode(text: str) -> None:
    assert postcode_digits(text) is None


@given(st.integers(10000, 99999), st.sampled_from(["", "SE-", "S-", "se ", "SE"]), st.sampled_from(["", " ", "-"]))
def test_every_code_survives_every_way_of_writing(number: int, country: str, gap: str) -> None:
    code = str(number)
    assert postcode_digits(f"{country}{code[:3]}{gap}{code[3:]}") == code


@given(st.text())
def test_any_text_is_five_digits_or_nothing(text: str) -> None:
    digits = postcode_digits(text)
    assert digits is None or (len(digits) == 5 and digits.isascii() and digits.isdigit())


def test_a_known_postcode_is_where_it_says(gazetteer: Gazetteer) -> None:
    assert gazetteer.by_postcode("SE-59530") == Location("Mjölby", "Mjölby", "0586", 58.3259, 15.1236)


def test_an_unknown_postcode_is_guessed_from_its_neighbour_and_says_so(gazetteer: Gazetteer) -> None:
    guess = gazetteer.by_postcode("392 38")
    assert guess is not None
    assert (guess.name, guess.guessed) == ("Kalmar", True)


@pytest.mark.parametrize("text", ["999 99", "391 10", "hej"])
def test_a_postcode_without_neighbours_is_not_invented(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.by_postcode(text) is None


def test_a_split_postort_has_no_municipality(gazetteer: Gazetteer) -> None:
    billdal = gazetteer.by_postcode("42750")
    assert billdal is not None
    assert (billdal.municipality, billdal.municipality_code) == ("", "")


def test_a_town_that_named_its_municipality_is_meant_alone(gazetteer: Gazetteer) -> None:
    assert [at.municipality for at in gazetteer.by_name("Kalmar")] == ["Kalmar"]


def test_several_of_a_name_are_several_largest_first(gazetteer: Gazetteer) -> None:
    assert [at.municipality for at in gazetteer.by_name("skänninge")] == ["Mjölby", "Norrtälje"]


@pytest.mark.parametrize("preferred", ["Norrtälje", "norrtalje", "Norrtälje kommun", "0188"])
def test_the_persons_own_municipality_settles_it(gazetteer: Gazetteer, preferred: str) -> None:
    assert [at.municipality_code for at in gazetteer.by_name("Skänninge", preferred)] == ["0188"]


def test_who_writes_a_ring_means_it_and_who_does_not_may_mean_either() -> None:
    small = Gazetteer(
        [],
        [PlaceRow("Bålsta", "0305", 59.56, 17.53, 15000), PlaceRow("Habo", "0643", 57.91, 14.07, 7000)],
        [MunicipalityRow("0305", "Håbo", "Uppsala"), MunicipalityRow("0643", "Habo", "Jönköping")],
    )
    assert [at.municipality for at in small.by_name("Håbo")] == ["Håbo"]
    assert {at.municipality for at in small.by_name("habo")} == {"Håbo", "Habo"}


def test_a_preference_that_has_no_such_place_settles_nothing(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.by_name("Skänninge", "Kalmar")) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("mjolby", "Mjölby"),
        ("MJÖLBY", "Mjölby"),
        ("i Mjölbys kommun?", "Mjölby"),
        ("kallmar", "Kalmar"),
        ("Calmar", "Kalmar"),
        ("skeninge", "Skänninge"),
        ("smedby", "Smedby"),
        ("Härryda kommun", "Härryda"),
    ],
)
def test_names_are_found_as_people_write_them(gazetteer: Gazetteer, text: str, name: str) -> None:
    assert {at.name for at in gazetteer.by_name(text)} == {name}


@pytest.mark.parametrize("text", ["bankid", "Sörblåkulla", "", "?", "k", "hej hej"])
def test_what_is_no_place_is_not_invented(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.by_name(text) == ()


@given(st.text(max_size=40))
def test_any_text_can_be_looked_up(text: str) -> None:
    small = Gazetteer([], [PlaceRow("Vara", "1470", 58.26, 12.95)], [])
    assert len(small.by_name(text)) <= 1


def test_a_municipality_without_a_town_of_its_name_is_at_its_largest_place(gazetteer: Gazetteer) -> None:
    (found,) = gazetteer.by_name("Härryda")
    assert (found.municipality_code, found.lat) == ("1401", 57.6589)


def test_the_nearest_name_gives_its_own_point(gazetteer: Gazetteer) -> None:
    found = gazetteer.nearest_name(56.6612345, 16.3598765)
    assert (found.name, found.lat, found.lon) == ("Kalmar", 56.6616, 16.3616)


def test_an_empty_gazetteer_says_what_to_do() -> None:
    with pytest.raises(ValueError, match=r"places\.csv"):
        Gazetteer([], [], []).nearest_name(58.0, 15.0)


def test_names_hold_each_name_once_with_its_folded_spellings(gazetteer: Gazetteer) -> None:
    names = dict(gazetteer.names())
    assert names["Kalmar"] == ("kalmar", "calmar")
    assert names["Smedby"] == ("smedby",)
    assert len(names) == len(list(gazetteer.names()))


def at(lat: float, lon: float) -> Location:
    return Location("", "", "", lat, lon)


points = st.builds(at, st.floats(-90, 90), st.floats(-180, 180))


@given(points, points)
def test_distance_is_symmetric_and_within_half_the_earth(a: Location, b: Location) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=1e-6)
    assert 0 <= distance_km(a, b) <= math.pi * 6371.0 + 1e-6


@given(points)
def test_no_distance_to_oneself(a: Location) -> None:
    assert distance_km(a, a) == pytest.approx(0, abs=1e-6)


def test_stockholm_to_goteborg_is_about_400_km() -> None:
    assert distance_km(at(59.3293, 18.0686), at(57.7089, 11.9746)) == pytest.approx(397, abs=5)
