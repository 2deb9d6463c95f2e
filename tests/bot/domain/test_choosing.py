from __future__ import annotations

import pytest

from bot.domain.choosing import is_unsure, says_all, says_both, says_none, several_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1 och 3", (1, 3)),
        ("2+4", (2, 4)),
        ("både 1 och 2 tack", (1, 2)),
        ("1", ()),
        ("klockan 10 och 12 på torsdag", ()),
        ("bank", ()),
    ],
)
def test_several_numbers(text: str, numbers: tuple[int, ...]) -> None:
    assert several_numbers(text) == numbers


def test_both_is_all_of_two() -> None:
    assert says_all("båda", 2)
    assert says_all("ja båda två tack", 2)
    assert not says_all("båda", 3)
    assert says_all("alla tre", 3)
    assert not says_both("min man och jag behöver båda bankid")


@pytest.mark.parametrize("text", ["ingen av dom", "inget av det passar", "något annat", "none of them"])
def test_none(text: str) -> None:
    assert says_none(text)


@pytest.mark.parametrize(
    "text", ["vet inte", "vet inte riktigt", "vet ej", "ingen aning", "jag är osäker", "I don't know"]
)
def test_unsure(text: str) -> None:
    assert is_unsure(text)


@pytest.mark.parametrize("text", ["inget händer", "ingen bild syns", "jag vet inte hur man loggar in på 1177"])
def test_what_tells_more_is_neither(text: str) -> None:
    assert not says_none(text)
    assert not is_unsure(text)
