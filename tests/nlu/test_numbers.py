import pytest

from nlu.numbers import find_phone_numbers, find_postcodes, find_times


@pytest.mark.parametrize("text", ["595 30", "59530", "SE-59530", "nära 595 30?", "s-595 30"])
def test_postcode(text: str) -> None:
    assert [entity.value for entity in find_postcodes(text, [])] == ["59530"]


@pytest.mark.parametrize("text", ["12500 kr", "123456", "1177", "05 530", "595 301"])
def test_no_postcode(text: str) -> None:
    assert find_postcodes(text, []) == []


def test_phone_number_is_no_postcode() -> None:
    text = "ring 070-174 06 05"
    phones = find_phone_numbers(text)
    assert [(entity.value, text[entity.start : entity.end]) for entity in phones] == [("+46701740605", "070-174 06 05")]
    assert find_postcodes(text, phones) == []


def test_times() -> None:
    assert [entity.value for entity in find_times("på tisdag kl 10.30 eller i morgon")] == [
        "tisdag",
        "kl 10.30",
        "i morgon",
    ]
