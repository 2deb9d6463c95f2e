import pytest

from nlu.places import PlaceNames, find_places
from tests.nlu.small_examples import PLACES

NAMES = PlaceNames(PLACES)
ORDINARY = frozenset(
    [
        "jag",
        "bor",
        "i",
        "kassan",
        "dar",
        "var",
        "finns",
        "hjalp",
        "vara",
        "ska",
        "mobilen",
        "appen",
        "och",
        "det",
        "vet",
        "inte",
        "hemma",
        "kommunen",
    ]
)


def found(text: str, asked: bool = False) -> list[tuple[str, str, str]]:
    entities = find_places(text, NAMES, ORDINARY.__contains__, asked)
    return [(entity.entity, entity.value, text[entity.start : entity.end]) for entity in entities]


@pytest.mark.parametrize(
    ("text", "value", "written"),
    [
        ("var finns hjälp i Mjölby?", "Mjölby", "Mjölby"),
        ("i kungsbaka då", "Kungsbacka", "kungsbaka"),
        ("jag bor i mjolby", "Mjölby", "mjolby"),
        ("nära kallmar", "Kalmar", "kallmar"),
        ("kallmar", "Kalmar", "kallmar"),
        ("i vara", "Vara", "vara"),
        ("Vara", "Vara", "Vara"),
        ("från Åsa", "Åsa", "Åsa"),
        ("kalmars bibliotek", "Kalmar", "kalmars"),
        ("jag bor i stora levene", "Stora Levene", "stora levene"),
        ("jag bor i stora levne", "Stora Levene", "stora levne"),
        ("jag bor i kungs backa", "Kungsbacka", "kungs backa"),
        ("i kungsbakas bibliotek", "Kungsbacka", "kungsbakas"),
    ],
)
def test_place(text: str, value: str, written: str) -> None:
    assert found(text) == [("place", value, written)]


@pytest.mark.parametrize("text", ["det ska vara så", "jag frågar åsa", "i mobilen", "i kassan", "hjälp", "", "i köket"])
def test_no_place(text: str) -> None:
    assert found(text) == []


def test_an_english_i_is_no_cue() -> None:
    assert find_places("I wrote", NAMES, ORDINARY.__contains__, asked=False, english=True) == []


def test_a_word_with_other_dots_is_another_word() -> None:
    names = PlaceNames([("Stånga", ("stanga",))])
    assert find_places("vill stänga kontot", names, ORDINARY.__contains__, asked=False) == []
    assert find_places("i stånga", names, ORDINARY.__contains__, asked=False)[0].value == "Stånga"


def test_several_places_and_a_municipality() -> None:
    assert found("mellan Kalmar och Mjölby kommun") == [
        ("place", "Kalmar", "Kalmar"), ("place", "Mjölby", "Mjölby"), ("municipality", "Mjölby", "Mjölby"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["Mjölbys kommun", "mjölby komun", "Mjölby stad", "kommunen Mjölby"])
def test_municipality(text: str) -> None:
    assert [(kind, name) for kind, name, _ in found(text)] == [("place", "Mjölby"), ("municipality", "Mjölby")]


def test_a_word_that_is_a_name_too_is_not_taken_for_the_answer() -> None:
    names = PlaceNames([("Vi", ("vi",)), ("Vara", ("vara",))])
    answered = find_places("vi bor i vara", names, ORDINARY.__contains__, asked=True)
    assert [entity.value for entity in answered] == ["Vara"]


def test_in_is_a_cue_in_english_alone() -> None:
    names = PlaceNames([("Skå", ("ska",))])
    assert find_places("skicka in, ska gå", names, ORDINARY.__contains__, asked=False) == []
    assert find_places("I live in Ska", names, ORDINARY.__contains__, asked=False, english=True)[0].value == "Skå"


def test_a_place_that_does_not_exist() -> None:
    assert found("i Sörblåkulla") == [("place_unknown", "Sörblåkulla", "Sörblåkulla")]


def test_the_answer_to_a_question_for_a_place_needs_no_cue() -> None:
    assert found("åsa tack", asked=True)[0][:2] == ("place", "Åsa")
    assert found("Blåkullaby", asked=True) == [("place_unknown", "Blåkullaby", "Blåkullaby")]
    assert found("vet inte", asked=True) == []
