import pytest

from nlu.numbers import find_phone_numbers, find_postcodes


@pytest.mark.parametrize(
    "text",
    [
        "595 30",
        "59530",
        "SE-59530",
        "nära 595 30?",
        "s-595 30",
        "595-30",
        "595  30",
        "59 530",
        "mitt postnr är 59 530",
        "59530mjölby",
        "bor i 595 30 Mjölby",
    ],
)
def test_postcode(text: str) -> None:
    assert [entity.value for entity in find_postcodes(text, [])] == ["59530"]


@pytest.mark.parametrize(
    "text",
    ["12500 kr", "123456", "1177", "05 530", "595 301", "minpension visar 14000", "kvitto 20394", "mitt ocr 20394", "betalat 59 530 till dem", "19430512-1234",
     "1943 05 12", "12 345 67", "17.123 45"],
)  # fmt: skip
def test_no_postcode(text: str) -> None:
    assert find_postcodes(text, []) == []


def test_round_postcode_alone_or_parted_is_no_sum() -> None:
    assert [entity.value for entity in find_postcodes("12000", [])] == ["12000"]
    assert [entity.value for entity in find_postcodes("bor i 120 00", [])] == ["12000"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("ring 070-174 06 05", "070-174 06 05"), ("0701740605", "0701740605"), ("070/1740605", "070/1740605"), ("070.174.06.05", "070.174.06.05"),
        ("07 01 74 06 05", "07 01 74 06 05"), ("0 7 0 1 7 4 0 6 0 5", "0 7 0 1 7 4 0 6 0 5"), ("+46 70 174 06 05", "+46 70 174 06 05"),
        ("0046701740605", "0046701740605"), ("+46(0)70-174 06 05", "+46(0)70-174 06 05"), ("nr0701740605", "0701740605"),
        ("O70-174 06 05", "O70-174 06 05"), ("70 174 06 05", "70 174 06 05"), ("070,1740605", "070,1740605"),
    ],
)  # fmt: skip
def test_phone_number(text: str, written: str) -> None:
    phones = find_phone_numbers(text)
    assert [(entity.value, text[entity.start : entity.end]) for entity in phones] == [("+46701740605", written)]
    assert find_postcodes(text, phones) == []


@pytest.mark.parametrize("text", ["08-123 456 78", "0480-12345", "0771 111 100"])
def test_other_numbers_of_sweden(text: str) -> None:
    assert len(find_phone_numbers(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "1177",
        "112",
        "90510",
        "19430512-1234",
        "430512-1234",
        "ocr 1234567890123",
        "kort 4571 1234 1234 1234",
        "070 174 06",
        "07017406050",
    ],
)
def test_no_phone_number(text: str) -> None:
    assert find_phone_numbers(text) == []
