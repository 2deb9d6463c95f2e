import pytest

from bot.domain.place_names import closest, fold, sound, without_cue

NAMES = ["kalmar", "kungsbacka", "mjolby", "skanninge", "asa", "vara", "bankeryd", "hemse"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Mjölby", "mjolby"),
        ("SÄRÖ", "saro"),
        ("Åsa", "asa"),
        ("a\u030asa", "asa"),
        ("Dals-Ed", "dals ed"),
        ("Linné", "linne"),
    ],
)
def test_folding_drops_case_accents_and_hyphens(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"), [("Skenninge", "Skänninge"), ("Qvänum", "Kvänum"), ("Wara", "Vara"), ("Kungsbaka", "Kungsbacka")]
)
def test_names_written_by_ear_sound_the_same(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("i Kalmar", "Kalmar"),
        ("Jag bor i Vara kommun!", "Vara"),
        ("nära Mjölby, tack", "Mjölby"),
        ("Dals-Ed", "Dals-Ed"),
        ("in Kalmar please", "Kalmar"),
        ("i", "i"),
    ],
)
def test_the_name_is_taken_out_of_an_answer(text: str, name: str) -> None:
    assert without_cue(text) == name


@pytest.mark.parametrize(
    ("written", "name"), [("kallmar", "kalmar"), ("kungsbaka", "kungsbacka"), ("mjobly", "mjolby"), ("kalmr", "kalmar")]
)
def test_one_slip_is_forgiven(written: str, name: str) -> None:
    assert closest(written, NAMES) == (name,)


@pytest.mark.parametrize("word", ["bankid", "hemma", "vard", "ara", "falmar", "", "telefon"])
def test_ordinary_words_and_wrong_first_sounds_are_no_places(word: str) -> None:
    assert closest(word, NAMES) == ()


def test_ties_come_together() -> None:
    assert closest("hallex", ["hallen", "haller"]) == ("hallen", "haller")
