from difflib import SequenceMatcher

from nlu.noise import noisy
from nlu.normalise import fold

LONG = "Hej! Jag kommer inte in på Försäkringskassan, för BankID säger att något är fel. Vad gör jag nu? " * 4


def test_accents_case_and_punctuation_go() -> None:
    written = noisy("Kan NÅGON hjälpa mig?")
    assert written == written.lower()
    assert not set(written) & set("åäö?")


def test_the_same_text_gets_the_same_slips() -> None:
    assert noisy(LONG) == noisy(LONG)


def test_few_letters_are_wrong() -> None:
    right = fold(LONG)
    likeness = SequenceMatcher(None, noisy(LONG), right, autojunk=False).ratio()
    assert 0.9 < likeness < 0.995


def test_never_empty() -> None:
    assert noisy("?!") == "?!"
    assert noisy("") == ""
