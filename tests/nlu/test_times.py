import pytest

from nlu.times import find_times


def found(text: str) -> list[str]:
    times = find_times(text)
    assert all(text[time.start : time.end] == time.value and time.entity == "time" for time in times)
    return [time.value for time in times]


@pytest.mark.parametrize(
    "text",
    [
        "tisdag", "TISDAGEN", "torsdagar", "måndag fm", "i morgon", "imorgon", "imorn", "i övermorgon", "idag", "i eftermiddag", "ikväll",
        "imorgon bitti", "kl 14", "kl.9", "klockan 9", "klockan tre", "halv tre", "halv 3", "kl halv tre", "kvart över tre", "fem i halv tre",
        "10.30", "09:15", "kl 10-12", "mellan 10 och 12", "efter 15", "efter klockan tre", "vid 14-tiden", "12/3", "den 5:e maj", "5 maj", "den femte maj",
        "den 12:e", "den 20", "2026-05-12", "nästa tisdag", "nästa vecka", "om en vecka", "om 3 dagar", "om en stund", "i helgen", "i veckan", "vecka 12",
        "vardagar", "lunch", "förmiddagen", "tosdag", "torsadg", "onsda", "May 5th", "at 3 pm", "10 o'clock", "half past three", "next tuesday",
        "tomorrow", "this afternoon", "in two weeks", "between 10 and 11", "mondays",
    ],
)  # fmt: skip
def test_a_time_as_written(text: str) -> None:
    (time,) = found(f"{text}")
    assert time in (text, text.removeprefix("efter "))


@pytest.mark.parametrize(
    "text",
    [
        "", "efter 3 försök", "kostar 12.50 kr", "version 17.4", "192.168.10.20", "24/7", "steg 2/3", "förra veckan", "två gånger i veckan",
        "God eftermiddag", "trevlig helg", "i fredags", "vintern 1978", "jag törs inte", "taket har nått marken", "vad gör du i då tiden", "om dagar",
        "en vecka", "download stays at 0 percent",
    ],
)  # fmt: skip
def test_no_time(text: str) -> None:
    assert found(text) == []


def test_several_in_their_order() -> None:
    assert found("på tisdag kl 10.30 eller i morgon") == ["tisdag", "kl 10.30", "i morgon"]


def test_letters_that_fold_to_none_or_several_keep_their_places() -> None:
    assert found("o\u0308ppet, straße på lo\u0308rdag") == ["lo\u0308rdag"]
